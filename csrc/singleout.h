/* singleout.h: the one public header of the core.
 *
 * The core answers, for a table of coded fields, how many people every combination of the fields singles out.
 * It is C11 without Python.h, without stdio and without global state but a table of logarithms, made once.  Every
 * function returns so_status and gives its results through out-parameters.  The caller owns what it passes in and every
 * output array; the core frees all that it allocates before it returns.
 */
#ifndef SINGLEOUT_H
#define SINGLEOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum so_status {
    SO_OK = 0,
    SO_NO_MEMORY,    /* an allocation failed, or the memory limit was reached */
    SO_BAD_ARGUMENT, /* a null pointer, a code above its field's distinct values, max_size 0 ... */
    SO_TOO_MANY,     /* more combinations, people or fields than the core can number */
    SO_CANCELLED,    /* the poll function asked to stop */
    SO_NO_THREAD,    /* the system gave no thread */
    SO_FORKED        /* this is a child that the poll function forked; only its parent goes on */
} so_status;

/* The status in plain English; a static string. */
const char *so_describe(so_status status);

#define SO_MAX_PEOPLE UINT32_C(0xFFFFFFFE) /* rows, and the sum of their counts */
#define SO_MAX_FIELDS 10000u
#define SO_MAX_COMBINATIONS (UINT64_C(1) << 31)

/* One coded column: code 0 is null, codes 1..distinct are its values. */
typedef struct so_field {
    const uint32_t *codes; /* one for each row */
    uint32_t distinct;     /* the largest code that occurs */
    bool nullable;         /* whether code 0 occurs */
} so_field;

typedef struct so_table {
    const so_field *fields;
    size_t n_fields;
    size_t n_rows;
    const uint32_t *counts; /* people that each row stands for; NULL: one each */
} so_table;

typedef enum so_nulls {
    SO_NULLS_VALUE, /* a null is a value of its own */
    SO_NULLS_DROP,  /* a row with a null in S takes no part in S */
    SO_NULLS_ANY    /* a null matches everything */
} so_nulls;

/* Called from the calling thread about every 50 ms with the share of the combinations that are done (0 to 1); a
 * non-zero answer stops the work with SO_CANCELLED.  Where it forks and returns in the child, the work ends there at once
 * with SO_FORKED; what the workers held is left to the child's end, since none of them lives there. */
typedef int (*so_poll)(void *context, double done);

/* Where memory comes from, for several threads at a time.  NULL functions mean malloc and free.  Tests inject failures
 * here. */
typedef struct so_allocator {
    void *(*allocate)(void *context, size_t bytes);
    void (*release)(void *context, void *pointer);
    void *context;
} so_allocator;

typedef struct so_options {
    size_t max_size;    /* the largest number of fields in a combination; 0 is refused */
    uint32_t threshold; /* records_below counts people in classes smaller than this */
    so_nulls nulls;
    unsigned threads; /* 0 means 1 */
    so_poll poll;     /* may be NULL */
    void *poll_context;
    so_allocator allocator;
} so_options;

/* What is known of one combination.  All figures count people.  Sums are integers, so they do not depend on the order
 * of rows or the number of threads.  classes = 0: nobody takes part. */
typedef struct so_figures {
    uint64_t classes;
    uint64_t unique;   /* people in classes of one */
    uint64_t below;    /* people in classes smaller than the threshold */
    uint64_t people;   /* people who take part (all, unless nulls are dropped) */
    uint64_t squares;  /* sum of squared class sizes */
    uint64_t entropy;  /* sum of size * log2(size) in fixed point: see so_entropy_bits; nulls "any": sum of 1/k */
    uint64_t smallest; /* smallest class (nulls "any": smallest k) */
    uint64_t largest;
} so_figures;

/* The number of combinations of 1..max_size out of n_fields fields.  SO_TOO_MANY above SO_MAX_COMBINATIONS. */
so_status so_count_combinations(size_t n_fields, size_t max_size, uint64_t *count);

/* The upper bound, in bytes, of what so_combinations or so_unique_records allocates for such a table (output arrays not
 * included). */
so_status so_combinations_memory(const so_table *table, const so_options *options, uint64_t *bytes);

/* The figures of every combination of 1..max_size fields, by size, then in the order of the table's fields.
 * figures: so_count_combinations() of them, owned by the caller. */
so_status so_combinations(const so_table *table, const so_options *options, so_figures *figures);

/* The fields of every combination, in the order of so_combinations: offsets has count+1 entries, members
 * offsets[count] entries.  SO_TOO_MANY when those do not fit 32 bits. */
so_status so_list_combinations(size_t n_fields, size_t max_size, uint32_t *offsets, uint32_t *members);

/* How many entries members has. */
so_status so_count_members(size_t n_fields, size_t max_size, uint32_t *count);

/* The entropy in bits of one combination; people is the table's total, the one that set the fixed point's scale, at
 * most SO_MAX_PEOPLE. */
double so_entropy_bits(const so_figures *figures, uint64_t people);

/* The mean of 1/k of one combination under SO_NULLS_ANY. */
double so_mean_reciprocal(const so_figures *figures, uint64_t people);

