/* test_coding.c: so_code_column against the slow oracle; memory that ends; pieces that lie. */
#include "cells.h"

#include <stdlib.h>
#include <string.h>

static const so_allocator plain = {NULL, NULL, NULL};

typedef struct answer {
    uint32_t *codes, *first, distinct, nulls;
} answer;

static answer room_for_answer(size_t rows)
{
    return (answer){room_for(rows, sizeof(uint32_t)), room_for(rows, sizeof(uint32_t)), 0, 0};
}

static void close_answer(answer *a)
{
    free(a->codes);
    free(a->first);
}

static so_status code(const made_column *column, uint64_t seed, const so_allocator *allocator, answer *a)
{
    return so_code_column(column->chunks, column->n_chunks, seed, allocator, a->codes, a->first, &a->distinct,
                          &a->nulls);
}

static void compare(uint64_t seed, size_t most_rows)
{
    dice d = {seed};
    chooser choose = dice_chooser(&d);
    made_column column = make_column(&choose, most_rows);
    answer a = room_for_answer(column.rows), other = room_for_answer(column.rows);
    check_about("column %llu", (unsigned long long)seed);
    CHECK(code(&column, seed, &plain, &a) == SO_OK);
    check_codes(&column, a.codes, a.first, a.distinct, a.nulls);
    CHECK(code(&column, ~seed, &plain, &other) == SO_OK);
    CHECK(memcmp(a.codes, other.codes, column.rows * sizeof *a.codes) == 0);
    close_answer(&a);
    close_answer(&other);
    close_column(&column);
}

/* More values than there are places at first, all told apart. */
static void many_values(void)
{
    enum { ROWS = 5000 };
    uint64_t *values = room_for(ROWS, sizeof *values);
    for (uint64_t i = 0; i < ROWS; ++i)
        values[i] = i % 2500 << (i % 2 ? 40 : 3);
    so_chunk chunk = {.cells = SO_CELLS_FIXED, .width = 8, .n_rows = ROWS};
    chunk.values = (so_bytes){(uint8_t *)values, ROWS * sizeof *values};
    answer a = room_for_answer(ROWS);
    CHECK(so_code_column(&chunk, 1, 1, &plain, a.codes, a.first, &a.distinct, &a.nulls) == SO_OK);
    CHECK(a.distinct == 2500 && a.nulls == 0);
    for (uint32_t i = 0; i < ROWS; ++i)
        CHECK(a.codes[i] == i % 2500 + 1 && a.first[i % 2500] == i % 2500);
    counting *c = counting_open();
    so_allocator counted = counting_allocator(c, 0);
    so_status status;
    for (uint64_t fail = 1;; ++fail) {
        counted = counting_allocator(c, fail);
        status = so_code_column(&chunk, 1, 1, &counted, a.codes, a.first, &a.distinct, &a.nulls);
        CHECK(counting_live(c) == 0);
        if (counting_calls(c) < fail)
            break;
        CHECK(status == SO_NO_MEMORY);
    }
    CHECK(status == SO_OK && a.distinct == 2500);
    counting_close(c);
    close_answer(&a);
    free(values);
}

static so_status code_one(const so_chunk *chunk)
{
    answer a = room_for_answer(4);
    so_status status = so_code_column(chunk, 1, 1, &plain, a.codes, a.first, &a.distinct, &a.nulls);
    close_answer(&a);
    return status;
}

/* Whatever points outside its buffers is refused, not read. */
static void lying_pieces(void)
{
    static const uint32_t falling[] = {0, 3, 2}, far[] = {0, 2, 9}, right[] = {0, 2, 3};
    static const uint32_t view[] = {13, 0, 0, 0}, elsewhere[] = {13, 0, 7, 0}, endless[] = {UINT32_MAX, 0, 0, 0};
    so_bytes data = {(const uint8_t *)"abc", 3}, twelve = {(const uint8_t *)"abcdefghijkl", 12};
    so_chunk text = {.cells = SO_CELLS_TEXT_32, .n_rows = 2, .data = &data, .n_data = 1};
    text.values = (so_bytes){(const uint8_t *)right, sizeof right};
    CHECK(code_one(&text) == SO_OK);
    text.values.bytes = (const uint8_t *)falling;
    CHECK(code_one(&text) == SO_BAD_ARGUMENT);
    text.values.bytes = (const uint8_t *)far;
    CHECK(code_one(&text) == SO_BAD_ARGUMENT);
    text.values = (so_bytes){(const uint8_t *)right, sizeof right - 1};
    CHECK(code_one(&text) == SO_BAD_ARGUMENT);
    text.values = (so_bytes){(const uint8_t *)right, sizeof right};
    text.valid = (so_bytes){(const uint8_t *)right, 0};
    CHECK(code_one(&text) == SO_BAD_ARGUMENT);
    text.valid.bytes = NULL;
    text.n_data = 2;
    CHECK(code_one(&text) == SO_BAD_ARGUMENT);
    text.n_data = 1;
    text.start = SIZE_MAX;
    CHECK(code_one(&text) == SO_BAD_ARGUMENT);
    so_chunk views = {.cells = SO_CELLS_VIEWS, .n_rows = 1, .data = &twelve, .n_data = 1};
    const uint32_t *each[] = {view, elsewhere, endless};
    for (size_t i = 0; i < 3; ++i) {
        views.values = (so_bytes){(const uint8_t *)each[i], 16};
        CHECK(code_one(&views) == SO_BAD_ARGUMENT);
    }
    so_chunk odd = {.cells = SO_CELLS_FLOATS, .width = 2, .n_rows = 1, .values = twelve};
    CHECK(code_one(&odd) == SO_BAD_ARGUMENT);
    odd = (so_chunk){.cells = SO_CELLS_FIXED, .width = 0, .n_rows = 1, .values = twelve};
    CHECK(code_one(&odd) == SO_BAD_ARGUMENT);
    odd.cells = (so_cells)9;
    CHECK(code_one(&odd) == SO_BAD_ARGUMENT);
    odd = (so_chunk){.cells = SO_CELLS_FIXED, .width = SIZE_MAX, .n_rows = 3, .values = twelve};
    CHECK(code_one(&odd) == SO_BAD_ARGUMENT);
    CHECK(code_one(NULL) == SO_BAD_ARGUMENT);
}

