/* test_minimal.c: so_minimal_uniques against the slow oracle, whole and in blocks of a few rows. */
#include "layout.h"
#include "minimal.h"
#include "tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Arrays that hold what must be overwritten. */
static void spoil(const so_minimal *m, const so_table *table, size_t cap)
{
    memset(m->sets, 0xAB, table->n_rows * sizeof *m->sets);
    memset(m->score, 0xAB, table->n_rows * sizeof *m->score);
    memset(m->part, 0xAB, table->n_rows * table->n_fields * sizeof *m->part);
    memset(m->by_size, 0xAB, (cap + 1) * sizeof *m->by_size);
    memset(m->exposure, 0xAB, table->n_rows * (cap + 1) * sizeof *m->exposure);
}

static bool equal(const double *a, const double *b, size_t n)
{
    for (size_t i = 0; i < n; ++i)
        if (!(fabs(a[i] - b[i]) <= 0))
            return false;
    return true;
}

/* What was asked for of `got`, and nothing else, is what `wanted` says. */
static void check_same(const so_minimal *got, const so_minimal *asked, const so_minimal *wanted, const so_table *table,
                       size_t cap)
{
    size_t n = table->n_rows, m = table->n_fields;
    unsigned char untouched[8];
    memset(untouched, 0xAB, sizeof untouched);
    CHECK(!asked->sets || memcmp(got->sets, wanted->sets, n * sizeof *got->sets) == 0);
    CHECK(!asked->score || equal(got->score, wanted->score, n));
    CHECK(!asked->part || equal(got->part, wanted->part, n * m));
    CHECK(!asked->by_size || memcmp(got->by_size, wanted->by_size, (cap + 1) * sizeof *got->by_size) == 0);
    CHECK(!asked->exposure || memcmp(got->exposure, wanted->exposure, n * (cap + 1) * sizeof *got->exposure) == 0);
    CHECK(asked->sets || n == 0 || memcmp(got->sets, untouched, sizeof *got->sets) == 0);
    CHECK(asked->score || n == 0 || memcmp(got->score, untouched, sizeof *got->score) == 0);
    CHECK(asked->part || n == 0 || memcmp(got->part, untouched, sizeof *got->part) == 0);
    CHECK(asked->by_size || memcmp(got->by_size, untouched, sizeof *got->by_size) == 0);
    CHECK(asked->exposure || n == 0 || memcmp(got->exposure, untouched, sizeof *got->exposure) == 0);
}

/* Asks for some of the arrays (bits of `which`), in blocks of so many rows (0: as the public function does). */
static void ask(const so_table *table, const so_options *options, const so_minimal *got, const so_minimal *wanted,
                unsigned which, size_t rows)
{
    so_minimal asked = *got;
    if (options->nulls == SO_NULLS_ANY)
        which &= 1;
    asked.exposure = which & 1 ? asked.exposure : NULL;
    asked.sets = which & 2 ? asked.sets : NULL;
    asked.score = which & 4 ? asked.score : NULL;
    asked.part = which & 8 ? asked.part : NULL;
    asked.by_size = which & 16 ? asked.by_size : NULL;
    so_blocks blocks = {.words = 1};
    CHECK(so_minimal_blocks(table->n_fields, options->max_size, SO_MINIMAL_BYTES, &blocks) == SO_OK);
    spoil(got, table, options->max_size);
    so_status status = rows ? so_minimal_within(table, options, &asked, rows * blocks.words * 8)
                            : so_minimal_uniques(table, options, &asked);
    CHECK(status == SO_OK);
    check_same(got, &asked, wanted, table, options->max_size);
}

static void compare(const so_table *table, so_options options, dice *d)
{
    so_minimal wanted = open_minimal(table, options.max_size, d), got = open_minimal(table, options.max_size, d);
    memcpy((void *)(uintptr_t)got.weights, wanted.weights, (options.max_size + 1) * sizeof *got.weights);
    slow_minimal(table, &options, &wanted);
    ask(table, &options, &got, &wanted, 31, 0);
    ask(table, &options, &got, &wanted, dice_below(d, 32), 0);
    ask(table, &options, &got, &wanted, 31, 1 + table->n_rows / 9 + dice_below(d, (uint32_t)table->n_rows + 1));
    for (options.threads = 1; options.threads <= 4; options.threads += 3)
        ask(table, &options, &got, &wanted, 31, 1 + table->n_rows / 4);
    close_minimal(&wanted);
    close_minimal(&got);
}

