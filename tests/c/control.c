/* control.c: what the tests take over from the system: memory, threads, the clock, and the choice of kernels.
 *
 * The test program is linked with --wrap for each of them, so the core itself has no switch. */
#include "check.h"
#include "walk.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

struct counting {
    pthread_mutex_t lock;
    uint64_t calls, fail_at, live, bytes, peak;
};

typedef struct header { /* before every piece; as long as the strictest alignment */
    _Alignas(max_align_t) uint64_t bytes;
} header;

counting *counting_open(void)
{
    counting *c = room_for(1, sizeof *c);
    pthread_mutex_init(&c->lock, NULL);
    return c;
}

void counting_close(counting *c)
{
    pthread_mutex_destroy(&c->lock);
    free(c);
}

static void *counted_allocate(void *context, size_t bytes)
{
    counting *c = context;
    header *piece = NULL;
    pthread_mutex_lock(&c->lock);
    if (++c->calls != c->fail_at && (piece = malloc(sizeof *piece + bytes))) {
        piece->bytes = bytes;
        ++c->live;
        c->bytes += bytes;
        c->peak = c->bytes > c->peak ? c->bytes : c->peak;
    }
    pthread_mutex_unlock(&c->lock);
    return piece ? piece + 1 : NULL;
}

static void counted_release(void *context, void *pointer)
{
    counting *c = context;
    header *piece = (header *)pointer - 1;
    pthread_mutex_lock(&c->lock);
    --c->live;
    c->bytes -= piece->bytes;
    pthread_mutex_unlock(&c->lock);
    free(piece);
}

so_allocator counting_allocator(counting *c, uint64_t fail_at)
{
    c->calls = 0;
    c->fail_at = fail_at;
    c->peak = c->bytes;
    return (so_allocator){counted_allocate, counted_release, c};
}

uint64_t counting_calls(const counting *c)
{
    return c->calls;
}

uint64_t counting_live(const counting *c)
{
    return c->live;
}

uint64_t counting_peak(const counting *c)
{
    return c->peak;
}

static bool portable;
static int threads_left = -1;

void use_portable_kernels(bool yes)
{
    portable = yes;
}

void allow_threads(int more)
{
    threads_left = more;
}

const so_kernels *__real_so_best_kernels(void);
const so_kernels *__wrap_so_best_kernels(void);
const so_kernels *__wrap_so_best_kernels(void)
{
    return portable ? &so_portable_kernels : __real_so_best_kernels();
}

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*start)(void *), void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*start)(void *), void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*start)(void *), void *argument)
{
    if (threads_left == 0)
        return EAGAIN;
    threads_left -= threads_left > 0;
    return __real_pthread_create(thread, how, start, argument);
}

static bool hurried;
static int64_t looks;

void hurry_clock(bool hurry)
{
    hurried = hurry;
    looks = 0;
}

int __real_clock_gettime(clockid_t clock, struct timespec *now);
int __wrap_clock_gettime(clockid_t clock, struct timespec *now);
int __wrap_clock_gettime(clockid_t clock, struct timespec *now)
{
    if (!hurried || clock != CLOCK_MONOTONIC)
        return __real_clock_gettime(clock, now);
    *now = (struct timespec){.tv_sec = ++looks};
    return 0;
}
