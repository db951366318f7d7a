/* kernel_dense.h: every subset of up to 26 levels; a template, see kernel_parts.h.
 *
 * What is final for a branch is added once, at the slot of the largest subset that it holds for; the sums then run down
 * from supersets to subsets, one level at a time (`push`), just before the walk splits on that level.  A group of two or
 * three needs no walk: count its tuples apart everywhere, and take that back where they agree.  Most of what is final is
 * one person, or two, so these are counted and turned into figures later (`lone`, so_walk.pairs). */

#include "kernel_key.h"

typedef struct {
    so_walk *walk;
    so_worker *worker;
    bool records;
    uint64_t base, lowest;
    so_figures one; /* for the whole branch */
    uint64_t lone;  /* people alone in the whole branch, not yet in `one` */
} NAME(ctx);

#ifndef SO_DENSE_ONCE
#define SO_DENSE_ONCE
/* Takes back from f that people a and b are apart. */
static inline void so_join(const so_walk *walk, so_figures *f, uint64_t a, uint64_t b)
{
    so_figures apart = so_nothing(), joined = so_nothing();
    so_put(walk, &apart, a);
    so_put(walk, &apart, b);
    so_put(walk, &joined, a + b);
    f->classes -= 1;
    f->unique += joined.unique - apart.unique;
    f->below += joined.below - apart.below;
    f->squares += joined.squares - apart.squares;
    f->entropy += joined.entropy - apart.entropy;
    f->largest = a + b > f->largest ? a + b : f->largest;
}

/* Takes back from the largest subset where people a and b agree that they are apart. */
static inline void so_join_at(const so_walk *walk, uint64_t slot, uint32_t a, uint32_t b)
{
    if (a == 1 && b == 1)
        walk->pairs[slot] += 1;
    else
        so_join(walk, &walk->figures[slot], a, b);
}

static void so_push(so_walk *walk, uint64_t base, uint64_t half)
{
    so_figures *figures = walk->figures + base;
    uint32_t *pairs = walk->pairs + base;
    for (uint64_t i = 0; i < half; ++i) {
        so_add_figures(&figures[i], &figures[half + i]);
        pairs[i] += pairs[half + i];
    }
}

static void so_push_all(so_worker *worker, uint64_t base, size_t q)
{
    for (size_t b = 0; b < q; ++b)
        for (uint64_t at = 0; at < UINT64_C(1) << q; at += UINT64_C(2) << b)
            so_push(worker->walk, base + at, UINT64_C(1) << b);
    so_progress(worker, UINT64_C(1) << q);
}
#endif

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
    if (nulls) {
        so_put(walk, &walk->figures[c->base + (((UINT64_C(1) << (m - level)) - 1) & ~nulls)], pay[0]);
    } else {
        so_put(walk, &c->one, pay[0]);
        c->lowest = pay[0] < c->lowest ? pay[0] : c->lowest;
    }
    return true;
}
#else
static inline void NAME(single)(NAME(ctx) * c, uint64_t full, uint64_t nulls, uint32_t people)
{
    if (nulls) {
        so_put(c->walk, &c->walk->figures[c->base + (full & ~nulls)], people);
    } else if (people == 1) {
        c->lone += 1;
        c->lowest = 1;
    } else {
        so_put(c->walk, &c->one, people);
        c->lowest = people < c->lowest ? people : c->lowest;
    }
}

static inline void NAME(close_three)(NAME(ctx) * c, const NAME(key) * k, const uint32_t *pay, const uint64_t *z,
                                     uint64_t full, size_t level)
{
    const so_walk *walk = c->walk;
    so_figures *at = walk->figures + c->base;
    uint64_t any = z[0] | z[1] | z[2], together = any;
    static const int pairs[3][2] = {{0, 1}, {0, 2}, {1, 2}};
    uint64_t a = pay[0], b = pay[1], d = pay[2];
    so_figures *all;
    for (int i = 0; i < 3; ++i) {
        int x = pairs[i][0], y = pairs[i][1];
        uint64_t differ = NAME(differ)(&walk->layout, &k[x], &k[y], level);
        together |= differ;
        so_join_at(walk, c->base + (full & ~(differ | z[x] | z[y])), pay[x], pay[y]);
    }
    all = &at[full & ~together];
    so_figures alone = so_nothing(), two = so_nothing(), three = so_nothing();
    so_put(walk, &alone, a), so_put(walk, &alone, b), so_put(walk, &alone, d);
    so_put(walk, &two, a + b), so_put(walk, &two, a + d), so_put(walk, &two, b + d);
    so_put(walk, &three, a + b + d);
    all->classes += 1;
    all->unique += three.unique - two.unique + alone.unique;
    all->below += three.below - two.below + alone.below;
    all->squares += three.squares - two.squares + alone.squares;
    all->entropy += three.entropy - two.entropy + alone.entropy;
    all->largest = a + b + d > all->largest ? a + b + d : all->largest;
}

static inline bool NAME(close)(NAME(ctx) * c, const NAME(key) * k, const uint32_t *pay, uint32_t n, size_t level)
{
    if (n > 3)
        return false;
    const so_walk *walk = c->walk;
    if (n == 1 && pay[0] == 1 && !walk->drop) {
        c->lone += 1;
        c->lowest = 1;
        return true;
    }
    uint64_t full = (UINT64_C(1) << (walk->layout.n_levels - level)) - 1, z[3] = {0, 0, 0};
    for (uint32_t i = 0; i < n; ++i)
        if (n > 1 && pay[i] < c->lowest) /* the smallest class would not be known */
            return false;
    if (walk->drop)
        for (uint32_t i = 0; i < n; ++i)
            z[i] = NAME(nulls)(&walk->layout, &k[i], level);
    for (uint32_t i = 0; i < n; ++i)
        NAME(single)(c, full, z[i], pay[i]);
    if (n == 2)
        so_join_at(walk, c->base + (full & ~(NAME(differ)(&walk->layout, &k[0], &k[1], level) | z[0] | z[1])), pay[0],
                   pay[1]);
    else if (n == 3)
        NAME(close_three)(c, k, pay, z, full, level);
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
    NAME(ctx) c = {walk, worker, false, branch->base, branch->lowest, so_nothing(), 0};
    if (branch->fresh)
        NAME(settle)(&c, node, branch->level);
    branch->fresh = false;
    for (;; ++branch->level) {
        size_t q = m - branch->level;
        so_figures *all = &at[(UINT64_C(1) << q) - 1];
        so_add_figures(all, &c.one);
        so_put_lone(walk, all, c.lone);
        c.one = so_nothing();
        c.lone = 0;
        branch->lowest = c.lowest;
        if (node->groups == 0 || so_stopped(walk)) {
            so_push_all(worker, branch->base, q);
            return;
        }
        if (NAME(move_on)(worker, branch))
            return;
        uint64_t half = UINT64_C(1) << (q - 1);
        so_push(walk, branch->base, half);
        NAME(ctx) inner = {walk, worker, false, branch->base + half, c.lowest, so_nothing(), 0};
        so_branch child = {.base = inner.base, .level = branch->level + 1};
        so_mark mark = so_arena_mark(&worker->arena);
        if (!NAME(include)(&inner, node, branch->level, &child.node))
            return;
        so_add_figures(&at[half + half - 1], &inner.one);
        so_put_lone(walk, &at[half + half - 1], inner.lone);
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
