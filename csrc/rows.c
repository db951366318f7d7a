/* rows.c: coded columns -> rows in walk order, equal ones merged.
 *
 * The walk needs the rows ordered by the last level first, so the sort is one stable counting pass a level, from level 0 on.
 * Levels that do not fit 256 bits stay out of the order and of the merge: the walk takes them row by row. */
#include "walk.h"

#include <string.h>

size_t so_key_bytes(uint32_t words)
{
    return words ? words * sizeof(uint64_t) : sizeof(uint32_t);
}

static so_status pack(const so_walk *walk, uint64_t *keys, uint32_t words, size_t from)
{
    size_t n = walk->table->n_rows;
    so_status status = SO_OK;
    for (size_t row = 0; row < n && status == SO_OK;) {
        size_t start = row, stop = so_stretch(row, n);
        memset(keys + start * words, 0, (stop - start) * words * sizeof *keys);
        for (size_t l = from; l < walk->layout.n_levels; ++l) {
            const so_level *level = &walk->layout.level[l];
            uint64_t *at = keys + level->word;
            for (row = start; row < stop; ++row)
                at[row * words] |= (uint64_t)(level->codes[row] - level->base) << level->shift;
        }
        row = stop;
        status = so_tick(walk->ticker, stop - start, 0);
    }
    return status;
}

typedef struct sorting {
    uint64_t *keys[2];
    uint32_t *rows[2];
    uint32_t *count;
} sorting;

static void swap(sorting *s)
{
    uint64_t *keys = s->keys[0];
    uint32_t *rows = s->rows[0];
    s->keys[0] = s->keys[1];
    s->keys[1] = keys;
    s->rows[0] = s->rows[1];
    s->rows[1] = rows;
}

/* One stable pass by one level; nothing moves when all rows agree. */
static so_status sort_by(const so_level *level, sorting *s, uint32_t words, size_t n, so_ticker *ticker)
{
    memset(s->count, 0, level->values * sizeof *s->count);
    const uint64_t *from = s->keys[0] + level->word;
    for (size_t i = 0; i < n; ++i)
        ++s->count[(from[i * words] >> level->shift) & level->mask];
    uint32_t sum = 0;
    for (uint32_t v = 0; v < level->values; ++v) {
        uint32_t here = s->count[v];
        if (here == n)
            return SO_OK;
        s->count[v] = sum;
        sum += here;
    }
    so_status status = SO_OK;
    for (size_t i = 0; i < n && status == SO_OK;) {
        size_t start = i, stop = so_stretch(i, n);
        for (; i < stop; ++i) {
            uint32_t to = s->count[(from[i * words] >> level->shift) & level->mask]++;
            for (uint32_t w = 0; w < words; ++w)
                s->keys[1][(size_t)to * words + w] = s->keys[0][i * words + w];
            s->rows[1][to] = s->rows[0][i];
        }
        status = so_tick(ticker, stop - start, 0);
    }
    swap(s);
    return status;
}

/* Merges equal neighbours; the payload becomes people, or the row of a lone person. */
static uint32_t merge(const so_walk *walk, uint64_t *keys, uint32_t *rows, uint32_t words, bool records, bool equal)
{
    const uint32_t *counts = walk->table->counts;
    size_t n = walk->table->n_rows;
    uint32_t out = 0;
    for (size_t i = 0; i < n;) {
        uint64_t people = 0;
        size_t j = i;
        do {
            people += counts ? counts[rows[j]] : 1;
            ++j;
        } while (equal && j < n && memcmp(keys + i * words, keys + j * words, words * sizeof *keys) == 0);
        bool asked = people == 1 && rows[i] >= walk->block_start && rows[i] < walk->block_stop;
        uint32_t pay = records ? (asked ? rows[i] : SO_DEAD) : (uint32_t)people;
        if (words)
            memmove(keys + (size_t)out * words, keys + i * words, words * sizeof *keys);
        rows[out++] = pay;
        i = j;
    }
    return out;
}

