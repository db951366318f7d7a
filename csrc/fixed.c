/* fixed.c: logarithms and reciprocals as integers. */
#include "fixed.h"

#include <pthread.h>

#define LOG_BITS 48u

__extension__ typedef unsigned __int128 wide;

static unsigned bit_length(uint64_t value)
{
    return value ? 64 - (unsigned)__builtin_clzll(value) : 0;
}

/* log2(1 + 2^-k), k = 1.., with 60 fractional bits, rounded.  tests/c/test_units.c makes them again. */
static const uint64_t steps[] = {
    UINT64_C(674415846470019194), UINT64_C(371157823532753600), UINT64_C(195910188333191412),
    UINT64_C(100837790531531112), UINT64_C(51182934886444090),  UINT64_C(25788332651530406),
    UINT64_C(12944144215183523),  UINT64_C(6484663719341175),   UINT64_C(3245492029176498),
    UINT64_C(1623537598135573),   UINT64_C(811966888094456),    UINT64_C(406032990477309),
    UINT64_C(203028884869787),    UINT64_C(101517540220749),    UINT64_C(50759544604105),
    UINT64_C(25379965931394),     UINT64_C(12690031373771),     UINT64_C(6345027788996),
    UINT64_C(3172516920037),      UINT64_C(1586259216405),      UINT64_C(793129797299),
    UINT64_C(396564945924),       UINT64_C(198282484780),       UINT64_C(99141245345),
    UINT64_C(49570623411),        UINT64_C(24785311890),
};
#define STEPS (sizeof steps / sizeof *steps)
#define STEP_BITS 60u
#define LOG2_OF_E UINT64_C(1663314137230540311) /* with 60 fractional bits */

/* The mantissa as a product of factors 1 + 2^-k, largest first, and a rest below 1 + 2^-26, whose logarithm is its excess
 * over 1 times log2(e), to 2^-52. */
uint64_t so_log2(uint64_t value)
{
    unsigned whole = bit_length(value) - 1;
    uint64_t mantissa = value << (63 - whole), product = UINT64_C(1) << 63, sum = 0;
    for (unsigned k = 0; k < STEPS; ++k) {
        uint64_t larger = product + (product >> (k + 1));
        /* All ones if that is not past the mantissa, nor past 64 bits; no branch, since none could be foretold. */
        uint64_t fits = 0 - (uint64_t)((larger <= mantissa) & (larger > product));
        product += (product >> (k + 1)) & fits;
        sum += steps[k] & fits;
    }
    uint64_t excess = (uint64_t)(((wide)(mantissa - product) << STEP_BITS) / product);
    sum += (uint64_t)((wide)excess * LOG2_OF_E >> STEP_BITS);
    return ((uint64_t)whole << LOG_BITS) + (sum >> (STEP_BITS - LOG_BITS));
}

static uint64_t kept[SO_MOST_LOGS];
static pthread_once_t kept_once = PTHREAD_ONCE_INIT;

static void keep_logs(void)
{
    for (size_t value = 1; value < SO_MOST_LOGS; ++value)
        kept[value] = value % 2 ? so_log2(value) : kept[value / 2] + (UINT64_C(1) << LOG_BITS);
}

unsigned so_entropy_scale(uint64_t people)
{
    unsigned used = bit_length(people * bit_length(people));
    return used + LOG_BITS <= 62 ? LOG_BITS : 62 - used;
}

static uint64_t scaled(uint64_t size, uint64_t log, unsigned scale)
{
    wide product = (wide)size * log;
    return (uint64_t)((product + ((wide)1 << (LOG_BITS - scale) >> 1)) >> (LOG_BITS - scale));
}

uint64_t so_size_log(uint64_t size, unsigned scale)
{
    return scaled(size, so_log2(size), scale);
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
    pthread_once(&kept_once, keep_logs);
    for (size_t size = 0; size < count; ++size)
        (*logs)[size] = scaled(size, kept[size], scale);
    return SO_OK;
}

double so_entropy_bits(const so_figures *figures, uint64_t people)
{
    if (figures->classes == 0 || figures->people == 0)
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
