/* lattice.c: the walk over every combination of the fields: checks, set-up, results in order. */
#include "anynull.h"
#include "check.h"
#include "pool.h"

#include <string.h>

void so_walk_close(so_walk *walk)
{
    const so_allocator *allocator = &walk->options->allocator;
    so_rows_close(walk);
    so_layout_close(&walk->layout, allocator);
    so_subsets_close(&walk->subsets, allocator);
    so_delete(allocator, walk->figures);
    so_delete(allocator, walk->small);
    so_delete(allocator, walk->logs);
    so_delete(allocator, walk->rank_of_slot);
    so_delete(allocator, walk->singled);
    if (walk->forked)
        return;
    pthread_cond_destroy(&walk->wake);
    pthread_cond_destroy(&walk->done);
    pthread_mutex_destroy(&walk->lock);
}

/* Calls visit for every combination, in the order of the results, with its slot; `share` is for the ticker. */
typedef void (*visitor)(void *context, uint64_t rank, uint64_t slot);
static so_status in_order(const so_walk *walk, visitor visit, void *context, double share)
{
    const so_allocator *allocator = &walk->options->allocator;
    size_t m = walk->layout.n_levels, cap = walk->options->max_size < m ? walk->options->max_size : m;
    uint32_t *room = so_new(allocator, m + 2 * cap + 1, sizeof *room);
    if (!room)
        return SO_NO_MEMORY;
    uint32_t *level_of = room + 2 * cap;
    for (size_t l = 0; l < m; ++l)
        level_of[walk->layout.level[l].field] = (uint32_t)l;
    so_combination c = {.m = m, .members = room};
    so_status status = SO_OK;
    for (uint64_t rank = 0; status == SO_OK && so_next_combination(&c, cap); ++rank) {
        visit(context, rank, so_slot(&walk->subsets, &c, level_of, room + cap));
        status = so_tick(walk->ticker, c.size, share);
    }
    so_delete(allocator, room);
    return status;
}

static void note_rank(void *context, uint64_t rank, uint64_t slot)
{
    ((so_walk *)context)->rank_of_slot[slot] = (uint32_t)rank;
}

typedef struct copying {
    const so_figures *from;
    so_figures *to;
} copying;

static void copy_figures(void *context, uint64_t rank, uint64_t slot)
{
    const copying *c = context;
    so_figures figures = c->from[slot];
    if (figures.classes == 0)
        figures.smallest = 0;
    c->to[rank] = figures;
}

static so_status open_figures(so_walk *walk)
{
    const so_allocator *allocator = &walk->options->allocator;
    uint64_t people = so_people(walk->table);
    walk->scale = so_entropy_scale(people);
    walk->n_logs = people + 1 < SO_MOST_LOGS ? people + 1 : SO_MOST_LOGS;
    so_status status = so_size_logs(&walk->logs, walk->n_logs, walk->scale, allocator);
    if (status != SO_OK)
        return status;
    walk->figures = so_new(allocator, walk->subsets.slots, sizeof *walk->figures);
    if (!walk->figures)
        return SO_NO_MEMORY;
    for (uint64_t i = 0; i < walk->subsets.slots && status == SO_OK; ++i) {
        walk->figures[i] = so_nothing();
        status = so_tick(walk->ticker, 1, 0);
    }
    return status == SO_OK && walk->kind == SO_DENSE ? so_small_open(walk) : status;
}

static so_status open_ranks(so_walk *walk)
{
    walk->rank_of_slot = so_new(&walk->options->allocator, walk->subsets.slots, sizeof(uint32_t));
    if (!walk->rank_of_slot)
        return SO_NO_MEMORY;
    memset(walk->rank_of_slot, 0xFF, walk->subsets.slots * sizeof(uint32_t));
    return in_order(walk, note_rank, walk, 0);
}

