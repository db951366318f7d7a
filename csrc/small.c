/* small.c: from counts of small classes to figures. */
#include "walk.h"

so_status so_small_open(so_walk *walk)
{
    walk->small = so_new_zeroed(&walk->options->allocator, walk->subsets.slots, sizeof *walk->small);
    return walk->small ? SO_OK : SO_NO_MEMORY;
}

so_status so_small_settle(so_walk *walk)
{
    so_figures one[SO_SMALL];
    for (uint32_t i = 0; i < SO_SMALL; ++i) {
        one[i] = so_nothing();
        so_put(walk, &one[i], i + 1);
    }
    so_status status = SO_OK;
    for (uint64_t slot = 0; slot < walk->subsets.slots && status == SO_OK; ++slot) {
        so_figures *f = &walk->figures[slot];
        for (uint32_t i = 0; i < SO_SMALL; ++i) {
            uint64_t classes = walk->small[slot].of[i];
            if (classes == 0)
                continue;
            f->classes += classes;
            f->unique += classes * one[i].unique;
            f->below += classes * one[i].below;
            f->people += classes * one[i].people;
            f->squares += classes * one[i].squares;
            f->entropy += classes * one[i].entropy;
            f->smallest = one[i].smallest < f->smallest ? one[i].smallest : f->smallest;
            f->largest = one[i].largest > f->largest ? one[i].largest : f->largest;
        }
        status = so_tick(walk->ticker, 1, 1);
    }
    return status;
}
