/* test_risk.c: so_risk against the slow oracle. */
#include "tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void compare(const so_table *table, const so_options *options, const double *chances, size_t most)
{
    double *risk = room_for(table->n_rows, sizeof *risk), *wanted = room_for(table->n_rows, sizeof *wanted);
    memset(risk, 0xAB, table->n_rows * sizeof *risk);
    slow_risk(table, options, chances, most, wanted);
    CHECK(so_risk(table, options, chances, most, 0, risk, NULL) == SO_OK);
    for (size_t row = 0; row < table->n_rows; ++row) {
        CHECK(fabs(risk[row] - wanted[row]) < 1e-12);
        CHECK(risk[row] >= 0 && risk[row] <= 1);
    }
    free(risk);
    free(wanted);
}

/* What is left out is told: the risk is between what was found and that and what was left out. */
static void leave_out(const so_table *table, const so_options *options, const double *chances, size_t most,
                      double seldom)
{
    size_t n = table->n_rows;
    double *all = room_for(n, sizeof *all), *found = room_for(n, sizeof *found), *left = room_for(n, sizeof *left);
    CHECK(so_risk(table, options, chances, most, 0, all, left) == SO_OK);
    for (size_t row = 0; row < n; ++row)
        CHECK(left[row] == 0);
    CHECK(so_risk(table, options, chances, most, seldom, found, left) == SO_OK);
    for (size_t row = 0; row < n; ++row) {
        CHECK(found[row] <= all[row] + 1e-15);
        CHECK(left[row] >= 0 && left[row] <= 1);
        CHECK(all[row] <= found[row] + left[row] + 1e-12);
    }
    free(all);
    free(found);
    free(left);
}

static void wide_tables(dice *d)
{
    static const size_t wide[][2] = {{12, 12}, {12, 5}, {18, 3}, {46, 2}, {70, 2}};
    for (size_t i = 0; i < sizeof wide / sizeof *wide; ++i)
        for (int nulls = SO_NULLS_VALUE; nulls <= SO_NULLS_DROP; ++nulls) {
            shape s = {.rows = 30, .fields = wide[i][0], .values = 1000, .nulls = 150, .skew = 600, .repeats = 200};
            made t = make_table(&s, d);
            so_options options = options_for(wide[i][1], 0, (so_nulls)nulls, 2);
            double *chances = random_chances(s.fields, d);
            check_about("risk of %zu fields, cap %zu, nulls %d", wide[i][0], wide[i][1], nulls);
            compare(&t.table, &options, chances, s.fields);
            leave_out(&t.table, &options, chances, s.fields, 1e-4);
            free(chances);
            close_table(&t);
        }
}

/* What is not walked is less than what is, and yet not nothing. */
static void leave_some(dice *d)
{
    shape s = {.rows = 300, .fields = 14, .values = 3, .skew = 300};
    made t = make_table(&s, d);
    so_options options = options_for(14, 0, SO_NULLS_VALUE, 2);
    double chances[14], risk[300], left[300], most = 0;
    for (size_t f = 0; f < 14; ++f)
        chances[f] = f % 2 ? 0.9 : 0.05;
    CHECK(so_risk(&t.table, &options, chances, 14, 1e-4, risk, left) == SO_OK);
    for (size_t row = 0; row < 300; ++row)
        most = left[row] > most ? left[row] : most;
    CHECK(most > 0 && most < 0.1);
    close_table(&t);
}

