/* test_failures.c: stopping on request, memory that ends at any allocation, threads that are not to be had, the bound. */
#include "minimal.h"
#include "tables.h"

#include <stdlib.h>
#include <string.h>

typedef enum call { COMBINATIONS, RECORDS, MINIMAL, RISK, CLASSES } call;

typedef struct room {
    so_figures *figures;
    uint64_t *unique_in;
    uint32_t *first, *class_of, *size_of;
    so_minimal minimal;
    double *risk, *unwalked, *chances;
    uint64_t count;
} room;

static room open_room(const so_table *table, size_t cap)
{
    room r = {.count = 0};
    CHECK(so_count_combinations(table->n_fields, cap, &r.count) == SO_OK);
    r.figures = room_for(r.count, sizeof *r.figures);
    r.unique_in = room_for(table->n_rows, sizeof *r.unique_in);
    r.first = room_for(table->n_rows, sizeof *r.first);
    r.class_of = room_for(table->n_rows, sizeof *r.class_of);
    r.size_of = room_for(table->n_rows, sizeof *r.size_of);
    dice d = {14};
    r.minimal = open_minimal(table, cap, &d);
    r.risk = room_for(table->n_rows, sizeof *r.risk);
    r.unwalked = room_for(table->n_rows, sizeof *r.unwalked);
    r.chances = room_for(table->n_fields, sizeof *r.chances);
    for (size_t f = 0; f < table->n_fields; ++f)
        r.chances[f] = 0.5;
    return r;
}

static void close_room(room *r)
{
    free(r->figures);
    free(r->unique_in);
    free(r->first);
    free(r->class_of);
    free(r->size_of);
    close_minimal(&r->minimal);
    free(r->risk);
    free(r->unwalked);
    free(r->chances);
}

static so_status ask(call what, const so_table *table, const so_options *options, room *r)
{
    if (what == COMBINATIONS)
        return so_combinations(table, options, r->figures);
    if (what == RECORDS)
        return so_unique_records(table, options, r->unique_in, r->first);
    if (what == RISK)
        return so_risk(table, options, r->chances, table->n_fields, 1e-300, r->risk, r->unwalked);
    if (what == MINIMAL) {
        so_minimal asked = r->minimal;
        if (options->nulls == SO_NULLS_ANY)
            asked = (so_minimal){.weights = asked.weights, .exposure = asked.exposure};
        so_blocks blocks;
        so_status status = so_minimal_blocks(table->n_fields, options->max_size, SO_MINIMAL_BYTES, &blocks);
        uint64_t rows = table->n_rows / 3 + 1; /* several blocks */
        return status == SO_OK ? so_minimal_within(table, options, &asked, rows * blocks.words * 8) : status;
    }
    return so_classes(table, options, r->class_of, r->size_of);
}

static bool same(call what, const room *a, const room *b, const so_table *table, size_t cap)
{
    size_t n = table->n_rows;
    if (what == COMBINATIONS)
        return memcmp(a->figures, b->figures, a->count * sizeof *a->figures) == 0;
    if (what == RECORDS)
        return memcmp(a->unique_in, b->unique_in, n * 8) == 0 && memcmp(a->first, b->first, n * 4) == 0;
    if (what == RISK)
        return memcmp(a->risk, b->risk, n * 8) == 0;
    if (what == MINIMAL)
        return memcmp(a->minimal.sets, b->minimal.sets, n * 4) == 0 &&
               memcmp(a->minimal.score, b->minimal.score, n * 8) == 0 &&
               memcmp(a->minimal.part, b->minimal.part, n * table->n_fields * 8) == 0 &&
               memcmp(a->minimal.by_size, b->minimal.by_size, (cap + 1) * 8) == 0 &&
               memcmp(a->minimal.exposure, b->minimal.exposure, n * (cap + 1) * 8) == 0;
    return memcmp(a->class_of, b->class_of, n * 4) == 0 && memcmp(a->size_of, b->size_of, n * 4) == 0;
}

typedef struct asked {
    unsigned calls, stop_at;
    double last;
    bool orderly;
} asked;

static int poll(void *context, double done)
{
    asked *a = context;
    a->orderly &= done >= a->last && done <= 1;
    a->last = done;
    return ++a->calls == a->stop_at;
}

