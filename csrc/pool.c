/* pool.c: the workers that walk the branches, and the memory of nodes. */
#include "pool.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#define WORTH_HANDING_OVER 256u /* tuples */

static size_t aligned(size_t bytes)
{
    return (bytes + 63) & ~(size_t)63;
}

static void lay_out(so_node *node, char *memory, uint32_t tuples, uint32_t words)
{
    node->keys = memory;
    memory += aligned(tuples * so_key_bytes(words));
    node->pay = (uint32_t *)(void *)memory;
    memory += aligned(tuples * sizeof(uint32_t));
    node->end = (uint32_t *)(void *)memory;
    node->words = words;
}

static size_t node_bytes(uint32_t tuples, uint32_t groups, uint32_t words)
{
    return aligned(tuples * so_key_bytes(words)) + aligned(tuples * sizeof(uint32_t)) +
           aligned(groups * sizeof(uint32_t));
}

bool so_node_take(so_worker *worker, so_node *node, uint32_t tuples, uint32_t words)
{
    char *memory = so_arena_take(&worker->arena, node_bytes(tuples, tuples, words));
    if (!memory) {
        so_fail(worker->walk, SO_NO_MEMORY);
        return false;
    }
    *node = (so_node){.words = words};
    lay_out(node, memory, tuples, words);
    return true;
}

void so_node_fit(so_worker *worker, so_node *node, uint32_t room)
{
    so_node fitted = *node;
    lay_out(&fitted, node->keys, node->tuples, node->words);
    if (node->tuples < room) {
        memmove(fitted.pay, node->pay, node->tuples * sizeof *node->pay);
        memmove(fitted.end, node->end, node->groups * sizeof *node->end);
    }
    so_arena_trim(&worker->arena, node->keys, node_bytes(node->tuples, node->groups, node->words));
    *node = fitted;
}

/* Whether a task is wanted: one for each idle worker and one in store, so that memory holds no more than one beside those
 * that the workers are at. */
static bool wanted(const so_walk *walk)
{
    unsigned idle = atomic_load_explicit(&walk->idle, memory_order_relaxed);
    return atomic_load_explicit(&walk->queued, memory_order_relaxed) < idle + (walk->options->threads > 1);
}

/* Promises a task if one is wanted. */
static bool promise(so_walk *walk)
{
    if (!wanted(walk))
        return false;
    pthread_mutex_lock(&walk->lock);
    bool yes = wanted(walk);
    walk->queued += yes;
    pthread_mutex_unlock(&walk->lock);
    return yes;
}

bool so_hand_over(so_worker *worker, const so_branch *branch)
{
    so_walk *walk = worker->walk;
    const so_node *node = &branch->node;
    if (node->tuples < WORTH_HANDING_OVER || !promise(walk))
        return false;
    const so_allocator *allocator = &walk->options->allocator;
    so_task *task = so_new(allocator, 1, sizeof *task);
    void *memory = so_new(allocator, node_bytes(node->tuples, node->groups, node->words), 1);
    if (!task || !memory) { /* then this worker does it itself */
        so_delete(allocator, task);
        so_delete(allocator, memory);
        pthread_mutex_lock(&walk->lock);
        --walk->queued;
        pthread_mutex_unlock(&walk->lock);
        return false;
    }
    *task = (so_task){.branch = *branch, .memory = memory};
    so_node *copy = &task->branch.node;
    lay_out(copy, memory, node->tuples, node->words);
    memcpy(copy->keys, node->keys, node->tuples * so_key_bytes(node->words));
    memcpy(copy->pay, node->pay, node->tuples * sizeof *node->pay);
    memcpy(copy->end, node->end, node->groups * sizeof *node->end);
    pthread_mutex_lock(&walk->lock);
    task->next = walk->stack;
    walk->stack = task;
    pthread_cond_signal(&walk->wake);
    pthread_mutex_unlock(&walk->lock);
    return true;
}

static void run(so_worker *worker, so_branch *branch)
{
    uint32_t words = branch->node.words;
    (*so_best_kernels())[worker->walk->kind][words == 4 ? 3 : words](worker, branch);
}

static void *work(void *argument)
{
    so_worker *worker = argument;
    so_walk *walk = worker->walk;
    pthread_mutex_lock(&walk->lock);
    for (;;) {
        while (!walk->stack && walk->busy) {
            atomic_fetch_add_explicit(&walk->idle, 1, memory_order_relaxed);
            pthread_cond_wait(&walk->wake, &walk->lock);
            atomic_fetch_sub_explicit(&walk->idle, 1, memory_order_relaxed);
        }
        so_task *task = walk->stack;
        if (!task)
            break;
        walk->stack = task->next;
        --walk->queued;
        ++walk->busy;
        pthread_mutex_unlock(&walk->lock);
        if (!so_stopped(walk))
            run(worker, &task->branch);
        so_delete(&walk->options->allocator, task->memory);
        so_delete(&walk->options->allocator, task);
        pthread_mutex_lock(&walk->lock);
        if (--walk->busy == 0 && !walk->stack)
            pthread_cond_broadcast(&walk->wake);
    }
    --walk->living;
    pthread_cond_signal(&walk->done);
    pthread_mutex_unlock(&walk->lock);
    return NULL;
}

