/* tables.h: random tables, and what is true of them, found the slow and obvious way. */
#ifndef TABLES_H
#define TABLES_H

#include "check.h"

typedef struct shape {
    size_t rows, fields;
    uint32_t values;  /* a field has at most so many */
    uint32_t nulls;   /* cells in a thousand, in every other field */
    uint32_t skew;    /* cells in a thousand that have the field's first value */
    uint32_t repeats; /* rows in a thousand that repeat another row */
    uint32_t counts;  /* a row stands for at most so many people; 0: no counts */
} shape;

/* The caller owns it and closes it. */
typedef struct made {
    so_table table;
    so_field *fields;
    uint32_t *codes; /* column by column */
    uint32_t *counts;
} made;

made make_table(const shape *shape, dice *d);
/* The same rows in another order: row i is row order[i] of the table. */
made permuted(const so_table *table, const uint32_t *order);
/* The same rows, some of the fields. */
made only_fields(const so_table *table, const uint32_t *members, size_t n);
void close_table(made *table);
uint32_t *random_order(size_t n, dice *d);
uint64_t people_in(const so_table *table);
shape random_shape(dice *d, size_t most_rows, size_t most_fields);
so_options options_for(size_t max_size, uint32_t threshold, so_nulls nulls, unsigned threads);

/* Every combination, in the order of the core. */
typedef struct listing {
    uint64_t count;
    uint32_t *offsets, *members;
} listing;
listing list_all(size_t n_fields, size_t max_size);
void close_listing(listing *l);

/* By comparing every row with every other: how many people equal each row on the fields; 0: it takes no part. */
void slow_k(const so_table *table, const uint32_t *members, size_t n, so_nulls nulls, uint64_t *k);

typedef struct truth {
    so_figures figures; /* entropy unused */
    double bits;        /* entropy; under SO_NULLS_ANY the mean of 1/k */
} truth;
truth slow_figures(const so_table *table, const uint32_t *members, size_t n, const so_options *options);

/* The same for every row's minimal sample uniques, and its risk; the arrays of `out` hold zeros, none is NULL. */
void slow_minimal(const so_table *table, const so_options *options, const so_minimal *out);
void slow_risk(const so_table *table, const so_options *options, const double *chances, size_t most, double *risk);
/* Room for all that so_minimal_uniques gives, with weights; and chances of every kind. */
so_minimal open_minimal(const so_table *table, size_t cap, dice *d);
void close_minimal(so_minimal *minimal);
double *random_chances(size_t m, dice *d);

/* Whether the core's figures are these. */
void check_figures(const so_figures *figures, const truth *wanted, const so_table *table, so_nulls nulls);

#endif
