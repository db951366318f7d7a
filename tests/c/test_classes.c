/* test_classes.c: so_classes against the slow oracle. */
#include "tables.h"

#include <stdlib.h>

static void compare(const so_table *table, const so_options *options)
{
    size_t n = table->n_rows, m = table->n_fields;
    uint64_t *k = room_for(n, sizeof *k);
    uint32_t *class_of = room_for(n, sizeof *class_of), *size_of = room_for(n, sizeof *size_of);
    uint32_t *alone = room_for(n, sizeof *alone), *all = room_for(m, sizeof *all), classes = 0;
    for (uint32_t f = 0; f < m; ++f)
        all[f] = f;
    slow_k(table, all, m, options->nulls, k);
    CHECK(so_classes(table, options, class_of, size_of) == SO_OK);
    CHECK(so_classes(table, options, NULL, alone) == SO_OK);
    for (size_t row = 0; row < n; ++row) {
        CHECK(size_of[row] == k[row]);
        CHECK(alone[row] == k[row]);
        if (options->nulls == SO_NULLS_ANY || k[row] == 0) {
            CHECK(class_of[row] == UINT32_MAX);
            continue;
        }
        size_t before = 0; /* the first row that is equal on all fields */
        for (size_t f = 0; f < m && before < row; ++f)
            if (table->fields[f].codes[before] != table->fields[f].codes[row]) {
                ++before;
                f = SIZE_MAX;
            }
        CHECK(class_of[row] == (before == row ? classes : class_of[before]));
        classes += before == row;
    }
    free(k);
    free(class_of);
    free(size_of);
    free(alone);
    free(all);
}

void test_classes(void)
{
    dice d = {6};
    for (unsigned round = 0; round < 1500 * check_rounds; ++round) {
        shape s = random_shape(&d, round % 4 ? 12 : 60, 8);
        made t = make_table(&s, &d);
        so_options options = options_for(1, 0, (so_nulls)(round % 3), 1);
        check_about("classes %u: %zu rows, %zu fields, nulls %u", round, s.rows, s.fields, round % 3);
        compare(&t.table, &options);
        close_table(&t);
    }
}
