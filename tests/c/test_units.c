/* test_units.c: memory, fixed point, layout, numbering of combinations, the sorted rows. */
#include "fixed.h"
#include "tables.h"
#include "walk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const so_allocator plain = {NULL, NULL, NULL};

void test_memory(void)
{
    size_t out = 0;
    CHECK(so_mul(3, 4, &out) && out == 12);
    CHECK(!so_mul(SIZE_MAX, 2, &out));
    CHECK(so_add(3, 4, &out) && out == 7);
    CHECK(!so_add(SIZE_MAX, 1, &out));
    CHECK(so_new(&plain, SIZE_MAX, 2) == NULL);
    CHECK(so_new(&plain, SIZE_MAX, 1) == NULL);
    so_delete(&plain, NULL);
    unsigned char *zeros = so_new_zeroed(&plain, 100, 3);
    CHECK(zeros && (uintptr_t)zeros % 64 == 0);
    for (size_t i = 0; zeros && i < 300; ++i)
        CHECK(zeros[i] == 0);
    so_delete(&plain, zeros);

    counting *c = counting_open();
    so_allocator counted = counting_allocator(c, 0);
    so_arena arena;
    so_arena_open(&arena, &counted);
    CHECK(so_arena_take(&arena, SIZE_MAX) == NULL);
    char *first = so_arena_take(&arena, 100);
    so_mark mark = so_arena_mark(&arena);
    char *big = so_arena_take(&arena, (size_t)3 << 20), *small = so_arena_take(&arena, 1);
    CHECK(first && big && small && (uintptr_t)big % 64 == 0 && (uintptr_t)small % 64 == 0);
    memset(first, 1, 100);
    memset(big, 2, (size_t)3 << 20);
    memset(small, 3, 1);
    CHECK(first[99] == 1 && big[0] == 2 && big[((size_t)3 << 20) - 1] == 2);
    so_arena_release(&arena, mark);
    uint64_t calls = counting_calls(c);
    CHECK(so_arena_take(&arena, (size_t)2 << 20) == big); /* what was given back is used again */
    CHECK(counting_calls(c) == calls);
    so_arena_trim(&arena, big, 10);
    CHECK((char *)so_arena_take(&arena, 64) == big + 64);
    so_arena_release(&arena, mark);
    CHECK(so_arena_take(&arena, (size_t)9 << 20) != NULL); /* too small a block is dropped for it */
    so_arena_close(&arena);
    CHECK(counting_live(c) == 0);
    counting_close(c);
}

void test_fixed(void)
{
    static const uint64_t people[] = {1, 2, 3, 1000, 65535, 65536, 1000000, SO_MAX_PEOPLE};
    const double one = (double)(UINT64_C(1) << 48);
    for (uint64_t v = 1; v < 3000; ++v)
        CHECK(fabs((double)so_log2(v) / one - log2((double)v)) < 1e-12);
    for (unsigned b = 0; b < 64; ++b)
        CHECK(so_log2(UINT64_C(1) << b) == (uint64_t)b << 48);
    for (size_t i = 0; i < sizeof people / sizeof *people; ++i) {
        uint64_t n = people[i];
        unsigned scale = so_entropy_scale(n);
        CHECK(so_size_log(n, scale) < UINT64_C(1) << 62);
        CHECK(n << so_reciprocal_scale(n) < UINT64_C(1) << 62);
        so_figures alone = {.classes = n, .people = n}, together = {.classes = 1, .people = n};
        together.entropy = so_size_log(n, scale);
        CHECK(fabs(so_entropy_bits(&alone, n) - log2((double)n)) < 1e-9);
        CHECK(fabs(so_entropy_bits(&together, n)) < 1e-9);
        so_figures unique = {.people = n, .entropy = n << so_reciprocal_scale(n)};
        CHECK(so_mean_reciprocal(&unique, n) == 1.0);
    }
    so_figures nobody = {.classes = 0};
    CHECK(so_entropy_bits(&nobody, 5) == 0 && so_mean_reciprocal(&nobody, 5) == 0);
    so_figures odd = {.classes = 1}; /* no walk makes it */
    CHECK(so_entropy_bits(&odd, 5) == 0);
    uint64_t *logs = NULL;
    CHECK(so_size_logs(&logs, 100, 40, &plain) == SO_OK);
    for (uint64_t v = 1; logs && v < 100; ++v)
        CHECK(logs[v] == so_size_log(v, 40));
    CHECK(logs && logs[0] == 0);
    so_delete(&plain, logs);
}

/* Every field that is in a key has its own bits, and the rest of a level is its bits and all later ones'. */
static void check_packing(const so_layout *layout)
{
    uint64_t used[SO_KEY_WORDS] = {0};
    for (size_t l = layout->n_levels; l-- > layout->packed_from[2];) {
        const so_level *level = &layout->level[l];
        uint64_t bits = level->mask << level->shift;
        CHECK((used[level->word] & bits) == 0);
        CHECK(bits >> level->shift == level->mask && level->values - 1 <= level->mask);
        used[level->word] |= bits;
        CHECK(memcmp(used, level->rest, sizeof used) == 0);
        CHECK(level->word < 2 || l < layout->packed_from[1]);
        CHECK(level->word < 1 || l < layout->packed_from[0]);
    }
    for (unsigned w = 0; w < SO_KEY_WORDS; ++w)
        CHECK((layout->high[w] ^ layout->low[w]) == used[w] && (layout->high[w] & layout->low[w]) == 0);
}

