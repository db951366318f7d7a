/* check.c: checks, random numbers and arrays for the tests. */
#include "check.h"

#include <stdarg.h>
#include <stdlib.h>
#include <time.h>

#define MOST_SHOWN 6u /* in one test */

unsigned check_rounds = 1;
static unsigned tests, failed_tests, failures, shown;
static unsigned long checks;
static char about[512];

void check_that(bool holds, const char *condition, const char *file, int line)
{
    ++checks;
    if (holds)
        return;
    ++failures;
    if (shown++ < MOST_SHOWN)
        printf("%s:%d: does not hold: %s\n    %s\n", file, line, condition, about);
}

void check_about(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(about, sizeof about, format, arguments);
    va_end(arguments);
}

void check_run(const char *name, void (*test)(void))
{
    unsigned before = failures;
    unsigned long checked = checks;
    struct timespec start, stop;
    about[0] = 0;
    shown = 0;
    clock_gettime(CLOCK_MONOTONIC, &start);
    test();
    clock_gettime(CLOCK_MONOTONIC, &stop);
    double seconds = (double)(stop.tv_sec - start.tv_sec) + (double)(stop.tv_nsec - start.tv_nsec) / 1e9;
    ++tests;
    failed_tests += failures != before;
    printf("%-28s %s, %lu checks, %.2f s\n", name, failures == before ? "passed" : "FAILED", checks - checked, seconds);
    fflush(stdout);
}

unsigned check_failures(void)
{
    return failures;
}

int check_end(void)
{
    printf("%u passed, %u failed\n", tests - failed_tests, failed_tests);
    return failed_tests ? 1 : 0;
}

/* splitmix64 */
uint64_t dice_next(dice *d)
{
    uint64_t x = d->state += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

uint32_t dice_below(dice *d, uint32_t below)
{
    return below ? (uint32_t)(dice_next(d) % below) : 0;
}

void *room_for(size_t count, size_t size)
{
    void *room = calloc(count ? count : 1, size);
    if (!room) {
        fputs("the tests ran out of memory\n", stderr);
        exit(2);
    }
    return room;
}
