/* walk.h: what the kernels of the walk share: nodes, tasks, workers.
 *
 * A node is a branch of the lattice: the tuples of every class of S that is still undecided, class by class, each class
 * ordered by the levels to come (the last level first), so that excluding the next level merges neighbours. */
#ifndef SO_WALK_H
#define SO_WALK_H

#include "small.h"
#include "fixed.h"
#include "layout.h"
#include "leaves.h"
#include "subsets.h"
#include "ticker.h"

#include <pthread.h>
#include <stdatomic.h>

#define SO_FEW 24u /* groups of up to so many tuples are split by comparing, larger ones by counting */
#define SO_DEAD UINT32_C(0xFFFFFFFF) /* the payload of a tuple that stands for two people or more (records) */

typedef struct so_node {
    void *keys;    /* packed keys of `words` words, or uint32_t positions in the sorted rows when words = 0 */
    uint32_t *pay; /* people, or the row of a lone person, or SO_DEAD */
    uint32_t *end; /* where each group ends */
    uint32_t tuples, groups;
    uint32_t words;
} so_node;

typedef enum so_kind { SO_DENSE, SO_CAPPED, SO_RECORDS, SO_SINGLED } so_kind;

/* A branch to walk: its node, the slot of S, the first undecided level, how many fields may still be added. */
typedef struct so_branch {
    so_node node;
    uint64_t base;
    size_t level, left;  /* the first undecided level; how many more fields S may take */
    size_t from;         /* the first level after S's last: its slots are numbered from here */
    bool resumed;        /* S itself is done; the walk goes on in another kernel */
    bool fresh;          /* the groups have not been looked at yet */
    uint64_t lowest;     /* dense: a class this small is in every combination below */
    so_figures finished; /* capped: what is final for every combination below */
} so_branch;

typedef struct so_task {
    struct so_task *next;
    so_branch branch;
    void *memory;
} so_task;

typedef struct so_rows { /* the distinct rows, in walk order; see rows.c */
    so_node root;
    uint32_t *row_of;      /* by position; kept when some levels do not fit the packed key */
    void *suffix;          /* by position: the packed key of the levels that fit */
    uint32_t suffix_words; /* words of those */
    size_t suffix_from;    /* the first level that is in the packed key */
} so_rows;

typedef struct so_walk {
    const so_table *table;
    const so_options *options;
    so_ticker *ticker;
    so_layout layout;
    so_subsets subsets;
    so_rows rows;
    so_kind kind;
    bool drop;
    uint32_t threshold;
    so_figures *figures; /* by slot */
    so_small *small;     /* dense, by slot: see small.h */
    uint64_t *logs;
    uint64_t n_logs;
    unsigned scale;
    uint32_t *rank_of_slot;           /* records */
    uint64_t *singled;                /* singled: bits by row of the block, see singled.h */
    size_t singled_words;             /* of each row */
    uint32_t block_start, block_stop; /* records, singled: the rows that are asked about */
    /* the pool */
    pthread_mutex_t lock;
    pthread_cond_t wake, done;
    so_task *stack;
    atomic_uint queued; /* tasks in the stack, or promised to it */
    unsigned busy, living;
    atomic_uint idle;
    atomic_bool stop;
    bool forked; /* a child without the workers: the lock, the conditions, their memory are not to be touched */
    so_status status;
} so_walk;

typedef struct so_worker {
    so_walk *walk;
    so_arena arena;
    uint32_t *count;     /* by code, zero between uses */
    uint32_t *touched;   /* codes in use */
    so_leaves *leaves;   /* capped */
    uint64_t *unique_in; /* records: by row */
    uint32_t *first;     /* records: by row */
    atomic_uint_fast64_t slots_done;
    pthread_t thread;
} so_worker;

/* The term of the entropy that a class of so many people adds. */
static inline uint64_t so_term(const so_walk *walk, uint64_t people)
{
    return people < walk->n_logs ? walk->logs[people] : so_size_log(people, walk->scale);
}

/* Those of a class who are below the threshold: all or nobody. */
static inline uint64_t so_below(const so_walk *walk, uint64_t people)
{
    return people < walk->threshold ? people : 0;
}

