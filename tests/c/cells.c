/* cells.c: columns as Apache Arrow lays them out. */
#include "cells.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_VALUES = 12, LAYOUTS = 3 };

static uint32_t pick_by_dice(void *context, uint32_t below)
{
    return dice_below(context, below);
}

chooser dice_chooser(dice *d)
{
    return (chooser){pick_by_dice, d};
}

static uint32_t pick(const chooser *choose, uint32_t below)
{
    return choose->pick(choose->context, below);
}

/* Values that begin alike, of every length around those that are treated in another way. */
static cell pick_value(const chooser *choose, so_cells cells, size_t width)
{
    cell c = {.size = cells >= SO_CELLS_TEXT_32 ? pick(choose, MOST_CELL + 1) : width};
    for (size_t i = 0; i < c.size; ++i)
        c.bytes[i] = (uint8_t) "aaaaab\0\0"[pick(choose, 8)];
    if (cells == SO_CELLS_FLOATS) {
        static const double numbers[] = {0.0, -0.0, 1.5, -1.5, INFINITY, -INFINITY, NAN, 5e-324, 1e308};
        double number = numbers[pick(choose, 9)];
        float half = (float)number;
        memcpy(c.bytes, width == 8 ? (void *)&number : (void *)&half, width);
    }
    return c;
}

/* What is left of a cell when it is compared. */
static void settle(cell *c, so_cells cells)
{
    if (c->null || cells != SO_CELLS_FLOATS)
        return;
    double number = 0;
    float half = 0;
    memcpy(c->size == 8 ? (void *)&number : (void *)&half, c->bytes, c->size);
    c->null = c->size == 8 ? isnan(number) : isnan(half);
    if (number == 0 && half == 0)
        memset(c->bytes, 0, sizeof c->bytes);
}

static uint8_t *bytes_for(so_bytes *held, size_t size)
{
    uint8_t *bytes = room_for(size, 1);
    *held = (so_bytes){bytes, size};
    return bytes;
}

static void lay_fixed(so_chunk *chunk, const cell *cells)
{
    size_t width = chunk->width, rows = chunk->start + chunk->n_rows;
    uint8_t *values = bytes_for(&chunk->values, rows * width);
    for (size_t i = 0; i < chunk->n_rows; ++i)
        memcpy(values + (chunk->start + i) * width, cells[i].bytes, width);
}

static void lay_text(so_chunk *chunk, const cell *cells)
{
    size_t width = chunk->cells == SO_CELLS_TEXT_32 ? 4 : 8, rows = chunk->start + chunk->n_rows, total = 0;
    for (size_t i = 0; i < chunk->n_rows; ++i)
        total += cells[i].size;
    so_bytes *data = room_for(1, sizeof *data);
    uint8_t *text = total ? bytes_for(data, total) : NULL, *values = bytes_for(&chunk->values, (rows + 1) * width);
    uint64_t at = 0;
    for (size_t i = 0; i < chunk->n_rows; ++i) {
        if (cells[i].size)
            memcpy(text + at, cells[i].bytes, cells[i].size);
        at += cells[i].size;
        memcpy(values + (chunk->start + i + 1) * width, &at, width);
    }
    chunk->data = data;
    chunk->n_data = 1;
}

static void lay_views(so_chunk *chunk, const cell *cells)
{
    uint8_t *values = bytes_for(&chunk->values, (chunk->start + chunk->n_rows) * 16);
    so_bytes *data = room_for(2, sizeof *data);
    uint32_t at[2] = {0, 0};
    for (size_t i = 0; i < chunk->n_rows; ++i)
        at[i % 2] += cells[i].size > 12 ? (uint32_t)cells[i].size : 0;
    uint8_t *text[2] = {bytes_for(&data[0], at[0]), bytes_for(&data[1], at[1])};
    memset(at, 0, sizeof at);
    for (size_t i = 0; i < chunk->n_rows; ++i) {
        uint8_t *view = values + (chunk->start + i) * 16;
        uint32_t size = (uint32_t)cells[i].size, buffer = i % 2;
        memcpy(view, &size, 4);
        memcpy(view + 4, cells[i].bytes, size > 12 ? 4 : size);
        if (size <= 12)
            continue;
        memcpy(view + 8, &buffer, 4);
        memcpy(view + 12, &at[buffer], 4);
        memcpy(text[buffer] + at[buffer], cells[i].bytes, size);
        at[buffer] += size;
    }
    chunk->data = data;
    chunk->n_data = 2;
}