/* Keys of 64, 128 and 256 bits, and rows that fit none; dense and capped. */
static void wide_tables(dice *d)
{
    static const struct {
        size_t rows, fields, cap;
        unsigned words;
        bool dense;
    } shapes[] = {
        {40, 10, 10, 1, true}, {40, 10, 5, 1, true},  {40, 12, 12, 2, true}, {40, 12, 4, 2, true},
        {40, 18, 3, 2, false}, {40, 24, 2, 4, false}, {40, 23, 3, 4, false}, {300, 11, 3, 2, true},
        {40, 46, 2, 0, false}, {20, 70, 2, 0, false},
    };
    const so_allocator plain = {NULL, NULL, NULL};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; ++i)
        for (int nulls = SO_NULLS_VALUE; nulls <= SO_NULLS_DROP; ++nulls) {
            shape s = {.rows = shapes[i].rows, .fields = shapes[i].fields, .values = 1000, .nulls = 150, .skew = 600};
            s.repeats = 200;
            s.counts = i % 3 == 2 ? 2 : 0;
            made t = make_table(&s, d);
            for (size_t f = 0; f < s.fields; ++f)
                t.fields[f].distinct = (uint32_t)s.rows;
            so_layout layout;
            so_blocks blocks;
            check_about("minimal uniques of %zu fields, cap %zu, nulls %d", s.fields, shapes[i].cap, nulls);
            CHECK(so_layout_open(&layout, &t.table, &plain) == SO_OK);
            CHECK(so_minimal_blocks(s.fields, shapes[i].cap, SO_MINIMAL_BYTES, &blocks) == SO_OK);
            const size_t *from = layout.packed_from;
            CHECK((from[0] == 0 ? 1u : from[1] == 0 ? 2u : from[2] == 0 ? 4u : 0u) == shapes[i].words);
            CHECK(blocks.dense == shapes[i].dense);
            so_layout_close(&layout, &plain);
            compare(&t.table, options_for(shapes[i].cap, 0, (so_nulls)nulls, 2), d);
            close_table(&t);
        }
}

/* Threads, blocks and the order of rows change no byte; large enough that branches are handed over. */
static void same_bytes(dice *d)
{
    static const struct {
        shape shape;
        size_t cap;
    } cases[] = {
        {{.rows = 3000, .fields = 9, .values = 40, .nulls = 100, .skew = 400, .repeats = 200}, 9},
        {{.rows = 3000, .fields = 20, .values = 30, .nulls = 50, .skew = 500}, 3},
        {{.rows = 900, .fields = 12, .values = 900, .nulls = 100, .skew = 600, .repeats = 300}, 12},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i)
        for (int nulls = SO_NULLS_VALUE; nulls <= SO_NULLS_DROP; ++nulls) {
            made t = make_table(&cases[i].shape, d);
            size_t n = t.table.n_rows, m = t.table.n_fields, cap = cases[i].cap;
            uint32_t *order = random_order(n, d);
            made mixed = permuted(&t.table, order);
            so_minimal one = open_minimal(&t.table, cap, d), other = open_minimal(&t.table, cap, d);
            memcpy((void *)(uintptr_t)other.weights, one.weights, (cap + 1) * sizeof *one.weights);
            so_options options = options_for(cap, 0, (so_nulls)nulls, 1);
            check_about("minimal uniques, same bytes: case %zu, nulls %d", i, nulls);
            CHECK(so_minimal_uniques(&t.table, &options, &one) == SO_OK);
            for (options.threads = 1; options.threads <= 4; ++options.threads)
                ask(&t.table, &options, &other, &one, 31, options.threads % 2 ? 0 : 1000);
            CHECK(so_minimal_uniques(&mixed.table, &options, &other) == SO_OK);
            CHECK(memcmp(one.by_size, other.by_size, (cap + 1) * sizeof *one.by_size) == 0);
            for (size_t row = 0; row < n; ++row) {
                CHECK(one.sets[order[row]] == other.sets[row]);
                CHECK(equal(&one.score[order[row]], &other.score[row], 1));
                CHECK(equal(&one.part[order[row] * m], &other.part[row * m], m));
            }
            close_minimal(&one);
            close_minimal(&other);
            close_table(&mixed);
            close_table(&t);
            free(order);
        }
}

void test_minimal(void)
{
    dice d = {12};
    for (unsigned round = 0; round < 250 * check_rounds; ++round) {
        shape s = random_shape(&d, round % 4 ? 12 : 60, round % 8 ? 6 : 9);
        made t = make_table(&s, &d);
        so_nulls nulls = (so_nulls)dice_below(&d, 3);
        size_t cap = dice_below(&d, 2) ? 1 + dice_below(&d, (uint32_t)s.fields) : s.fields;
        check_about("minimal %u: %zu rows, %zu fields, cap %zu, nulls %d", round, s.rows, s.fields, cap, (int)nulls);
        compare(&t.table, options_for(cap, 0, nulls, 1 + dice_below(&d, 2)), &d);
        close_table(&t);
    }
    wide_tables(&d);
    same_bytes(&d);
}
