/* risk_threads.c: the threads that search for an attacker's chances. */
#include "risk.h"

#include <errno.h>
#include <time.h>

void so_risk_fail(so_risk_search *s, so_status status)
{
    pthread_mutex_lock(&s->lock);
    if (s->status == SO_OK)
        s->status = status;
    pthread_mutex_unlock(&s->lock);
    atomic_store_explicit(&s->stop, true, memory_order_relaxed);
}

static void *work(void *context)
{
    so_risk_worker *w = context;
    so_risk_search *s = w->search;
    for (;;) {
        size_t task = atomic_fetch_add_explicit(&s->next, 1, memory_order_relaxed);
        if (task >= s->tasks || atomic_load_explicit(&s->stop, memory_order_relaxed))
            break;
        so_risk_task(w, task);
    }
    pthread_mutex_lock(&s->lock);
    --s->living;
    pthread_cond_signal(&s->done);
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

static so_status open_worker(so_risk_worker *w, so_risk_search *s)
{
    const so_allocator *allocator = &s->options->allocator;
    uint32_t values = 1;
    for (size_t l = 0; l < s->m; ++l)
        values = s->level[l].values > values ? s->level[l].values : values;
    *w = (so_risk_worker){.search = s};
    so_arena_open(&w->arena, allocator);
    w->sum = so_new_zeroed(allocator, s->table->n_rows, sizeof *w->sum);
    w->apart = s->seldom > 0 ? so_new_zeroed(allocator, s->table->n_rows, sizeof *w->apart) : NULL;
    w->count = so_new_zeroed(allocator, values, sizeof *w->count);
    w->touched = so_new(allocator, (size_t)values + 1, sizeof *w->touched);
    bool all = w->sum && (w->apart || !(s->seldom > 0)) && w->count && w->touched;
    return all ? SO_OK : SO_NO_MEMORY;
}

static void close_worker(so_risk_worker *w)
{
    if (!w->search)
        return;
    const so_allocator *allocator = &w->search->options->allocator;
    so_arena_close(&w->arena);
    so_delete(allocator, w->sum);
    so_delete(allocator, w->apart);
    so_delete(allocator, w->count);
    so_delete(allocator, w->touched);
}

/* SO_FORKED where the workers are not there any more. */
static so_status wait_for(so_risk_search *s)
{
    const so_options *options = s->options;
    pthread_mutex_lock(&s->lock);
    while (s->living) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += SO_TICK_MILLISECONDS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        if (pthread_cond_timedwait(&s->done, &s->lock, &until) != ETIMEDOUT || !options->poll || s->status != SO_OK)
            continue;
        pthread_mutex_unlock(&s->lock);
        size_t next = atomic_load_explicit(&s->next, memory_order_relaxed);
        double done = next < s->tasks ? (double)next / (double)s->tasks : 1;
        so_status status = so_tick_now(s->ticker, done);
        if (status == SO_FORKED)
            return status;
        if (status != SO_OK)
            so_risk_fail(s, SO_CANCELLED);
        pthread_mutex_lock(&s->lock);
    }
    pthread_mutex_unlock(&s->lock);
    return SO_OK;
}

static so_status run(so_risk_search *s, so_risk_worker *workers, unsigned n)
{
    unsigned started = 0;
    pthread_mutex_lock(&s->lock);
    while (started < n && pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0)
        ++started;
    s->living += started;
    pthread_mutex_unlock(&s->lock);
    if (!started)
        return SO_NO_THREAD;
    if (wait_for(s) == SO_FORKED)
        return SO_FORKED;
    for (unsigned i = 0; i < started; ++i)
        pthread_join(workers[i].thread, NULL);
    return s->status;
}

/* Masses are rounded, so that a sum may be above one. */
static double at_most_one(uint64_t sum)
{
    return (double)sum < SO_RISK_ONE ? (double)sum / SO_RISK_ONE : 1;
}

so_status so_risk_run(so_risk_search *s, size_t tasks, double *risk, double *unwalked)
{
    const so_allocator *allocator = &s->options->allocator;
    unsigned n = s->options->threads ? s->options->threads : 1;
    so_risk_worker *workers = so_new_zeroed(allocator, n, sizeof *workers);
    so_status status = workers ? SO_OK : SO_NO_MEMORY;
    s->tasks = tasks;
    if (status == SO_OK && pthread_mutex_init(&s->lock, NULL))
        status = SO_NO_MEMORY;
    if (status != SO_OK) {
        so_delete(allocator, workers);
        return status;
    }
    if (pthread_cond_init(&s->done, NULL))
        status = SO_NO_MEMORY;
    for (unsigned i = 0; i < n && status == SO_OK; ++i)
        status = open_worker(&workers[i], s);
    if (status == SO_OK)
        status = run(s, workers, n);
    if (status == SO_FORKED) /* what the workers held is not to be touched */
        return status;
    for (size_t row = 0; row < s->table->n_rows && status == SO_OK; ++row) {
        uint64_t sum = 0, apart = 0;
        for (unsigned i = 0; i < n; ++i) {
            sum += workers[i].sum[row];
            apart += workers[i].apart ? workers[i].apart[row] : 0;
        }
        risk[row] = at_most_one(sum);
        if (unwalked)
            unwalked[row] = at_most_one(apart);
    }
    for (unsigned i = 0; i < n; ++i)
        close_worker(&workers[i]);
    so_delete(allocator, workers);
    pthread_cond_destroy(&s->done);
    pthread_mutex_destroy(&s->lock);
    return status;
}