void test_layout(void)
{
    dice d = {7};
    for (unsigned round = 0; round < 300 * check_rounds; ++round) {
        shape s = random_shape(&d, 30, 80);
        s.rows += s.rows == 0;
        made t = make_table(&s, &d);
        for (size_t f = 0; f < s.fields; ++f) /* codes are not read here */
            if (round % 3)
                t.fields[f].distinct = (uint32_t)(dice_next(&d) >> (33 + dice_below(&d, 31))) + 1;
        check_about("layout %u: %zu fields", round, s.fields);
        so_layout layout;
        CHECK(so_layout_open(&layout, &t.table, &plain) == SO_OK);
        bool *seen = room_for(s.fields, sizeof *seen);
        for (size_t l = 0; l < s.fields; ++l) {
            const so_level *a = &layout.level[l], *b = a + 1;
            CHECK(!seen[a->field]);
            seen[a->field] = true;
            CHECK(a->values == t.fields[a->field].distinct + a->nullable && a->base == !a->nullable);
            CHECK(l + 1 == s.fields || a->values > b->values || (a->values == b->values && a->field < b->field));
        }
        check_packing(&layout);
        free(seen);
        so_layout_close(&layout, &plain);
        close_table(&t);
    }
}

/* Every combination has a slot of its own; under a cap the slots of those that hold it come right after it. */
static void check_slots(size_t m, size_t cap)
{
    so_subsets subsets;
    CHECK(so_subsets_open(&subsets, m, cap, true, &plain) == SO_OK);
    bool dense = false;
    uint64_t slots = 0, at = 0;
    CHECK(so_subsets_size(m, cap < m ? cap : m, &dense, &slots) == SO_OK);
    CHECK(dense == subsets.dense && slots == subsets.slots);
    bool *taken = room_for(slots, 1);
    uint32_t *room = room_for(3 * m + 1, sizeof *room), *level_of = room + 2 * m;
    for (size_t f = 0; f < m; ++f)
        level_of[f] = (uint32_t)(m - 1 - f);
    listing all = list_all(m, cap);
    so_combination c = {.m = m, .members = room};
    size_t most = cap < m ? cap : m;
    for (; so_next_combination(&c, most); ++at) {
        CHECK(at < all.count && all.offsets[at + 1] - all.offsets[at] == c.size);
        CHECK(memcmp(all.members + all.offsets[at], c.members, c.size * sizeof *room) == 0);
        for (size_t i = 1; i < c.size; ++i)
            CHECK(c.members[i - 1] < c.members[i] && c.members[i] < m);
        uint64_t slot = so_slot(&subsets, &c, level_of, room + m);
        CHECK(slot > 0 && slot < slots && !taken[slot]);
        taken[slot] = true;
    }
    CHECK(at == all.count);
    CHECK(so_upto(&subsets, m, most) == slots);
    free(taken);
    free(room);
    close_listing(&all);
    so_subsets_close(&subsets, &plain);
}

void test_subsets(void)
{
    for (size_t m = 1; m <= 17; ++m)
        for (size_t cap = 1; cap <= m + 1; cap += m > 10 ? 3 : 1) {
            check_about("subsets of %zu, cap %zu", m, cap);
            check_slots(m, cap);
        }
    check_slots(60, 3);
    check_slots(3000, 1);
    uint64_t count = 0;
    CHECK(so_count_combinations(31, 31, &count) == SO_OK && count == (UINT64_C(1) << 31) - 1);
    CHECK(so_count_combinations(32, 32, &count) == SO_TOO_MANY);
    CHECK(so_count_combinations(10000, 2, &count) == SO_OK && count == 50005000);
    CHECK(so_count_combinations(10000, 3, &count) == SO_TOO_MANY);
    CHECK(so_count_combinations(10000, 10000, &count) == SO_TOO_MANY);
    CHECK(so_count_combinations(0, 5, &count) == SO_OK && count == 0);
    CHECK(so_count_combinations(5, 0, &count) == SO_OK && count == 0);
}

/* The sorted rows hold every distinct row once, with the people it stands for, the last level first. */
static void check_rows(so_walk *walk)
{
    const so_node *root = &walk->rows.root;
    const so_layout *layout = &walk->layout;
    const uint64_t *keys = root->keys;
    uint64_t people = 0;
    for (uint32_t i = 0; i < root->tuples; ++i) {
        people += root->pay[i];
        bool more = i == 0;
        for (size_t l = layout->n_levels; i > 0 && !more && l-- > 0;) {
            const so_level *level = &layout->level[l];
            const uint64_t *a = keys + (size_t)(i - 1) * root->words + level->word, *b = a + root->words;
            uint64_t x = *a >> level->shift & level->mask, y = *b >> level->shift & level->mask;
            CHECK(x <= y);
            if (x > y)
                break;
            more = x < y;
        }
        CHECK(more);
    }
    CHECK(people == people_in(walk->table));
}

void test_rows(void)
{
    dice d = {8};
    for (unsigned round = 0; round < 300 * check_rounds; ++round) {
        shape s = random_shape(&d, 80, 12);
        made t = make_table(&s, &d);
        so_options options = options_for(1, 0, SO_NULLS_VALUE, 1);
        so_ticker ticker = so_ticker_open(&options);
        so_walk walk = {.table = &t.table, .options = &options, .ticker = &ticker};
        check_about("rows %u: %zu rows, %zu fields", round, s.rows, s.fields);
        CHECK(so_layout_open(&walk.layout, &t.table, &plain) == SO_OK);
        CHECK(so_rows_open(&walk, false) == SO_OK);
        check_rows(&walk);
        so_rows_close(&walk);
        so_layout_close(&walk.layout, &plain);
        close_table(&t);
    }
}
