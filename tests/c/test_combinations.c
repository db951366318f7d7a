/* test_combinations.c: so_combinations against the slow oracle. */
#include "tables.h"

#include <stdlib.h>
#include <string.h>

static void compare(const so_table *table, const so_options *options)
{
    listing all = list_all(table->n_fields, options->max_size);
    so_figures *figures = room_for(all.count, sizeof *figures);
    CHECK(so_combinations(table, options, figures) == SO_OK);
    for (uint64_t i = 0; i < all.count; ++i) {
        const uint32_t *members = all.members + all.offsets[i];
        truth wanted = slow_figures(table, members, all.offsets[i + 1] - all.offsets[i], options);
        check_figures(&figures[i], &wanted, table, options->nulls);
    }
    free(figures);
    close_listing(&all);
}

static void random_small_tables(void)
{
    dice d = {1};
    for (unsigned round = 0; round < 400 * check_rounds; ++round) {
        shape s = random_shape(&d, round % 4 ? 12 : 60, round % 8 ? 6 : 9);
        made t = make_table(&s, &d);
        so_nulls nulls = (so_nulls)dice_below(&d, 3);
        size_t cap = dice_below(&d, 2) ? 1 + dice_below(&d, (uint32_t)s.fields) : s.fields + dice_below(&d, 2);
        so_options options = options_for(cap, dice_below(&d, 7), nulls, 1 + dice_below(&d, 2));
        check_about("small table %u: %zu rows, %zu fields, cap %zu, nulls %d", round, s.rows, s.fields, cap,
                    (int)nulls);
        compare(&t.table, &options);
        close_table(&t);
    }
}

/* Enough rows that groups are split by counting, and equal halves that are handed over. */
static void random_longer_tables(void)
{
    dice d = {2};
    for (unsigned round = 0; round < 6 * check_rounds; ++round) {
        shape s = {
            .rows = 700, .fields = 5, .values = 6, .nulls = round % 2 ? 100 : 0, .skew = 300, .counts = round % 3};
        made t = make_table(&s, &d);
        for (int nulls = SO_NULLS_VALUE; nulls <= SO_NULLS_ANY; ++nulls) {
            so_options options = options_for(5, 5, (so_nulls)nulls, 2);
            check_about("longer table %u, nulls %d", round, nulls);
            compare(&t.table, &options);
            options.max_size = 2;
            compare(&t.table, &options);
        }
        close_table(&t);
    }
}

/* So many fields that only those below the cap are walked, of so few values that groups are large at the cap: groups of a
 * few rows, of a few people, of many, with rows that are equal on the fields to come. */
static void random_capped_tables(void)
{
    dice d = {4};
    for (unsigned round = 0; round < 60 * check_rounds; ++round) {
        shape s = {.rows = 1 + dice_below(&d, round % 6 ? 90 : 400), .fields = 17 + dice_below(&d, 8)};
        s.values = 2 + dice_below(&d, round % 5 ? 3 : 30);
        s.nulls = round % 2 ? 150 : 0;
        s.skew = dice_below(&d, 3) * 300;
        s.repeats = dice_below(&d, 2) * 300;
        s.counts = round % 4 == 3 ? 1 + dice_below(&d, 40) : round % 4 == 2 ? 2 : 0;
        made t = make_table(&s, &d);
        size_t cap = 1 + dice_below(&d, s.rows < 40 ? 3 : 2);
        for (int nulls = SO_NULLS_VALUE; nulls <= SO_NULLS_DROP; ++nulls) {
            so_options options = options_for(cap, dice_below(&d, 7), (so_nulls)nulls, 1 + dice_below(&d, 2));
            check_about("capped table %u: %zu rows, %zu fields, cap %zu, nulls %d", round, s.rows, s.fields, cap,
                        nulls);
            compare(&t.table, &options);
        }
        close_table(&t);
    }
}

/* More pairs that are equal on a field than a byte counts. */
static void many_small_groups(void)
{
    dice d = {5};
    shape s = {.rows = 1300, .fields = 17, .values = 2, .skew = 300};
    made t = make_table(&s, &d);
    for (size_t row = 0; row < s.rows; ++row)
        t.codes[row] = (uint32_t)(row / 2 + 1);
    t.fields[0].distinct = (uint32_t)(s.rows / 2);
    so_options options = options_for(2, 3, SO_NULLS_VALUE, 1);
    check_about("many small groups");
    compare(&t.table, &options);
    close_table(&t);
}

void test_combinations(void)
{
    many_small_groups();
    random_capped_tables();
    random_small_tables();
    random_longer_tables();
}
