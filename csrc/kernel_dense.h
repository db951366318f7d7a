/* kernel_dense.h: every subset of up to 26 levels; a template, see kernel_parts.h.
 *
 * What is final for a branch is added once, at the slot of the largest subset that it holds for; the sums then run down
 * from supersets to subsets, one level at a time (`push`), just before the walk splits on that level.  A small group needs
 * no walk (small.h).  Nor do two tuples of many people: count them apart everywhere, and take that back where they agree. */

#include "kernel_key.h"

typedef struct {
    so_walk *walk;
    so_worker *worker;
    bool records;
    uint64_t base, lowest;
    so_figures one; /* for the whole branch */
    so_small small; /* for the whole branch */
} NAME(ctx);

#ifndef SO_DENSE_ONCE
#define SO_DENSE_ONCE
#define SO_LONG_BITS 12 /* of slots: so many between two looks at whether to stop, and so many fit a cache */
#define SO_LONG (UINT64_C(1) << SO_LONG_BITS)

/* Takes back from f that people a and b are apart. */
static inline void so_join(const so_walk *walk, so_figures *f, uint64_t a, uint64_t b)
{
    f->classes -= 1;
    f->unique -= (uint64_t)(a == 1) + (b == 1);
    f->below += so_below(walk, a + b) - so_below(walk, a) - so_below(walk, b);
    f->squares += 2 * a * b;
    f->entropy += so_term(walk, a + b) - so_term(walk, a) - so_term(walk, b);
    f->largest = a + b > f->largest ? a + b : f->largest;
}

static void so_push(so_walk *walk, uint64_t base, uint64_t half)
{
    so_figures *figures = walk->figures + base;
    so_small *small = walk->small + base;
    for (uint64_t start = 0; start < half && !(half >= SO_LONG && so_stopped(walk)); start += SO_LONG) {
        uint64_t stop = half - start > SO_LONG ? start + SO_LONG : half;
        for (uint64_t i = start; i < stop; ++i) {
            so_add_figures(&figures[i], &figures[half + i]);
            so_small_add(&small[i], &small[half + i]);
        }
    }
}

static void so_push_all(so_worker *worker, uint64_t base, size_t q)
{
    so_walk *walk = worker->walk;
    uint64_t slots = UINT64_C(1) << q, block = q < SO_LONG_BITS ? slots : SO_LONG;
    for (uint64_t start = 0; start < slots && !so_stopped(walk); start += block)
        for (uint64_t half = 1; half < block; half *= 2)
            for (uint64_t at = start; at < start + block; at += 2 * half)
                so_push(walk, base + at, half);
    for (uint64_t half = block; half < slots; half *= 2)
        for (uint64_t at = 0; at < slots; at += 2 * half)
            so_push(walk, base + at, half);
    so_progress(worker, slots);
}
#endif

/* One class that is final for every subset of the branch that avoids its nulls. */
static inline void NAME(single)(NAME(ctx) * c, uint64_t full, uint64_t nulls, uint32_t people)
{
    const so_walk *walk = c->walk;
    if (nulls) {
        uint64_t slot = c->base + (full & ~nulls);
        if (people <= SO_SMALL)
            walk->small[slot].of[people - 1] += 1;
        else
            so_put(walk, &walk->figures[slot], people);
        return;
    }
    if (people <= SO_SMALL)
        c->small.of[people - 1] += 1;
    else
        so_put(walk, &c->one, people);
    c->lowest = people < c->lowest ? people : c->lowest;
}

#if W == 0
static bool NAME(close)(NAME(ctx) * c, const NAME(key) * keys, const uint32_t *pay, uint32_t n, size_t level)
{
    if (n > 1)
        return false;
    const so_walk *walk = c->walk;
    size_t m = walk->layout.n_levels;
    uint64_t nulls = 0;
    if (walk->drop)
        for (size_t l = level; l < m; ++l)
            if (walk->layout.level[l].nullable && NAME(code)(walk, keys, &walk->layout.level[l]) == 0)
                nulls |= UINT64_C(1) << (m - 1 - l);
    NAME(single)(c, (UINT64_C(1) << (m - level)) - 1, nulls, pay[0]);
    return true;
}
#else
/* apart[T]: the fields on which not all of T agree, or that one of them has as null. */
static inline void NAME(find_apart)(const NAME(ctx) * c, const NAME(key) * k, uint32_t n, size_t level, uint64_t *apart)
{
    const so_layout *layout = &c->walk->layout;
    for (uint32_t i = 0; i < n; ++i) {
        uint64_t nulls = c->walk->drop ? NAME(nulls)(layout, &k[i], level) : 0, differ[SO_SMALL_ALONE];
        for (uint32_t j = 0; j < i; ++j)
            differ[j] = NAME(differ)(layout, &k[j], &k[i], level) | nulls;
        apart[UINT32_C(1) << i] = nulls;
        for (uint32_t t = 1; t < UINT32_C(1) << i; ++t)
            apart[t | UINT32_C(1) << i] = apart[t] | differ[__builtin_ctz(t)];
    }
}

/* Closes a group of a few people, each a tuple. */
static inline void NAME(close_alone)(NAME(ctx) * c, const NAME(key) * k, uint32_t n, uint64_t full, size_t level)
{
    so_small *at = c->walk->small + c->base;
    uint64_t apart[1u << SO_SMALL_ALONE];
    NAME(find_apart)(c, k, n, level, apart);
    for (uint32_t t = 1; t < UINT32_C(1) << n; ++t)
        so_small_add(&at[full & ~apart[t]], &so_small_alone[__builtin_popcount(t)]);
}

