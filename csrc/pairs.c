/* pairs.c: pairs of lone people, counted at the largest subset where the two agree.
 *
 * Two people alone in their group are counted as apart on every subset below; on those where they agree that must be taken
 * back.  It is the same few figures for every such pair, so the walk counts pairs, and this file turns counts into figures
 * once. */
#include "walk.h"

so_status so_pairs_open(so_walk *walk)
{
    walk->pairs = so_new_zeroed(&walk->options->allocator, walk->subsets.slots, sizeof *walk->pairs);
    return walk->pairs ? SO_OK : SO_NO_MEMORY;
}

void so_pairs_settle(so_walk *walk)
{
    so_figures apart = so_nothing(), joined = so_nothing();
    so_put(walk, &apart, 1);
    so_put(walk, &apart, 1);
    so_put(walk, &joined, 2);
    for (uint64_t slot = 0; slot < walk->subsets.slots; ++slot) {
        uint64_t pairs = walk->pairs[slot];
        so_figures *f = &walk->figures[slot];
        if (pairs == 0)
            continue;
        f->classes -= pairs;
        f->unique -= 2 * pairs;
        f->below += pairs * (joined.below - apart.below);
        f->squares += pairs * (joined.squares - apart.squares);
        f->entropy += pairs * (joined.entropy - apart.entropy);
        f->largest = f->largest < 2 ? 2 : f->largest;
    }
}
