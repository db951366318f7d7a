/* singled.c: capped: which combinations single out one of a few rows that are still together. */
#include "singled.h"

/* Row i of an 8 x 8 matrix of bits is byte i. */
#define DIAGONAL UINT64_C(0x8040201008040201)
#define TOPS UINT64_C(0x8080808080808080)

/* A bit at the top of each byte that is not zero. */
static uint64_t filled(uint64_t bytes)
{
    return (((bytes & ~TOPS) + ~TOPS) | bytes) & TOPS;
}

/* One tuple, alone from `slot` on, which took the level before `next`; true if nothing more need be known of it. */
static bool set_alone(const so_few *few, unsigned i, uint64_t slot, size_t next, size_t left)
{
    size_t m = few->walk->layout.n_levels;
    bool sure = next == m || !(few->nulls[next - few->level] >> i & 1);
    uint64_t slots = sure ? so_upto(&few->walk->subsets, m - next, left) : 1;
    so_singled_range(few->walk, few->row[i], slot, slot + slots);
    return sure;
}

/* `same`: which tuples are equal on the combination of `slot`; `live`: the bytes of those that are people.  What extends
 * it is numbered from level `from` and looked for from `level` on. */
static void extend(const so_few *few, uint64_t same, uint64_t live, uint64_t slot, size_t from, size_t level,
                   size_t left)
{
    const so_walk *walk = few->walk;
    size_t m = walk->layout.n_levels;
    if (so_stopped(walk))
        return;
    for (; level < m; ++level) {
        uint64_t here = same & few->equal[level - few->level];
        if (!(here & live))
            continue;
        uint64_t child = so_extend(&walk->subsets, slot, from, left, level);
        for (uint64_t alone = filled(here & DIAGONAL) & ~filled(here & ~DIAGONAL) & live; alone; alone &= alone - 1) {
            unsigned i = (unsigned)__builtin_ctzll(alone) / 8;
            if (set_alone(few, i, child, level + 1, left - 1))
                here &= ~(UINT64_C(0xFF) << (8 * i));
        }
        if (left > 1 && (here & live))
            extend(few, here, live, child, level + 1, level + 1, left - 1);
    }
}

void so_singled_few(const so_few *few, uint64_t base, size_t from, size_t left)
{
    uint64_t all = 0, live = 0;
    for (uint32_t i = 0; i < few->n; ++i) {
        all |= (0xFFu >> (8 - few->n)) * UINT64_C(1) << (8 * i);
        if (few->row[i] != SO_DEAD)
            live |= UINT64_C(0xFF) << (8 * i);
    }
    if (live && left)
        extend(few, all, live, base, from, few->level, left);
}
