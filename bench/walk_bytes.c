/* walk_bytes.c: how many bytes a walk touches, how long it takes, and how fast this memory is.
 *
 * Built and run by bench/bandwidth.py, which links the core with --wrap=so_node_take: every include of a level asks for a
 * node as large as the one it splits, and an exclude of the same level follows.
 *
 * usage: walk_bytes FILE THREADS   FILE: fields, rows (uint64), then each field's codes (uint32) */
#include "../csrc/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

bool __real_so_node_take(so_worker *worker, so_node *node, uint32_t tuples, uint32_t words);
bool __wrap_so_node_take(so_worker *worker, so_node *node, uint32_t tuples, uint32_t words);

static atomic_uint_fast64_t visits, bytes;

bool __wrap_so_node_take(so_worker *worker, so_node *node, uint32_t tuples, uint32_t words)
{
    /* read and written by the include, read and written by the exclude: key and payload each time */
    atomic_fetch_add(&visits, 2 * (uint64_t)tuples);
    atomic_fetch_add(&bytes, 4 * (uint64_t)tuples * (so_key_bytes(words) + sizeof(uint32_t)));
    return __real_so_node_take(worker, node, tuples, words);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct stream {
    uint64_t *to;
    const uint64_t *from;
    size_t n;
} stream;

static void *copy(void *context)
{
    stream *s = context;
    memcpy(s->to, s->from, s->n * sizeof *s->to);
    return NULL;
}

/* Bytes read and written a second by a copy of 256 MiB on so many threads: the best of five. */
static double bandwidth(unsigned threads)
{
    size_t n = (size_t)1 << 25;
    uint64_t *from = malloc(n * sizeof *from), *to = malloc(n * sizeof *to);
    double best = 0;
    if (!from || !to)
        exit(2);
    memset(from, 1, n * sizeof *from);
    memset(to, 2, n * sizeof *to);
    for (int run = 0; run < 5; ++run) {
        pthread_t handle[64];
        stream parts[64];
        double start = now();
        for (unsigned t = 0; t < threads; ++t) {
            parts[t] = (stream){to + n / threads * t, from + n / threads * t, n / threads};
            pthread_create(&handle[t], NULL, copy, &parts[t]);
        }
        for (unsigned t = 0; t < threads; ++t)
            pthread_join(handle[t], NULL);
        double speed = 2.0 * (double)(n * sizeof *from) / (now() - start);
        best = speed > best ? speed : best;
    }
    free(from);
    free(to);
    return best;
}

int main(int argc, char **argv)
{
    uint64_t m, n, count;
    FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
    if (!file || fread(&m, 8, 1, file) != 1 || fread(&n, 8, 1, file) != 1)
        return 2;
    so_field *fields = calloc(m, sizeof *fields);
    for (uint64_t f = 0; f < m; ++f) {
        uint32_t *codes = malloc(n * sizeof *codes), distinct = 0;
        if (!codes || fread(codes, sizeof *codes, n, file) != n)
            return 2;
        for (uint64_t i = 0; i < n; ++i)
            distinct = codes[i] > distinct ? codes[i] : distinct;
        fields[f] = (so_field){codes, distinct, false};
    }
    unsigned threads = (unsigned)atoi(argv[2]);
    so_table table = {fields, m, n, NULL};
    so_options options = {.max_size = m, .threshold = 5, .threads = threads};
    so_count_combinations(m, m, &count);
    so_figures *figures = malloc(count * sizeof *figures);
    double best = 1e9;
    for (int run = 0; run < 5; ++run) {
        atomic_store(&visits, 0);
        atomic_store(&bytes, 0);
        double start = now();
        if (!figures || so_combinations(&table, &options, figures) != SO_OK)
            return 2;
        double took = now() - start;
        best = took < best ? took : best;
    }
    printf("{\"visits\": %llu, \"bytes\": %llu, \"seconds\": %.6f, \"bandwidth\": %.0f}\n",
           (unsigned long long)atomic_load(&visits), (unsigned long long)atomic_load(&bytes), best, bandwidth(threads));
    return 0;
}
