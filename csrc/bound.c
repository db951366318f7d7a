/* bound.c: how much memory a walk can come to need, before it starts. */
#include "minimal.h"
#include "risk.h"
#include "walk.h"

static uint64_t plus(uint64_t a, uint64_t b)
{
    uint64_t sum;
    return __builtin_add_overflow(a, b, &sum) ? UINT64_MAX : sum;
}

static uint64_t times(uint64_t a, uint64_t b)
{
    uint64_t product;
    return __builtin_mul_overflow(a, b, &product) ? UINT64_MAX : product;
}

static uint64_t most(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* One allocation of count * size bytes. */
static uint64_t piece(uint64_t count, uint64_t size)
{
    return plus(times(count, size), SO_PIECE_EXTRA);
}

typedef struct need {
    uint64_t rows, fields, cap, threads;
    uint64_t values; /* of the field with most */
    uint64_t words;  /* of the key; 4 also where the rows fit none */
    bool loose;      /* the rows fit no key */
    bool dense;
    uint64_t slots;
} need;

static so_status measure(need *a, const so_table *table, const so_options *options)
{
    so_status status = so_subsets_size(table->n_fields, options->max_size, &a->dense, &a->slots);
    uint64_t bits = 0, widest = 1;
    for (size_t f = 0; f < table->n_fields; ++f) {
        uint32_t values = table->fields[f].distinct + (table->fields[f].nullable ? 1 : 0), here = so_bits_for(values);
        bits += here;
        widest = most(widest, here);
        a->values = most(a->values, values);
    }
    uint64_t wasted = widest - 1; /* at the end of each word, since no field straddles two */
    a->words = bits <= 64 ? 1 : bits <= 128 - wasted ? 2 : SO_KEY_WORDS;
    a->loose = table->n_fields > SO_KEY_FIELDS || bits > 256 - 3 * wasted;
    a->words = a->loose ? SO_KEY_WORDS : a->words;
    a->rows = table->n_rows;
    a->fields = table->n_fields;
    a->cap = options->max_size < table->n_fields ? options->max_size : table->n_fields;
    a->threads = options->threads ? options->threads : 1;
    return status;
}

/* An arena that holds so many pieces, none larger than `room`. */
static uint64_t arena(uint64_t pieces, uint64_t room)
{
    uint64_t sum = times(pieces, room), blocks = times(pieces, most(room, SO_BLOCK_BYTES));
    /* Two blocks in a row hold more than a block's bytes, or the second would not have been asked for. */
    if (room < SO_BLOCK_BYTES && plus(times(2, sum), SO_BLOCK_BYTES) < blocks)
        blocks = plus(times(2, sum), SO_BLOCK_BYTES);
    return plus(blocks, times(pieces, 2 * SO_PIECE_EXTRA + 64));
}

/* The largest node. */
static uint64_t node(const need *a)
{
    return plus(times(a->rows, 8 * a->words + 8), 3 * SO_LINE);
}

static uint64_t task(const need *a)
{
    return plus(node(a), 2 * SO_PIECE_EXTRA + sizeof(so_task));
}

/* What one worker's nodes take at the deepest: a node for each field included, and the task it is at. */
static uint64_t nodes(const need *a)
{
    uint64_t depth = (a->dense ? a->fields : a->cap) + (a->loose ? 1 : 0);
    return plus(arena(depth, node(a)), task(a));
}

static uint64_t for_matching(const need *a)
{
    uint64_t places = 16;
    while (places < a->rows * 2)
        places *= 2;
    return plus(plus(plus(piece(a->rows, 40), piece(places, 12)), piece(2 * a->fields + 1, 4)), 7 * SO_PIECE_EXTRA);
}

static bool usable(const so_table *table, const so_options *options, const uint64_t *bytes)
{
    return table && options && bytes && (!table->n_fields || table->fields);
}

/* A walk's rows, once in order and while they are being sorted, and what stands beside them. */
typedef struct rows_need {
    uint64_t kept, sorting;
} rows_need;

static rows_need for_rows(const need *a)
{
    uint64_t tables = times(2, piece((a->fields + 1) * (a->cap + 1), sizeof(uint64_t)));
    uint64_t sorted = plus(piece(a->rows, 8 * a->words), piece(a->rows, 4));
    uint64_t kept = plus(plus(tables, piece(a->fields + 1, sizeof(so_level))), plus(sorted, piece(1, 4)));
    if (a->loose)
        kept = plus(kept, times(2, piece(a->rows, 4)));
    return (rows_need){kept, plus(sorted, piece(most(a->values + 2, SO_DIGIT_VALUES), 4))};
}

static uint64_t for_worker(const need *a)
{
    uint64_t leaves = a->dense ? 0 : piece(1, sizeof(so_leaves));
    return plus(plus(nodes(a), leaves), plus(times(2, piece(a->values + 2, 4)), sizeof(so_worker)));
}

so_status so_combinations_memory(const so_table *table, const so_options *options, uint64_t *bytes)
{
    if (!usable(table, options, bytes) || options->max_size == 0)
        return SO_BAD_ARGUMENT;
    need a = {.values = 1};
    so_status status = measure(&a, table, options);
    if (status != SO_OK)
        return status;
    if (options->nulls == SO_NULLS_ANY) {
        *bytes = for_matching(&a);
        return SO_OK;
    }
    rows_need rows = for_rows(&a);
    uint64_t figures = plus(piece(a.slots, sizeof(so_figures)), piece(SO_MOST_LOGS, 8));
    if (a.dense)
        figures = plus(figures, piece(a.slots, sizeof(so_small)));
    uint64_t records = plus(piece(a.slots, 4), times(a.threads, plus(piece(a.rows, 8), piece(a.rows, 4))));
    uint64_t workers = plus(times(a.threads, for_worker(&a)), task(&a));
    uint64_t listing = piece(a.fields + 2 * a.cap + 1, 4);
    *bytes = plus(rows.kept, plus(most(rows.sorting, plus(most(figures, records), workers)), listing));
    return SO_OK;
}

so_status so_minimal_memory(const so_table *table, const so_options *options, uint64_t *bytes)
{
    if (!usable(table, options, bytes) || options->max_size == 0 || options->max_size > table->n_fields)
        return SO_BAD_ARGUMENT;
    need a = {.values = 1};
    so_blocks blocks;
    so_status status = measure(&a, table, options);
    if (status == SO_OK && options->nulls == SO_NULLS_ANY)
        *bytes = for_matching(&a);
    if (status != SO_OK || options->nulls == SO_NULLS_ANY)
        return status;
    status = so_minimal_blocks(a.fields, a.cap, SO_MINIMAL_BYTES, &blocks);
    if (status != SO_OK)
        return status;
    rows_need rows = for_rows(&a);
    uint64_t bits = piece(times(a.rows < blocks.rows ? a.rows : blocks.rows, blocks.words), 8);
    uint64_t workers = plus(times(a.threads, for_worker(&a)), task(&a));
    uint64_t scoring =
        times(a.threads, plus(so_minimal_scoring_bytes(), plus(piece(blocks.words, 8), piece(a.cap + 1, 8))));
    uint64_t parts = piece(a.fields + 3 * a.cap, 4);
    if (!blocks.dense)
        parts = plus(parts, times(2, plus(piece(a.slots + 1, 4), piece(blocks.parts, 4))));
    scoring = plus(plus(scoring, 2 * SO_PIECE_EXTRA), parts);
    *bytes = plus(rows.kept, most(rows.sorting, plus(bits, most(workers, scoring))));
    return SO_OK;
}

so_status so_risk_memory(const so_table *table, const so_options *options, size_t known, uint64_t *bytes)
{
    if (!usable(table, options, bytes))
        return SO_BAD_ARGUMENT;
    need a = {.values = 1};
    for (size_t f = 0; f < table->n_fields; ++f)
        a.values = most(a.values, (uint64_t)table->fields[f].distinct + 1);
    a.rows = table->n_rows;
    a.fields = table->n_fields;
    a.threads = options->threads ? options->threads : 1;
    if (options->nulls == SO_NULLS_ANY) {
        *bytes = for_matching(&a);
        return SO_OK;
    }
    known = known < options->max_size ? known : options->max_size;
    a.cap = known < a.fields ? known : a.fields;
    uint64_t masses = plus(piece(times(a.fields + 1, a.cap + 1), 8), piece(a.fields + 1, 8));
    uint64_t kept = plus(plus(masses, piece(a.fields + 1, sizeof(so_risk_level))), times(3, piece(a.rows, 4)));
    /* In pieces of 4 bytes a row: two for each field of S, eleven for all rows as items, and for items merged again and
     * again, each time to three quarters of them at most, 30; twice that, since pieces of other sizes leave gaps. */
    uint64_t parts = arena(2 * (2 * (a.cap + 1) + 11 + 30), plus(times(a.rows, 4), SO_LINE));
    uint64_t worker = plus(plus(parts, times(2, piece(a.rows, 8))), times(2, piece(a.values + 2, 4)));
    *bytes = plus(kept, plus(times(a.threads, plus(worker, sizeof(so_risk_worker))), SO_PIECE_EXTRA));
    return SO_OK;
}