/* So many classes of that many people. */
static inline void so_put_many(const so_walk *walk, so_figures *f, uint64_t people, uint64_t classes)
{
    if (!classes)
        return;
    f->classes += classes;
    f->unique += people == 1 ? classes : 0;
    f->below += so_below(walk, people) * classes;
    f->people += people * classes;
    f->squares += people * people * classes;
    f->entropy += so_term(walk, people) * classes;
    f->smallest = people < f->smallest ? people : f->smallest;
    f->largest = people > f->largest ? people : f->largest;
}

static inline void so_put(const so_walk *walk, so_figures *f, uint64_t people)
{
    so_put_many(walk, f, people, 1);
}

static inline void so_add_figures(so_figures *to, const so_figures *from)
{
    to->classes += from->classes;
    to->unique += from->unique;
    to->below += from->below;
    to->people += from->people;
    to->squares += from->squares;
    to->entropy += from->entropy;
    to->smallest = from->smallest < to->smallest ? from->smallest : to->smallest;
    to->largest = from->largest > to->largest ? from->largest : to->largest;
}

static inline so_figures so_nothing(void)
{
    return (so_figures){.smallest = UINT64_MAX};
}

/* The people counted for touched[t], whose count is emptied; 0 where they are nulls that take no part. */
static inline uint32_t so_take_count(so_worker *worker, uint32_t t, const so_level *level)
{
    uint32_t code = worker->touched[t], people = worker->count[code];
    worker->count[code] = 0;
    return code == 0 && level->nullable && worker->walk->drop ? 0 : people;
}

static inline void so_fail(so_walk *walk, so_status status)
{
    pthread_mutex_lock(&walk->lock);
    if (walk->status == SO_OK)
        walk->status = status;
    pthread_mutex_unlock(&walk->lock);
    atomic_store_explicit(&walk->stop, true, memory_order_relaxed);
}

static inline bool so_stopped(const so_walk *walk)
{
    return atomic_load_explicit(&walk->stop, memory_order_relaxed);
}

static inline void so_progress(so_worker *worker, uint64_t slots)
{
    uint64_t now = atomic_load_explicit(&worker->slots_done, memory_order_relaxed);
    atomic_store_explicit(&worker->slots_done, now + slots, memory_order_relaxed);
}

/* Room for a node of so many tuples; false (and the walk failed) when memory ends. */
bool so_node_take(so_worker *worker, so_node *node, uint32_t tuples, uint32_t words);
/* Gives back what the finished node does not use. */
void so_node_fit(so_worker *worker, so_node *node, uint32_t room);
size_t so_key_bytes(uint32_t words);

/* Hands the branch to another worker if one is idle, or none is in store, and the branch is worth it; its memory is copied. */
bool so_hand_over(so_worker *worker, const so_branch *branch);

typedef void (*so_kernel)(so_worker *worker, so_branch *branch);
/* kernels[kind][words: 0, 1, 2, 4 -> 0..3] */
typedef so_kernel so_kernels[4][4];
extern const so_kernels so_portable_kernels;
#if defined(__x86_64__)
extern const so_kernels so_x86_kernels;
#endif
const so_kernels *so_best_kernels(void);

/* small.c */
so_status so_small_open(so_walk *walk);
so_status so_small_settle(so_walk *walk);

/* lattice.c */
/* Opens a walk over figures (SO_DENSE; it chooses SO_CAPPED itself), SO_RECORDS or SO_SINGLED.  For the last the block is
 * chosen by the caller before.  Closed already when it fails. */
so_status so_walk_open(so_walk *walk, const so_table *table, const so_options *options, so_kind kind,
                       so_ticker *ticker);
void so_walk_close(so_walk *walk);
so_branch so_walk_root(const so_walk *walk);

/* rows.c */
#define SO_DIGIT_BITS 11u /* a pass of the sort takes several levels while their bits are so few */
#define SO_DIGIT_VALUES (1u << SO_DIGIT_BITS)
so_status so_rows_open(so_walk *walk, bool records);
void so_rows_close(so_walk *walk);

#endif
