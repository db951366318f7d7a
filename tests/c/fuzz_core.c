/* fuzz_core.c: libFuzzer's entry: bytes -> a table and options -> every function of the core.
 *
 * Tables that can be used are held against the slow oracle; of the others only a refusal is wanted.  The first bytes choose
 * the shape, the rest are the codes, taken modulo the field's values except where the input asks for raw ones. */
#include "cells.h"
#include "minimal.h"
#include "tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 40, MOST_FIELDS = 70, MOST_COMPARED = 50000 };

typedef struct input {
    const uint8_t *bytes;
    size_t size;
} input;

static uint32_t take(input *in)
{
    if (in->size == 0)
        return 0;
    --in->size;
    return *in->bytes++;
}

static uint32_t take_wide(input *in)
{
    return take(in) | take(in) << 8 | take(in) << 16 | take(in) << 24;
}

static made read_table(input *in, bool raw)
{
    shape s = {.rows = take(in) % (MOST_ROWS + 1), .fields = take(in) % (MOST_FIELDS + 1), .values = 1};
    s.counts = take(in) % 4;
    dice d = {0};
    made t = make_table(&s, &d);
    for (size_t f = 0; f < s.fields; ++f) {
        uint32_t how = take(in), values = 1 + how / 4 % MOST_ROWS, largest = 0;
        bool nullable = how % 4 == 0, nulls = false;
        for (size_t row = 0; row < s.rows; ++row) {
            uint32_t code = take(in) % (values + nullable) + !nullable;
            code = code > s.rows ? (uint32_t)s.rows : code;
            t.codes[f * s.rows + row] = raw && how % 4 == 1 ? take_wide(in) : code;
            largest = code > largest ? code : largest;
            nulls |= code == 0;
        }
        t.fields[f].distinct = raw && how % 4 == 2 ? take_wide(in) : largest;
        t.fields[f].nullable = raw ? how % 2 : nulls;
    }
    for (size_t row = 0; t.counts && row < s.rows; ++row)
        t.counts[row] = raw ? take_wide(in) : 1 + take(in) % 3;
    return t;
}

static void check_combinations(const so_table *table, const so_options *options, const listing *all, bool usable)
{
    so_figures *figures = room_for(all->count, sizeof *figures);
    so_status status = so_combinations(table, options, figures);
    CHECK(!usable || status == SO_OK);
    for (uint64_t i = 0; i < all->count && usable; ++i) {
        truth wanted =
            slow_figures(table, all->members + all->offsets[i], all->offsets[i + 1] - all->offsets[i], options);
        check_figures(&figures[i], &wanted, table, options->nulls);
    }
    free(figures);
}

static void check_records(const so_table *table, const so_options *options, const listing *all, bool usable)
{
    size_t n = table->n_rows;
    uint64_t *unique_in = room_for(n, sizeof *unique_in), *wanted = room_for(n, sizeof *wanted);
    uint64_t *k = room_for(n, sizeof *k);
    uint32_t *first = room_for(n, sizeof *first), *size_of = room_for(n, sizeof *size_of);
    uint32_t everything[MOST_FIELDS];
    so_status status = so_unique_records(table, options, unique_in, first);
    CHECK(!usable || status == SO_OK);
    for (uint64_t i = all->count; i-- > 0 && usable;) {
        slow_k(table, all->members + all->offsets[i], all->offsets[i + 1] - all->offsets[i], options->nulls, k);
        for (size_t row = 0; row < n; ++row) {
            CHECK(k[row] != 1 || first[row] <= i);
            CHECK(k[row] == 1 || first[row] != i);
            wanted[row] += k[row] == 1;
        }
    }
    CHECK(!usable || memcmp(unique_in, wanted, n * sizeof *wanted) == 0);
    status = so_classes(table, options, NULL, size_of);
    CHECK(!usable || status == SO_OK);
    for (uint32_t f = 0; f < table->n_fields; ++f)
        everything[f] = f;
    if (usable)
        slow_k(table, everything, table->n_fields, options->nulls, k);
    for (size_t row = 0; row < n && usable; ++row)
        CHECK(size_of[row] == k[row]);
    free(unique_in);
    free(wanted);
    free(k);
    free(first);
    free(size_of);
}

/* Sums that must agree, whichever way the rows were cut into blocks. */
static void check_sums(const so_table *table, const so_options *options, const so_minimal *m, const uint64_t *unique_in)
{
    size_t n = table->n_rows, sizes = options->max_size + 1;
    uint64_t sets = 0, by_size = 0;
    for (size_t size = 0; size < sizes; ++size)
        by_size += m->by_size[size];
    for (size_t row = 0; row < n; ++row) {
        uint64_t alone = 0;
        double part = 0;
        for (size_t size = 0; size < sizes; ++size)
            alone += m->exposure[row * sizes + size];
        for (size_t f = 0; f < table->n_fields; ++f)
            part += m->part[row * table->n_fields + f];
        sets += m->sets[row];
        CHECK(alone == unique_in[row]);
        CHECK((m->sets[row] > 0) == (alone > 0) && m->sets[row] <= alone);
        CHECK(m->score[row] <= part && part <= m->score[row] * (double)options->max_size);
    }
    CHECK(sets == by_size);
}

