/* layout.h: in which order the walk takes the fields, and where each field's code sits in a packed key.
 *
 * Level 0 is the field with most values.  Keys hold the last level in the lowest bits of word 0; no field straddles two
 * words.  A key of W words holds the levels from packed_from(W) on. */
#ifndef SO_LAYOUT_H
#define SO_LAYOUT_H

#include "memory.h"

#define SO_KEY_WORDS 4u
#define SO_KEY_FIELDS 64u

typedef struct so_level {
    const uint32_t *codes;
    uint32_t field;  /* its place in the table */
    uint32_t base;   /* taken off a code before it is packed: 0 if the field has nulls, else 1 */
    uint32_t values; /* packed codes are below this */
    uint32_t bits;
    uint32_t word, shift; /* in a packed key; meaningful from packed_from[4 words] on */
    uint64_t mask;        /* bits ones */
    bool nullable;
    uint64_t rest[SO_KEY_WORDS]; /* the bits of this level and of all later ones */
} so_level;

typedef struct so_layout {
    size_t n_levels;
    so_level *level;               /* n_levels + 1: the last one has rest = 0 */
    size_t packed_from[3];         /* the first level that fits a key of 1, 2, 4 words */
    uint64_t high[SO_KEY_WORDS];   /* the highest bit of every field */
    uint64_t low[SO_KEY_WORDS];    /* all the other bits of every field */
    uint32_t before[SO_KEY_WORDS]; /* fields in the words below this one */
    uint64_t nullable;             /* bit n_levels-1-level: that field has nulls */
    uint32_t max_values;
} so_layout;

/* The bits that so many values need in a key. */
uint32_t so_bits_for(uint32_t values);

so_status so_layout_open(so_layout *layout, const so_table *table, const so_allocator *allocator);
void so_layout_close(so_layout *layout, const so_allocator *allocator);

#endif