void test_cancel(void)
{
    dice d = {9};
    static const struct {
        shape shape;
        size_t cap;
        so_nulls nulls;
    } cases[] = {
        {{.rows = 20000, .fields = 16, .values = 12, .skew = 300}, 16, SO_NULLS_VALUE},
        {{.rows = 20000, .fields = 40, .values = 12, .skew = 300, .nulls = 100}, 4, SO_NULLS_DROP},
        {{.rows = 20000, .fields = 60, .values = 20000, .skew = 800}, 3, SO_NULLS_VALUE},
        {{.rows = 9000, .fields = 12, .values = 12, .nulls = 300}, 4, SO_NULLS_ANY},
    };
    counting *c = counting_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i)
        for (unsigned threads = 1; threads <= 2; ++threads)
            for (call what = COMBINATIONS; what <= RISK; ++what) {
                made t = make_table(&cases[i].shape, &d);
                room r = open_room(&t.table, cases[i].cap);
                asked a = {.stop_at = threads, .orderly = true};
                so_options options = options_for(cases[i].cap, 5, cases[i].nulls, threads);
                options.poll = poll;
                options.poll_context = &a;
                options.allocator = counting_allocator(c, 0);
                check_about("cancel: case %zu, %u threads, call %d", i, threads, (int)what);
                CHECK(ask(what, &t.table, &options, &r) == SO_CANCELLED);
                CHECK(a.calls == a.stop_at && a.orderly);
                CHECK(counting_live(c) == 0);
                close_room(&r);
                close_table(&t);
            }
    counting_close(c);
}

/* Under a clock that hurries, asks and stops at every place where the core asks.  The walk itself is timed by another clock
 * and too short to be asked about. */
void test_asking(void)
{
    static const struct {
        shape shape;
        size_t cap, some; /* places at least */
        so_nulls nulls;
        call what;
    } cases[] = {
        /* checks: 4 fields, 8 rows at once; packs; sorts by 4 fields at once */
        {{.rows = 400000, .fields = 4, .values = 5, .skew = 300}, 4, 3 + 6 + 6, SO_NULLS_VALUE, COMBINATIONS},
        {{.rows = 400000, .fields = 4, .values = 5, .skew = 300}, 4, 3 + 6 + 6, SO_NULLS_VALUE, RECORDS},
        {{.rows = 400000, .fields = 4, .values = 5, .skew = 300}, 4, 3 + 6 + 6 + 10, SO_NULLS_DROP, MINIMAL},
        {{.rows = 400000, .fields = 4, .values = 5, .skew = 300}, 4, 3, SO_NULLS_VALUE, RISK},
        {{.rows = 400000, .fields = 4, .values = 5, .skew = 300}, 4, 3 + 24, SO_NULLS_VALUE, CLASSES},
        {{.rows = 20000, .fields = 5, .values = 9, .nulls = 300}, 3, 20, SO_NULLS_ANY, COMBINATIONS},
        {{.rows = 20000, .fields = 5, .values = 9, .nulls = 300}, 3, 20, SO_NULLS_ANY, MINIMAL},
        {{.rows = 60000, .fields = 5, .values = 9, .nulls = 300}, 1, 8, SO_NULLS_ANY, CLASSES},
        /* every slot is cleared, settled and copied */
        {{.rows = 10, .fields = 18, .values = 3}, 18, 4 + 4 + 30, SO_NULLS_VALUE, COMBINATIONS},
        {{.rows = 10, .fields = 18, .values = 3}, 18, 30, SO_NULLS_VALUE, RECORDS},
        {{.rows = 10, .fields = 60, .values = 3}, 4, 4 + 30, SO_NULLS_VALUE, COMBINATIONS},
    };
    dice d = {15};
    counting *c = counting_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        made t = make_table(&cases[i].shape, &d);
        room r = open_room(&t.table, cases[i].cap);
        so_options options = options_for(cases[i].cap, 5, cases[i].nulls, 1);
        options.allocator = counting_allocator(c, 0);
        options.poll = poll;
        so_status status = SO_CANCELLED;
        asked a = {.calls = 0};
        for (unsigned at = 1; status == SO_CANCELLED; at += check_rounds ? 1 + at / 8 : 1 + at) {
            a = (asked){.stop_at = at, .orderly = true};
            options.poll_context = &a;
            check_about("asking: case %zu, stops at %u", i, at);
            hurry_clock(true);
            status = ask(cases[i].what, &t.table, &options, &r);
            hurry_clock(false);
            CHECK(status == (a.calls == at ? SO_CANCELLED : SO_OK));
            CHECK(a.calls <= at && a.orderly);
            CHECK(counting_live(c) == 0);
        }
        CHECK(a.calls >= cases[i].some);
        close_room(&r);
        close_table(&t);
    }
    counting_close(c);
}

