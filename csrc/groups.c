/* groups.c: one combination's classes: the class of every row over all the fields passed. */
#include "anynull.h"
#include "check.h"

#include <string.h>

typedef struct refining {
    size_t bits;
    uint64_t *key;   /* class of the row so far, code of the next field; by place */
    uint32_t *value; /* by place: new class + 1 */
} refining;

static uint32_t refined(refining *r, uint64_t key, uint32_t *classes)
{
    size_t mask = ((size_t)1 << r->bits) - 1;
    uint64_t hash = key * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(hash >> (64 - r->bits));
    for (; r->value[at]; at = (at + 1) & mask)
        if (r->key[at] == key)
            return r->value[at] - 1;
    r->key[at] = key;
    r->value[at] = ++*classes;
    return *classes - 1;
}

static void drop_nulls(const so_field *field, uint32_t *class_of, size_t n)
{
    for (size_t row = 0; field->nullable && row < n; ++row)
        if (field->codes[row] == 0)
            class_of[row] = UINT32_MAX;
}

/* Splits the classes field by field, until no field is left or every row is alone. */
static so_status refine(refining *r, const so_table *table, uint32_t *class_of, bool drop, so_ticker *ticker)
{
    so_status status = SO_OK;
    size_t n = table->n_rows;
    bool alone = n <= 1;
    memset(class_of, 0, n * sizeof *class_of);
    for (size_t f = 0; f < table->n_fields && status == SO_OK; ++f) {
        const so_field *field = &table->fields[f];
        if (drop)
            drop_nulls(field, class_of, n);
        if (alone)
            continue;
        memset(r->value, 0, ((size_t)1 << r->bits) * sizeof *r->value);
        uint32_t classes = 0, rows = 0;
        for (size_t row = 0; row < n && status == SO_OK;) {
            size_t start = row, stop = so_stretch(row, n);
            for (; row < stop; ++row)
                if (class_of[row] != UINT32_MAX) {
                    class_of[row] = refined(r, (uint64_t)class_of[row] << 32 | field->codes[row], &classes);
                    ++rows;
                }
            status = so_tick(ticker, stop - start, (double)f / (double)table->n_fields);
        }
        alone = classes == rows;
    }
    uint32_t next = 0;
    for (size_t row = 0; alone && row < n; ++row) /* rows dropped since they were numbered left gaps */
        if (class_of[row] != UINT32_MAX)
            class_of[row] = next++;
    return status;
}

so_status so_classes(const so_table *table, const so_options *options, uint32_t *class_of, uint32_t *size_of)
{
    so_ticker ticker;
    so_status status = so_check(table, options, &ticker);
    if (status != SO_OK)
        return status;
    if (!size_of)
        return SO_BAD_ARGUMENT;
    size_t n = table->n_rows, bits = 4;
    if (options->nulls == SO_NULLS_ANY) {
        if (class_of)
            memset(class_of, 0xFF, n * sizeof *class_of);
        return so_match_any(table, options, size_of, &ticker);
    }
    while (((size_t)1 << bits) < n * 2)
        ++bits;
    const so_allocator *allocator = &options->allocator;
    status = SO_NO_MEMORY;
    refining r = {.bits = bits};
    uint32_t *classes = so_new(allocator, n, sizeof *classes); /* class_of is the caller's, who may change it */
    uint64_t *people = so_new_zeroed(allocator, n, sizeof *people);
    r.key = so_new(allocator, (size_t)1 << bits, sizeof *r.key);
    r.value = so_new(allocator, (size_t)1 << bits, sizeof *r.value);
    if (!classes || !people || !r.key || !r.value)
        goto done;
    status = refine(&r, table, classes, options->nulls == SO_NULLS_DROP, &ticker);
    if (status != SO_OK)
        goto done;
    for (size_t row = 0; row < n; ++row)
        if (classes[row] != UINT32_MAX)
            people[classes[row]] += table->counts ? table->counts[row] : 1;
    for (size_t row = 0; row < n; ++row)
        size_of[row] = classes[row] == UINT32_MAX ? 0 : (uint32_t)people[classes[row]];
    if (class_of && n)
        memcpy(class_of, classes, n * sizeof *classes);
done:
    so_delete(allocator, classes);
    so_delete(allocator, people);
    so_delete(allocator, r.key);
    so_delete(allocator, r.value);
    return status;
}
