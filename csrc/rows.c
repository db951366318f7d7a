/* rows.c: coded columns -> rows in walk order, equal ones merged.
 *
 * The walk needs the rows ordered by the last level first, so the sort is stable counting passes by a level or a few,
 * from level 0 on.  Levels that do not fit 256 bits stay out of the order and of the merge: the walk takes them row by row. */
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

#define DIGIT_LEVELS 4u

/* Levels that one pass sorts by; the last of them counts most. */
typedef struct digit {
    uint32_t levels, bits, values; /* it is below `values` */
    uint32_t word[DIGIT_LEVELS], shift[DIGIT_LEVELS], place[DIGIT_LEVELS];
    uint64_t mask[DIGIT_LEVELS];
} digit;

static inline uint32_t digit_of(const digit *d, const uint64_t *key)
{
    uint32_t value = 0;
    for (uint32_t i = 0; i < d->levels; ++i)
        value |= (uint32_t)(key[d->word[i]] >> d->shift[i] & d->mask[i]) << d->place[i];
    return value;
}

/* The digit that begins at level *l; moves *l behind it. */
static digit next_digit(const so_layout *layout, size_t *l)
{
    digit d = {.levels = 0};
    for (; *l < layout->n_levels && d.levels < DIGIT_LEVELS; ++*l) {
        const so_level *level = &layout->level[*l];
        if (d.levels && d.bits + level->bits > SO_DIGIT_BITS)
            break;
        d.word[d.levels] = level->word;
        d.shift[d.levels] = level->shift;
        d.mask[d.levels] = level->mask;
        d.place[d.levels++] = d.bits;
        d.bits += level->bits;
        d.values = d.levels == 1 ? level->values : UINT32_C(1) << d.bits;
    }
    return d;
}

typedef struct sorting {
    uint64_t *keys[2];
    uint32_t *rows[2];
    uint32_t *count;
    bool by_row; /* which row a key is of matters */
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

static inline void scatter(const digit *d, sorting *s, uint32_t words, bool by_row, size_t start, size_t stop)
{
    for (size_t i = start; i < stop; ++i) {
        const uint64_t *key = s->keys[0] + i * words;
        uint32_t to = s->count[digit_of(d, key)]++;
        for (uint32_t w = 0; w < words; ++w)
            s->keys[1][(size_t)to * words + w] = key[w];
        if (by_row)
            s->rows[1][to] = s->rows[0][i];
    }
}

/* One stable pass; nothing moves when all rows agree. */
static so_status sort_by(const digit *d, sorting *s, uint32_t words, size_t n, so_ticker *ticker)
{
    memset(s->count, 0, d->values * sizeof *s->count);
    for (size_t i = 0; i < n; ++i)
        ++s->count[digit_of(d, s->keys[0] + i * words)];
    uint32_t sum = 0;
    for (uint32_t v = 0; v < d->values; ++v) {
        uint32_t here = s->count[v];
        if (here == n)
            return SO_OK;
        s->count[v] = sum;
        sum += here;
    }
    so_status status = SO_OK;
    for (size_t start = 0; start < n && status == SO_OK;) {
        size_t stop = so_stretch(start, n);
        if (words == 1 && !s->by_row)
            scatter(d, s, 1, false, start, stop);
        else
            scatter(d, s, words, s->by_row, start, stop);
        status = so_tick(ticker, stop - start, 0);
        start = stop;
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
        bool asked = records && people == 1 && rows[i] >= walk->block_start && rows[i] < walk->block_stop;
        uint32_t pay = asked ? rows[i] : records ? SO_DEAD : (uint32_t)people;
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
    size_t values = layout->max_values < SO_DIGIT_VALUES ? SO_DIGIT_VALUES : layout->max_values;
    sorting s = {.count = so_new(allocator, values, sizeof(uint32_t)),
                 .by_row = records || from > 0 || walk->table->counts};
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
        for (size_t l = from; l < layout->n_levels && status == SO_OK;) {
            digit d = next_digit(layout, &l);
            status = sort_by(&d, &s, words, n, walk->ticker);
        }
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
