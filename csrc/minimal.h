/* minimal.h: how the search for minimal sample uniques is cut into blocks of rows. */
#ifndef SO_MINIMAL_H
#define SO_MINIMAL_H

#include "memory.h"

#define SO_MINIMAL_BYTES (UINT64_C(384) << 20) /* of bits at a time */

/* How many rows' bits fit into so many bytes, the words of each and whether slots are dense.  SO_TOO_MANY if no row's do,
 * or if the parts of all combinations cannot be numbered. */
typedef struct so_blocks {
    bool dense;
    uint64_t words, rows;
    uint64_t parts; /* capped: the fields of all combinations together */
} so_blocks;
so_status so_minimal_blocks(size_t n_fields, size_t max_size, uint64_t most_bytes, so_blocks *blocks);

/* What each thread that scores has beside its arrays. */
size_t so_minimal_scoring_bytes(void);

/* so_minimal_uniques with bits of at most so many bytes at a time. */
so_status so_minimal_within(const so_table *table, const so_options *options, so_minimal *minimal, uint64_t most_bytes);

#endif