static void lay_nulls(so_chunk *chunk, const cell *cells)
{
    uint8_t *bits = bytes_for(&chunk->valid, (chunk->start + chunk->n_rows + 7) / 8);
    for (size_t i = 0; i < chunk->n_rows; ++i) {
        size_t row = chunk->start + i;
        bits[row / 8] = (uint8_t)(bits[row / 8] | !cells[i].null << row % 8);
    }
}

made_column make_column(const chooser *choose, size_t most_rows)
{
    static const size_t widths[] = {1, 2, 4, 8, 3, 16, 17, 32};
    so_cells cells = (so_cells)(pick(choose, 2) ? SO_CELLS_TEXT_32 : pick(choose, 2));
    size_t width = widths[pick(choose, 8)];
    width = cells == SO_CELLS_FLOATS ? 4u << pick(choose, 2) : width;
    cell values[MOST_VALUES];
    for (size_t i = 0; i < MOST_VALUES; ++i)
        values[i] = pick_value(choose, cells, width);
    for (size_t i = 0; i < MOST_VALUES && cells >= SO_CELLS_TEXT_32 && width == 1; ++i)
        values[i].size = 0; /* a column without any text has perhaps no buffer for it */
    made_column made = {.n_chunks = pick(choose, 4)};
    bool nulls = pick(choose, 2);
    made.chunks = room_for(made.n_chunks, sizeof *made.chunks);
    made.cells = room_for(made.n_chunks * most_rows, sizeof *made.cells);
    for (size_t c = 0; c < made.n_chunks; ++c) {
        so_chunk *chunk = &made.chunks[c];
        *chunk = (so_chunk){.cells = cells, .width = width, .start = pick(choose, 10)};
        chunk->n_rows = pick(choose, (uint32_t)most_rows + 1);
        chunk->cells = cells >= SO_CELLS_TEXT_32 ? (so_cells)(cells + pick(choose, LAYOUTS)) : cells;
        cell *here = made.cells + made.rows;
        for (size_t i = 0; i < chunk->n_rows; ++i) {
            bool again = pick(choose, 4) || (width == 1 && cells >= SO_CELLS_TEXT_32);
            here[i] = again ? values[pick(choose, MOST_VALUES)] : pick_value(choose, cells, width);
            here[i].null = nulls && pick(choose, 3) == 0;
        }
        if (cells < SO_CELLS_TEXT_32)
            lay_fixed(chunk, here);
        else if (chunk->cells == SO_CELLS_VIEWS)
            lay_views(chunk, here);
        else
            lay_text(chunk, here);
        if (nulls)
            lay_nulls(chunk, here);
        for (size_t i = 0; i < chunk->n_rows; ++i)
            settle(&here[i], cells);
        made.rows += chunk->n_rows;
    }
    return made;
}

void close_column(made_column *column)
{
    for (size_t c = 0; c < column->n_chunks; ++c) {
        so_chunk *chunk = &column->chunks[c];
        for (size_t i = 0; i < chunk->n_data; ++i)
            free((void *)(uintptr_t)chunk->data[i].bytes);
        free((void *)(uintptr_t)chunk->data);
        free((void *)(uintptr_t)chunk->valid.bytes);
        free((void *)(uintptr_t)chunk->values.bytes);
    }
    free(column->chunks);
    free(column->cells);
}

void check_codes(const made_column *column, const uint32_t *codes, const uint32_t *first, uint32_t distinct,
                 uint32_t nulls)
{
    uint32_t seen = 0, empty = 0;
    for (size_t row = 0; row < column->rows; ++row) {
        const cell *c = &column->cells[row];
        if (c->null) {
            CHECK(codes[row] == 0);
            ++empty;
            continue;
        }
        size_t before = 0;
        while (before < row && (column->cells[before].null || column->cells[before].size != c->size ||
                                memcmp(column->cells[before].bytes, c->bytes, c->size) != 0))
            ++before;
        seen += before == row;
        CHECK(codes[row] == (before == row ? seen : codes[before]));
        CHECK(before != row || first[seen - 1] == row);
    }
    CHECK(distinct == seen);
    CHECK(nulls == empty);
}
