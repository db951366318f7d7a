/* minimal.c: minimal sample uniques: for every row the smallest combinations that single it out, and their scores.
 *
 * The walk gives, for a block of rows, a bit for each combination that singles the row out (kernel_singled.h).  One of
 * them is minimal if none of the combinations with one field less is; where slots are numbered by fields' bits that is a
 * shift and an "and" for each field, 64 combinations at a time.  Blocks keep the bits within a bound; each costs a walk,
 * in which the rows of the others only stand in the way.
 *
 * Manning, Haglin & Keane, "A recursive search algorithm for statistical disclosure assessment" (2008), section 2. */
#include "anynull.h"
#include "check.h"
#include "minimal.h"
#include "pool.h"
#include "singled.h"

#include <string.h>

#define MOST_AT_ONCE (UINT64_C(1) << 18) /* words scored between two looks at the clock */

typedef struct scoring {
    const so_walk *walk;
    so_minimal *out;
    size_t cap;
    uint32_t *field_of; /* dense: by bit */
    uint32_t *start;    /* capped: by slot, where its parts begin; slots + 1 entries */
    uint32_t *after;    /* capped: by slot, the first one after those that extend it */
    uint32_t *parts;    /* capped: the slots of the combinations with one field less */
    uint32_t *members;  /* capped: the fields, in the same places */
    uint32_t *scratch;  /* capped: two combinations, and the level of each field */
    uint32_t *level_of;
    uint64_t *room;      /* words of one row */
    uint64_t *by_size;   /* of this thread */
    uint32_t begin, end; /* the rows of this thread */
    pthread_t *handles;
} scoring;

static void take(scoring *s, size_t row, size_t size, const uint32_t *fields)
{
    so_minimal *out = s->out;
    double weight = out->weights[size];
    if (out->sets)
        out->sets[row] += 1;
    s->by_size[size] += 1;
    if (out->score)
        out->score[row] += weight;
    if (out->part)
        for (size_t i = 0; i < size; ++i)
            out->part[row * s->walk->layout.n_levels + fields[i]] += weight;
}

/* Dense: bits of the combinations a field less of which singles the row out. */
static void find_larger(uint64_t *larger, const uint64_t *bits, size_t words, size_t m)
{
    memset(larger, 0, words * sizeof *larger);
    for (size_t b = 0; b < m; ++b) {
        if (b < 6) {
            for (size_t w = 0; w < words; ++w)
                larger[w] |= (bits[w] & ~so_holds[b]) << (1u << b);
            continue;
        }
        size_t step = (size_t)1 << (b - 6);
        for (size_t at = 0; at < words; at += 2 * step)
            for (size_t w = at; w < at + step; ++w)
                larger[w + step] |= bits[w];
    }
}

static void score_dense(scoring *s, size_t row, const uint64_t *bits)
{
    size_t words = s->walk->singled_words;
    find_larger(s->room, bits, words, s->walk->layout.n_levels);
    for (size_t w = 0; w < words; ++w)
        for (uint64_t left = bits[w] & ~s->room[w]; left; left &= left - 1) {
            uint64_t slot = (uint64_t)w << 6 | (uint64_t)__builtin_ctzll(left);
            uint32_t fields[64];
            size_t size = 0;
            for (uint64_t f = slot; f; f &= f - 1)
                fields[size++] = s->field_of[__builtin_ctzll(f)];
            if (size <= s->cap)
                take(s, row, size, fields);
        }
}

static bool has(const uint64_t *bits, uint64_t slot)
{
    return (bits[slot >> 6] >> (slot & 63) & 1) != 0;
}

/* The first slot from `at` on whose bit is set; at least 64 * words if there is none. */
static uint64_t next_set(const uint64_t *bits, size_t words, uint64_t at)
{
    size_t w = (size_t)(at >> 6);
    if (w >= words)
        return at;
    uint64_t left = bits[w] >> (at & 63) << (at & 63);
    while (!left && ++w < words)
        left = bits[w];
    return left ? (uint64_t)w << 6 | (uint64_t)__builtin_ctzll(left) : (uint64_t)words << 6;
}

/* What extends a combination that singles the row out is not minimal, and stands behind it. */
static void score_capped(scoring *s, size_t row, const uint64_t *bits)
{
    size_t words = s->walk->singled_words;
    uint64_t slots = s->walk->subsets.slots;
    for (uint64_t slot = next_set(bits, words, 0); slot < slots; slot = next_set(bits, words, s->after[slot])) {
        uint32_t i = s->start[slot], stop = s->start[slot + 1];
        size_t size = stop - i;
        while (i < stop && !has(bits, s->parts[i]))
            ++i;
        if (i == stop)
            take(s, row, size, s->members + s->start[slot]);
    }
}

