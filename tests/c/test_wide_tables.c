/* test_wide_tables.c: keys of 64, 128 and 256 bits and rows that fit none, numbered densely and under a cap. */
#include "layout.h"
#include "subsets.h"
#include "tables.h"

#include <stdlib.h>

/* A combination's figures do not depend on the other fields: some drawn at random are asked for alone. */
static void compare_some(const so_table *table, const so_options *options, unsigned samples, dice *d)
{
    listing all = list_all(table->n_fields, options->max_size);
    so_figures *figures = room_for(all.count, sizeof *figures);
    CHECK(so_combinations(table, options, figures) == SO_OK);
    for (unsigned i = 0; i < samples; ++i) {
        uint64_t at = i == 0 ? all.count - 1 : dice_next(d) % all.count;
        size_t size = all.offsets[at + 1] - all.offsets[at];
        made few = only_fields(table, all.members + all.offsets[at], size > 6 ? 6 : size);
        if (size <= 6) { /* narrow enough for other kernels than the whole table's */
            so_figures alone[63];
            so_options uncapped = *options;
            uncapped.max_size = size;
            uint64_t count = 0;
            CHECK(so_count_combinations(size, size, &count) == SO_OK);
            CHECK(so_combinations(&few.table, &uncapped, alone) == SO_OK);
            const so_figures *a = &alone[count - 1], *b = &figures[at];
            CHECK(a->classes == b->classes && a->unique == b->unique && a->below == b->below);
            CHECK(a->people == b->people && a->squares == b->squares && a->entropy == b->entropy);
            CHECK(a->smallest == b->smallest && a->largest == b->largest);
        }
        close_table(&few);
        if (table->n_rows <= 300) {
            truth wanted = slow_figures(table, all.members + all.offsets[at], size, options);
            check_figures(&figures[at], &wanted, table, options->nulls);
        }
    }
    free(figures);
    close_listing(&all);
}

/* The sum over rows of the combinations that single them out is the sum over combinations of their unique records. */
static void compare_records(const so_table *table, const so_options *options)
{
    listing all = list_all(table->n_fields, options->max_size);
    so_figures *figures = room_for(all.count, sizeof *figures);
    uint64_t *unique_in = room_for(table->n_rows, sizeof *unique_in), by_row = 0, by_combination = 0;
    uint32_t *first = room_for(table->n_rows, sizeof *first);
    CHECK(so_combinations(table, options, figures) == SO_OK);
    CHECK(so_unique_records(table, options, unique_in, first) == SO_OK);
    for (size_t row = 0; row < table->n_rows; ++row) {
        by_row += unique_in[row];
        CHECK((unique_in[row] == 0) == (first[row] == UINT32_MAX));
        CHECK(first[row] == UINT32_MAX || (first[row] < all.count && figures[first[row]].unique > 0));
    }
    for (uint64_t i = 0; i < all.count; ++i)
        by_combination += figures[i].unique;
    CHECK(by_row == by_combination);
    free(figures);
    free(unique_in);
    free(first);
    close_listing(&all);
}

typedef struct wide {
    size_t rows, fields, cap;
    unsigned words; /* of the key; 0: rows that fit none */
    bool dense;
} wide;

static const wide shapes[] = {
    {40, 10, 10, 1, true},    {40, 12, 12, 2, true},    {40, 18, 3, 2, false}, {40, 23, 2, 4, false},
    {40, 44, 2, 0, false},    {30, 60, 2, 0, false},    {40, 24, 3, 4, false}, {300, 16, 16, 4, true},
    {300, 30, 2, 0, false},   {30, 14, 4, 2, true},     {20, 70, 2, 0, false}, {1100, 27, 2, 0, false},
    {40000, 17, 17, 0, true}, {70000, 17, 3, 0, false},
};

void test_wide_tables(void)
{
    dice d = {3};
    const so_allocator plain = {NULL, NULL, NULL};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; ++i)
        for (int nulls = SO_NULLS_VALUE; nulls <= SO_NULLS_DROP; ++nulls) {
            const wide *w = &shapes[i];
            shape s = {.rows = w->rows, .fields = w->fields, .values = UINT32_MAX, .nulls = 100, .repeats = 300};
            s.skew = i % 2 ? 300 : 0;
            made t = make_table(&s, &d);
            for (size_t f = 0; f < w->fields; ++f) { /* the widest codes that so many rows may have */
                t.codes[f * w->rows] = (uint32_t)w->rows;
                t.fields[f].distinct = (uint32_t)w->rows;
            }
            so_layout layout;
            so_subsets subsets;
            CHECK(so_layout_open(&layout, &t.table, &plain) == SO_OK);
            CHECK(so_subsets_open(&subsets, w->fields, w->cap, true, &plain) == SO_OK);
            unsigned words = layout.packed_from[0] == 0   ? 1
                             : layout.packed_from[1] == 0 ? 2
                             : layout.packed_from[2] == 0 ? 4
                                                          : 0;
            check_about("wide table %zu: %zu rows, %zu fields, cap %zu, nulls %d", i, w->rows, w->fields, w->cap,
                        nulls);
            CHECK(words == w->words && subsets.dense == w->dense);
            so_layout_close(&layout, &plain);
            so_subsets_close(&subsets, &plain);
            so_options options = options_for(w->cap, 3, (so_nulls)nulls, 2);
            compare_some(&t.table, &options, w->rows > 300 ? 12 : 60, &d);
            compare_records(&t.table, &options);
            close_table(&t);
        }
}
