/* small.c: from counts of small classes to figures. */
#include "walk.h"

so_status so_small_open(so_walk *walk)
{
    walk->small = so_new_zeroed(&walk->options->allocator, walk->subsets.slots, sizeof *walk->small);
    return walk->small ? SO_OK : SO_NO_MEMORY;
}

so_status so_small_settle(so_walk *walk)
{
    so_status status = SO_OK;
    for (uint64_t slot = 0; slot < walk->subsets.slots && status == SO_OK; ++slot) {
        for (uint32_t i = 0; i < SO_SMALL; ++i)
            so_put_many(walk, &walk->figures[slot], i + 1, walk->small[slot].of[i]);
        status = so_tick(walk->ticker, 1, 1);
    }
    return status;
}
