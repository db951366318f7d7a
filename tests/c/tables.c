/* tables.c: random tables. */
#include "tables.h"

#include <stdlib.h>
#include <string.h>

static void fill_column(const shape *s, dice *d, size_t f, uint32_t *codes, so_field *field)
{
    uint32_t values = 1 + dice_below(d, s->values), largest = 0;
    if (values > s->rows)
        values = (uint32_t)s->rows;
    bool nullable = false;
    for (size_t row = 0; row < s->rows; ++row) {
        uint32_t code = dice_below(d, 1000) < s->skew ? 1 : 1 + dice_below(d, values);
        if (f % 2 && dice_below(d, 1000) < s->nulls)
            code = 0;
        codes[row] = code;
        largest = code > largest ? code : largest;
        nullable |= code == 0;
    }
    *field = (so_field){.codes = codes, .distinct = largest, .nullable = nullable};
}

made make_table(const shape *s, dice *d)
{
    made t = {.fields = room_for(s->fields, sizeof *t.fields),
              .codes = room_for(s->fields * s->rows, sizeof *t.codes),
              .counts = s->counts ? room_for(s->rows, sizeof *t.counts) : NULL};
    for (size_t f = 0; f < s->fields; ++f)
        fill_column(s, d, f, t.codes + f * s->rows, &t.fields[f]);
    for (size_t row = 1; row < s->rows; ++row)
        if (dice_below(d, 1000) < s->repeats) {
            size_t other = dice_below(d, (uint32_t)row);
            for (size_t f = 0; f < s->fields; ++f)
                t.codes[f * s->rows + row] = t.codes[f * s->rows + other];
        }
    for (size_t row = 0; t.counts && row < s->rows; ++row)
        t.counts[row] = 1 + dice_below(d, s->counts);
    t.table = (so_table){t.fields, s->fields, s->rows, t.counts};
    return t;
}

static made copy_of(const so_table *table, const uint32_t *order, const uint32_t *members, size_t m)
{
    size_t n = table->n_rows;
    made t = {.fields = room_for(m, sizeof *t.fields),
              .codes = room_for(m * n, sizeof *t.codes),
              .counts = table->counts ? room_for(n, sizeof *t.counts) : NULL};
    for (size_t f = 0; f < m; ++f) {
        const so_field *from = &table->fields[members ? members[f] : f];
        for (size_t row = 0; row < n; ++row)
            t.codes[f * n + row] = from->codes[order ? order[row] : row];
        t.fields[f] = (so_field){t.codes + f * n, from->distinct, from->nullable};
    }
    for (size_t row = 0; t.counts && row < n; ++row)
        t.counts[row] = table->counts[order ? order[row] : row];
    t.table = (so_table){t.fields, m, n, t.counts};
    return t;
}

made permuted(const so_table *table, const uint32_t *order)
{
    return copy_of(table, order, NULL, table->n_fields);
}

made only_fields(const so_table *table, const uint32_t *members, size_t n)
{
    return copy_of(table, NULL, members, n);
}

void close_table(made *t)
{
    free(t->fields);
    free(t->codes);
    free(t->counts);
    *t = (made){.fields = NULL};
}

uint32_t *random_order(size_t n, dice *d)
{
    uint32_t *order = room_for(n, sizeof *order);
    for (uint32_t i = 0; i < n; ++i) {
        uint32_t j = dice_below(d, i + 1);
        order[i] = order[j];
        order[j] = i;
    }
    return order;
}

uint64_t people_in(const so_table *table)
{
    uint64_t people = 0;
    for (size_t row = 0; row < table->n_rows; ++row)
        people += table->counts ? table->counts[row] : 1;
    return people;
}

shape random_shape(dice *d, size_t most_rows, size_t most_fields)
{
    static const uint32_t values[] = {1, 2, 3, 5, 20, 1000};
    static const uint32_t shares[] = {0, 0, 50, 500, 950, 1000};
    static const uint32_t counts[] = {0, 0, 1, 2, 9, 100000};
    return (shape){.rows = dice_below(d, (uint32_t)most_rows + 1),
                   .fields = 1 + dice_below(d, (uint32_t)most_fields),
                   .values = values[dice_below(d, 6)],
                   .nulls = shares[dice_below(d, 6)],
                   .skew = shares[dice_below(d, 5)],
                   .repeats = shares[dice_below(d, 5)],
                   .counts = counts[dice_below(d, 6)]};
}

so_options options_for(size_t max_size, uint32_t threshold, so_nulls nulls, unsigned threads)
{
    return (so_options){.max_size = max_size, .threshold = threshold, .nulls = nulls, .threads = threads};
}
