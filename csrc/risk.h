/* risk.h: what the search for an attacker's chances shares with the threads that do it. */
#ifndef SO_RISK_H
#define SO_RISK_H

#include "memory.h"
#include "ticker.h"

#include <pthread.h>
#include <stdatomic.h>

#define SO_RISK_ONE 4611686018427387904.0 /* 2^62: a probability of one */

typedef struct so_risk_level {
    const uint32_t *codes;
    uint32_t field, values;
    double chance; /* that he knows the field */
    bool nullable;
} so_risk_level;

typedef struct so_risk_search {
    const so_table *table;
    const so_options *options;
    so_ticker *ticker;
    so_risk_level *level; /* the m fields that he may know, most values first */
    double *mass;         /* mass[left * (m + 1) + l]: that he knows at most `left` of the fields from level l on */
    double *none;         /* none[l]: that he knows none of them */
    uint32_t *people;     /* by row */
    uint32_t *order;      /* the rows, by the last level first */
    uint64_t n_people;
    size_t m, most;
    double seldom; /* branches less likely are not walked */
    bool drop;
    size_t tasks;
    atomic_size_t next;
    atomic_bool stop;
    pthread_mutex_t lock;
    pthread_cond_t done;
    unsigned living;
    so_status status;
} so_risk_search;

typedef struct so_risk_items { /* rows that are the same on every level to come */
    uint32_t *row;             /* one that it stands for */
    uint32_t *people;
    uint64_t *sum;   /* their chances so far */
    uint64_t *apart; /* and what was not walked; NULL if all is */
} so_risk_items;

typedef struct
    so_risk_part { /* items that still share their class, class by class, each class by the last level first */
    uint32_t *item, *end;
    uint32_t n, groups;
} so_risk_part;

typedef struct so_risk_worker {
    so_risk_search *search;
    so_arena arena;
    uint64_t *sum, *apart; /* by row */
    uint32_t *count, *touched;
    pthread_t thread;
} so_risk_worker;

static inline void so_risk_add(so_risk_items *items, uint32_t item, double chance)
{
    items->sum[item] += chance > 0 ? (uint64_t)(chance * SO_RISK_ONE) : 0;
}

/* Notes that so much is not walked; rounded up. */
static inline void so_risk_leave(uint64_t *apart, double chance)
{
    *apart += (uint64_t)(chance * SO_RISK_ONE) + 1;
}

/* risk_few.c */
#define SO_RISK_FEW 4u
/* Whether the chances of a class of so few items are known at once: nothing limits what may follow, no null does. */
bool so_risk_few(const so_risk_search *search, const so_risk_items *items, const uint32_t *item, uint32_t n,
                 size_t level, size_t left);
/* Adds their chances over all that may follow. */
void so_risk_take_few(const so_risk_search *search, so_risk_items *items, const uint32_t *item, uint32_t n,
                      size_t level, double chance);

/* risk_walk.c */
/* Task 0 is the combinations of no field; task 1 + l those whose first level is l. */
void so_risk_task(so_risk_worker *worker, size_t task);
/* Whether the row has no null from the level on that matters. */
bool so_risk_whole(const so_risk_search *search, uint32_t row, size_t level);

/* risk_threads.c */
/* Does the tasks on the threads that were asked for, and adds up. */
so_status so_risk_run(so_risk_search *search, size_t tasks, double *risk, double *unwalked);
void so_risk_fail(so_risk_search *search, so_status status);

#endif
