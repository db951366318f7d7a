/* bound.c: how much memory a walk can come to need, before it starts. */
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

/* What one worker's nodes take at the deepest: a node for each field included, none larger than the table. */
static uint64_t nodes(const need *a)
{
    uint64_t room = plus(times(a->rows, 8 * a->words + 8), 3 * SO_LINE);
    uint64_t depth = (a->dense ? a->fields : a->cap) + (a->loose ? 1 : 0), sum = times(depth, room);
    uint64_t blocks = times(depth, most(room, SO_BLOCK_BYTES));
    /* Two blocks in a row hold more than a block's bytes, or the second would not have been asked for. */
    if (room < SO_BLOCK_BYTES && plus(times(2, sum), SO_BLOCK_BYTES) < blocks)
        blocks = plus(times(2, sum), SO_BLOCK_BYTES);
    uint64_t block_extra = times(depth, 2 * SO_PIECE_EXTRA + 64);
    uint64_t task = plus(room, 2 * SO_PIECE_EXTRA + sizeof(so_task));
    return plus(plus(blocks, block_extra), task);
}

static uint64_t for_matching(const need *a)
{
    uint64_t places = 16;
    while (places < a->rows * 2)
        places *= 2;
    return plus(plus(plus(piece(a->rows, 40), piece(places, 12)), piece(2 * a->fields + 1, 4)), 7 * SO_PIECE_EXTRA);
}

so_status so_combinations_memory(const so_table *table, const so_options *options, uint64_t *bytes)
{
    if (!table || !options || !bytes || options->max_size == 0 || (table->n_fields && !table->fields))
        return SO_BAD_ARGUMENT;
    need a = {.values = 1};
    so_status status = measure(&a, table, options);
    if (status != SO_OK)
        return status;
    if (options->nulls == SO_NULLS_ANY) {
        *bytes = for_matching(&a);
        return SO_OK;
    }
    uint64_t tables = times(2, piece((a.fields + 1) * (a.cap + 1), sizeof(uint64_t)));
    uint64_t sorted = plus(piece(a.rows, 8 * a.words), piece(a.rows, 4)), counts = piece(a.values + 2, 4);
    uint64_t kept = plus(plus(tables, piece(a.fields + 1, sizeof(so_level))), plus(sorted, piece(1, 4)));
    if (a.loose)
        kept = plus(kept, times(2, piece(a.rows, 4)));
    uint64_t figures = plus(piece(a.slots, sizeof(so_figures)), piece(SO_MOST_LOGS, 8));
    if (a.dense)
        figures = plus(figures, piece(a.slots, sizeof(so_small)));
    uint64_t records = plus(piece(a.slots, 4), times(a.threads, plus(piece(a.rows, 8), piece(a.rows, 4))));
    uint64_t worker = plus(nodes(&a), plus(times(2, counts), sizeof(so_worker)));
    uint64_t walking = plus(plus(most(figures, records), times(a.threads, worker)), piece(1, sizeof(so_task)));
    uint64_t listing = piece(a.fields + 2 * a.cap + 1, 4);
    *bytes = plus(kept, plus(most(plus(sorted, counts), walking), listing));
    return SO_OK;
}
