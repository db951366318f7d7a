/* cells.h: columns as Apache Arrow lays them out, made of choices, and their codes, found the slow and obvious way. */
#ifndef CELLS_H
#define CELLS_H

#include "check.h"

/* Where choices come from: a number below `below`, which is at least 1. */
typedef struct chooser {
    uint32_t (*pick)(void *context, uint32_t below);
    void *context;
} chooser;
chooser dice_chooser(dice *d);

enum { MOST_CELL = 40 };
typedef struct cell {
    bool null;
    size_t size;
    uint8_t bytes[MOST_CELL]; /* as they are compared */
} cell;

/* A column in pieces whose buffers end where they must, so that a read beyond them is seen. */
typedef struct made_column {
    so_chunk *chunks;
    size_t n_chunks, rows;
    cell *cells;
} made_column;

made_column make_column(const chooser *choose, size_t most_rows);
void close_column(made_column *column);
/* Holds the answer of so_code_column against the cells. */
void check_codes(const made_column *column, const uint32_t *codes, const uint32_t *first, uint32_t distinct,
                 uint32_t nulls);

#endif
