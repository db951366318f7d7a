/* leaves.h: the classes of S with one field more, for each of the fields that may follow: counted by size and field.
 *
 * A field is a bit, level l is bit n_levels-1-l, as in the masks of kernel_key.h; so two tuples are equal on a mask of
 * fields, and a few tuples need no look at their codes field by field. */
#ifndef SO_LEAVES_H
#define SO_LEAVES_H

#include "layout.h"
#include "singleout.h"

/* A group of so many tuples, and of fewer than SO_LEAF_SIZES people, is split by masks, for every field at once. */
#define SO_LEAF_FEW 6u
/* Classes of fewer than SO_LEAF_SIZES people are counted by size. */
#define SO_LEAF_BITS 6
#define SO_LEAF_SIZES (1u << SO_LEAF_BITS)
/* Bits that hold the people of a class of lone tuples. */
#define SO_LEAF_LONE_BITS 3

typedef struct so_by_size { /* by size, a byte a field */
    uint64_t of[SO_LEAF_SIZES][SO_KEY_FIELDS / 8];
    uint64_t used; /* the sizes that are not all zero */
} so_by_size;

typedef struct so_leaves {
    /* classes of k people on this field and on all that come after it */
    uint32_t from[SO_KEY_FIELDS][SO_LEAF_SIZES];
    /* and on this field alone; what is taken back wraps around, sums are right */
    uint32_t on[SO_KEY_FIELDS][SO_LEAF_SIZES];
    so_by_size joined; /* classes of several tuples */
    so_by_size lone;   /* those of one person a tuple, which are to be taken back */
    so_by_size apart;  /* the other tuples to be taken back */
    uint32_t room;     /* tuples that the bytes can still take */
    so_figures large[SO_KEY_FIELDS];
} so_leaves;

_Static_assert(SO_LEAF_FEW >> SO_LEAF_LONE_BITS == 0, "a class of lone tuples must fit its bits");

/* Adds one to the byte of every field of the mask. */
static inline void so_leaves_add(so_by_size *bytes, uint32_t size, uint64_t fields, uint32_t words)
{
    uint64_t *of = bytes->of[size];
    bytes->used |= UINT64_C(1) << size;
    for (uint32_t i = 0; i < words; ++i) {
        uint64_t each = (fields >> (8 * i) & 0xFF) * UINT64_C(0x0101010101010101) & UINT64_C(0x8040201008040201);
        of[i] += (each + UINT64_C(0x7F7F7F7F7F7F7F7F)) >> 7 & UINT64_C(0x0101010101010101);
    }
}

/* Empties the counts of so many fields. */
void so_leaves_clear(so_leaves *leaves, uint32_t fields);
/* Moves the bytes to the counts. */
void so_leaves_flush(so_leaves *leaves, uint32_t fields);

#endif
