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
    uint64_t n_people;
    size_t m, most;
    bool drop;
    size_t tasks;
    atomic_size_t next;
    atomic_bool stop;
    pthread_mutex_t lock;
    pthread_cond_t done;
    unsigned living;
    so_status status;
} so_risk_search;

typedef struct so_risk_part { /* rows that still share their class, class by class */
    uint32_t *rows, *end;
    uint32_t n, groups;
} so_risk_part;

typedef struct so_risk_worker {
    so_risk_search *search;
    so_arena arena;
    uint64_t *sum; /* by row */
    uint32_t *count, *touched;
    pthread_t thread;
} so_risk_worker;

/* risk.c */
void so_risk_task(so_risk_worker *worker, size_t task);

/* risk_threads.c */
/* Does the tasks on the threads that were asked for, and adds up. */
so_status so_risk_run(so_risk_search *search, size_t tasks, double *risk);
void so_risk_fail(so_risk_search *search, so_status status);

#endif
