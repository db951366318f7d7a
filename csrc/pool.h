/* pool.h: the threads of one walk. */
#ifndef SO_POOL_H
#define SO_POOL_H

#include "walk.h"

typedef struct so_pool {
    so_walk *walk;
    so_worker *workers;
    unsigned n;
} so_pool;

so_status so_pool_open(so_pool *pool, so_walk *walk);
/* Walks the branch and all below it. */
so_status so_pool_run(so_pool *pool, const so_branch *root);
void so_pool_close(so_pool *pool);

#endif
