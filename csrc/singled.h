/* singled.h: for every row of a block a bit for each slot, set where the combination singles the row out. */
#ifndef SO_SINGLED_H
#define SO_SINGLED_H

#include "walk.h"

#define SO_SINGLED_MOST 8u    /* a group of so many rows may be closed without a walk */
#define SO_SINGLED_LEVELS 64u /* capped: if no more levels are to come */

/* Which of the 64 lowest slots hold field b. */
static const uint64_t so_holds[6] = {
    UINT64_C(0xAAAAAAAAAAAAAAAA), UINT64_C(0xCCCCCCCCCCCCCCCC), UINT64_C(0xF0F0F0F0F0F0F0F0),
    UINT64_C(0xFF00FF00FF00FF00), UINT64_C(0xFFFF0000FFFF0000), UINT64_C(0xFFFFFFFF00000000),
};

/* Which of the 64 lowest slots hold one of the fields. */
static inline uint64_t so_hold_any(uint64_t fields)
{
    uint64_t slots = 0;
    for (uint64_t f = fields & 63; f; f &= f - 1)
        slots |= so_holds[__builtin_ctzll(f)];
    return slots;
}

static inline uint64_t *so_singled_bits(const so_walk *walk, uint32_t row)
{
    return walk->singled + (size_t)(row - walk->block_start) * walk->singled_words;
}

/* Whether another worker may take a branch.  Capped branches share words with their neighbours, which they write with
 * atomics; dense ones must have words of their own. */
static inline bool so_singled_apart(const so_walk *walk, size_t level)
{
    return !walk->subsets.dense || walk->layout.n_levels - level >= 6;
}

/* Dense: sets the bits of the 2^q slots from base that hold a field of each of `hit`, and none of `avoid`. */
static inline void so_singled_pattern(const so_walk *walk, uint32_t row, uint64_t base, size_t q, const uint64_t *hit,
                                      uint32_t n, uint64_t avoid)
{
    uint64_t *bits = so_singled_bits(walk, row) + (base >> 6), low[SO_SINGLED_MOST], free = ~so_hold_any(avoid);
    for (uint32_t i = 0; i < n; ++i)
        low[i] = so_hold_any(hit[i]);
    uint64_t words = q > 6 ? UINT64_C(1) << (q - 6) : 1;
    uint64_t part = q >= 6 ? UINT64_MAX : ((UINT64_C(1) << (UINT64_C(1) << q)) - 1) << (base & 63);
    uint64_t shift = q >= 6 ? 0 : base & 63;
    for (uint64_t w = 0; w < words; ++w) {
        if (w & (avoid >> 6))
            continue;
        uint64_t word = free;
        for (uint32_t i = 0; i < n; ++i)
            word &= (w & (hit[i] >> 6)) ? UINT64_MAX : low[i];
        bits[w] |= (word << shift) & part;
    }
}

/* Capped: sets the bits of the slots from start up to stop. */
static inline void so_singled_range(const so_walk *walk, uint32_t row, uint64_t start, uint64_t stop)
{
    uint64_t *bits = so_singled_bits(walk, row);
    for (uint64_t at = start; at < stop;) {
        uint64_t end = (at | 63) + 1 < stop ? (at | 63) + 1 : stop, n = end - at;
        uint64_t word = (n == 64 ? UINT64_MAX : (UINT64_C(1) << n) - 1) << (at & 63);
        if (n == 64 || walk->options->threads <= 1)
            bits[at >> 6] |= word;
        else
            __atomic_fetch_or(&bits[at >> 6], word, __ATOMIC_RELAXED);
        at = end;
    }
}

/* Capped: the few tuples of a class, and in which of the levels to come they are equal. */
typedef struct so_few {
    const so_walk *walk;
    size_t level;                      /* the first level to come; at most SO_SINGLED_LEVELS are */
    uint32_t n;                        /* at most SO_SINGLED_MOST */
    uint32_t row[SO_SINGLED_MOST];     /* or SO_DEAD */
    uint64_t equal[SO_SINGLED_LEVELS]; /* by level: bit 8i+j, tuples i and j have the same value, which may count */
    uint8_t nulls[SO_SINGLED_LEVELS]; /* by level: tuples that are null in it or in one after it, and so take no part */
} so_few;

/* Sets the bits of the slots that extend `base` and single one of the tuples out. */
void so_singled_few(const so_few *few, uint64_t base, size_t from, size_t left);

#endif
