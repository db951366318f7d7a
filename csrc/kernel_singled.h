/* kernel_singled.h: for every row a bit for each combination that singles it out; a template, see kernel_parts.h.
 *
 * A row alone in its class at S is alone at every superset that avoids its nulls.  Of a few rows left in a class, one is
 * alone at exactly the subsets that hold, for each other row, a field on which the two differ.  A branch's slots are
 * consecutive, so both are patterns of bits. */

#include "kernel_key.h"

typedef struct {
    so_walk *walk;
    so_worker *worker;
    bool records;
    uint64_t base;
    size_t from, left;
} NAME(ctx);

#if W > 0
static inline uint64_t NAME(nulls_of)(const so_walk *walk, const NAME(key) * k, size_t level)
{
    return walk->drop ? NAME(nulls)(&walk->layout, k, level) : 0;
}
#else
static inline uint64_t NAME(nulls_of)(const so_walk *walk, const NAME(key) * k, size_t level)
{
    uint64_t nulls = 0;
    size_t m = walk->layout.n_levels;
    for (size_t l = level; walk->drop && l < m; ++l)
        if (walk->layout.level[l].nullable && NAME(code)(walk, k, &walk->layout.level[l]) == 0)
            nulls |= UINT64_C(1) << ((m - 1 - l) & 63); /* dense: exact; else only whether there are any */
    return nulls;
}
#endif

/* One row, alone in its class at S; false if the walk must go on with it. */
static inline bool NAME(close_one)(NAME(ctx) * c, const NAME(key) * k, uint32_t row, size_t level)
{
    so_walk *walk = c->walk;
    size_t m = walk->layout.n_levels;
    uint64_t nulls = NAME(nulls_of)(walk, k, level);
    if (walk->subsets.dense) {
        so_singled_pattern(walk, row, c->base, m - level, NULL, 0, nulls);
        return true;
    }
    so_singled_range(walk, row, c->base, c->base + 1);
    if (nulls)
        return c->left == 0;
    uint64_t stop = c->base + so_upto(&walk->subsets, m - c->from, c->left);
    if (c->left && level < m)
        so_singled_range(walk, row, so_extend(&walk->subsets, c->base, c->from, c->left, level), stop);
    return true;
}

/* Capped: notes in which of the levels to come a few tuples are equal, and does the rest without their keys. */
static void NAME(close_few)(NAME(ctx) * c, const NAME(key) * k, const uint32_t *pay, uint32_t n, size_t level)
{
    const so_walk *walk = c->walk;
    so_few few = {.walk = walk, .level = level, .n = n};
    uint8_t nulls = 0;
    memcpy(few.row, pay, n * sizeof *pay);
    for (size_t l = walk->layout.n_levels; l-- > level;) {
        const so_level *at = &walk->layout.level[l];
        bool dropping = walk->drop && at->nullable;
        uint32_t codes[SO_SINGLED_MOST];
        uint64_t equal = 0;
        for (uint32_t i = 0; i < n; ++i) {
            codes[i] = NAME(code)(walk, &k[i], at);
            if (dropping && codes[i] == 0) {
                nulls = (uint8_t)(nulls | 1u << i);
                continue;
            }
            equal |= UINT64_C(1) << (9 * i);
            for (uint32_t j = 0; j < i; ++j)
                equal |= (uint64_t)(codes[i] == codes[j]) * (UINT64_C(1) << (8 * i + j) | UINT64_C(1) << (8 * j + i));
        }
        few.equal[l - level] = equal;
        few.nulls[l - level] = nulls;
    }
    so_singled_few(&few, c->base, c->from, c->left);
}

static inline bool NAME(close)(NAME(ctx) * c, const NAME(key) * k, const uint32_t *pay, uint32_t n, size_t level)
{
    if (n == 1)
        return pay[0] == SO_DEAD || NAME(close_one)(c, k, pay[0], level);
#if W > 0
    so_walk *walk = c->walk;
    size_t q = walk->layout.n_levels - level;
    if (walk->subsets.dense && (n <= 4 || (n <= SO_SINGLED_MOST && q <= 8))) {
        for (uint32_t i = 0; i < n; ++i) {
            uint64_t differ[SO_SINGLED_MOST];
            uint32_t others = 0;
            if (pay[i] == SO_DEAD)
                continue;
            for (uint32_t j = 0; j < n; ++j)
                if (j != i)
                    differ[others++] = NAME(differ)(&walk->layout, &k[i], &k[j], level);
            so_singled_pattern(walk, pay[i], c->base, q, differ, others, NAME(nulls_of)(walk, &k[i], level));
        }
        return true;
    }
#endif
    if (c->left == 0)
        return true;
    uint32_t dead = 0;
    for (uint32_t i = 0; i < n; ++i)
        dead += pay[i] == SO_DEAD;
    if (dead == n)
        return true;
    if (c->walk->subsets.dense || n > SO_SINGLED_MOST || c->walk->layout.n_levels - level > SO_SINGLED_LEVELS)
        return false;
    NAME(close_few)(c, k, pay, n, level);
    return true;
}
#define CLOSE NAME(close)
#include "kernel_parts.h"

#define APART so_singled_apart
#include "kernel_rows.h"
#undef APART
#undef CLOSE