static void check_minimal(const so_table *table, const so_options *options, dice *d, bool usable)
{
    size_t n = table->n_rows;
    uint64_t *unique_in = room_for(n, sizeof *unique_in), needed;
    uint32_t *first = room_for(n, sizeof *first);
    so_options up_to = *options;
    up_to.max_size = options->max_size < table->n_fields ? options->max_size : table->n_fields;
    so_minimal m = open_minimal(table, up_to.max_size, d), wanted = open_minimal(table, up_to.max_size, d);
    memcpy((void *)(uintptr_t)wanted.weights, m.weights, (up_to.max_size + 1) * sizeof *m.weights);
    so_blocks blocks = {.words = 1};
    uint64_t rows = 1 + dice_below(d, MOST_ROWS);
    usable &= up_to.max_size > 0;
    CHECK(!usable || so_minimal_blocks(table->n_fields, up_to.max_size, SO_MINIMAL_BYTES, &blocks) == SO_OK);
    CHECK((so_minimal_memory(table, &up_to, &needed) == SO_OK) == (up_to.max_size > 0));
    so_minimal asked = m;
    if (options->nulls == SO_NULLS_ANY)
        asked = (so_minimal){.weights = m.weights, .exposure = m.exposure};
    so_status status = so_minimal_within(table, &up_to, &asked, rows * blocks.words * 8);
    CHECK(!usable || status == SO_OK);
    if (usable) {
        size_t sizes = up_to.max_size + 1;
        slow_minimal(table, &up_to, &wanted);
        CHECK(memcmp(m.exposure, wanted.exposure, n * sizes * sizeof *m.exposure) == 0);
        if (options->nulls != SO_NULLS_ANY) {
            CHECK(memcmp(m.sets, wanted.sets, n * sizeof *m.sets) == 0);
            CHECK(memcmp(m.by_size, wanted.by_size, sizes * sizeof *m.by_size) == 0);
            CHECK(memcmp(m.score, wanted.score, n * sizeof *m.score) == 0);
            CHECK(so_unique_records(table, &up_to, unique_in, first) == SO_OK);
            check_sums(table, &up_to, &m, unique_in);
        }
    }
    close_minimal(&m);
    close_minimal(&wanted);
    free(unique_in);
    free(first);
}

static void check_risk(const so_table *table, const so_options *options, dice *d, bool usable)
{
    size_t n = table->n_rows, most = dice_below(d, 9);
    double *chances = random_chances(table->n_fields, d);
    double *risk = room_for(n, sizeof *risk), *wanted = room_for(n, sizeof *wanted), *left = room_for(n, sizeof *left);
    for (size_t f = 0; f < table->n_fields && !usable; ++f) {
        uint64_t bits = dice_next(d);
        if (bits % 4 == 0)
            memcpy(&chances[f], &bits, sizeof bits);
    }
    uint64_t needed;
    CHECK(so_risk_memory(table, options, most, &needed) == SO_OK);
    double seldom = dice_below(d, 2) ? 0 : 1.0 / (1 + dice_below(d, 10000));
    so_status status = so_risk(table, options, chances, most, seldom, risk, left);
    CHECK(!usable || status == SO_OK);
    if (usable)
        slow_risk(table, options, chances, most, wanted);
    for (size_t row = 0; row < n && status == SO_OK; ++row) {
        CHECK(risk[row] >= 0 && risk[row] <= 1);
        CHECK(left[row] >= 0 && left[row] <= 1 && (seldom > 0 || left[row] == 0));
        CHECK(!usable || (wanted[row] >= risk[row] - 1e-12 && wanted[row] <= risk[row] + left[row] + 1e-12));
    }
    free(chances);
    free(risk);
    free(wanted);
    free(left);
}

static uint32_t pick_by_input(void *context, uint32_t below)
{
    return take(context) % below;
}

/* Cells instead of codes: as they come, or with a byte changed where they say how they lie. */
static void check_cells(input *in, bool raw)
{
    static const so_allocator plain = {NULL, NULL, NULL};
    chooser choose = {pick_by_input, in};
    made_column column = make_column(&choose, MOST_ROWS);
    uint32_t *codes = room_for(column.rows, sizeof *codes), *first = room_for(column.rows, sizeof *first);
    uint32_t distinct, nulls;
    if (raw && column.n_chunks) {
        so_bytes *values = &column.chunks[take(in) % column.n_chunks].values;
        if (values->size)
            ((uint8_t *)(uintptr_t)values->bytes)[take_wide(in) % values->size] = (uint8_t)take(in);
    }
    so_status status =
        so_code_column(column.chunks, column.n_chunks, take_wide(in), &plain, codes, first, &distinct, &nulls);
    CHECK(raw || status == SO_OK);
    if (!raw)
        check_codes(&column, codes, first, distinct, nulls);
    free(codes);
    free(first);
    close_column(&column);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    input in = {bytes, size};
    uint32_t choice = take(&in);
    bool raw = choice & 128;
    if (choice & 64) {
        check_cells(&in, raw);
        if (check_failures())
            abort();
        return 0;
    }
    so_options options = options_for(take(&in) % 8, take(&in), (so_nulls)(choice % (raw ? 4 : 3)), 1 + choice / 4 % 2);
    dice d = {take(&in)};
    made t = read_table(&in, raw);
    uint64_t count, needed;
    uint64_t pairs = (t.table.n_rows + 1) * (t.table.n_rows + 1);
    while (so_count_combinations(t.table.n_fields, options.max_size, &count) != SO_OK || count * pairs > MOST_COMPARED)
        --options.max_size;
    listing all = list_all(t.table.n_fields, options.max_size);
    bool usable = !raw && options.max_size > 0;
    CHECK((so_combinations_memory(&t.table, &options, &needed) == SO_OK) == (options.max_size > 0));
    check_combinations(&t.table, &options, &all, usable);
    check_records(&t.table, &options, &all, usable);
    check_minimal(&t.table, &options, &d, usable);
    check_risk(&t.table, &options, &d, !raw);
    close_listing(&all);
    close_table(&t);
    if (check_failures())
        abort();
    return 0;
}
