/* memory.c: checked arithmetic, the allocator, the arena. */
#include "memory.h"

#include <stdlib.h>
#include <string.h>

bool so_mul(size_t a, size_t b, size_t *out)
{
    return !__builtin_mul_overflow(a, b, out);
}

bool so_add(size_t a, size_t b, size_t *out)
{
    return !__builtin_add_overflow(a, b, out);
}

/* The address that the allocator gave is kept in the word before the aligned piece. */
void *so_new(const so_allocator *allocator, size_t count, size_t size)
{
    size_t bytes;
    if (!so_mul(count, size, &bytes) || !so_add(bytes, SO_PIECE_EXTRA, &bytes))
        return NULL;
    char *raw = allocator->allocate ? allocator->allocate(allocator->context, bytes) : malloc(bytes);
    if (!raw)
        return NULL;
    uintptr_t start = ((uintptr_t)raw + sizeof(void *) + SO_LINE - 1) & ~(uintptr_t)(SO_LINE - 1);
    char *piece = raw + (start - (uintptr_t)raw);
    memcpy(piece - sizeof(void *), &raw, sizeof raw);
    return piece;
}

void *so_new_zeroed(const so_allocator *allocator, size_t count, size_t size)
{
    void *piece = so_new(allocator, count, size);
    if (piece)
        memset(piece, 0, count * size);
    return piece;
}

void so_delete(const so_allocator *allocator, void *pointer)
{
    if (!pointer)
        return;
    char *raw;
    memcpy(&raw, (char *)pointer - sizeof(void *), sizeof raw);
    if (allocator->release)
        allocator->release(allocator->context, raw);
    else
        free(raw);
}

struct so_block {
    so_block *next;
    size_t size;
    char *bytes;
};

void so_arena_open(so_arena *arena, const so_allocator *allocator)
{
    *arena = (so_arena){.allocator = allocator};
}

void so_arena_close(so_arena *arena)
{
    for (so_block *block = arena->first, *next; block; block = next) {
        next = block->next;
        so_delete(arena->allocator, block->bytes);
        so_delete(arena->allocator, block);
    }
    *arena = (so_arena){.allocator = arena->allocator};
}

static so_block *new_block(so_arena *arena, size_t bytes)
{
    so_block *block = so_new(arena->allocator, 1, sizeof *block);
    if (!block)
        return NULL;
    *block = (so_block){.size = bytes, .bytes = so_new(arena->allocator, bytes, 1)};
    if (!block->bytes) {
        so_delete(arena->allocator, block);
        return NULL;
    }
    return block;
}

void *so_arena_take(so_arena *arena, size_t bytes)
{
    if (!so_add(bytes, SO_LINE - 1, &bytes))
        return NULL;
    bytes &= ~(size_t)(SO_LINE - 1);
    if (arena->current && arena->current->size - arena->used >= bytes) {
        char *piece = arena->current->bytes + arena->used;
        arena->used += bytes;
        return piece;
    }
    /* Blocks after the current one are free; drop those that are too small rather than hold memory that waits. */
    so_block **link = arena->current ? &arena->current->next : &arena->first;
    while (*link && (*link)->size < bytes) {
        so_block *small = *link;
        *link = small->next;
        so_delete(arena->allocator, small->bytes);
        so_delete(arena->allocator, small);
    }
    if (!*link && !(*link = new_block(arena, bytes > SO_BLOCK_BYTES ? bytes : SO_BLOCK_BYTES)))
        return NULL;
    arena->current = *link;
    arena->used = bytes;
    return arena->current->bytes;
}

void so_arena_trim(so_arena *arena, const void *piece, size_t bytes)
{
    size_t start = (size_t)((const char *)piece - arena->current->bytes);
    arena->used = start + ((bytes + SO_LINE - 1) & ~(size_t)(SO_LINE - 1));
}

so_mark so_arena_mark(const so_arena *arena)
{
    return (so_mark){.block = arena->current, .used = arena->used};
}

void so_arena_release(so_arena *arena, so_mark mark)
{
    arena->current = mark.block;
    arena->used = mark.used;
}