static so_status packed_root(so_walk *walk, sorting *s, uint32_t words, bool records)
{
    const so_allocator *allocator = &walk->options->allocator;
    so_node *root = &walk->rows.root;
    root->words = words;
    root->tuples = merge(walk, s->keys[0], s->rows[0], words, records, true);
    root->keys = s->keys[0];
    root->pay = s->rows[0];
    root->end = so_new(allocator, 1, sizeof *root->end);
    s->keys[0] = NULL;
    s->rows[0] = NULL;
    if (!root->end)
        return SO_NO_MEMORY;
    root->end[0] = root->tuples;
    root->groups = root->tuples ? 1 : 0;
    return SO_OK;
}

static so_status row_root(so_walk *walk, sorting *s, uint32_t words, bool records)
{
    const so_allocator *allocator = &walk->options->allocator;
    size_t n = walk->table->n_rows;
    so_node *root = &walk->rows.root;
    walk->rows.suffix = s->keys[0];
    walk->rows.suffix_words = words;
    walk->rows.row_of = s->rows[0];
    s->keys[0] = NULL;
    s->rows[0] = NULL;
    root->words = 0;
    root->tuples = (uint32_t)n;
    root->groups = n ? 1 : 0;
    root->keys = so_new(allocator, n, sizeof(uint32_t));
    root->pay = so_new(allocator, n, sizeof(uint32_t));
    root->end = so_new(allocator, 1, sizeof *root->end);
    if (!root->keys || !root->pay || !root->end)
        return SO_NO_MEMORY;
    root->end[0] = (uint32_t)n;
    for (size_t i = 0; i < n; ++i)
        ((uint32_t *)root->keys)[i] = (uint32_t)i;
    memcpy(root->pay, walk->rows.row_of, n * sizeof *root->pay);
    merge(walk, NULL, root->pay, 0, records, false);
    return SO_OK;
}

so_status so_rows_open(so_walk *walk, bool records)
{
    const so_allocator *allocator = &walk->options->allocator;
    const so_layout *layout = &walk->layout;
    size_t n = walk->table->n_rows;
    uint32_t words = layout->packed_from[0] == 0 ? 1 : layout->packed_from[1] == 0 ? 2 : SO_KEY_WORDS;
    size_t from = layout->packed_from[2];
    walk->rows = (so_rows){.suffix_from = from};
    sorting s = {.count = so_new(allocator, (size_t)layout->max_values + 1, sizeof(uint32_t))};
    so_status status = s.count ? SO_OK : SO_NO_MEMORY;
    size_t cells;
    if (!so_mul(n, words, &cells))
        status = SO_NO_MEMORY;
    for (int i = 0; i < 2 && status == SO_OK; ++i) {
        s.keys[i] = so_new(allocator, cells, sizeof(uint64_t));
        s.rows[i] = so_new(allocator, n, sizeof(uint32_t));
        if (!s.keys[i] || !s.rows[i])
            status = SO_NO_MEMORY;
    }
    if (status == SO_OK) {
        for (size_t i = 0; i < n; ++i)
            s.rows[0][i] = (uint32_t)i;
        status = pack(walk, s.keys[0], words, from);
        for (size_t l = from; l < layout->n_levels && status == SO_OK; ++l)
            status = sort_by(&layout->level[l], &s, words, n, walk->ticker);
    }
    if (status == SO_OK) {
        status = from == 0 ? packed_root(walk, &s, words, records) : row_root(walk, &s, words, records);
    }
    for (int i = 0; i < 2; ++i) {
        so_delete(allocator, s.keys[i]);
        so_delete(allocator, s.rows[i]);
    }
    so_delete(allocator, s.count);
    if (status != SO_OK)
        so_rows_close(walk);
    return status;
}

void so_rows_close(so_walk *walk)
{
    const so_allocator *allocator = &walk->options->allocator;
    so_delete(allocator, walk->rows.root.keys);
    so_delete(allocator, walk->rows.root.pay);
    so_delete(allocator, walk->rows.root.end);
    so_delete(allocator, walk->rows.suffix);
    so_delete(allocator, walk->rows.row_of);
    walk->rows = (so_rows){.suffix = NULL};
}