/* How many combinations of each size single the row out. */
static void expose(const scoring *s, size_t row, const uint64_t *bits)
{
    uint64_t *exposure = s->out->exposure + row * (s->cap + 1);
    for (size_t w = 0; w < s->walk->singled_words; ++w)
        for (uint64_t left = bits[w]; left; left &= left - 1) {
            uint64_t slot = (uint64_t)w << 6 | (uint64_t)__builtin_ctzll(left);
            size_t size =
                s->walk->subsets.dense ? (size_t)__builtin_popcountll(slot) : s->start[slot + 1] - s->start[slot];
            if (size <= s->cap)
                exposure[size] += 1;
        }
}

/* Dense: the same, 64 combinations at a time. */
static void expose_dense(const scoring *s, size_t row, const uint64_t *bits)
{
    uint64_t *exposure = s->out->exposure + row * (s->cap + 1), of_size[7] = {1};
    for (size_t b = 0; b < 6; ++b)
        for (size_t size = b + 1; size > 0; --size)
            of_size[size] |= of_size[size - 1] << (1u << b);
    for (size_t w = 0; w < s->walk->singled_words; ++w)
        for (size_t low = 0; bits[w] && low < 7; ++low) {
            size_t size = low + (size_t)__builtin_popcountll(w);
            if (size <= s->cap)
                exposure[size] += (uint64_t)__builtin_popcountll(bits[w] & of_size[low]);
        }
}

static void *score_rows(void *context)
{
    scoring *s = context;
    bool dense = s->walk->subsets.dense, minimal = s->out->sets || s->out->score || s->out->part || s->out->by_size;
    for (uint32_t row = s->begin; row < s->end; ++row) {
        uint64_t *bits = so_singled_bits(s->walk, row);
        bits[0] &= ~UINT64_C(1); /* the empty combination is none */
        if (s->out->exposure && dense)
            expose_dense(s, row, bits);
        else if (s->out->exposure)
            expose(s, row, bits);
        if (minimal && dense)
            score_dense(s, row, bits);
        else if (minimal)
            score_capped(s, row, bits);
    }
    return NULL;
}

/* Capped: notes a combination's fields and the slots of its parts. */
static void note_parts(void *context, uint64_t slot, const so_combination *c)
{
    scoring *s = context;
    const so_subsets *subsets = &s->walk->subsets;
    uint32_t *less = s->scratch, *room = s->scratch + s->cap;
    uint32_t at = s->start[slot], last = 0;
    for (size_t i = 0; i < c->size; ++i) {
        so_combination part = {.m = c->m, .size = c->size - 1, .members = less};
        for (size_t k = 0, to = 0; k < c->size; ++k)
            if (k != i)
                less[to++] = c->members[k];
        s->members[at + i] = c->members[i];
        s->parts[at + i] = (uint32_t)so_slot(subsets, &part, s->level_of, room);
        last = s->level_of[c->members[i]] > last ? s->level_of[c->members[i]] : last;
    }
    s->after[slot] = (uint32_t)(slot + so_upto(subsets, c->m - last - 1, subsets->cap - c->size));
}

static void note_size(void *context, uint64_t slot, const so_combination *c)
{
    ((scoring *)context)->start[slot + 1] = (uint32_t)c->size;
}

static void visit(scoring *s, void (*note)(void *, uint64_t, const so_combination *), uint32_t *members)
{
    so_combination c = {.m = s->walk->layout.n_levels, .members = members};
    while (so_next_combination(&c, s->cap))
        note(s, so_slot(&s->walk->subsets, &c, s->level_of, s->scratch + s->cap), &c);
}

static so_status open_capped(scoring *s)
{
    const so_allocator *allocator = &s->walk->options->allocator;
    size_t m = s->walk->layout.n_levels, slots = (size_t)s->walk->subsets.slots;
    s->scratch = so_new(allocator, 3 * s->cap + m, sizeof *s->scratch);
    s->start = so_new_zeroed(allocator, slots + 1, sizeof *s->start);
    s->after = so_new(allocator, slots, sizeof *s->after);
    if (!s->scratch || !s->start || !s->after)
        return SO_NO_MEMORY;
    s->level_of = s->scratch + 3 * s->cap;
    for (size_t l = 0; l < m; ++l)
        s->level_of[s->walk->layout.level[l].field] = (uint32_t)l;
    uint32_t *members = s->scratch + 2 * s->cap;
    visit(s, note_size, members);
    for (size_t slot = 0; slot < slots; ++slot)
        s->start[slot + 1] += s->start[slot];
    s->parts = so_new(allocator, s->start[slots], sizeof *s->parts);
    s->members = so_new(allocator, s->start[slots], sizeof *s->members);
    if (!s->parts || !s->members)
        return SO_NO_MEMORY;
    visit(s, note_parts, members);
    return SO_OK;
}

