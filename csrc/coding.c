/* coding.c: the cells of a column, as Apache Arrow lays them out -> codes.
 *
 * Each value becomes two words and a size.  Up to 16 bytes the words are the value itself; of a longer one they are a hash
 * and where its bytes are.  The words are looked up in a table of places, which grows with the values. */
#include "memory.h"

#include <string.h>

enum { SHORT = 16, FIRST_BITS = 8 };

/* What is written once and made into a loop for each layout. */
#define INLINE __attribute__((always_inline)) static inline

__extension__ typedef unsigned __int128 wide;

typedef struct value {
    uint64_t a, b; /* the bytes; or their hash, and their address */
    uint64_t size;
} value;

typedef struct coder {
    const so_allocator *allocator;
    uint64_t seed[2];
    uint32_t *place; /* by hash: code of the value there, 0: none */
    unsigned bits;   /* of them there are 2^bits */
    value *values;   /* by code - 1; room for half as many as there are places */
    uint32_t distinct;
} coder;

static uint64_t mixed(uint64_t a, uint64_t b)
{
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t hash_of(const coder *c, const value *v)
{
    uint64_t b = v->size <= SHORT ? v->b : 0;
    return mixed(v->a ^ c->seed[0], b ^ c->seed[1] ^ (v->size << 56));
}

static uint64_t load(const uint8_t *from, size_t size)
{
    uint64_t word = 0;
    memcpy(&word, from, size);
    return word;
}

static uint64_t hash_bytes(const coder *c, const uint8_t *bytes, size_t size)
{
    uint64_t hash = size;
    for (; size > SHORT; bytes += SHORT, size -= SHORT)
        hash = mixed(load(bytes, 8) ^ c->seed[0] ^ hash, load(bytes + 8, 8) ^ c->seed[1]);
    uint64_t a = load(bytes, size < 8 ? size : 8), b = size > 8 ? load(bytes + 8, size - 8) : 0;
    return mixed(a ^ c->seed[0] ^ hash, b ^ c->seed[1]);
}

/* The value of at most 16 bytes that two words begin with. */
INLINE value short_value(uint64_t a, uint64_t b, size_t size)
{
    static const uint64_t kept[] = {
        0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF, UINT64_MAX,
    };
    bool one = size <= 8;
    return (value){a & kept[one ? size : 8], b & kept[one ? 0 : size - 8], size};
}

/* The value whose bytes these are; after them `behind` more may be read. */
INLINE value value_of(const coder *c, const uint8_t *bytes, size_t size, size_t behind)
{
    if (size > SHORT)
        return (value){hash_bytes(c, bytes, size), (uint64_t)(uintptr_t)bytes, size};
    if (size + behind >= SHORT)
        return short_value(load(bytes, 8), load(bytes + 8, 8), size);
    uint8_t copy[SHORT] = {0};
    if (size)
        memcpy(copy, bytes, size);
    return (value){load(copy, 8), load(copy + 8, 8), size};
}

static bool equal(const value *v, const value *w)
{
    if (v->a != w->a || v->size != w->size)
        return false;
    return v->b == w->b || (v->size > SHORT &&
                            memcmp((const void *)(uintptr_t)v->b, (const void *)(uintptr_t)w->b, (size_t)v->size) == 0);
}

/* Twice the places. */
static so_status grow(coder *c)
{
    unsigned bits = c->bits + 1;
    size_t places = (size_t)1 << bits, mask = places - 1;
    uint32_t *place = so_new_zeroed(c->allocator, places, sizeof *place);
    value *values = so_new(c->allocator, places / 2, sizeof *values);
    if (!place || !values) {
        so_delete(c->allocator, place);
        so_delete(c->allocator, values);
        return SO_NO_MEMORY;
    }
    for (uint32_t i = 0; i < c->distinct; ++i) {
        values[i] = c->values[i];
        size_t at = (size_t)(hash_of(c, &values[i]) >> (64 - bits));
        while (place[at])
            at = (at + 1) & mask;
        place[at] = i + 1;
    }
    so_delete(c->allocator, c->place);
    so_delete(c->allocator, c->values);
    c->place = place;
    c->values = values;
    c->bits = bits;
    return SO_OK;
}

/* The code of a value, or 0 when it has none and memory ended. */
INLINE uint32_t code_of(coder *c, const value *v, uint32_t row, uint32_t *first)
{
    size_t mask = ((size_t)1 << c->bits) - 1, at = (size_t)(hash_of(c, v) >> (64 - c->bits));
    for (; c->place[at]; at = (at + 1) & mask)
        if (equal(&c->values[c->place[at] - 1], v))
            return c->place[at];
    if (c->distinct >= ((size_t)1 << c->bits) / 2) {
        if (grow(c) != SO_OK)
            return 0;
        mask = ((size_t)1 << c->bits) - 1;
        at = (size_t)(hash_of(c, v) >> (64 - c->bits));
        while (c->place[at])
            at = (at + 1) & mask;
    }
    c->values[c->distinct] = *v;
    first[c->distinct] = row;
    return c->place[at] = ++c->distinct;
}

static bool is_null(const so_chunk *chunk, size_t row)
{
    return chunk->valid.bytes && !(chunk->valid.bytes[row / 8] >> (row % 8) & 1);
}

INLINE bool read_text(const coder *c, const so_chunk *chunk, size_t row, size_t width, value *v)
{
    uint64_t from = load(chunk->values.bytes + row * width, width);
    uint64_t to = load(chunk->values.bytes + (row + 1) * width, width);
    if (from > to || to > chunk->data->size)
        return false;
    const uint8_t *bytes = from < to ? chunk->data->bytes + from : chunk->values.bytes; /* no text, no buffer perhaps */
    *v = value_of(c, bytes, (size_t)(to - from), from < to ? chunk->data->size - (size_t)to : 0);
    return true;
}

INLINE bool read_view(const coder *c, const so_chunk *chunk, size_t row, value *v)
{
    const uint8_t *view = chunk->values.bytes + row * 16;
    uint64_t size = load(view, 4), buffer = load(view + 8, 4), from = load(view + 12, 4);
    if (size <= 12) {
        *v = short_value(load(view + 4, 8), from, (size_t)size);
        return true;
    }
    if (size > INT32_MAX || buffer >= chunk->n_data || from + size > chunk->data[buffer].size)
        return false;
    const so_bytes *data = &chunk->data[buffer];
    *v = value_of(c, data->bytes + from, (size_t)size, data->size - (size_t)(from + size));
    return true;
}

/* false: not a number. */
INLINE bool read_float(const uint8_t *at, size_t width, value *v)
{
    uint64_t bits = load(at, width), sign = UINT64_C(1) << (width * 8 - 1);
    uint64_t infinite = width == 8 ? UINT64_C(0x7FF0000000000000) : UINT64_C(0x7F800000);
    if ((bits & (sign - 1)) > infinite)
        return false;
    *v = (value){bits == sign ? 0 : bits, 0, width};
    return true;
}

/* Reads one cell: 1 a value, 0 none, -1 outside its buffers. */
INLINE int read_cell(const coder *c, const so_chunk *chunk, so_cells cells, size_t width, size_t row, value *v)
{
    if (is_null(chunk, row))
        return 0;
    switch (cells) {
    case SO_CELLS_FLOATS: return read_float(chunk->values.bytes + row * width, width, v);
    case SO_CELLS_TEXT_32:
    case SO_CELLS_TEXT_64: return read_text(c, chunk, row, width, v) ? 1 : -1;
    case SO_CELLS_VIEWS: return read_view(c, chunk, row, v) ? 1 : -1;
    case SO_CELLS_FIXED:
    default:
        *v = value_of(c, chunk->values.bytes + row * width, width, chunk->values.size - (row + 1) * width);
        return 1;
    }
}

/* `cells` and `width` are the chunk's; where the caller knows them the compiler makes a loop for them. */
INLINE so_status code_cells(coder *c, const so_chunk *chunk, so_cells cells, size_t width, uint32_t before,
                            uint32_t *codes, uint32_t *first)
{
    for (size_t i = 0; i < chunk->n_rows; ++i) {
        value v;
        int read = read_cell(c, chunk, cells, width, chunk->start + i, &v);
        if (read < 0)
            return SO_BAD_ARGUMENT;
        codes[i] = read ? code_of(c, &v, before + (uint32_t)i, first) : 0;
        if (read && !codes[i])
            return SO_NO_MEMORY;
    }
    return SO_OK;
}

static so_status code_chunk(coder *c, const so_chunk *chunk, uint32_t before, uint32_t *codes, uint32_t *first)
{
    size_t width = chunk->width;
    switch (chunk->cells) {
    case SO_CELLS_TEXT_32: return code_cells(c, chunk, SO_CELLS_TEXT_32, 4, before, codes, first);
    case SO_CELLS_TEXT_64: return code_cells(c, chunk, SO_CELLS_TEXT_64, 8, before, codes, first);
    case SO_CELLS_VIEWS: return code_cells(c, chunk, SO_CELLS_VIEWS, 16, before, codes, first);
    case SO_CELLS_FLOATS: return code_cells(c, chunk, SO_CELLS_FLOATS, width, before, codes, first);
    case SO_CELLS_FIXED:
    default:
        if (width == 8)
            return code_cells(c, chunk, SO_CELLS_FIXED, 8, before, codes, first);
        return code_cells(c, chunk, SO_CELLS_FIXED, width, before, codes, first);
    }
}

/* Whether the buffers hold as many values as the chunk says. */
static bool usable(const so_chunk *chunk)
{
    size_t width = chunk->width, rows, bytes;
    switch (chunk->cells) {
    case SO_CELLS_FIXED:
        if (width == 0)
            return false;
        break;
    case SO_CELLS_FLOATS:
        if (width != 4 && width != 8)
            return false;
        break;
    case SO_CELLS_TEXT_32: width = 4; break;
    case SO_CELLS_TEXT_64: width = 8; break;
    case SO_CELLS_VIEWS: width = 16; break;
    default: return false;
    }
    if (chunk->n_rows == 0)
        return true;
    bool text = chunk->cells == SO_CELLS_TEXT_32 || chunk->cells == SO_CELLS_TEXT_64;
    if (text && chunk->n_data != 1)
        return false;
    if (!so_add(chunk->start, chunk->n_rows, &rows) ||
        (chunk->valid.bytes && chunk->valid.size < rows / 8 + (rows % 8 != 0)))
        return false;
    return so_add(rows, text, &rows) && so_mul(rows, width, &bytes) && chunk->values.bytes &&
           chunk->values.size >= bytes;
}

so_status so_code_column(const so_chunk *chunks, size_t n_chunks, uint64_t seed, const so_allocator *allocator,
                         uint32_t *codes, uint32_t *first, uint32_t *distinct, uint32_t *nulls)
{
    if ((!chunks && n_chunks) || !allocator || !codes || !first || !distinct || !nulls)
        return SO_BAD_ARGUMENT;
    size_t rows = 0;
    for (size_t i = 0; i < n_chunks; ++i)
        if (!usable(&chunks[i]) || !so_add(rows, chunks[i].n_rows, &rows))
            return SO_BAD_ARGUMENT;
    if (rows > SO_MAX_PEOPLE)
        return SO_TOO_MANY;
    coder c = {.allocator = allocator, .bits = FIRST_BITS - 1};
    c.seed[0] = mixed(seed ^ UINT64_C(0x9E3779B97F4A7C15), UINT64_C(0xBF58476D1CE4E5B9));
    c.seed[1] = mixed(seed ^ UINT64_C(0x94D049BB133111EB), UINT64_C(0xD6E8FEB86659FD93));
    so_status status = grow(&c);
    size_t done = 0;
    for (size_t i = 0; i < n_chunks && status == SO_OK; ++i) {
        status = code_chunk(&c, &chunks[i], (uint32_t)done, codes + done, first);
        done += chunks[i].n_rows;
    }
    *distinct = c.distinct;
    *nulls = 0;
    for (size_t row = 0; row < rows && status == SO_OK; ++row)
        *nulls += codes[row] == 0;
    so_delete(allocator, c.place);
    so_delete(allocator, c.values);
    return status;
}
