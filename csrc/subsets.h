/* subsets.h: how many combinations there are and where each one's figures stand.
 *
 * Two ways to number the subsets of the levels.  Dense: every subset of m levels, level l is bit m-1-l, so a branch of
 * the walk is a contiguous range.  Capped: subsets of at most `cap` levels, each before those that extend it; again a
 * branch is a contiguous range. */
#ifndef SO_SUBSETS_H
#define SO_SUBSETS_H

#include "memory.h"

typedef struct so_subsets {
    size_t m, cap;
    bool dense;
    uint64_t slots;   /* how many, the empty set included */
    uint64_t *upto;   /* upto[r * (m+1) + q]: subsets of q levels with at most r members (capped) */
    uint64_t *before; /* before[r * (m+1) + l]: slots that the branches through levels < l take with r left */
} so_subsets;

/* may_be_dense: the walk can do with the subsets above the cap that dense numbering takes along. */
so_status so_subsets_open(so_subsets *subsets, size_t m, size_t cap, bool may_be_dense, const so_allocator *allocator);
void so_subsets_close(so_subsets *subsets, const so_allocator *allocator);

/* The slots, the empty set included, that so_subsets_open would choose; *dense says which numbering. */
so_status so_subsets_size(size_t m, size_t cap, bool *dense, uint64_t *slots);

/* Subsets of q levels with at most `left` members. */
static inline uint64_t so_upto(const so_subsets *subsets, size_t q, size_t left)
{
    if (subsets->dense)
        return UINT64_C(1) << q;
    return subsets->upto[left * (subsets->m + 1) + q];
}

/* The slot of base + one more level, where base's last member is below level `from` and `left` may follow it. */
static inline uint64_t so_extend(const so_subsets *subsets, uint64_t base, size_t from, size_t left, size_t level)
{
    if (subsets->dense)
        return base | UINT64_C(1) << (subsets->m - 1 - level);
    const uint64_t *before = subsets->before + left * (subsets->m + 1);
    return base + 1 + before[level] - before[from];
}

/* Walks the combinations in the table's order: by size, then by the fields' places. */
typedef struct so_combination {
    size_t m, size;
    uint32_t *members; /* places in the table, ascending; room for the cap */
} so_combination;
/* Moves to the next combination; false when `cap` was the last size. */
bool so_next_combination(so_combination *combination, size_t cap);

/* The slot of a combination; level_of maps a field's place to its level; room holds `size` entries. */
uint64_t so_slot(const so_subsets *subsets, const so_combination *combination, const uint32_t *level_of,
                 uint32_t *room);

#endif