static void close_scoring(scoring *s, unsigned threads, const so_allocator *allocator)
{
    for (unsigned t = 0; t < threads; ++t) {
        so_delete(allocator, s[t].room);
        so_delete(allocator, s[t].by_size);
    }
    so_delete(allocator, s->field_of);
    so_delete(allocator, s->scratch);
    so_delete(allocator, s->start);
    so_delete(allocator, s->after);
    so_delete(allocator, s->parts);
    so_delete(allocator, s->members);
}

/* What threads share is the first one's. */
static so_status open_scoring(scoring *s, unsigned threads, const so_walk *walk, so_minimal *out, size_t cap)
{
    const so_allocator *allocator = &walk->options->allocator;
    size_t m = walk->layout.n_levels;
    *s = (scoring){.walk = walk, .out = out, .cap = cap};
    so_status status = SO_OK;
    if (walk->subsets.dense) {
        s->field_of = so_new(allocator, m, sizeof *s->field_of);
        status = s->field_of ? SO_OK : SO_NO_MEMORY;
        for (size_t l = 0; l < m && status == SO_OK; ++l)
            s->field_of[m - 1 - l] = walk->layout.level[l].field;
    } else {
        status = open_capped(s);
    }
    for (unsigned t = 0; t < threads; ++t) {
        s[t] = *s;
        s[t].room = so_new(allocator, walk->singled_words, sizeof *s->room);
        s[t].by_size = so_new_zeroed(allocator, cap + 1, sizeof *s->by_size);
        if (!s[t].room || !s[t].by_size)
            status = SO_NO_MEMORY;
    }
    return status;
}

/* Scores rows begin..end on all threads; a thread that the system does not give is done without. */
static void score_on_threads(scoring *s, unsigned threads, uint32_t begin, uint32_t end)
{
    uint32_t each = (end - begin) / threads + 1;
    for (unsigned t = 0; t < threads; ++t) {
        s[t].begin = begin + t * each < end ? begin + t * each : end;
        s[t].end = s[t].begin + each < end ? s[t].begin + each : end;
    }
    unsigned started = 1;
    pthread_t *handles = s->handles;
    while (started < threads && pthread_create(&handles[started], NULL, score_rows, &s[started]) == 0)
        ++started;
    score_rows(&s[0]);
    for (unsigned t = started; t < threads; ++t)
        score_rows(&s[t]);
    for (unsigned t = 1; t < started; ++t)
        pthread_join(handles[t], NULL);
}

static so_status score_block(const so_walk *walk, so_minimal *out, size_t cap, unsigned threads)
{
    const so_allocator *allocator = &walk->options->allocator;
    so_status status = SO_NO_MEMORY;
    scoring *s = so_new_zeroed(allocator, threads, sizeof *s);
    pthread_t *handles = so_new(allocator, threads, sizeof *handles);
    if (!s || !handles)
        goto done;
    status = open_scoring(s, threads, walk, out, cap);
    s->handles = handles;
    uint32_t start = walk->block_start, stop = walk->block_stop;
    uint32_t once = (uint32_t)(walk->singled_words < MOST_AT_ONCE ? MOST_AT_ONCE / walk->singled_words : 1);
    for (uint32_t at = start; at < stop && status == SO_OK;) {
        uint32_t end = stop - at > once ? at + once : stop;
        score_on_threads(s, threads, at, end);
        at = end;
        status = so_tick(walk->ticker, MOST_AT_ONCE, (double)(at - start) / (double)(stop - start));
    }
    for (unsigned t = 0; t < threads && out->by_size && status == SO_OK; ++t)
        for (size_t size = 0; size <= cap; ++size)
            out->by_size[size] += s[t].by_size[size];
done:
    if (s)
        close_scoring(s, threads, allocator);
    so_delete(allocator, s);
    so_delete(allocator, handles);
    return status;
}

static so_status zero(void *piece, size_t bytes, so_ticker *ticker)
{
    so_status status = SO_OK;
    for (size_t at = 0; piece && at < bytes && status == SO_OK;) {
        size_t n = bytes - at < SO_BLOCK_BYTES ? bytes - at : SO_BLOCK_BYTES;
        memset((char *)piece + at, 0, n);
        at += n;
        status = so_tick(ticker, n / 8, 0);
    }
    return status;
}

