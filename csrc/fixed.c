/* fixed.c: logarithms and reciprocals as integers. */
#include "fixed.h"

#define LOG_BITS 48u

__extension__ typedef unsigned __int128 wide;

static unsigned bit_length(uint64_t value)
{
    return value ? 64 - (unsigned)__builtin_clzll(value) : 0;
}

/* One bit of the fraction for every squaring of the mantissa. */
uint64_t so_log2(uint64_t value)
{
    unsigned whole = bit_length(value) - 1;
    uint64_t mantissa = value << (63 - whole), fraction = 0;
    for (unsigned i = 0; i < LOG_BITS; ++i) {
        wide square = (wide)mantissa * mantissa;
        bool two = (square >> 127) != 0;
        mantissa = (uint64_t)(square >> (two ? 64 : 63));
        fraction = fraction << 1 | (two ? 1 : 0);
    }
    return (uint64_t)whole << LOG_BITS | fraction;
}

unsigned so_entropy_scale(uint64_t people)
{
    unsigned used = bit_length(people * bit_length(people));
    return used + LOG_BITS <= 62 ? LOG_BITS : 62 - used;
}

uint64_t so_size_log(uint64_t size, unsigned scale)
{
    wide product = (wide)size * so_log2(size);
    return (uint64_t)((product + ((wide)1 << (LOG_BITS - scale) >> 1)) >> (LOG_BITS - scale));
}

unsigned so_reciprocal_scale(uint64_t people)
{
    return 62 - bit_length(people);
}

so_status so_size_logs(uint64_t **logs, size_t count, unsigned scale, const so_allocator *allocator)
{
    *logs = so_new(allocator, count, sizeof **logs);
    if (!*logs)
        return SO_NO_MEMORY;
    for (size_t size = 0; size < count; ++size)
        (*logs)[size] = size ? so_size_log(size, scale) : 0;
    return SO_OK;
}

double so_entropy_bits(const so_figures *figures, uint64_t people)
{
    if (figures->classes == 0)
        return 0;
    double total = (double)figures->people;
    double whole = (double)so_log2(figures->people) / (double)(UINT64_C(1) << LOG_BITS);
    double scale = (double)(UINT64_C(1) << so_entropy_scale(people));
    double bits = whole - (double)figures->entropy / (total * scale);
    return bits > 0 ? bits : 0;
}

double so_mean_reciprocal(const so_figures *figures, uint64_t people)
{
    double scale = (double)(UINT64_C(1) << so_reciprocal_scale(people));
    return figures->people ? (double)figures->entropy / scale / (double)figures->people : 0;
}
