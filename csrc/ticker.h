/* ticker.h: asks whether to go on, from the calling thread, about every 50 ms.
 *
 * Between two looks at the clock the work only counts what it does: rows, or cells, that take some nanoseconds each. */
#ifndef SO_TICKER_H
#define SO_TICKER_H

#include "singleout.h"

#include <sys/types.h>

#define SO_TICK_MILLISECONDS 50
#define SO_TICK_WORK 65536u /* between two looks at the clock */

typedef struct so_ticker {
    const so_options *options;
    double from, span; /* the part of everything that the work at hand is */
    double done;       /* what was said last */
    uint64_t work;     /* since the clock was looked at */
    uint64_t asked;    /* milliseconds */
    pid_t process;
} so_ticker;

so_ticker so_ticker_open(const so_options *options);
/* Asks now: `share` of the work at hand is done.  SO_CANCELLED if it is to stop; SO_FORKED in a child, which has none of
 * the other threads and must not touch what they share. */
so_status so_tick_now(so_ticker *ticker, double share);
/* Asks if 50 ms have gone by. */
so_status so_tick_late(so_ticker *ticker, double share);

static inline so_status so_tick(so_ticker *ticker, uint64_t work, double share)
{
    ticker->work += work;
    return ticker->work < SO_TICK_WORK ? SO_OK : so_tick_late(ticker, share);
}

/* Where a stretch of rows from `at` ends that is done between two ticks. */
static inline size_t so_stretch(size_t at, size_t n)
{
    return n - at > SO_TICK_WORK ? at + SO_TICK_WORK : n;
}

#endif
