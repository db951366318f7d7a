/* oracle_people.c: minimal sample uniques and an attacker's chances, by trying every combination on every row. */
#include "tables.h"

#include <stdlib.h>

/* alone[i * rows + row]: combination i singles the row out. */
static bool *slow_alone(const so_table *table, const listing *all, so_nulls nulls)
{
    size_t n = table->n_rows;
    bool *alone = room_for(all->count * n, sizeof *alone);
    uint64_t *k = room_for(n, sizeof *k);
    for (uint64_t i = 0; i < all->count; ++i) {
        slow_k(table, all->members + all->offsets[i], all->offsets[i + 1] - all->offsets[i], nulls, k);
        for (size_t row = 0; row < n; ++row)
            alone[i * n + row] = k[row] == 1;
    }
    free(k);
    return alone;
}

/* Whether all fields of combination a are in b; both ascend. */
static bool within(const listing *all, uint64_t a, uint64_t b)
{
    uint32_t at = all->offsets[b], stop = all->offsets[b + 1];
    for (uint32_t i = all->offsets[a]; i < all->offsets[a + 1]; ++i, ++at) {
        while (at < stop && all->members[at] < all->members[i])
            ++at;
        if (at == stop || all->members[at] != all->members[i])
            return false;
    }
    return true;
}

void slow_minimal(const so_table *table, const so_options *options, const so_minimal *out)
{
    size_t n = table->n_rows, m = table->n_fields;
    listing all = list_all(m, options->max_size);
    bool *alone = slow_alone(table, &all, options->nulls);
    for (uint64_t i = 0; i < all.count; ++i)
        for (size_t row = 0; row < n; ++row) {
            size_t size = all.offsets[i + 1] - all.offsets[i];
            if (!alone[i * n + row])
                continue;
            out->exposure[row * (options->max_size + 1) + size] += 1;
            uint64_t j = 0;
            while (j < i && !(alone[j * n + row] && within(&all, j, i)))
                ++j;
            alone[i * n + row] = j == i; /* a part that is not minimal holds one that is */
            if (j < i)
                continue;
            out->sets[row] += 1;
            out->by_size[size] += 1;
            out->score[row] += out->weights[size];
            for (uint32_t at = all.offsets[i]; at < all.offsets[i + 1]; ++at)
                out->part[row * m + all.members[at]] += out->weights[size];
        }
    free(alone);
    close_listing(&all);
}

void slow_risk(const so_table *table, const so_options *options, const double *chances, size_t most, double *risk)
{
    size_t n = table->n_rows, m = table->n_fields, cap = most < options->max_size ? most : options->max_size;
    listing all = list_all(m, cap);
    uint64_t *k = room_for(n, sizeof *k);
    double none = 1;
    for (size_t f = 0; f < m; ++f)
        none *= 1 - chances[f];
    for (size_t row = 0; row < n; ++row)
        risk[row] = none / (double)people_in(table);
    for (uint64_t i = 0; i < all.count; ++i) {
        double chance = 1;
        for (uint32_t f = 0, at = all.offsets[i]; f < m; ++f) {
            bool known = at < all.offsets[i + 1] && all.members[at] == f;
            chance *= known ? chances[f] : 1 - chances[f];
            at += known;
        }
        if (chance <= 0)
            continue;
        slow_k(table, all.members + all.offsets[i], all.offsets[i + 1] - all.offsets[i], options->nulls, k);
        for (size_t row = 0; row < n; ++row)
            risk[row] += k[row] ? chance / (double)k[row] : 0;
    }
    free(k);
    close_listing(&all);
}

so_minimal open_minimal(const so_table *table, size_t cap, dice *d)
{
    double *weights = room_for(cap + 1, sizeof *weights);
    for (size_t size = 0; size <= cap; ++size)
        weights[size] = dice_below(d, 1000); /* whole numbers, so that sums are exact */
    return (so_minimal){
        .weights = weights,
        .sets = room_for(table->n_rows, sizeof(uint32_t)),
        .score = room_for(table->n_rows, sizeof(double)),
        .part = room_for(table->n_rows * table->n_fields, sizeof(double)),
        .by_size = room_for(cap + 1, sizeof(uint64_t)),
        .exposure = room_for(table->n_rows * (cap + 1), sizeof(uint64_t)),
    };
}

void close_minimal(so_minimal *minimal)
{
    free((void *)(uintptr_t)minimal->weights);
    free(minimal->sets);
    free(minimal->score);
    free(minimal->part);
    free(minimal->by_size);
    free(minimal->exposure);
}

double *random_chances(size_t m, dice *d)
{
    double *chances = room_for(m, sizeof *chances);
    uint32_t kind = dice_below(d, 4);
    for (size_t f = 0; f < m; ++f) {
        uint32_t how = kind < 2 ? kind : dice_below(d, 4);
        chances[f] = how == 0 ? 0.5 : how == 1 ? (double)dice_below(d, 1001) / 1000 : how == 2 ? 0 : 1;
    }
    return chances;
}