/* Closes a group of a few tuples that stand for a few people. */
static inline void NAME(close_few)(NAME(ctx) * c, const NAME(key) * k, const uint32_t *pay, uint32_t n, uint64_t full,
                                   size_t level)
{
    so_small *at = c->walk->small + c->base;
    uint64_t apart[1u << SO_SMALL_TUPLES];
    uint32_t people[1u << SO_SMALL_TUPLES] = {0};
    NAME(find_apart)(c, k, n, level, apart);
    for (uint32_t i = 0; i < n; ++i)
        for (uint32_t t = 0; t < UINT32_C(1) << i; ++t)
            people[t | UINT32_C(1) << i] = people[t] + pay[i];
    for (uint32_t t = 1; t < UINT32_C(1) << n; ++t) {
        uint32_t *of = at[full & ~apart[t]].of;
        for (uint32_t a = t; a; a = (a - 1) & t)
            of[people[a] - 1] += 1u - 2u * ((uint32_t)__builtin_popcount(t ^ a) & 1u);
    }
}

/* The same of two tuples, as most are. */
static inline void NAME(close_two)(NAME(ctx) * c, const NAME(key) * k, const uint32_t *pay, uint64_t full, size_t level)
{
    so_small *at = c->walk->small + c->base;
    uint64_t apart[4];
    NAME(find_apart)(c, k, 2, level, apart);
    at[full & ~apart[1]].of[pay[0] - 1] += 1;
    at[full & ~apart[2]].of[pay[1] - 1] += 1;
    uint32_t *both = at[full & ~apart[3]].of;
    both[pay[0] - 1] -= 1;
    both[pay[1] - 1] -= 1;
    both[pay[0] + pay[1] - 1] += 1;
}

/* Closes a group of two or more tuples if that is less work than to walk it. */
static inline bool NAME(close_group)(NAME(ctx) * c, const NAME(key) * k, const uint32_t *pay, uint32_t n, size_t level)
{
    const so_walk *walk = c->walk;
    uint64_t full = (UINT64_C(1) << (walk->layout.n_levels - level)) - 1, people = 0;
    for (uint32_t i = 0; i < n; ++i)
        people += pay[i];
    if (people == n) {
        NAME(close_alone)(c, k, n, full, level);
        return true;
    }
    if (people <= SO_SMALL && n == 2) {
        NAME(close_two)(c, k, pay, full, level);
        return true;
    }
    if (people <= SO_SMALL && n <= SO_SMALL_TUPLES) {
        NAME(close_few)(c, k, pay, n, full, level);
        return true;
    }
    if (n > 2 || pay[0] < c->lowest || pay[1] < c->lowest) /* else the smallest class would not be known */
        return false;
    uint64_t nulls[2] = {0, 0};
    for (uint32_t i = 0; i < 2; ++i) {
        nulls[i] = walk->drop ? NAME(nulls)(&walk->layout, &k[i], level) : 0;
        NAME(single)(c, full, nulls[i], pay[i]);
    }
    uint64_t apart = NAME(differ)(&walk->layout, &k[0], &k[1], level) | nulls[0] | nulls[1];
    so_join(walk, &walk->figures[c->base + (full & ~apart)], pay[0], pay[1]);
    return true;
}

static inline bool NAME(close)(NAME(ctx) * c, const NAME(key) * k, const uint32_t *pay, uint32_t n, size_t level)
{
    if (n > SO_SMALL_ALONE)
        return false;
    if (n > 1)
        return NAME(close_group)(c, k, pay, n, level);
    const so_walk *walk = c->walk;
    uint64_t full = (UINT64_C(1) << (walk->layout.n_levels - level)) - 1;
    NAME(single)(c, full, walk->drop ? NAME(nulls)(&walk->layout, k, level) : 0, pay[0]);
    return true;
}
#endif
#define CLOSE NAME(close)
#include "kernel_parts.h"

static void NAME(run)(so_worker *worker, so_branch *branch)
{
    so_walk *walk = worker->walk;
    size_t m = walk->layout.n_levels;
    so_node *node = &branch->node;
    so_figures *at = walk->figures + branch->base;
    NAME(ctx) c = {walk, worker, false, branch->base, branch->lowest, so_nothing(), {{0}}};
    if (branch->fresh)
        NAME(settle)(&c, node, branch->level);
    branch->fresh = false;
    for (;; ++branch->level) {
        size_t q = m - branch->level;
        so_add_figures(&at[(UINT64_C(1) << q) - 1], &c.one);
        so_small_add(&walk->small[branch->base + (UINT64_C(1) << q) - 1], &c.small);
        c.one = so_nothing();
        c.small = (so_small){{0}};
        branch->lowest = c.lowest;
        if (node->groups == 0 || so_stopped(walk)) {
            so_push_all(worker, branch->base, q);
            return;
        }
        if (NAME(move_on)(worker, branch))
            return;
        uint64_t half = UINT64_C(1) << (q - 1);
        so_push(walk, branch->base, half);
        NAME(ctx) inner = {walk, worker, false, branch->base + half, c.lowest, so_nothing(), {{0}}};
        so_branch child = {.base = inner.base, .level = branch->level + 1};
        so_mark mark = so_arena_mark(&worker->arena);
        if (!NAME(include)(&inner, node, branch->level, &child.node))
            return;
        so_add_figures(&at[half + half - 1], &inner.one);
        so_small_add(&walk->small[branch->base + half + half - 1], &inner.small);
        child.lowest = inner.lowest;
        if (child.node.groups == 0)
            so_push_all(worker, inner.base, q - 1);
        else if (!so_hand_over(worker, &child))
            NAME(run)(worker, &child);
        so_arena_release(&worker->arena, mark);
        NAME(exclude)(&c, node, branch->level + 1);
    }
}
#undef CLOSE
