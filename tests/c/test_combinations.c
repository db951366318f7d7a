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

void test_combinations(void)
{
    random_small_tables();
    random_longer_tables();
}
