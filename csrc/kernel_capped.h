/* kernel_capped.h: subsets of at most `max_size` levels; a template, see kernel_parts.h.
 *
 * What is final for a branch is carried down by value; each subset's slot is written once.  The last field of the largest
 * subsets needs no nodes (kernel_leaves.h). */

#include "kernel_key.h"

typedef struct {
    so_walk *walk;
    so_worker *worker;
    bool records;
    so_figures one;
} NAME(ctx);

static inline bool NAME(close)(NAME(ctx) * c, const NAME(key) * k, const uint32_t *pay, uint32_t n, size_t level)
{
    if (n > 1)
        return false;
    const so_walk *walk = c->walk;
#if W == 0
    if (walk->drop)
        for (size_t l = level; l < walk->layout.n_levels; ++l)
            if (walk->layout.level[l].nullable && NAME(code)(walk, k, &walk->layout.level[l]) == 0)
                return false;
#else
    if (walk->drop && NAME(nulls)(&walk->layout, k, level))
        return false;
#endif
    so_put(walk, &c->one, pay[0]);
    return true;
}
#define CLOSE NAME(close)
#include "kernel_parts.h"

/* The figures of S: its classes are the groups and what is final. */
static so_figures NAME(totals)(const so_walk *walk, const so_node *node, const so_figures *finished)
{
    so_figures sum = *finished;
    for (uint32_t g = 0, at = 0; g < node->groups; ++g) {
        uint64_t people = 0;
        for (; at < node->end[g]; ++at)
            people += node->pay[at];
        so_put(walk, &sum, people);
    }
    return sum;
}

#include "kernel_leaves.h"

static void NAME(fill)(so_worker *worker, const so_branch *branch)
{
    so_walk *walk = worker->walk;
    size_t m = walk->layout.n_levels;
    uint64_t stop = branch->base + so_upto(&walk->subsets, m - branch->from, branch->left);
    uint64_t start =
        branch->level < m ? so_extend(&walk->subsets, branch->base, branch->from, branch->left, branch->level) : stop;
    for (uint64_t slot = start; slot < stop; ++slot)
        walk->figures[slot] = branch->finished;
    so_progress(worker, stop - start);
}

static void NAME(run)(so_worker *worker, so_branch *branch)
{
    so_walk *walk = worker->walk;
    so_node *node = &branch->node;
    NAME(ctx) c = {walk, worker, false, branch->finished};
    if (branch->fresh)
        NAME(settle)(&c, node, branch->level);
    branch->fresh = false;
    branch->finished = c.one;
    if (!branch->resumed) {
        walk->figures[branch->base] = NAME(totals)(walk, node, &branch->finished);
        so_progress(worker, 1);
    }
    if (branch->left == 0)
        return;
    branch->resumed = true;
    if (node->groups && branch->left == 1) {
        NAME(leaves)(worker, branch);
        return;
    }
    for (; branch->level < walk->layout.n_levels && !so_stopped(walk); ++branch->level) {
        if (node->groups == 0)
            break;
        if (NAME(move_on)(worker, branch))
            return;
        NAME(ctx) inner = {walk, worker, false, branch->finished};
        so_branch child = {.level = branch->level + 1, .from = branch->level + 1, .left = branch->left - 1};
        child.base = so_extend(&walk->subsets, branch->base, branch->from, branch->left, branch->level);
        so_mark mark = so_arena_mark(&worker->arena);
        if (!NAME(include)(&inner, node, branch->level, &child.node))
            return;
        child.finished = inner.one;
        if (!so_hand_over(worker, &child))
            NAME(run)(worker, &child);
        so_arena_release(&worker->arena, mark);
        NAME(exclude)(&c, node, branch->level + 1);
        branch->finished = c.one;
    }
    NAME(fill)(worker, branch);
}
#undef CLOSE
