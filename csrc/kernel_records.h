/* kernel_records.h: for every row the combinations that single it out; a template, see kernel_parts.h.
 *
 * A row alone in its class at S is alone at every superset, so its count comes from a table of (levels left, fields
 * left).  Two rows left in a class part at exactly the subsets that hold a field on which they differ. */

#include "kernel_key.h"

typedef struct {
    so_walk *walk;
    so_worker *worker;
    bool records;
    uint64_t base;
    size_t from, left;
} NAME(ctx);

#ifndef SO_RECORDS_ONCE
#define SO_RECORDS_ONCE
static inline void so_first(so_worker *worker, uint32_t row, uint64_t slot)
{
    uint32_t rank = worker->walk->rank_of_slot[slot];
    if (rank < worker->first[row])
        worker->first[row] = rank;
}
#endif

static inline void NAME(alone)(NAME(ctx) * c, const NAME(key) * k, uint32_t row, size_t level)
{
    const so_walk *walk = c->walk;
    size_t m = walk->layout.n_levels, q = m - level, nulls = 0;
#if W == 0
    if (walk->drop)
        for (size_t l = level; l < m; ++l)
            nulls += walk->layout.level[l].nullable && NAME(code)(walk, k, &walk->layout.level[l]) == 0;
#else
    if (walk->drop)
        nulls = (size_t)__builtin_popcountll(NAME(nulls)(&walk->layout, k, level));
#endif
    c->worker->unique_in[row] += so_upto(&walk->subsets, q - nulls, c->left) - (c->base == 0);
    if (c->base != 0) {
        so_first(c->worker, row, c->base);
        return;
    }
    for (size_t l = level; l < m && c->left; ++l) { /* the table is one row */
        const so_level *at = &walk->layout.level[l];
        if (!(walk->drop && at->nullable && NAME(code)(walk, k, at) == 0))
            so_first(c->worker, row, so_extend(&walk->subsets, c->base, c->from, c->left, l));
    }
}

#if W > 0
/* What the row k gains when `differ` holds the fields that tell it from the one other tuple of its class. */
static inline void NAME(apart)(NAME(ctx) * c, const NAME(key) * k, uint32_t row, uint64_t differ, size_t level)
{
    const so_walk *walk = c->walk;
    size_t m = walk->layout.n_levels, q = m - level;
    uint64_t nulls = walk->drop ? NAME(nulls)(&walk->layout, k, level) : 0;
    size_t none = (size_t)__builtin_popcountll(nulls), both = (size_t)__builtin_popcountll(nulls | differ);
    c->worker->unique_in[row] +=
        so_upto(&walk->subsets, q - none, c->left) - so_upto(&walk->subsets, q - both, c->left);
    for (uint64_t d = differ & ~nulls; d; d &= d - 1) {
        size_t l = m - 1 - (size_t)__builtin_ctzll(d);
        so_first(c->worker, row, so_extend(&walk->subsets, c->base, c->from, c->left, l));
    }
}
#endif

static inline bool NAME(close)(NAME(ctx) * c, const NAME(key) * k, const uint32_t *pay, uint32_t n, size_t level)
{
    if (n == 1) {
        if (pay[0] != SO_DEAD)
            NAME(alone)(c, k, pay[0], level);
        return true;
    }
    if (c->left == 0)
        return true;
#if W > 0
    if (n == 2) {
        uint64_t differ = NAME(differ)(&c->walk->layout, &k[0], &k[1], level);
        for (int i = 0; i < 2; ++i)
            if (pay[i] != SO_DEAD)
                NAME(apart)(c, &k[i], pay[i], differ, level);
        return true;
    }
#endif
    for (uint32_t i = 0; i < n; ++i)
        if (pay[i] != SO_DEAD)
            return false;
    return true;
}
#define CLOSE NAME(close)
#include "kernel_parts.h"

#define APART(walk, level) ((void)(walk), (void)(level), true)
#include "kernel_rows.h"
#undef APART
#undef CLOSE
