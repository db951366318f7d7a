/* layout.c: the order of the fields and the packing of their codes. */
#include "layout.h"

#include <stdlib.h>
#include <string.h>

uint32_t so_bits_for(uint32_t values)
{
    return values <= 2 ? 1 : 32 - (uint32_t)__builtin_clz(values - 1);
}

static int by_values(const void *a, const void *b)
{
    const so_level *x = a, *y = b;
    if (x->values != y->values)
        return x->values < y->values ? 1 : -1;
    return x->field < y->field ? -1 : x->field > y->field;
}

/* Places fields from the last level backwards until the key's words are full. */
static void place(so_layout *layout)
{
    static const uint32_t words[3] = {1, 2, SO_KEY_WORDS};
    uint32_t word = 0, shift = 0;
    size_t m = layout->n_levels;
    for (int i = 0; i < 3; ++i)
        layout->packed_from[i] = m;
    for (size_t at = m; at-- > 0 && m - at <= SO_KEY_FIELDS;) {
        so_level *level = &layout->level[at];
        if (shift + level->bits > 64) {
            ++word;
            shift = 0;
            if (word == SO_KEY_WORDS)
                break;
            layout->before[word] = (uint32_t)(m - 1 - at);
        }
        level->word = word;
        level->shift = shift;
        shift += level->bits;
        uint64_t field = level->mask << level->shift, top = UINT64_C(1) << (shift - 1);
        layout->high[word] |= top;
        layout->low[word] |= field & ~top;
        memcpy(level->rest, level[1].rest, sizeof level->rest);
        level->rest[word] |= field;
        if (level->nullable)
            layout->nullable |= UINT64_C(1) << (m - 1 - at);
        for (int i = 0; i < 3; ++i)
            if (word < words[i])
                layout->packed_from[i] = at;
    }
}

so_status so_layout_open(so_layout *layout, const so_table *table, const so_allocator *allocator)
{
    size_t m = table->n_fields;
    *layout = (so_layout){.n_levels = m};
    layout->level = so_new_zeroed(allocator, m + 1, sizeof *layout->level);
    if (!layout->level)
        return SO_NO_MEMORY;
    for (size_t i = 0; i < m; ++i) {
        const so_field *field = &table->fields[i];
        uint32_t values = field->distinct + (field->nullable ? 1 : 0), bits = so_bits_for(values);
        layout->level[i] = (so_level){
            .codes = field->codes,
            .field = (uint32_t)i,
            .base = field->nullable ? 0 : 1,
            .values = values,
            .bits = bits,
            .mask = (UINT64_C(1) << bits) - 1,
            .nullable = field->nullable,
        };
        if (values > layout->max_values)
            layout->max_values = values;
    }
    qsort(layout->level, m, sizeof *layout->level, by_values);
    place(layout);
    return SO_OK;
}

void so_layout_close(so_layout *layout, const so_allocator *allocator)
{
    so_delete(allocator, layout->level);
    layout->level = NULL;
}
