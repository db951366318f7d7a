/* check.h: the harness of the C tests: checks, random numbers, an allocator that counts and fails on request, and a
 * choice of kernels. */
#ifndef CHECK_H
#define CHECK_H

#include "singleout.h"

#include <stdio.h>

/* Reports a condition that does not hold, with what the test was about, and goes on. */
#define CHECK(condition) check_that((condition), #condition, __FILE__, __LINE__)
void check_that(bool holds, const char *condition, const char *file, int line);
/* What the checks to come are about; printed with a failure. */
void check_about(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Runs one test function and prints how it went. */
void check_run(const char *name, void (*test)(void));
/* How many checks have failed. */
unsigned check_failures(void);
/* The closing line; the exit code. */
int check_end(void);

/* How often random tests repeat: 1 unless the command line says otherwise. */
extern unsigned check_rounds;

/* Numbers that look random and are the same in every run. */
typedef struct dice {
    uint64_t state;
} dice;
uint64_t dice_next(dice *d);
/* 0 .. below-1 */
uint32_t dice_below(dice *d, uint32_t below);

/* An allocator that knows what is live, and fails at the call number `fail_at` (from 1; 0: never). */
typedef struct counting counting;
counting *counting_open(void);
void counting_close(counting *c);
so_allocator counting_allocator(counting *c, uint64_t fail_at);
uint64_t counting_calls(const counting *c);
uint64_t counting_live(const counting *c);
uint64_t counting_peak(const counting *c);

/* Which kernels the core walks with, and how many more threads the system gives (-1: as many as asked for). */
void use_portable_kernels(bool portable);
void allow_threads(int more);
/* Whether 50 ms go by between any two looks at the clock, so that every look asks whether to go on. */
void hurry_clock(bool hurry);

/* A caller's array; the test stops when memory ends. */
void *room_for(size_t count, size_t size);

/* The tests, one function a file. */
void test_memory(void);
void test_fixed(void);
void test_layout(void);
void test_subsets(void);
void test_rows(void);
void test_coding(void);
void test_combinations(void);
void test_wide_tables(void);
void test_same_bytes(void);
void test_records(void);
void test_classes(void);
void test_minimal(void);
void test_risk(void);
void test_edges(void);
void test_arguments(void);
void test_cancel(void);
void test_asking(void);
void test_failing_memory(void);
void test_memory_bound(void);

#endif
