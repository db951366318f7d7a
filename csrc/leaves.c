/* leaves.c: see leaves.h. */
#include "leaves.h"

#include <string.h>

#define BYTE_MOST 255u

void so_leaves_clear(so_leaves *leaves, uint32_t fields)
{
    memset(leaves->from, 0, fields * sizeof *leaves->from);
    memset(leaves->on, 0, fields * sizeof *leaves->on);
    leaves->room = BYTE_MOST;
    for (uint32_t b = 0; b < fields; ++b)
        leaves->large[b] = (so_figures){.smallest = UINT64_MAX};
}

/* Adds `by` to the counts for each that the bytes hold; `ones`: instead of so many lone people. */
static void flush(so_leaves *leaves, so_by_size *bytes, uint32_t fields, uint32_t by, bool ones)
{
    for (; bytes->used; bytes->used &= bytes->used - 1) {
        uint32_t size = (uint32_t)__builtin_ctzll(bytes->used);
        for (uint32_t b = 0; b < fields; ++b) {
            uint32_t classes = bytes->of[size][b / 8] >> (8 * (b % 8)) & BYTE_MOST;
            leaves->on[b][size] += by * classes;
            if (ones)
                leaves->on[b][1] -= size * classes;
        }
        memset(bytes->of[size], 0, sizeof bytes->of[size]);
    }
}

void so_leaves_flush(so_leaves *leaves, uint32_t fields)
{
    flush(leaves, &leaves->joined, fields, 1, false);
    flush(leaves, &leaves->lone, fields, 1, true);
    flush(leaves, &leaves->apart, fields, UINT32_MAX, false);
    leaves->room = BYTE_MOST;
}
