/* test_arguments.c: what cannot be used is refused, by every function, before anything is written. */
#include "minimal.h"
#include "tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 4 };
static const uint32_t good[ROWS] = {1, 2, 3, 1};

/* What each function that takes a table says of it. */
static void check_refused(const so_table *table, const so_options *options, so_status wanted)
{
    so_figures figures[3];
    uint64_t unique_in[ROWS];
    uint32_t first[ROWS], size_of[ROWS];
    double weights[3] = {0, 1, 1}, chances[2] = {0.5, 1}, risk[ROWS];
    so_minimal minimal = {.weights = weights};
    CHECK(so_minimal_uniques(table, options, &minimal) == wanted);
    CHECK(so_risk(table, options, chances, 2, 0, risk, NULL) == wanted);
    CHECK(so_combinations(table, options, figures) == wanted);
    CHECK(so_unique_records(table, options, unique_in, first) == wanted);
    CHECK(so_classes(table, options, NULL, size_of) == wanted);
}

static void bad_tables(const so_options *options)
{
    uint32_t codes[ROWS], counts[ROWS] = {1, 1, 1, 1};
    memcpy(codes, good, sizeof good);
    so_field fields[2] = {{good, 3, false}, {codes, 3, false}};
    so_table table = {fields, 2, ROWS, counts};
    check_refused(&table, options, SO_OK);
    codes[2] = 4; /* above distinct */
    check_refused(&table, options, SO_BAD_ARGUMENT);
    codes[2] = UINT32_MAX;
    check_refused(&table, options, SO_BAD_ARGUMENT);
    codes[2] = 0; /* a null where none may be */
    check_refused(&table, options, SO_BAD_ARGUMENT);
    fields[1].nullable = true;
    check_refused(&table, options, SO_OK);
    codes[2] = UINT32_MAX;
    check_refused(&table, options, SO_BAD_ARGUMENT);
    codes[2] = 3;
    fields[1].distinct = UINT32_MAX; /* more values than rows */
    check_refused(&table, options, SO_BAD_ARGUMENT);
    fields[1] = (so_field){codes, 0, false};
    check_refused(&table, options, SO_BAD_ARGUMENT);
    fields[1] = (so_field){NULL, 3, false};
    check_refused(&table, options, SO_BAD_ARGUMENT);
    fields[1].codes = codes;
    fields[1].distinct = 3;
    counts[3] = 0;
    check_refused(&table, options, SO_BAD_ARGUMENT);
    counts[3] = UINT32_MAX;
    check_refused(&table, options, SO_TOO_MANY);
    table = (so_table){NULL, 2, ROWS, NULL};
    check_refused(&table, options, SO_BAD_ARGUMENT);
    table = (so_table){fields, SO_MAX_FIELDS + 1, ROWS, NULL};
    check_refused(&table, options, SO_TOO_MANY);
    table = (so_table){fields, 2, (size_t)SO_MAX_PEOPLE + 1, NULL};
    check_refused(&table, options, SO_TOO_MANY);
    check_refused(NULL, options, SO_BAD_ARGUMENT);
}