so_status so_walk_open(so_walk *walk, const so_table *table, const so_options *options, so_kind kind, so_ticker *ticker)
{
    bool records = kind == SO_RECORDS || kind == SO_SINGLED;
    *walk = (so_walk){
        .table = table,
        .options = options,
        .ticker = ticker,
        .threshold = options->threshold,
        .drop = options->nulls == SO_NULLS_DROP,
        .block_start = kind == SO_SINGLED ? walk->block_start : 0,
        .block_stop = kind == SO_SINGLED ? walk->block_stop : (uint32_t)table->n_rows,
    };
    if (pthread_mutex_init(&walk->lock, NULL) || pthread_cond_init(&walk->wake, NULL) ||
        pthread_cond_init(&walk->done, NULL))
        return SO_NO_MEMORY;
    bool every_size = options->max_size >= table->n_fields; /* a row's count of combinations must stop at the cap */
    so_status status = so_subsets_open(&walk->subsets, table->n_fields, options->max_size, !records || every_size,
                                       &options->allocator);
    if (status == SO_OK)
        status = so_layout_open(&walk->layout, table, &options->allocator);
    if (status == SO_OK)
        status = so_rows_open(walk, records);
    walk->kind = kind == SO_DENSE && !walk->subsets.dense ? SO_CAPPED : kind;
    if (status == SO_OK && kind == SO_DENSE)
        status = open_figures(walk);
    else if (status == SO_OK && kind == SO_RECORDS)
        status = open_ranks(walk);
    if (status != SO_OK)
        so_walk_close(walk);
    return status;
}

so_branch so_walk_root(const so_walk *walk)
{
    size_t m = walk->layout.n_levels, cap = walk->options->max_size < m ? walk->options->max_size : m;
    return (so_branch){
        .node = walk->rows.root, .left = cap, .fresh = true, .lowest = UINT64_MAX, .finished = so_nothing()};
}

so_status so_combinations(const so_table *table, const so_options *options, so_figures *figures)
{
    so_ticker ticker;
    so_status status = so_check(table, options, &ticker);
    if (status != SO_OK)
        return status;
    if (!figures || options->max_size == 0)
        return SO_BAD_ARGUMENT;
    if (table->n_fields == 0)
        return SO_OK;
    if (options->nulls == SO_NULLS_ANY)
        return so_combinations_any(table, options, figures, &ticker);
    so_walk walk;
    status = so_walk_open(&walk, table, options, SO_DENSE, &ticker);
    if (status != SO_OK)
        return status;
    so_pool pool;
    status = so_pool_open(&pool, &walk);
    if (status == SO_OK) {
        so_branch root = so_walk_root(&walk);
        status = so_pool_run(&pool, &root);
        so_pool_close(&pool);
    }
    if (status == SO_OK && walk.small)
        status = so_small_settle(&walk);
    if (status == SO_OK)
        status = in_order(&walk, copy_figures, &(copying){walk.figures, figures}, 1);
    so_walk_close(&walk);
    return status;
}

so_status so_unique_records(const so_table *table, const so_options *options, uint64_t *unique_in, uint32_t *first)
{
    so_ticker ticker;
    so_status status = so_check(table, options, &ticker);
    if (status != SO_OK)
        return status;
    if (!unique_in || !first || options->max_size == 0)
        return SO_BAD_ARGUMENT;
    memset(unique_in, 0, table->n_rows * sizeof *unique_in);
    memset(first, 0xFF, table->n_rows * sizeof *first);
    if (table->n_fields == 0 || table->n_rows == 0)
        return SO_OK;
    if (options->nulls == SO_NULLS_ANY)
        return so_unique_records_any(table, options, unique_in, first, &ticker);
    so_walk walk;
    status = so_walk_open(&walk, table, options, SO_RECORDS, &ticker);
    if (status != SO_OK)
        return status;
    so_pool pool;
    status = so_pool_open(&pool, &walk);
    if (status == SO_OK) {
        so_branch root = so_walk_root(&walk);
        status = so_pool_run(&pool, &root);
        for (unsigned w = 0; w < pool.n && status == SO_OK; ++w)
            for (size_t row = 0; row < table->n_rows && status == SO_OK; ++row) {
                unique_in[row] += pool.workers[w].unique_in[row];
                if (pool.workers[w].first[row] < first[row])
                    first[row] = pool.workers[w].first[row];
                status = so_tick(&ticker, 1, 1);
            }
        so_pool_close(&pool);
    }
    so_walk_close(&walk);
    return status;
}
