/* kernel_rows.h: the walk of the kernels that answer for rows; a template, see kernel_parts.h.
 *
 * Beyond what kernel_parts.h wants, the including file defines
 *   APART(walk, level)  whether a branch from that level on may go to another worker */

static void NAME(run)(so_worker *worker, so_branch *branch)
{
    so_walk *walk = worker->walk;
    so_node *node = &branch->node;
    size_t m = walk->layout.n_levels;
    NAME(ctx) c = {walk, worker, true, branch->base, branch->from, branch->left};
    if (branch->fresh)
        NAME(settle)(&c, node, branch->level);
    branch->fresh = false;
    for (; branch->level < m && node->groups && branch->left && !so_stopped(walk); ++branch->level) {
        if (NAME(move_on)(worker, branch))
            return;
        size_t next = branch->level + 1;
        so_branch child = {.level = next, .from = next, .left = branch->left - 1};
        child.base = so_extend(&walk->subsets, branch->base, branch->from, branch->left, branch->level);
        NAME(ctx) inner = {walk, worker, true, child.base, next, child.left};
        so_mark mark = so_arena_mark(&worker->arena);
        if (!NAME(include)(&inner, node, branch->level, &child.node))
            return;
        if (child.node.groups == 0)
            so_progress(worker, so_upto(&walk->subsets, m - next, child.left));
        else if (!APART(walk, next) || !so_hand_over(worker, &child))
            NAME(run)(worker, &child);
        so_arena_release(&worker->arena, mark);
        NAME(exclude)(&c, node, next);
    }
}