static void bad_options(void)
{
    so_field fields[2] = {{good, 3, false}, {good, 3, false}};
    so_table table = {fields, 2, ROWS, NULL};
    so_options options = options_for(0, 0, SO_NULLS_VALUE, 1);
    so_figures figures[3];
    uint64_t unique_in[ROWS], bytes = 0;
    uint32_t first[ROWS];
    CHECK(so_combinations(&table, &options, figures) == SO_BAD_ARGUMENT);
    CHECK(so_unique_records(&table, &options, unique_in, first) == SO_BAD_ARGUMENT);
    CHECK(so_combinations_memory(&table, &options, &bytes) == SO_BAD_ARGUMENT);
    options.max_size = 2;
    CHECK(so_combinations_memory(&table, &options, &bytes) == SO_OK);
    CHECK(so_combinations_memory(&table, &options, NULL) == SO_BAD_ARGUMENT);
    CHECK(so_combinations_memory(NULL, &options, &bytes) == SO_BAD_ARGUMENT);
    CHECK(so_combinations_memory(&table, NULL, &bytes) == SO_BAD_ARGUMENT);
    CHECK(so_combinations(&table, &options, NULL) == SO_BAD_ARGUMENT);
    CHECK(so_unique_records(&table, &options, NULL, first) == SO_BAD_ARGUMENT);
    CHECK(so_unique_records(&table, &options, unique_in, NULL) == SO_BAD_ARGUMENT);
    CHECK(so_classes(&table, &options, first, NULL) == SO_BAD_ARGUMENT);
    check_refused(&table, NULL, SO_BAD_ARGUMENT);
    options.nulls = (so_nulls)3;
    check_refused(&table, &options, SO_BAD_ARGUMENT);
}

static void bad_wishes(void)
{
    so_field fields[2] = {{good, 3, false}, {good, 3, false}};
    so_table table = {fields, 2, ROWS, NULL};
    so_options options = options_for(2, 0, SO_NULLS_VALUE, 1);
    double weights[3] = {0, 1, 1}, chances[2] = {0.5, 1}, score[ROWS], part[2 * ROWS], risk[ROWS];
    uint64_t by_size[3], exposure[3 * ROWS], bytes = 0;
    uint32_t sets[ROWS];
    so_minimal all = {weights, sets, score, part, by_size, exposure}, none = {.weights = weights},
               some = {.sets = sets};
    CHECK(so_minimal_uniques(&table, &options, &all) == SO_OK);
    CHECK(so_minimal_uniques(&table, &options, &none) == SO_OK);
    CHECK(so_minimal_uniques(&table, &options, NULL) == SO_BAD_ARGUMENT);
    CHECK(so_minimal_uniques(&table, &options, &some) == SO_BAD_ARGUMENT);
    CHECK(so_minimal_within(&table, &options, &all, 0) == SO_TOO_MANY);
    CHECK(so_risk(&table, &options, NULL, 2, 0, risk, NULL) == SO_BAD_ARGUMENT);
    CHECK(so_risk(&table, &options, chances, 2, 0, NULL, NULL) == SO_BAD_ARGUMENT);
    CHECK(so_risk(&table, &options, chances, 2, 0.1, risk, NULL) == SO_BAD_ARGUMENT);
    static const double refused[] = {-0.001, 1.001, NAN, INFINITY, -INFINITY};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; ++i) {
        CHECK(so_risk(&table, &options, chances, 2, refused[i], risk, score) == SO_BAD_ARGUMENT);
    }
    for (size_t i = 0; i < sizeof refused / sizeof *refused; ++i) {
        chances[1] = refused[i];
        CHECK(so_risk(&table, &options, chances, 2, 0, risk, NULL) == SO_BAD_ARGUMENT);
    }
    CHECK(so_minimal_memory(&table, &options, &bytes) == SO_OK && bytes > 0);
    CHECK(so_risk_memory(&table, &options, 2, &bytes) == SO_OK && bytes > 0);
    CHECK(so_minimal_memory(NULL, &options, &bytes) == SO_BAD_ARGUMENT);
    CHECK(so_minimal_memory(&table, NULL, &bytes) == SO_BAD_ARGUMENT);
    CHECK(so_minimal_memory(&table, &options, NULL) == SO_BAD_ARGUMENT);
    CHECK(so_risk_memory(NULL, &options, 2, &bytes) == SO_BAD_ARGUMENT);
    CHECK(so_risk_memory(&table, NULL, 2, &bytes) == SO_BAD_ARGUMENT);
    CHECK(so_risk_memory(&table, &options, 2, NULL) == SO_BAD_ARGUMENT);
    for (options.max_size = 0; options.max_size <= 3; options.max_size += 3) { /* the arrays are as long as max_size */
        CHECK(so_minimal_uniques(&table, &options, &all) == SO_BAD_ARGUMENT);
        CHECK(so_minimal_memory(&table, &options, &bytes) == SO_BAD_ARGUMENT);
    }
    options = options_for(2, 0, SO_NULLS_ANY, 1); /* no minimal uniques there */
    so_minimal each[] = {{.sets = sets}, {.score = score}, {.part = part}, {.by_size = by_size}};
    for (int i = 0; i < 4; ++i) {
        each[i].weights = weights;
        CHECK(so_minimal_uniques(&table, &options, &each[i]) == SO_BAD_ARGUMENT);
    }
}

