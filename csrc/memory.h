/* memory.h: checked sizes and the allocator that every part of the core uses. */
#ifndef SO_MEMORY_H
#define SO_MEMORY_H

#include "singleout.h"

#define SO_LINE 64u                               /* pieces are aligned to a cache line */
#define SO_BLOCK_BYTES ((size_t)1 << 20)          /* an arena asks for at least so much */
#define SO_PIECE_EXTRA (SO_LINE + sizeof(void *)) /* what so_new asks for above the piece */

/* a * b into *out; false on overflow. */
bool so_mul(size_t a, size_t b, size_t *out);
/* a + b into *out; false on overflow. */
bool so_add(size_t a, size_t b, size_t *out);

/* count * size bytes, uninitialised and aligned to a cache line; NULL when memory ends or the product overflows.
 * A count of 0 gives a pointer that may be freed and not read. */
void *so_new(const so_allocator *allocator, size_t count, size_t size);
void *so_new_zeroed(const so_allocator *allocator, size_t count, size_t size);
void so_delete(const so_allocator *allocator, void *pointer);

/* A stack of memory: blocks are kept until the arena is closed, marks give back what was taken after them. */
typedef struct so_block so_block;
typedef struct so_arena {
    const so_allocator *allocator;
    so_block *first, *current;
    size_t used; /* in the current block */
} so_arena;
typedef struct so_mark {
    so_block *block;
    size_t used;
} so_mark;

void so_arena_open(so_arena *arena, const so_allocator *allocator);
void so_arena_close(so_arena *arena);
/* bytes of room, aligned to a cache line; NULL when memory ends. */
void *so_arena_take(so_arena *arena, size_t bytes);
/* Give back the tail of the newest piece, so that only `bytes` of it stay taken. */
void so_arena_trim(so_arena *arena, const void *piece, size_t bytes);
so_mark so_arena_mark(const so_arena *arena);
void so_arena_release(so_arena *arena, so_mark mark);

#endif
