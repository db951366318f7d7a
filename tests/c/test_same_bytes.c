/* test_same_bytes.c: neither the number of threads nor the order of rows changes a byte. */
#include "tables.h"

#include <stdlib.h>
#include <string.h>

typedef struct answers {
    uint64_t count;
    size_t rows;
    so_figures *figures;
    uint64_t *unique_in;
    uint32_t *first, *size_of;
} answers;

static answers ask(const so_table *table, const so_options *options)
{
    answers a = {.rows = table->n_rows};
    CHECK(so_count_combinations(table->n_fields, options->max_size, &a.count) == SO_OK);
    a.figures = room_for(a.count, sizeof *a.figures);
    a.unique_in = room_for(a.rows, sizeof *a.unique_in);
    a.first = room_for(a.rows, sizeof *a.first);
    a.size_of = room_for(a.rows, sizeof *a.size_of);
    CHECK(so_combinations(table, options, a.figures) == SO_OK);
    CHECK(so_unique_records(table, options, a.unique_in, a.first) == SO_OK);
    CHECK(so_classes(table, options, NULL, a.size_of) == SO_OK);
    return a;
}

static void close_answers(answers *a)
{
    free(a->figures);
    free(a->unique_in);
    free(a->first);
    free(a->size_of);
}

/* Row i of `b` is row order[i] of `a`. */
static void check_same(const answers *a, const answers *b, const uint32_t *order)
{
    CHECK(memcmp(a->figures, b->figures, a->count * sizeof *a->figures) == 0);
    for (size_t i = 0; i < a->rows; ++i) {
        size_t row = order ? order[i] : i;
        CHECK(a->unique_in[row] == b->unique_in[i]);
        CHECK(a->first[row] == b->first[i]);
        CHECK(a->size_of[row] == b->size_of[i]);
    }
}

static void compare(const so_table *table, size_t cap, so_nulls nulls, dice *d)
{
    so_options options = options_for(cap, 5, nulls, 1);
    answers one = ask(table, &options);
    uint32_t *order = random_order(table->n_rows, d);
    made mixed = permuted(table, order);
    for (unsigned threads = 0; threads <= 4; ++threads) {
        options.threads = threads;
        answers many = ask(table, &options), other = ask(&mixed.table, &options);
        check_same(&one, &many, NULL);
        check_same(&one, &other, order);
        close_answers(&many);
        close_answers(&other);
    }
    close_answers(&one);
    close_table(&mixed);
    free(order);
}

void test_same_bytes(void)
{
    static const struct {
        shape shape;
        size_t cap;
    } cases[] = {
        {{.rows = 3000, .fields = 9, .values = 40, .nulls = 100, .skew = 400, .repeats = 200}, 9},
        {{.rows = 3000, .fields = 9, .values = 5, .nulls = 300, .skew = 800, .counts = 3}, 9},
        {{.rows = 2000, .fields = 20, .values = 30, .nulls = 50, .skew = 500}, 3},
        {{.rows = 2000, .fields = 30, .values = 2000, .nulls = 50, .skew = 500, .repeats = 300}, 2},
        {{.rows = 900, .fields = 13, .values = 900, .nulls = 100, .skew = 600, .repeats = 300}, 13},
    };
    dice d = {4};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i)
        for (int nulls = SO_NULLS_VALUE; nulls <= SO_NULLS_DROP; ++nulls) {
            made t = make_table(&cases[i].shape, &d);
            check_about("same bytes: case %zu, nulls %d", i, nulls);
            compare(&t.table, cases[i].cap, (so_nulls)nulls, &d);
            close_table(&t);
        }
    shape any = {.rows = 200, .fields = 6, .values = 8, .nulls = 300, .repeats = 200};
    made t = make_table(&any, &d);
    check_about("same bytes: a null matches everything");
    compare(&t.table, 6, SO_NULLS_ANY, &d);
    close_table(&t);
}