/* Neither threads nor the order of rows change a byte. */
static void same_bytes(dice *d, double seldom)
{
    for (int nulls = SO_NULLS_VALUE; nulls <= SO_NULLS_DROP; ++nulls) {
        shape s = {.rows = 2000, .fields = 9, .values = 40, .nulls = 100, .skew = 400, .repeats = 200, .counts = 2};
        made t = make_table(&s, d);
        uint32_t *order = random_order(s.rows, d);
        made mixed = permuted(&t.table, order);
        double *one = room_for(s.rows, sizeof *one), *other = room_for(s.rows, sizeof *other);
        double *left = room_for(s.rows, sizeof *left), *other_left = room_for(s.rows, sizeof *other_left);
        double chances[9] = {0.9, 0.1, 0.5, 1.0 / 3, 0.99, 0.7, 0, 0.25, 0.6};
        so_options options = options_for(9, 0, (so_nulls)nulls, 1);
        check_about("risk, same bytes: nulls %d", nulls);
        CHECK(so_risk(&t.table, &options, chances, 9, seldom, one, left) == SO_OK);
        for (options.threads = 0; options.threads <= 4; ++options.threads) {
            CHECK(so_risk(&t.table, &options, chances, 9, seldom, other, other_left) == SO_OK);
            CHECK(memcmp(one, other, s.rows * sizeof *one) == 0);
            CHECK(memcmp(left, other_left, s.rows * sizeof *left) == 0);
        }
        CHECK(so_risk(&mixed.table, &options, chances, 9, seldom, other, other_left) == SO_OK);
        for (size_t row = 0; row < s.rows; ++row)
            CHECK(memcmp(&one[order[row]], &other[row], sizeof *one) == 0 &&
                  memcmp(&left[order[row]], &other_left[row], sizeof *left) == 0);
        free(left);
        free(other_left);
        free(one);
        free(other);
        free(order);
        close_table(&mixed);
        close_table(&t);
    }
}

/* What can be worked out by hand: who knows nothing, everything, one field for certain. */
static void by_hand(void)
{
    uint32_t codes[2][4] = {{1, 1, 1, 2}, {1, 2, 2, 2}};
    so_field fields[2] = {{codes[0], 2, false}, {codes[1], 2, false}};
    so_table table = {fields, 2, 4, NULL};
    so_options options = options_for(2, 0, SO_NULLS_VALUE, 1);
    static const struct {
        double chances[2];
        size_t most;
        double risk[4];
    } cases[] = {
        {{0, 0}, 2, {0.25, 0.25, 0.25, 0.25}},
        {{1, 1}, 2, {1, 0.5, 0.5, 1}},
        {{1, 1}, 1, {0, 0, 0, 0}}, /* he knows two, and that is more than one */
        {{1, 0}, 1, {1.0 / 3, 1.0 / 3, 1.0 / 3, 1}},
        {{0.5, 0.5}, 0, {0.0625, 0.0625, 0.0625, 0.0625}},
        {{0.5, 0}, 2, {0.125 + 0.5 / 3, 0.125 + 0.5 / 3, 0.125 + 0.5 / 3, 0.625}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        double risk[4];
        check_about("risk by hand %zu", i);
        CHECK(so_risk(&table, &options, cases[i].chances, cases[i].most, 0, risk, NULL) == SO_OK);
        for (int row = 0; row < 4; ++row)
            CHECK(fabs(risk[row] - cases[i].risk[row]) < 1e-15);
    }
}

void test_risk(void)
{
    dice d = {13};
    for (unsigned round = 0; round < 300 * check_rounds; ++round) {
        shape s = random_shape(&d, round % 4 ? 12 : 60, round % 8 ? 6 : 9);
        made t = make_table(&s, &d);
        so_nulls nulls = (so_nulls)dice_below(&d, 3);
        size_t cap = dice_below(&d, 2) ? dice_below(&d, (uint32_t)s.fields + 1) : s.fields + dice_below(&d, 2);
        size_t most = dice_below(&d, 2) ? dice_below(&d, (uint32_t)s.fields + 2) : s.fields;
        double *chances = random_chances(s.fields, &d);
        so_options options = options_for(cap, 0, nulls, 1 + dice_below(&d, 2));
        check_about("risk %u: %zu rows, %zu fields, cap %zu, most %zu, nulls %d", round, s.rows, s.fields, cap, most,
                    (int)nulls);
        compare(&t.table, &options, chances, most);
        leave_out(&t.table, &options, chances, most, 1.0 / (1 + dice_below(&d, 1000)));
        free(chances);
        close_table(&t);
    }
    wide_tables(&d);
    same_bytes(&d, 0);
    same_bytes(&d, 1e-4);
    leave_some(&d);
    by_hand();
}
