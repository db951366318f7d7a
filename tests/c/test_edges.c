/* test_edges.c: tables at the ends of what is allowed. */
#include "tables.h"

#include <stdlib.h>
#include <string.h>

static const so_nulls every_mode[] = {SO_NULLS_VALUE, SO_NULLS_DROP, SO_NULLS_ANY};

static void no_rows_no_fields(so_nulls nulls)
{
    so_field none[3] = {{.nullable = false}, {.nullable = true}, {.nullable = false}};
    so_table empty = {none, 3, 0, NULL}, bare = {NULL, 0, 4, NULL};
    so_options options = options_for(3, 5, nulls, 1);
    so_figures figures[7];
    memset(figures, 0xAB, sizeof figures);
    CHECK(so_combinations(&empty, &options, figures) == SO_OK);
    static const so_figures nothing;
    for (int i = 0; i < 7; ++i)
        CHECK(memcmp(&figures[i], &nothing, sizeof nothing) == 0);
    uint64_t unique_in[4] = {9, 9, 9, 9};
    uint32_t first[4], class_of[4], size_of[4];
    CHECK(so_unique_records(&empty, &options, unique_in, first) == SO_OK);
    CHECK(so_classes(&empty, &options, class_of, size_of) == SO_OK);
    CHECK(so_combinations(&bare, &options, figures) == SO_OK);
    CHECK(so_unique_records(&bare, &options, unique_in, first) == SO_OK);
    CHECK(so_classes(&bare, &options, class_of, size_of) == SO_OK);
    for (int row = 0; row < 4; ++row) {
        CHECK(unique_in[row] == 0 && first[row] == UINT32_MAX);
        CHECK(size_of[row] == 4); /* with nothing known all are alike */
        CHECK(class_of[row] == (nulls == SO_NULLS_ANY ? UINT32_MAX : 0));
    }
}

static void one_row(so_nulls nulls)
{
    uint32_t code[2] = {1, 0};
    so_field fields[2] = {{&code[0], 1, false}, {&code[1], 0, true}};
    so_table table = {fields, 2, 1, NULL};
    so_options options = options_for(2, 2, nulls, 1);
    so_figures f[3];
    uint64_t unique_in = 0;
    uint32_t first = 0;
    uint64_t with_null = nulls == SO_NULLS_DROP ? 0 : 1;
    CHECK(so_combinations(&table, &options, f) == SO_OK);
    CHECK(f[0].unique == 1 && f[0].below == 1 && f[0].smallest == 1 && f[0].largest == 1);
    CHECK(f[1].unique == with_null && f[2].unique == with_null && f[1].people == with_null);
    CHECK(so_unique_records(&table, &options, &unique_in, &first) == SO_OK);
    CHECK(unique_in == 1 + 2 * with_null && first == 0);
    uint32_t two = 2; /* a row of two people singles nobody out */
    table.counts = &two;
    CHECK(so_combinations(&table, &options, f) == SO_OK);
    CHECK(f[0].unique == 0 && f[0].below == 0 && f[0].people == 2 && f[0].smallest == 2);
    CHECK(so_unique_records(&table, &options, &unique_in, &first) == SO_OK);
    CHECK(unique_in == 0 && first == UINT32_MAX);
}

static void constant_and_empty_columns(so_nulls nulls)
{
    enum { ROWS = 50 };
    uint32_t constant[ROWS], empty[ROWS] = {0}, distinct[ROWS];
    for (uint32_t i = 0; i < ROWS; ++i) {
        constant[i] = 1;
        distinct[i] = i + 1;
    }
    so_field fields[4] = {{constant, 1, false}, {empty, 0, true}, {distinct, ROWS, false}, {constant, 1, false}};
    so_table table = {fields, 4, ROWS, NULL};
    so_options options = options_for(4, 5, nulls, 2);
    so_figures figures[15];
    listing all = list_all(4, 4);
    CHECK(so_combinations(&table, &options, figures) == SO_OK);
    for (uint64_t i = 0; i < all.count; ++i) {
        truth t = slow_figures(&table, all.members + all.offsets[i], all.offsets[i + 1] - all.offsets[i], &options);
        check_figures(&figures[i], &t, &table, nulls);
    }
    close_listing(&all);
}

static void as_many_people_as_can_be(so_nulls nulls)
{
    uint32_t codes[2][3] = {{1, 2, 2}, {1, 1, 2}}, counts[3] = {SO_MAX_PEOPLE - 3, 1, 2};
    so_field fields[2] = {{codes[0], 2, false}, {codes[1], 2, false}};
    so_table table = {fields, 2, 3, counts};
    so_options options = options_for(2, UINT32_MAX, nulls, 1);
    so_figures f[3];
    listing all = list_all(2, 2);
    CHECK(so_combinations(&table, &options, f) == SO_OK);
    for (uint64_t i = 0; i < 3; ++i) {
        truth t = slow_figures(&table, all.members + all.offsets[i], all.offsets[i + 1] - all.offsets[i], &options);
        check_figures(&f[i], &t, &table, nulls);
    }
    uint32_t size_of[3];
    CHECK(so_classes(&table, &options, NULL, size_of) == SO_OK);
    CHECK(size_of[0] == SO_MAX_PEOPLE - 3 && size_of[1] == 1 && size_of[2] == 2);
    close_listing(&all);
    counts[2] = 3;
    CHECK(so_combinations(&table, &options, f) == SO_TOO_MANY);
    CHECK(so_classes(&table, &options, NULL, size_of) == SO_TOO_MANY);
}

/* Two rows, as many fields as may be passed; then fewer in pairs. */
static void many_fields(so_nulls nulls, size_t m, size_t cap)
{
    uint32_t same[2] = {1, 1}, other[2] = {1, 2}, null[2] = {0, 1};
    so_field *fields = room_for(m, sizeof *fields);
    for (size_t f = 0; f < m; ++f)
        fields[f] = f % 3 == 0   ? (so_field){same, 1, false}
                    : f % 3 == 1 ? (so_field){other, 2, false}
                                 : (so_field){null, 1, true};
    so_table table = {fields, m, 2, NULL};
    so_options options = options_for(cap, 5, nulls, 2);
    listing all = list_all(m, cap);
    so_figures *figures = room_for(all.count, sizeof *figures);
    CHECK(so_combinations(&table, &options, figures) == SO_OK);
    uint64_t singled[2] = {0, 0}, unique_in[2];
    uint32_t first[2];
    for (uint64_t i = 0; i < all.count; ++i) {
        uint64_t k[2];
        slow_k(&table, all.members + all.offsets[i], all.offsets[i + 1] - all.offsets[i], nulls, k);
        CHECK(figures[i].unique == (uint64_t)(k[0] == 1) + (k[1] == 1));
        singled[0] += k[0] == 1;
        singled[1] += k[1] == 1;
    }
    CHECK(so_unique_records(&table, &options, unique_in, first) == SO_OK);
    CHECK(unique_in[0] == singled[0] && unique_in[1] == singled[1]);
    free(fields);
    free(figures);
    close_listing(&all);
}

void test_edges(void)
{
    for (size_t i = 0; i < 3; ++i) {
        check_about("edges, nulls %zu", i);
        no_rows_no_fields(every_mode[i]);
        one_row(every_mode[i]);
        constant_and_empty_columns(every_mode[i]);
        as_many_people_as_can_be(every_mode[i]);
        many_fields(every_mode[i], SO_MAX_FIELDS, 1);
        many_fields(every_mode[i], 300, 2);
    }
}
