/* coding_threads.c: several columns coded at a time. */
#include "memory.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct work_on {
    so_column *columns;
    size_t n;
    atomic_size_t next;
    uint64_t seed;
    const so_allocator *allocator;
} work_on;

static void *work(void *context)
{
    work_on *on = context;
    for (;;) {
        size_t at = atomic_fetch_add_explicit(&on->next, 1, memory_order_relaxed);
        if (at >= on->n)
            return NULL;
        so_column *c = &on->columns[at];
        c->status = so_code_column(c->chunks, c->n_chunks, on->seed, on->allocator, c->codes, c->first, &c->distinct,
                                   &c->nulls);
    }
}

so_status so_code_columns(so_column *columns, size_t n, unsigned threads, uint64_t seed, const so_allocator *allocator)
{
    if ((!columns && n) || !allocator)
        return SO_BAD_ARGUMENT;
    work_on on = {.columns = columns, .n = n, .seed = seed, .allocator = allocator};
    size_t others = threads > 1 && n > 1 ? (threads < n ? threads : n) - 1 : 0, started = 0;
    pthread_t *thread = others ? so_new(allocator, others, sizeof *thread) : NULL;
    while (thread && started < others && pthread_create(&thread[started], NULL, work, &on) == 0)
        ++started;
    work(&on); /* this thread too, alone where no other could be had */
    for (size_t i = 0; i < started; ++i)
        pthread_join(thread[i], NULL);
    so_delete(allocator, thread);
    return SO_OK;
}
