/* walk_portable.c: the walk's kernels on any processor. */
#include <stdint.h>

static inline uint64_t portable_pext(uint64_t x, uint64_t mask)
{
    uint64_t out = 0;
    for (uint64_t bit = 1; mask; bit <<= 1, mask &= mask - 1)
        if (x & mask & -mask)
            out |= bit;
    return out;
}

static inline uint32_t portable_equal(const uint32_t *codes, uint32_t n, uint32_t code)
{
    uint32_t bits = 0;
    for (uint32_t i = 0; i < n; ++i)
        bits |= (uint32_t)(codes[i] == code) << i;
    return bits;
}

#define ISA portable
#define SO_PEXT portable_pext
#define SO_EQUAL portable_equal
#define SO_KERNELS so_portable_kernels
#include "kernels.h"
