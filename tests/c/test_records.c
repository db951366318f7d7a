/* test_records.c: so_unique_records against the slow oracle. */
#include "tables.h"

#include <stdlib.h>

static void compare(const so_table *table, const so_options *options)
{
    size_t n = table->n_rows;
    listing all = list_all(table->n_fields, options->max_size);
    uint64_t *unique_in = room_for(n, sizeof *unique_in), *wanted = room_for(n, sizeof *wanted);
    uint64_t *k = room_for(n, sizeof *k);
    uint32_t *first = room_for(n, sizeof *first), *wanted_first = room_for(n, sizeof *wanted_first);
    CHECK(so_unique_records(table, options, unique_in, first) == SO_OK);
    for (uint64_t i = 0; i < all.count; ++i) {
        slow_k(table, all.members + all.offsets[i], all.offsets[i + 1] - all.offsets[i], options->nulls, k);
        for (size_t row = 0; row < n; ++row)
            if (k[row] == 1 && wanted[row]++ == 0)
                wanted_first[row] = (uint32_t)i;
    }
    for (size_t row = 0; row < n; ++row) {
        CHECK(unique_in[row] == wanted[row]);
        CHECK(first[row] == (wanted[row] ? wanted_first[row] : UINT32_MAX));
    }
    free(unique_in);
    free(wanted);
    free(k);
    free(first);
    free(wanted_first);
    close_listing(&all);
}

void test_records(void)
{
    dice d = {5};
    for (unsigned round = 0; round < 400 * check_rounds; ++round) {
        shape s = random_shape(&d, round % 4 ? 12 : 60, round % 8 ? 6 : 9);
        made t = make_table(&s, &d);
        so_nulls nulls = (so_nulls)dice_below(&d, 3);
        size_t cap = dice_below(&d, 2) ? 1 + dice_below(&d, (uint32_t)s.fields) : s.fields + dice_below(&d, 2);
        so_options options = options_for(cap, 0, nulls, 1 + dice_below(&d, 2));
        check_about("records %u: %zu rows, %zu fields, cap %zu, nulls %d", round, s.rows, s.fields, cap, (int)nulls);
        compare(&t.table, &options);
        close_table(&t);
    }
    static const size_t wide[][2] = {{12, 12}, {12, 5}, {18, 3}, {24, 2}, {46, 2}, {70, 2}};
    for (size_t i = 0; i < sizeof wide / sizeof *wide; ++i)
        for (int nulls = SO_NULLS_VALUE; nulls <= SO_NULLS_DROP; ++nulls) {
            shape s = {.rows = 40, .fields = wide[i][0], .values = 1000, .nulls = 150, .skew = 600, .repeats = 200};
            made t = make_table(&s, &d);
            for (size_t f = 0; f < s.fields; ++f)
                t.fields[f].distinct = 40;
            so_options options = options_for(wide[i][1], 0, (so_nulls)nulls, 2);
            check_about("records of %zu fields, cap %zu, nulls %d", wide[i][0], wide[i][1], nulls);
            compare(&t.table, &options);
            close_table(&t);
        }
}
