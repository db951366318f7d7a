/* risk.c: for every row the chance that an attacker picks it out, over everything that he may know.
 *
 * He knows field j with probability p_j, each by itself, and of those who share what he knows he takes one: the risk is
 * the sum over S of P(S) / k_S.  Combinations are walked by adding fields, the one with most values first, and only with
 * the rows that still share their class: once a row is alone, k stays what it is, and the whole mass of the branch is
 * known at once.  Sums are in fixed point, so that they do not depend on the threads.
 *
 * It asks for codes and not for packed keys: what is left of a table after two fields is too little to be worth packing. */
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
        mass[s->m] = 1;
        for (size_t l = s->m; l-- > 0;)
            mass[l] = (1 - s->level[l].chance) * mass[l + 1] + (left ? s->level[l].chance * mass[l + 1 - row] : 0);
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
}

/* Whether the row has no null from level l on. */
static bool whole(const so_risk_search *s, uint32_t row, size_t l)
{
    for (; s->drop && l < s->m; ++l)
        if (s->level[l].nullable && s->level[l].codes[row] == 0)
            return false;
    return true;
}

/* Adds chance / k to a row. */
static void add(so_risk_worker *w, uint32_t row, double chance, uint64_t k)
{
    w->sum[row] += (uint64_t)(chance * (SO_RISK_ONE / (double)k));
}

/* A class of S, rows[0..n): S is `chance` likely so far, its last level is before l, `left` more may follow.  Returns
 * whether the branch must go on with it. */
static bool close_class(so_risk_worker *w, const uint32_t *rows, uint32_t n, double chance, size_t l, size_t left)
{
    const so_risk_search *s = w->search;
    const double *mass = s->mass + left * (s->m + 1);
    if (n == 1 && whole(s, rows[0], l)) {
        add(w, rows[0], chance * mass[l], s->people[rows[0]]);
        return false;
    }
    uint64_t k = 0;
    for (uint32_t i = 0; i < n; ++i)
        k += s->people[rows[i]];
    for (uint32_t i = 0; i < n; ++i)
        add(w, rows[i], chance * s->none[l], k);
    return left > 0 && l < s->m;
}

static bool take_part(so_risk_worker *w, so_risk_part *part, uint32_t n)
{
    part->rows = so_arena_take(&w->arena, n * sizeof *part->rows);
    part->end = part->rows ? so_arena_take(&w->arena, n * sizeof *part->end) : NULL;
    part->n = part->groups = 0;
    return part->end != NULL;
}

/* Splits every class by level l into `to`; classes that are final are taken and left out. */
static void split(so_risk_worker *w, const so_risk_part *from, size_t l, double chance, size_t left, so_risk_part *to)
{
    const so_risk_search *s = w->search;
    const so_risk_level *level = &s->level[l];
    bool dropping = s->drop && level->nullable;
    for (uint32_t g = 0, at = 0; g < from->groups; at = from->end[g++]) {
        uint32_t used = 0, sum = 0, base = to->n;
        for (uint32_t i = at; i < from->end[g]; ++i) {
            uint32_t code = level->codes[from->rows[i]];
            w->touched[used] = code;
            used += w->count[code]++ == 0;
        }
        for (uint32_t t = 0; t < used; ++t) {
            uint32_t here = w->count[w->touched[t]];
            w->count[w->touched[t]] = sum;
            sum += here;
        }
        for (uint32_t i = at; i < from->end[g]; ++i)
            to->rows[base + w->count[level->codes[from->rows[i]]]++] = from->rows[i];
        uint32_t out = base, start = base;
        for (uint32_t t = 0; t < used; ++t) {
            uint32_t code = w->touched[t], stop = base + w->count[code], n = stop - start;
            w->count[code] = 0;
            if (!(dropping && code == 0) && close_class(w, to->rows + start, n, chance, l + 1, left)) {
                memmove(to->rows + out, to->rows + start, n * sizeof *to->rows);
                out += n;
                to->end[to->groups++] = out;
            }
            start = stop;
        }
        to->n = out;
    }
}

/* Adds every level from l on to S. */
static void descend(so_risk_worker *w, const so_risk_part *part, size_t l, double chance, size_t left)
{
    const so_risk_search *s = w->search;
    for (; l < s->m && chance > 0; ++l) {
        so_risk_part child;
        so_mark mark = so_arena_mark(&w->arena);
        if (atomic_load_explicit(&w->search->stop, memory_order_relaxed))
            return;
        if (!take_part(w, &child, part->n)) {
            so_risk_fail(w->search, SO_NO_MEMORY);
            return;
        }
        split(w, part, l, chance * s->level[l].chance, left - 1, &child);
        if (child.groups)
            descend(w, &child, l + 1, chance * s->level[l].chance, left - 1);
        so_arena_release(&w->arena, mark);
        chance *= 1 - s->level[l].chance;
    }
}

/* Task 0 is the combinations of no field; task 1 + l those whose first level is l. */
void so_risk_task(so_risk_worker *w, size_t task)
{
    so_risk_search *s = w->search;
    size_t n = s->table->n_rows;
    uint64_t everybody = s->n_people;
    if (task == 0) {
        for (uint32_t row = 0; row < n; ++row)
            add(w, row, s->none[0], everybody);
        return;
    }
    size_t l = task - 1;
    double chance = 1;
    for (size_t before = 0; before < l; ++before)
        chance *= 1 - s->level[before].chance;
    so_risk_part all = {.groups = 1}, child;
    so_mark mark = so_arena_mark(&w->arena);
    if (chance <= 0 || s->most == 0)
        return;
    if (!take_part(w, &all, (uint32_t)n) || !take_part(w, &child, (uint32_t)n)) {
        so_risk_fail(s, SO_NO_MEMORY);
        return;
    }
    all.n = (uint32_t)n;
    all.groups = 1;
    all.end[0] = (uint32_t)n;
    for (uint32_t row = 0; row < n; ++row)
        all.rows[row] = row;
    split(w, &all, l, chance * s->level[l].chance, s->most - 1, &child);
    if (child.groups)
        descend(w, &child, l + 1, chance * s->level[l].chance, s->most - 1);
    so_arena_release(&w->arena, mark);
}

static bool usable(const so_table *table, const double *chances)
{
    for (size_t f = 0; f < table->n_fields; ++f)
        if (!(chances[f] >= 0 && chances[f] <= 1))
            return false;
    return true;
}

so_status so_risk(const so_table *table, const so_options *options, const double *chances, size_t most, double *risk)
{
    so_ticker ticker;
    so_status status = so_check(table, options, &ticker);
    if (status != SO_OK)
        return status;
    if (!chances || !risk || !usable(table, chances))
        return SO_BAD_ARGUMENT;
    size_t n = table->n_rows;
    if (n == 0)
        return SO_OK;
    most = most < options->max_size ? most : options->max_size;
    if (options->nulls == SO_NULLS_ANY)
        return so_risk_any(table, options, chances, most, risk, &ticker);
    so_risk_search s = {
        .table = table, .options = options, .ticker = &ticker, .most = most, .n_people = so_people(table)};
    s.drop = options->nulls == SO_NULLS_DROP;
    s.people = so_new(&options->allocator, n, sizeof *s.people);
    status = s.people ? open_levels(&s, chances) : SO_NO_MEMORY;
    for (size_t row = 0; row < n && status == SO_OK; ++row)
        s.people[row] = table->counts ? table->counts[row] : 1;
    if (status == SO_OK)
        status = so_risk_run(&s, s.m + 1, risk);
    close_search(&s);
    return status;
}