/* Fails every allocation in turn.  A branch that finds no memory to be handed over is walked where it is, so a failure may
 * end well; then the answer is right. */
static void fail_each(const so_table *table, so_options *options, call what, counting *c)
{
    room right = open_room(table, options->max_size), r = open_room(table, options->max_size);
    options->allocator = (so_allocator){NULL, NULL, NULL};
    CHECK(ask(what, table, options, &right) == SO_OK);
    uint64_t calls;
    for (uint64_t at = 1;; ++at) {
        options->allocator = counting_allocator(c, at);
        so_status status = ask(what, table, options, &r);
        calls = counting_calls(c);
        CHECK(counting_live(c) == 0);
        CHECK(status == SO_OK || (status == SO_NO_MEMORY && calls >= at));
        CHECK(status != SO_OK || same(what, &right, &r, table, options->max_size));
        if (calls < at)
            break; /* it never came to that allocation */
    }
    CHECK(calls > 0);
    close_room(&right);
    close_room(&r);
}

/* In one block, so that there is one walk. */
static so_status ask_whole(call what, const so_table *table, const so_options *options, room *r)
{
    return what == MINIMAL ? so_minimal_uniques(table, options, &r->minimal) : ask(what, table, options, r);
}

static void no_threads(const so_table *table, counting *c, call what)
{
    room one = open_room(table, table->n_fields), r = open_room(table, table->n_fields);
    so_options options = options_for(table->n_fields, 5, SO_NULLS_VALUE, 3);
    CHECK(ask_whole(what, table, &options, &one) == SO_OK);
    for (int more = 0; more <= 2; ++more) {
        allow_threads(more);
        options.allocator = counting_allocator(c, 0);
        so_status status = ask_whole(what, table, &options, &r);
        check_about("the system gives %d threads of 3, call %d", more, (int)what);
        CHECK(status == (more ? SO_OK : SO_NO_THREAD));
        CHECK(!more || same(what, &one, &r, table, options.max_size));
        CHECK(counting_live(c) == 0);
    }
    allow_threads(-1);
    close_room(&one);
    close_room(&r);
}

void test_failing_memory(void)
{
    static const struct {
        shape shape;
        size_t cap;
    } cases[] = {
        {{.rows = 600, .fields = 6, .values = 9, .nulls = 100, .skew = 300}, 6},
        {{.rows = 600, .fields = 18, .values = 60, .nulls = 100, .skew = 300, .counts = 3}, 2},
        {{.rows = 400, .fields = 40, .values = 400, .nulls = 100, .skew = 300, .repeats = 300}, 2},
        {{.rows = 0, .fields = 3, .values = 3}, 2},
    };
    dice d = {10};
    counting *c = counting_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        made t = make_table(&cases[i].shape, &d);
        for (int nulls = SO_NULLS_VALUE; nulls <= SO_NULLS_ANY; ++nulls)
            for (unsigned threads = 1; threads <= 3; threads += 2)
                for (call what = COMBINATIONS; what <= CLASSES; ++what) {
                    if (what != CLASSES && cases[i].shape.rows == 0)
                        continue;
                    so_options options = options_for(cases[i].cap, 5, (so_nulls)nulls, threads);
                    check_about("memory ends: case %zu, nulls %d, %u threads, call %d", i, nulls, threads, (int)what);
                    fail_each(&t.table, &options, what, c);
                }
        if (i == 0)
            for (call what = COMBINATIONS; what <= RISK; ++what)
                no_threads(&t.table, c, what);
        close_table(&t);
    }
    counting_close(c);
}

static void check_people_bound(const so_table *table, so_options *options, room *r, counting *c)
{
    uint64_t bound = 0;
    CHECK(so_minimal_memory(table, options, &bound) == SO_OK);
    options->allocator = counting_allocator(c, 0);
    CHECK(so_minimal_uniques(table, options,
                             &(so_minimal){.weights = r->minimal.weights, .exposure = r->minimal.exposure}) == SO_OK);
    CHECK(counting_peak(c) <= bound);
    size_t known = check_rounds && table->n_rows < 5000 ? table->n_fields : 3; /* all of them takes long */
    CHECK(so_risk_memory(table, options, known, &bound) == SO_OK);
    options->allocator = counting_allocator(c, 0);
    CHECK(so_risk(table, options, r->chances, known, 1e-300, r->risk, r->unwalked) == SO_OK);
    CHECK(counting_peak(c) <= bound);
}