/* For every row: by how many combinations it is singled out, and the index (in the order of so_combinations) of the
 * first of them, UINT32_MAX if none. */
so_status so_unique_records(const so_table *table, const so_options *options, uint64_t *unique_in, uint32_t *first);

/* What so_minimal_uniques gives; NULL where something is not wanted.  The arrays are the caller's. */
typedef struct so_minimal {
    const double *weights; /* by size, max_size + 1 of them: what a minimal unique of that size counts for */
    uint32_t *sets;        /* by row: how many minimal sample uniques it has */
    double *score;         /* by row: the sum of their weights */
    double *part;          /* by row and field: the sum over those that hold the field; n_rows * n_fields */
    uint64_t *by_size;     /* max_size + 1: the minimal uniques of all rows, by size */
    uint64_t *exposure;    /* by row and size, n_rows * (max_size + 1): the combinations that single the row out */
} so_minimal;

/* For every row its minimal sample uniques: the combinations of up to max_size fields that single it out while none of
 * their parts does; max_size is at most n_fields.  Under nulls any only the exposure can be had.  It keeps a bit for each
 * combination and row, in blocks of rows of at most 384 MiB.  SO_TOO_MANY also where a row's bits are more than that, or
 * where max_size leaves out some sizes and the fields of all the combinations together are 2^32 or more. */
so_status so_minimal_uniques(const so_table *table, const so_options *options, so_minimal *minimal);
/* The upper bound, in bytes, of what it allocates. */
so_status so_minimal_memory(const so_table *table, const so_options *options, uint64_t *bytes);

/* For every row the sum over the combinations S of at most `most` fields (and max_size), none included, of P(S) / k_S:
 * P(S) is the product of chances[j] for the fields j of S and of 1 - chances[j] for the others.  It is not divided by the
 * probability of knowing at most so many.  A combination in which a row takes no part adds nothing to it.
 *
 * Branches of the search less likely than `seldom` are not walked: what they come to, for every row, goes into unwalked.
 * With nothing seldom (0) unwalked may be NULL.  Under nulls any all are walked. */
so_status so_risk(const so_table *table, const so_options *options, const double *chances, size_t most, double seldom,
                  double *risk, double *unwalked);
/* The upper bound, in bytes, of what it allocates, whatever the chances. */
so_status so_risk_memory(const so_table *table, const so_options *options, size_t most, uint64_t *bytes);

/* For every row its class over all the table's fields: class_of numbers classes in order of first appearance and
 * size_of is how many people share it (nulls: a null is a value of its own, or under drop a row with a null gets
 * size 0 and class UINT32_MAX, or under any size_of counts every match and class_of is UINT32_MAX).
 * class_of may be NULL. */
so_status so_classes(const so_table *table, const so_options *options, uint32_t *class_of, uint32_t *size_of);

/* How a piece of a column lies in memory: the layouts of Apache Arrow. */
typedef enum so_cells {
    SO_CELLS_FIXED,   /* width bytes a value; equal where the bytes are */
    SO_CELLS_FLOATS,  /* width 4 or 8; NaN is null, -0.0 is 0.0 */
    SO_CELLS_TEXT_32, /* n + 1 offsets of 32 bits into one buffer of bytes */
    SO_CELLS_TEXT_64, /* n + 1 offsets of 64 bits */
    SO_CELLS_VIEWS    /* 16 bytes a value: its size, and its bytes, or where they are */
} so_cells;

typedef struct so_bytes {
    const uint8_t *bytes;
    size_t size;
} so_bytes;

typedef struct so_chunk {
    so_cells cells;
    size_t width;         /* of fixed values and floats */
    size_t start, n_rows; /* the rows of the buffers that count */
    so_bytes valid;       /* a bit a row, set where there is a value; no bytes: none is null */
    so_bytes values;      /* values, offsets or views; aligned as their items are, or read bytewise */
    const so_bytes *data; /* the text: one buffer, or those that views point into */
    size_t n_data;
} so_chunk;

/* Numbers the values of a column, which comes in pieces, in order of first appearance: codes has an entry a row, 0 for
 * null, and first[code - 1] is the row in which a value first appears.  distinct and nulls count.  codes and first have
 * room for every row, at most SO_MAX_PEOPLE of them.  What a piece holds is not trusted: SO_BAD_ARGUMENT where it points
 * outside its buffers.  seed makes the work on values that somebody chose take no longer than on others; results do not
 * depend on it. */
so_status so_code_column(const so_chunk *chunks, size_t n_chunks, uint64_t seed, const so_allocator *allocator,
                         uint32_t *codes, uint32_t *first, uint32_t *distinct, uint32_t *nulls);

/* One column of several, and what comes of it: the arguments of so_code_column. */
typedef struct so_column {
    const so_chunk *chunks;
    size_t n_chunks;
    uint32_t *codes, *first;
    uint32_t distinct, nulls;
    so_status status;
} so_column;

/* The same for several columns at a time, on so many threads; each column has a status of its own. */
so_status so_code_columns(so_column *columns, size_t n, unsigned threads, uint64_t seed, const so_allocator *allocator);

#endif
