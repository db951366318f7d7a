/* ticker.c: the clock and the poll function. */
#include "ticker.h"

#include <time.h>
#include <unistd.h>

static uint64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

so_ticker so_ticker_open(const so_options *options)
{
    return (so_ticker){.options = options, .span = 1, .asked = milliseconds(), .process = getpid()};
}

so_status so_tick_now(so_ticker *ticker, double share)
{
    const so_options *options = ticker->options;
    double done = ticker->from + ticker->span * share;
    so_status status = SO_OK;
    done = done < 1 ? done : 1;
    ticker->done = done > ticker->done ? done : ticker->done; /* parts are rounded */
    if (options->poll && options->poll(options->poll_context, ticker->done))
        status = SO_CANCELLED;
    if (options->poll && getpid() != ticker->process)
        status = SO_FORKED;
    ticker->asked = milliseconds();
    ticker->work = 0;
    return status;
}

so_status so_tick_late(so_ticker *ticker, double share)
{
    ticker->work = 0;
    return milliseconds() - ticker->asked < SO_TICK_MILLISECONDS ? SO_OK : so_tick_now(ticker, share);
}