static double share_done(so_worker *workers, unsigned n, uint64_t slots)
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < n; ++i)
        sum += atomic_load_explicit(&workers[i].slots_done, memory_order_relaxed);
    double share = (double)sum / (double)slots;
    return share < 1 ? share : 1;
}

/* Waits for the workers; from time to time asks whether to go on.  SO_FORKED where they are not there any more. */
static so_status watch(so_walk *walk, so_worker *workers, unsigned n)
{
    const so_options *options = walk->options;
    pthread_mutex_lock(&walk->lock);
    while (walk->living) {
        if (!options->poll || so_stopped(walk)) { /* nothing more to ask once it stops */
            pthread_cond_wait(&walk->done, &walk->lock);
            continue;
        }
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += SO_TICK_MILLISECONDS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        if (pthread_cond_timedwait(&walk->done, &walk->lock, &until) != ETIMEDOUT)
            continue;
        pthread_mutex_unlock(&walk->lock);
        so_status status = so_tick_now(walk->ticker, share_done(workers, n, walk->subsets.slots));
        if (status == SO_FORKED)
            return status;
        if (status != SO_OK)
            so_fail(walk, SO_CANCELLED);
        pthread_mutex_lock(&walk->lock);
    }
    pthread_mutex_unlock(&walk->lock);
    return SO_OK;
}

static so_status open_worker(so_worker *worker, so_walk *walk)
{
    const so_allocator *allocator = &walk->options->allocator;
    size_t values = (size_t)walk->layout.max_values + 1;
    *worker = (so_worker){.walk = walk};
    so_arena_open(&worker->arena, allocator);
    worker->count = so_new_zeroed(allocator, values, sizeof(uint32_t));
    worker->touched = so_new(allocator, values + 1, sizeof(uint32_t));
    if (!worker->count || !worker->touched)
        return SO_NO_MEMORY;
    if (walk->kind == SO_CAPPED && !(worker->leaves = so_new_zeroed(allocator, 1, sizeof *worker->leaves)))
        return SO_NO_MEMORY;
    if (walk->kind != SO_RECORDS)
        return SO_OK;
    worker->unique_in = so_new_zeroed(allocator, walk->table->n_rows, sizeof(uint64_t));
    worker->first = so_new(allocator, walk->table->n_rows, sizeof(uint32_t));
    if (!worker->unique_in || !worker->first)
        return SO_NO_MEMORY;
    memset(worker->first, 0xFF, walk->table->n_rows * sizeof(uint32_t));
    return SO_OK;
}

static void close_worker(so_worker *worker)
{
    if (!worker->walk)
        return;
    const so_allocator *allocator = &worker->walk->options->allocator;
    so_arena_close(&worker->arena);
    so_delete(allocator, worker->count);
    so_delete(allocator, worker->touched);
    so_delete(allocator, worker->leaves);
    so_delete(allocator, worker->unique_in);
    so_delete(allocator, worker->first);
}

void so_pool_close(so_pool *pool)
{
    if (pool->walk->forked) /* somebody was at it who is not there any more */
        return;
    for (unsigned i = 0; i < pool->n; ++i)
        close_worker(&pool->workers[i]);
    so_delete(&pool->walk->options->allocator, pool->workers);
    pool->workers = NULL;
}

so_status so_pool_open(so_pool *pool, so_walk *walk)
{
    unsigned n = walk->options->threads ? walk->options->threads : 1;
    *pool = (so_pool){.walk = walk, .n = n};
    pool->workers = so_new_zeroed(&walk->options->allocator, n, sizeof *pool->workers);
    if (!pool->workers) {
        pool->n = 0;
        return SO_NO_MEMORY;
    }
    so_status status = SO_OK;
    for (unsigned i = 0; i < n && status == SO_OK; ++i)
        status = open_worker(&pool->workers[i], walk);
    if (status != SO_OK)
        so_pool_close(pool);
    return status;
}

so_status so_pool_run(so_pool *pool, const so_branch *root)
{
    so_walk *walk = pool->walk;
    so_task *task = so_new(&walk->options->allocator, 1, sizeof *task);
    if (!task)
        return SO_NO_MEMORY;
    *task = (so_task){.branch = *root};
    walk->stack = task;
    walk->queued = 1;
    pthread_mutex_lock(&walk->lock);
    unsigned started = 0;
    for (; started < pool->n; ++started) {
        if (pthread_create(&pool->workers[started].thread, NULL, work, &pool->workers[started]) != 0)
            break;
        ++walk->living;
    }
    pthread_mutex_unlock(&walk->lock);
    if (!started) {
        so_delete(&walk->options->allocator, task);
        return SO_NO_THREAD;
    }
    if (watch(walk, pool->workers, started) == SO_FORKED) {
        walk->forked = true;
        return SO_FORKED;
    }
    for (unsigned i = 0; i < started; ++i)
        pthread_join(pool->workers[i].thread, NULL);
    return walk->status;
}