static void too_many_combinations(void)
{
    so_field fields[40];
    for (int f = 0; f < 40; ++f)
        fields[f] = (so_field){good, 3, false};
    so_table table = {fields, 40, ROWS, NULL};
    so_figures figure;
    uint64_t unique_in[ROWS], bytes = 0;
    uint32_t first[ROWS], offset;
    for (int nulls = SO_NULLS_VALUE; nulls <= SO_NULLS_ANY; ++nulls) {
        so_options options = options_for(40, 0, (so_nulls)nulls, 1);
        CHECK(so_combinations(&table, &options, &figure) == SO_TOO_MANY);
        CHECK(so_unique_records(&table, &options, unique_in, first) == SO_TOO_MANY);
        CHECK(so_combinations_memory(&table, &options, &bytes) == SO_TOO_MANY);
    }
    double weights[41] = {0};
    so_options options = options_for(40, 0, SO_NULLS_VALUE, 1);
    CHECK(so_minimal_uniques(&table, &options, &(so_minimal){.weights = weights}) == SO_TOO_MANY);
    CHECK(so_minimal_memory(&table, &options, &bytes) == SO_TOO_MANY);
    options.max_size = 12; /* no more than 2^31 combinations of 33 fields, but 2^32 fields in them */
    table.n_fields = 33;
    uint64_t count = 0;
    CHECK(so_count_combinations(33, 12, &count) == SO_OK);
    CHECK(so_minimal_uniques(&table, &options, &(so_minimal){.weights = weights}) == SO_TOO_MANY);
    CHECK(so_minimal_memory(&table, &options, &bytes) == SO_TOO_MANY);
    CHECK(so_list_combinations(40, 40, &offset, first) == SO_TOO_MANY);
    CHECK(so_list_combinations(31, 31, &offset, first) == SO_TOO_MANY); /* offsets end at 2^32 */
    CHECK(so_list_combinations(3, 3, NULL, first) == SO_BAD_ARGUMENT);
    CHECK(so_list_combinations(3, 3, &offset, NULL) == SO_BAD_ARGUMENT);
    CHECK(so_count_combinations(3, 3, NULL) == SO_BAD_ARGUMENT);
    uint32_t members = 0;
    CHECK(so_count_members(4, 9, &members) == SO_OK && members == 32);
    CHECK(so_count_members(0, 9, &members) == SO_OK && members == 0);
    CHECK(so_count_members(31, 31, &members) == SO_TOO_MANY);
    CHECK(so_count_members(3, 3, NULL) == SO_BAD_ARGUMENT);
}

void test_arguments(void)
{
    for (int nulls = SO_NULLS_VALUE; nulls <= SO_NULLS_ANY; ++nulls) {
        so_options options = options_for(2, 3, (so_nulls)nulls, 1);
        check_about("bad tables, nulls %d", nulls);
        bad_tables(&options);
    }
    check_about("bad options");
    bad_options();
    bad_wishes();
    too_many_combinations();
    const char *unknown = so_describe((so_status)99);
    for (int status = SO_OK; status <= SO_FORKED; ++status) {
        check_about("status %d", status);
        CHECK(so_describe((so_status)status)[0] != 0);
        CHECK(strcmp(so_describe((so_status)status), unknown) != 0);
    }
}
