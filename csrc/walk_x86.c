/* walk_x86.c: the walk's kernels for processors with AVX2 and BMI2, chosen at run time. */
#if defined(__x86_64__)
#include "walk.h"

#include <immintrin.h>
#include <string.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2,lzcnt,popcnt")
#endif

/* codes has room up to the next multiple of eight; what lies beyond n is masked by the caller. */
static inline uint32_t x86_equal(const uint32_t *codes, uint32_t n, uint32_t code)
{
    __m256i wanted = _mm256_set1_epi32((int)code);
    uint32_t bits = 0;
    for (uint32_t i = 0; i < n; i += 8) {
        __m256i here = _mm256_loadu_si256((const __m256i *)(codes + i));
        bits |= (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(here, wanted))) << i;
    }
    return bits;
}

#define ISA x86
#define SO_PEXT _pext_u64
#define SO_EQUAL x86_equal
#define SO_KERNELS so_x86_kernels
#include "kernels.h"

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#else
typedef int so_no_x86_here;
#endif