/* Columns of their own and one that lies among them, on more and on fewer threads; threads and memory that cannot be had. */
static void several_columns(void)
{
    enum { N = 9, LYING = 4 };
    dice d = {77};
    chooser choose = dice_chooser(&d);
    made_column made[N];
    answer answers[N];
    so_column columns[N];
    static const uint64_t cells[2] = {1, 2};
    so_chunk lying = {.cells = SO_CELLS_FIXED, .width = 8, .n_rows = 3, .values = {(const uint8_t *)cells, 16}};
    for (size_t i = 0; i < N; ++i) {
        made[i] = make_column(&choose, 400);
        answers[i] = room_for_answer(made[i].rows + 3);
    }
    counting *c = counting_open();
    for (unsigned threads = 0; threads <= 12; ++threads)
        for (int trouble = 0; trouble < 3; ++trouble) {
            for (size_t i = 0; i < N; ++i)
                columns[i] =
                    (so_column){made[i].chunks, made[i].n_chunks, answers[i].codes, answers[i].first, 0, 0, SO_OK};
            columns[LYING].chunks = &lying;
            columns[LYING].n_chunks = 1;
            so_allocator allocator = counting_allocator(c, trouble == 1 ? 1 : 0);
            check_about("several columns, %u threads, trouble %d", threads, trouble);
            allow_threads(trouble == 2 ? (int)threads / 2 : -1);
            CHECK(so_code_columns(columns, N, threads, 5, &allocator) == SO_OK);
            allow_threads(-1);
            CHECK(counting_live(c) == 0);
            for (size_t i = 0; i < N; ++i) {
                CHECK(i != LYING || columns[i].status == SO_BAD_ARGUMENT);
                if (i == LYING || (trouble == 1 && columns[i].status == SO_NO_MEMORY))
                    continue;
                CHECK(columns[i].status == SO_OK);
                check_codes(&made[i], columns[i].codes, columns[i].first, columns[i].distinct, columns[i].nulls);
            }
        }
    counting_close(c);
    CHECK(so_code_columns(NULL, 0, 2, 1, &plain) == SO_OK && so_code_columns(NULL, 1, 2, 1, &plain) == SO_BAD_ARGUMENT);
    for (size_t i = 0; i < N; ++i) {
        close_answer(&answers[i]);
        close_column(&made[i]);
    }
}

void test_coding(void)
{
    several_columns();
    uint32_t none = 0, distinct = 9, nulls = 9;
    CHECK(so_code_column(NULL, 0, 1, &plain, &none, &none, &distinct, &nulls) == SO_OK && distinct == 0 && nulls == 0);
    for (uint64_t seed = 0; seed < 300; ++seed)
        compare(seed, 40);
    for (uint64_t seed = 0; seed < 3 * (uint64_t)check_rounds; ++seed)
        compare(seed, 1500);
    many_values();
    lying_pieces();
    enum { MOST = 3 };
    so_chunk huge[MOST];
    for (size_t i = 0; i < MOST; ++i) /* never read: the number of rows is looked at first */
        huge[i] = (so_chunk){.cells = SO_CELLS_FIXED,
                             .width = 1,
                             .n_rows = (size_t)1 << 31,
                             .values = {(const uint8_t *)&none, (size_t)1 << 31}};
    CHECK(so_code_column(huge, MOST, 1, &plain, &none, &none, &distinct, &nulls) == SO_TOO_MANY);
}