/* Fills the bits of the block's rows. */
static so_status find_singled(so_walk *walk, const so_options *options)
{
    size_t cells = (walk->block_stop - walk->block_start) * walk->singled_words;
    walk->singled = so_new(&options->allocator, cells, sizeof *walk->singled);
    so_status status = walk->singled ? zero(walk->singled, cells * sizeof *walk->singled, walk->ticker) : SO_NO_MEMORY;
    if (status != SO_OK)
        return status;
    so_pool pool;
    status = so_pool_open(&pool, walk);
    if (status != SO_OK)
        return status;
    so_branch root = so_walk_root(walk);
    status = so_pool_run(&pool, &root);
    so_pool_close(&pool);
    return status;
}

/* Walks for the rows of one block and scores them. */
static so_status do_block(const so_table *table, const so_options *options, so_minimal *out, size_t cap, uint32_t start,
                          uint32_t stop, size_t words, so_ticker *ticker)
{
    so_walk walk = {.block_start = start, .block_stop = stop};
    ticker->from = (double)start / (double)table->n_rows;
    ticker->span = (double)(stop - start) / (double)table->n_rows / 2;
    so_status status = so_walk_open(&walk, table, options, SO_SINGLED, ticker);
    if (status != SO_OK)
        return status;
    walk.singled_words = words;
    status = find_singled(&walk, options);
    ticker->from += ticker->span;
    if (status == SO_OK)
        status = score_block(&walk, out, cap, options->threads ? options->threads : 1);
    so_walk_close(&walk);
    return status;
}

static so_status clear(const so_table *table, so_minimal *out, size_t cap, so_ticker *ticker)
{
    size_t n = table->n_rows;
    so_status status = zero(out->sets, n * sizeof *out->sets, ticker);
    if (status == SO_OK)
        status = zero(out->score, n * sizeof *out->score, ticker);
    if (status == SO_OK)
        status = zero(out->part, n * table->n_fields * sizeof *out->part, ticker);
    if (status == SO_OK)
        status = zero(out->by_size, (cap + 1) * sizeof *out->by_size, ticker);
    return status == SO_OK ? zero(out->exposure, n * (cap + 1) * sizeof *out->exposure, ticker) : status;
}

size_t so_minimal_scoring_bytes(void)
{
    return sizeof(scoring) + sizeof(pthread_t);
}

so_status so_minimal_blocks(size_t n_fields, size_t max_size, uint64_t most_bytes, so_blocks *blocks)
{
    uint64_t slots, with_one;
    so_status status = so_subsets_size(n_fields, max_size, &blocks->dense, &slots);
    if (status != SO_OK)
        return status;
    blocks->parts = 0;
    blocks->words = (slots + 63) / 64;
    blocks->rows = most_bytes / (8 * blocks->words);
    if (blocks->rows == 0)
        return SO_TOO_MANY;
    if (blocks->dense)
        return SO_OK;
    status = so_count_combinations(n_fields - 1, max_size - 1, &with_one); /* with a field, as many as of the others */
    blocks->parts = status == SO_OK ? (with_one + 1) * n_fields : 0;       /* both are below 2^32 */
    return blocks->parts > UINT32_MAX ? SO_TOO_MANY : status;
}

so_status so_minimal_within(const so_table *table, const so_options *options, so_minimal *minimal, uint64_t most_bytes)
{
    so_ticker ticker;
    so_status status = so_check(table, options, &ticker);
    if (status != SO_OK)
        return status;
    if (!minimal || !minimal->weights || options->max_size == 0 || options->max_size > table->n_fields)
        return SO_BAD_ARGUMENT;
    bool wanted = minimal->sets || minimal->score || minimal->part || minimal->by_size;
    if (options->nulls == SO_NULLS_ANY && wanted)
        return SO_BAD_ARGUMENT;
    size_t m = table->n_fields, cap = options->max_size;
    status = clear(table, minimal, cap, &ticker);
    if (status != SO_OK || table->n_rows == 0)
        return status;
    if (options->nulls == SO_NULLS_ANY)
        return minimal->exposure ? so_exposure_any(table, options, minimal->exposure, &ticker) : SO_OK;
    so_blocks blocks;
    status = so_minimal_blocks(m, cap, most_bytes, &blocks);
    so_options walking = *options;
    if (status == SO_OK && blocks.dense)
        walking.max_size = m; /* every subset is walked; those above the cap are left out of the scores */
    for (uint64_t start = 0; start < table->n_rows && status == SO_OK; start += blocks.rows) {
        uint64_t stop = start + blocks.rows < table->n_rows ? start + blocks.rows : table->n_rows;
        status =
            do_block(table, &walking, minimal, cap, (uint32_t)start, (uint32_t)stop, (size_t)blocks.words, &ticker);
    }
    return status;
}

so_status so_minimal_uniques(const so_table *table, const so_options *options, so_minimal *minimal)
{
    return so_minimal_within(table, options, minimal, SO_MINIMAL_BYTES);
}