static void check_bound(const so_table *table, size_t cap, so_nulls nulls, unsigned threads, counting *c)
{
    room r = open_room(table, cap);
    so_options options = options_for(cap, 5, nulls, threads);
    uint64_t bound = 0;
    CHECK(so_combinations_memory(table, &options, &bound) == SO_OK);
    options.allocator = counting_allocator(c, 0);
    CHECK(so_combinations(table, &options, r.figures) == SO_OK);
    CHECK(counting_peak(c) <= bound);
    options.allocator = counting_allocator(c, 0);
    CHECK(so_unique_records(table, &options, r.unique_in, r.first) == SO_OK);
    CHECK(counting_peak(c) <= bound);
    if (threads > 1)
        check_people_bound(table, &options, &r, c);
    close_room(&r);
}

/* Nine fields that set three rows apart and no more, then three that tell all rows apart: including any of the first
 * leaves all the rows to be walked. */
static void all_rows_at_every_level(counting *c)
{
    enum { VALUES = 32, ROWS = VALUES * VALUES * VALUES, FIELDS = 12 };
    static uint32_t codes[FIELDS][ROWS];
    so_field fields[FIELDS];
    for (uint32_t f = 0; f < FIELDS; ++f) {
        uint32_t divisor = f == 9 ? VALUES * VALUES : f == 10 ? VALUES : 1;
        for (uint32_t row = 0; row < ROWS; ++row)
            codes[f][row] = f < 9 ? (row < VALUES ? row + 2 : 1) : row / divisor % VALUES + 1;
        fields[f] = (so_field){codes[f], f < 9 ? VALUES + 1 : VALUES, false};
    }
    so_table table = {fields, FIELDS, ROWS, NULL};
    for (unsigned threads = 1; threads <= 4; threads += 3)
        for (size_t cap = 2; cap <= FIELDS; cap += 10) {
            check_about("bound where all rows stay at every level: %u threads, cap %zu", threads, cap);
            check_bound(&table, cap, SO_NULLS_VALUE, threads, c);
        }
}

void test_memory_bound(void)
{
    static const struct {
        shape shape;
        size_t cap;
    } hard[] = {
        /* nothing is settled early, so every level keeps all its rows; or there are many slots or fields */
        {{.rows = 10000, .fields = 14, .values = 2, .counts = 1}, 14},
        {{.rows = 10000, .fields = 14, .values = 3, .skew = 950, .counts = 2}, 14},
        {{.rows = 10000, .fields = 30, .values = 2, .skew = 400, .nulls = 300}, 3},
        {{.rows = 10000, .fields = 40, .values = 20000, .skew = 990}, 2},
        {{.rows = 30, .fields = 18, .values = 4}, 18},
        {{.rows = 30, .fields = 400, .values = 3}, 2},
    };
    dice d = {11};
    counting *c = counting_open();
    for (size_t i = 0; i < sizeof hard / sizeof *hard; ++i)
        for (int nulls = SO_NULLS_VALUE; nulls <= SO_NULLS_DROP; ++nulls)
            for (unsigned threads = 1; threads <= 4; threads += 3) {
                shape s = hard[i].shape;
                s.rows = check_rounds || s.rows < 100 ? s.rows : s.rows / 10; /* slow under a sanitizer */
                made t = make_table(&s, &d);
                check_about("bound of a hard table %zu, nulls %d, %u threads", i, nulls, threads);
                check_bound(&t.table, hard[i].cap, (so_nulls)nulls, threads, c);
                close_table(&t);
            }
    if (check_rounds)
        all_rows_at_every_level(c);
    for (unsigned round = 0; round < 40 * check_rounds; ++round) {
        so_nulls nulls = round % 8 ? (so_nulls)(round % 2) : SO_NULLS_ANY;
        shape s = random_shape(&d, nulls == SO_NULLS_ANY ? 150 : round % 3 ? 3000 : 10, 12);
        made t = make_table(&s, &d);
        size_t cap = 1 + dice_below(&d, (uint32_t)s.fields);
        check_about("bound %u: %zu rows, %zu fields, cap %zu, nulls %d", round, s.rows, s.fields, cap, (int)nulls);
        check_bound(&t.table, cap, nulls, 1 + round % 4, c);
        close_table(&t);
    }
    counting_close(c);
}
