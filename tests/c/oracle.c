/* oracle.c: what is true of a table, by comparing every row with every other. */
#include "tables.h"

#include <math.h>
#include <stdlib.h>

listing list_all(size_t n_fields, size_t max_size)
{
    listing l;
    CHECK(so_count_combinations(n_fields, max_size, &l.count) == SO_OK);
    size_t longest = max_size < n_fields ? max_size : n_fields;
    l.offsets = room_for(l.count + 1, sizeof *l.offsets);
    l.members = room_for(l.count * longest, sizeof *l.members);
    CHECK(so_list_combinations(n_fields, max_size, l.offsets, l.members) == SO_OK);
    return l;
}

void close_listing(listing *l)
{
    free(l->offsets);
    free(l->members);
}

static bool takes_part(const so_table *table, size_t row, const uint32_t *members, size_t n, so_nulls nulls)
{
    for (size_t i = 0; i < n; ++i)
        if (nulls == SO_NULLS_DROP && table->fields[members[i]].codes[row] == 0)
            return false;
    return true;
}

static bool matches(const so_table *table, size_t a, size_t b, const uint32_t *members, size_t n, so_nulls nulls)
{
    for (size_t i = 0; i < n; ++i) {
        uint32_t x = table->fields[members[i]].codes[a], y = table->fields[members[i]].codes[b];
        if (x != y && !(nulls == SO_NULLS_ANY && (x == 0 || y == 0)))
            return false;
    }
    return true;
}

void slow_k(const so_table *table, const uint32_t *members, size_t n, so_nulls nulls, uint64_t *k)
{
    for (size_t a = 0; a < table->n_rows; ++a) {
        k[a] = 0;
        if (!takes_part(table, a, members, n, nulls))
            continue;
        for (size_t b = 0; b < table->n_rows; ++b)
            if (takes_part(table, b, members, n, nulls) && matches(table, a, b, members, n, nulls))
                k[a] += table->counts ? table->counts[b] : 1;
    }
}

truth slow_figures(const so_table *table, const uint32_t *members, size_t n, const so_options *options)
{
    truth t = {.figures = {.smallest = UINT64_MAX}};
    so_figures *f = &t.figures;
    uint64_t *k = room_for(table->n_rows, sizeof *k);
    slow_k(table, members, n, options->nulls, k);
    double sum = 0;
    for (size_t a = 0; a < table->n_rows; ++a) {
        uint64_t people = table->counts ? table->counts[a] : 1;
        if (k[a] == 0)
            continue;
        f->people += people;
        f->unique += k[a] == 1 ? people : 0;
        f->below += k[a] < options->threshold ? people : 0;
        f->smallest = k[a] < f->smallest ? k[a] : f->smallest;
        f->largest = k[a] > f->largest ? k[a] : f->largest;
        sum += options->nulls == SO_NULLS_ANY ? (double)people / (double)k[a] : (double)people * log2((double)k[a]);
        size_t b = 0;
        while (b < a && !(k[b] && matches(table, a, b, members, n, options->nulls)))
            ++b;
        if (b == a && options->nulls != SO_NULLS_ANY) { /* the first of its class */
            f->classes += 1;
            f->squares += k[a] * k[a];
        }
    }
    if (f->people == 0)
        f->smallest = 0;
    else if (options->nulls == SO_NULLS_ANY)
        t.bits = sum / (double)f->people;
    else
        t.bits = log2((double)f->people) - sum / (double)f->people;
    free(k);
    return t;
}

void check_figures(const so_figures *f, const truth *wanted, const so_table *table, so_nulls nulls)
{
    const so_figures *w = &wanted->figures;
    uint64_t people = people_in(table);
    CHECK(f->classes == w->classes);
    CHECK(f->unique == w->unique);
    CHECK(f->below == w->below);
    CHECK(f->people == w->people);
    CHECK(f->squares == w->squares);
    CHECK(f->smallest == w->smallest);
    CHECK(f->largest == w->largest);
    double bits = nulls == SO_NULLS_ANY ? so_mean_reciprocal(f, people) : so_entropy_bits(f, people);
    CHECK(fabs(bits - wanted->bits) < 1e-8);
}
