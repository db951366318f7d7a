/* risk.c: for every row the chance that an attacker picks it out, over everything that he may know.
 *
 * He knows field j with probability p_j, each by itself, and of those who share what he knows he takes one: the risk is
 * the sum over S of P(S) / k_S.  risk_walk.c sums it; sums are in fixed point, so that they do not depend on the threads. */
#include "risk.h"

#include "anynull.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

static int by_values(const void *a, const void *b)
{
    const so_risk_level *x = a, *y = b;
    if (x->values != y->values)
        return x->values < y->values ? 1 : -1;
    return x->field < y->field ? -1 : x->field > y->field;
}

/* The fields that he may know, and the probabilities of what is left after each. */
static so_status open_levels(so_risk_search *s, const double *chances)
{
    const so_table *table = s->table;
    const so_allocator *allocator = &s->options->allocator;
    s->level = so_new(allocator, table->n_fields + 1, sizeof *s->level);
    if (!s->level)
        return SO_NO_MEMORY;
    for (size_t f = 0; f < table->n_fields; ++f) {
        const so_field *field = &table->fields[f];
        if (chances[f] > 0)
            s->level[s->m++] =
                (so_risk_level){field->codes, (uint32_t)f, field->distinct + 1, chances[f], field->nullable};
    }
    qsort(s->level, s->m, sizeof *s->level, by_values);
    s->most = s->most < s->m ? s->most : s->m;
    size_t row = s->m + 1, cells;
    if (!so_mul(row, s->most + 1, &cells))
        return SO_NO_MEMORY;
    s->mass = so_new(allocator, cells, sizeof *s->mass);
    s->none = so_new(allocator, row, sizeof *s->none);
    if (!s->mass || !s->none)
        return SO_NO_MEMORY;
    s->none[s->m] = 1;
    for (size_t l = s->m; l-- > 0;)
        s->none[l] = s->none[l + 1] * (1 - s->level[l].chance);
    for (size_t left = 0; left <= s->most; ++left) {
        double *mass = s->mass + left * row;
        const double *fewer = left ? mass - row : NULL;
        mass[s->m] = 1;
        for (size_t l = s->m; l-- > 0;)
            mass[l] = (1 - s->level[l].chance) * mass[l + 1] + (fewer ? s->level[l].chance * fewer[l + 1] : 0);
    }
    return SO_OK;
}

static void close_search(so_risk_search *s)
{
    const so_allocator *allocator = &s->options->allocator;
    so_delete(allocator, s->level);
    so_delete(allocator, s->mass);
    so_delete(allocator, s->none);
    so_delete(allocator, s->people);
    so_delete(allocator, s->order);
}

/* Sorts the rows by every level, the last one first: a stable counting pass a level, from the first on. */
static so_status sort_rows(so_risk_search *s)
{
    const so_allocator *allocator = &s->options->allocator;
    size_t n = s->table->n_rows;
    uint32_t values = 1;
    for (size_t l = 0; l < s->m; ++l)
        values = s->level[l].values > values ? s->level[l].values : values;
    s->order = so_new(allocator, n, sizeof *s->order);
    uint32_t *other = so_new(allocator, n, sizeof *other),
             *count = so_new(allocator, (size_t)values + 1, sizeof *count);
    so_status status = s->order && other && count ? SO_OK : SO_NO_MEMORY;
    for (uint32_t row = 0; row < n && status == SO_OK; ++row)
        s->order[row] = row;
    for (size_t l = 0; l < s->m && status == SO_OK; ++l) {
        const uint32_t *codes = s->level[l].codes;
        memset(count, 0, ((size_t)s->level[l].values + 1) * sizeof *count);
        for (size_t i = 0; i < n; ++i)
            ++count[codes[i] + 1];
        for (uint32_t v = 0; v < s->level[l].values; ++v)
            count[v + 1] += count[v];
        for (size_t i = 0; i < n; ++i)
            other[count[codes[s->order[i]]]++] = s->order[i];
        uint32_t *sorted = other;
        other = s->order;
        s->order = sorted;
        status = so_tick(s->ticker, 4 * n, 0);
    }
    so_delete(allocator, other);
    so_delete(allocator, count);
    return status;
}

static bool usable(const so_table *table, const double *chances)
{
    for (size_t f = 0; f < table->n_fields; ++f)
        if (!(chances[f] >= 0 && chances[f] <= 1))
            return false;
    return true;
}

so_status so_risk(const so_table *table, const so_options *options, const double *chances, size_t most, double seldom,
                  double *risk, double *unwalked)
{
    so_ticker ticker;
    so_status status = so_check(table, options, &ticker);
    if (status != SO_OK)
        return status;
    if (!chances || !risk || !usable(table, chances) || !(seldom >= 0 && seldom <= 1) || (seldom > 0 && !unwalked))
        return SO_BAD_ARGUMENT;
    size_t n = table->n_rows;
    for (size_t row = 0; unwalked && row < n; ++row)
        unwalked[row] = 0;
    if (n == 0)
        return SO_OK;
    most = most < options->max_size ? most : options->max_size;
    if (options->nulls == SO_NULLS_ANY)
        return so_risk_any(table, options, chances, most, risk, &ticker);
    so_risk_search s = {
        .table = table, .options = options, .ticker = &ticker, .most = most, .n_people = so_people(table)};
    s.seldom = seldom;
    s.drop = options->nulls == SO_NULLS_DROP;
    s.people = so_new(&options->allocator, n, sizeof *s.people);
    status = s.people ? open_levels(&s, chances) : SO_NO_MEMORY;
    if (status == SO_OK)
        status = sort_rows(&s);
    for (size_t row = 0; row < n && status == SO_OK; ++row)
        s.people[row] = table->counts ? table->counts[row] : 1;
    if (status == SO_OK)
        status = so_risk_run(&s, s.m + 1, risk, unwalked);
    close_search(&s);
    return status;
}
