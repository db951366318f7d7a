/* fixed.h: logarithms and reciprocals as integers, so that their sums are the same in any order on any machine. */
#ifndef SO_FIXED_H
#define SO_FIXED_H

#include "memory.h"

#define SO_MOST_LOGS 4096u /* sizes below it have their logarithm made once in a process */

/* log2(value) with 48 fractional bits; value > 0. */
uint64_t so_log2(uint64_t value);

/* How many fractional bits leave room for people * log2(people) in 62 bits. */
unsigned so_entropy_scale(uint64_t people);
/* size * log2(size) with `scale` fractional bits. */
uint64_t so_size_log(uint64_t size, unsigned scale);
/* How many fractional bits leave room for people * 1 in 62 bits. */
unsigned so_reciprocal_scale(uint64_t people);

/* A table of so_size_log for sizes below `count`, which is at most SO_MOST_LOGS, for the walk. */
so_status so_size_logs(uint64_t **logs, size_t count, unsigned scale, const so_allocator *allocator);

#endif
