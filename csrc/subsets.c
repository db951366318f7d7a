/* subsets.c: counting, numbering and listing combinations. */
#include "subsets.h"

#include <string.h>

#define DENSE_ALWAYS 16u /* up to so many fields every subset is walked */
#define DENSE_MOST 26u
#define DENSE_WASTE 4u /* and beyond it while the cap keeps at least one in four */

so_status so_count_combinations(size_t n_fields, size_t max_size, uint64_t *count)
{
    if (!count)
        return SO_BAD_ARGUMENT;
    uint64_t total = 0, binomial = 1;
    for (size_t s = 1; s <= max_size && s <= n_fields; ++s) {
        if (__builtin_mul_overflow(binomial, (uint64_t)(n_fields - s + 1), &binomial))
            return SO_TOO_MANY;
        binomial /= s;
        total += binomial;
        if (total > SO_MAX_COMBINATIONS)
            return SO_TOO_MANY;
    }
    *count = total;
    return SO_OK;
}

so_status so_subsets_size(size_t m, size_t cap, bool *dense, uint64_t *slots)
{
    uint64_t count;
    so_status status = so_count_combinations(m, cap, &count);
    if (status != SO_OK)
        return status;
    *dense = m <= DENSE_MOST && (m <= DENSE_ALWAYS || UINT64_C(1) << m <= (count + 1) * DENSE_WASTE);
    if (m <= DENSE_ALWAYS && (count + 1) * 64 < UINT64_C(1) << m)
        *dense = false;
    *slots = *dense ? UINT64_C(1) << m : count + 1;
    return SO_OK;
}

so_status so_subsets_open(so_subsets *subsets, size_t m, size_t cap, bool may_be_dense, const so_allocator *allocator)
{
    *subsets = (so_subsets){.m = m, .cap = cap < m ? cap : m};
    so_status status = so_subsets_size(m, subsets->cap, &subsets->dense, &subsets->slots);
    if (status == SO_OK && subsets->dense && !may_be_dense) {
        subsets->dense = false;
        status = so_count_combinations(m, subsets->cap, &subsets->slots);
        ++subsets->slots;
    }
    if (status != SO_OK || subsets->dense)
        return status;
    size_t row = m + 1, cells;
    if (!so_mul(row, subsets->cap + 1, &cells))
        return SO_TOO_MANY;
    subsets->upto = so_new(allocator, cells, sizeof(uint64_t));
    subsets->before = so_new(allocator, cells, sizeof(uint64_t));
    if (!subsets->upto || !subsets->before) {
        so_subsets_close(subsets, allocator);
        return SO_NO_MEMORY;
    }
    for (size_t r = 0; r <= subsets->cap; ++r)
        for (size_t q = 0; q <= m; ++q)
            subsets->upto[r * row + q] =
                r == 0 || q == 0 ? 1 : subsets->upto[r * row + q - 1] + subsets->upto[(r - 1) * row + q - 1];
    for (size_t r = 0; r <= subsets->cap; ++r) {
        subsets->before[r * row] = 0;
        for (size_t l = 0; l < m; ++l)
            subsets->before[r * row + l + 1] =
                subsets->before[r * row + l] + (r ? subsets->upto[(r - 1) * row + m - l - 1] : 0);
    }
    return SO_OK;
}

void so_subsets_close(so_subsets *subsets, const so_allocator *allocator)
{
    so_delete(allocator, subsets->upto);
    so_delete(allocator, subsets->before);
    subsets->upto = subsets->before = NULL;
}

bool so_next_combination(so_combination *c, size_t cap)
{
    size_t i = c->size;
    while (i > 0 && c->members[i - 1] == c->m - (c->size - i) - 1)
        --i;
    if (i == 0) {
        if (c->size == cap || c->size == c->m)
            return false;
        ++c->size;
        for (size_t k = 0; k < c->size; ++k)
            c->members[k] = (uint32_t)k;
        return true;
    }
    uint32_t start = ++c->members[i - 1];
    for (; i < c->size; ++i)
        c->members[i] = ++start;
    return true;
}

uint64_t so_slot(const so_subsets *subsets, const so_combination *c, const uint32_t *level_of, uint32_t *room)
{
    uint64_t slot = 0;
    if (subsets->dense) {
        for (size_t i = 0; i < c->size; ++i)
            slot |= UINT64_C(1) << (subsets->m - 1 - level_of[c->members[i]]);
        return slot;
    }
    for (size_t i = 0; i < c->size; ++i) {
        uint32_t level = level_of[c->members[i]];
        size_t k = i;
        for (; k > 0 && room[k - 1] > level; --k)
            room[k] = room[k - 1];
        room[k] = level;
    }
    size_t from = 0, left = subsets->cap;
    for (size_t i = 0; i < c->size; ++i, --left) {
        slot = so_extend(subsets, slot, from, left, room[i]);
        from = room[i] + 1;
    }
    return slot;
}

so_status so_count_members(size_t n_fields, size_t max_size, uint32_t *count)
{
    if (!count)
        return SO_BAD_ARGUMENT;
    size_t cap = max_size < n_fields ? max_size : n_fields;
    uint64_t with_one = 0, total = 0;
    if (cap > 0) { /* every field is in as many combinations as the others have under one less */
        so_status status = so_count_combinations(n_fields - 1, cap - 1, &with_one);
        if (status != SO_OK)
            return status;
        if (__builtin_mul_overflow(with_one + 1, (uint64_t)n_fields, &total) || total > UINT32_MAX)
            return SO_TOO_MANY;
    }
    *count = (uint32_t)total;
    return SO_OK;
}

so_status so_list_combinations(size_t n_fields, size_t max_size, uint32_t *offsets, uint32_t *members)
{
    if (!offsets || !members)
        return SO_BAD_ARGUMENT;
    size_t cap = max_size < n_fields ? max_size : n_fields;
    uint64_t count;
    uint32_t total;
    so_status status = so_count_combinations(n_fields, cap, &count);
    if (status == SO_OK)
        status = so_count_members(n_fields, cap, &total);
    if (status != SO_OK)
        return status;
    so_combination c = {.m = n_fields, .members = members};
    offsets[0] = 0;
    for (uint64_t at = 0, used = 0; at < count; ++at) {
        memmove(members + used, c.members,
                c.size * sizeof *members); /* each is made from a copy of the one before it */
        c.members = members + used;
        so_next_combination(&c, cap);
        used += c.size;
        offsets[at + 1] = (uint32_t)used;
    }
    return SO_OK;
}
