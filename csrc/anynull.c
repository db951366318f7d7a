/* anynull.c: classes where a null matches everything, as in sdcMicro's freqCalc.
 *
 * Matching is not transitive, so there are no classes: each row has its own k.  Rows are merged into distinct tuples of S,
 * tuples are put together by which of their fields are null, and every two such patterns are joined on the fields that
 * neither has as null. */
#include "anynull.h"

#include "check.h"
#include "fixed.h"
#include "subsets.h"

#include <string.h>

typedef struct pattern {
    uint32_t start, stop; /* its tuples */
} pattern;

typedef struct matching {
    const so_table *table;
    const so_options *options;
    so_ticker *ticker;
    double share;       /* of the combinations that are done */
    size_t n, bits;     /* rows; the hash table has 2^bits places */
    uint32_t *tuple_of; /* by row */
    uint32_t *row_of;   /* by tuple: one row that has it */
    uint32_t *order;    /* tuples, pattern by pattern */
    uint32_t *number;   /* by tuple: its pattern */
    uint64_t *people;   /* by tuple */
    uint64_t *k;        /* by tuple */
    uint32_t *place;    /* the hash table: tuple + 1 */
    uint64_t *sum;      /* by place: people that match */
    pattern *patterns;
    uint32_t *members; /* the common fields of two patterns */
    uint32_t n_tuples, n_patterns;
} matching;

static uint64_t mix(uint64_t x)
{
    x ^= x >> 32;
    x *= UINT64_C(0xD6E8FEB86659FD93);
    x ^= x >> 29;
    return x;
}

typedef enum compared { VALUES, NULLNESS } compared;

static uint32_t seen(const matching *a, uint32_t row, uint32_t field, compared how)
{
    uint32_t code = a->table->fields[field].codes[row];
    return how == VALUES ? code : code == 0;
}

/* The place of a row's values on some fields: where it is, or the free place where it would be. */
static size_t find(const matching *a, uint32_t row, const uint32_t *fields, size_t n, compared how)
{
    uint64_t hash = 1;
    for (size_t i = 0; i < n; ++i)
        hash = mix(hash + UINT64_C(0x9E3779B97F4A7C15) * (seen(a, row, fields[i], how) + UINT64_C(1)));
    size_t mask = ((size_t)1 << a->bits) - 1, at = hash & mask;
    for (; a->place[at]; at = (at + 1) & mask) {
        uint32_t other = a->row_of[a->place[at] - 1];
        size_t i = 0;
        while (i < n && seen(a, row, fields[i], how) == seen(a, other, fields[i], how))
            ++i;
        if (i == n)
            break;
    }
    return at;
}

static void clear(matching *a)
{
    memset(a->place, 0, ((size_t)1 << a->bits) * sizeof *a->place);
}

static so_status merge_rows(matching *a, const uint32_t *fields, size_t n)
{
    clear(a);
    a->n_tuples = 0;
    so_status status = SO_OK;
    for (uint32_t row = 0; row < a->n && status == SO_OK; ++row) {
        size_t at = find(a, row, fields, n, VALUES);
        if (!a->place[at]) {
            a->row_of[a->n_tuples] = row;
            a->people[a->n_tuples] = 0;
            a->place[at] = ++a->n_tuples;
        }
        uint32_t tuple = a->place[at] - 1;
        a->tuple_of[row] = tuple;
        a->people[tuple] += a->table->counts ? a->table->counts[row] : 1;
        status = so_tick(a->ticker, n, a->share);
    }
    return status;
}

static void find_patterns(matching *a, const uint32_t *fields, size_t n)
{
    clear(a);
    a->n_patterns = 0;
    for (uint32_t t = 0; t < a->n_tuples; ++t) {
        size_t at = find(a, a->row_of[t], fields, n, NULLNESS);
        if (!a->place[at]) {
            a->place[at] = t + 1;
            a->sum[at] = a->n_patterns;
            a->patterns[a->n_patterns++] = (pattern){0, 0};
        }
        a->number[t] = (uint32_t)a->sum[at];
        ++a->patterns[a->number[t]].stop;
    }
    uint32_t start = 0;
    for (uint32_t p = 0; p < a->n_patterns; ++p) {
        uint32_t size = a->patterns[p].stop;
        a->patterns[p] = (pattern){start, start};
        start += size;
    }
    for (uint32_t t = 0; t < a->n_tuples; ++t)
        a->order[a->patterns[a->number[t]].stop++] = t;
}

/* Adds to the k of every tuple of p the people of q that match it. */
static so_status join(matching *a, const pattern *p, const pattern *q, const uint32_t *fields, size_t n)
{
    so_status status = so_tick(a->ticker, ((size_t)1 << a->bits) / 16, a->share); /* for clearing them */
    size_t common = 0;
    uint32_t one = a->row_of[a->order[p->start]], other = a->row_of[a->order[q->start]];
    for (size_t i = 0; i < n; ++i)
        if (seen(a, one, fields[i], VALUES) && seen(a, other, fields[i], VALUES))
            a->members[common++] = fields[i];
    clear(a);
    for (uint32_t i = q->start; i < q->stop && status == SO_OK; ++i) {
        uint32_t t = a->order[i];
        size_t at = find(a, a->row_of[t], a->members, common, VALUES);
        if (!a->place[at]) {
            a->place[at] = t + 1;
            a->sum[at] = 0;
        }
        a->sum[at] += a->people[t];
        status = so_tick(a->ticker, common + 1, a->share);
    }
    for (uint32_t i = p->start; i < p->stop && status == SO_OK; ++i) {
        uint32_t t = a->order[i];
        size_t at = find(a, a->row_of[t], a->members, common, VALUES);
        if (a->place[at])
            a->k[t] += a->sum[at];
        status = so_tick(a->ticker, common + 1, a->share);
    }
    return status;
}

static so_status match(matching *a, const uint32_t *fields, size_t n)
{
    so_status status = merge_rows(a, fields, n);
    if (status != SO_OK)
        return status;
    find_patterns(a, fields, n);
    memset(a->k, 0, a->n_tuples * sizeof *a->k);
    if (a->n_patterns == 1) { /* no joining to do unless nulls are all there is to them, and then the tuple is one */
        memcpy(a->k, a->people, a->n_tuples * sizeof *a->k);
        return SO_OK;
    }
    for (uint32_t p = 0; p < a->n_patterns; ++p)
        for (uint32_t q = 0; q < a->n_patterns && status == SO_OK; ++q)
            status = join(a, &a->patterns[p], &a->patterns[q], fields, n);
    return status;
}

static so_figures figures_of(const matching *a, unsigned scale)
{
    so_figures f = {.smallest = UINT64_MAX};
    for (uint32_t t = 0; t < a->n_tuples; ++t) {
        uint64_t people = a->people[t], k = a->k[t];
        f.people += people;
        f.unique += k == 1 ? people : 0;
        f.below += k < a->options->threshold ? people : 0;
        f.entropy += people * ((UINT64_C(1) << scale) / k);
        f.smallest = k < f.smallest ? k : f.smallest;
        f.largest = k > f.largest ? k : f.largest;
    }
    f.smallest = f.people ? f.smallest : 0;
    return f;
}

static void close_matching(matching *a)
{
    const so_allocator *allocator = &a->options->allocator;
    void *pieces[] = {a->tuple_of, a->row_of, a->order, a->number,   a->people,
                      a->k,        a->place,  a->sum,   a->patterns, a->members};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; ++i)
        so_delete(allocator, pieces[i]);
}

static so_status open_matching(matching *a, const so_table *table, const so_options *options, so_ticker *ticker)
{
    const so_allocator *allocator = &options->allocator;
    size_t n = table->n_rows, bits = 4;
    while (((size_t)1 << bits) < n * 2)
        ++bits;
    *a = (matching){.table = table, .options = options, .ticker = ticker, .n = n, .bits = bits};
    a->tuple_of = so_new(allocator, n, sizeof *a->tuple_of);
    a->row_of = so_new(allocator, n, sizeof *a->row_of);
    a->order = so_new(allocator, n, sizeof *a->order);
    a->number = so_new(allocator, n, sizeof *a->number);
    a->people = so_new(allocator, n, sizeof *a->people);
    a->k = so_new(allocator, n, sizeof *a->k);
    a->place = so_new(allocator, (size_t)1 << bits, sizeof *a->place);
    a->sum = so_new(allocator, (size_t)1 << bits, sizeof *a->sum);
    a->patterns = so_new(allocator, n, sizeof *a->patterns);
    a->members = so_new(allocator, 2 * table->n_fields + 1, sizeof *a->members);
    if (a->tuple_of && a->row_of && a->order && a->number && a->people && a->k && a->place && a->sum && a->patterns &&
        a->members)
        return SO_OK;
    close_matching(a);
    return SO_NO_MEMORY;
}

/* Called for every combination; rows' k are in the matching. */
typedef void (*taker)(void *context, const matching *a, uint64_t rank, const so_combination *c);

static so_status every_combination(const so_table *table, const so_options *options, taker take, void *context,
                                   so_ticker *ticker)
{
    matching a;
    uint64_t total;
    so_status status = so_count_combinations(table->n_fields, options->max_size, &total);
    if (status == SO_OK)
        status = open_matching(&a, table, options, ticker);
    if (status != SO_OK)
        return status;
    size_t cap = options->max_size < table->n_fields ? options->max_size : table->n_fields;
    so_combination c = {.m = table->n_fields, .members = a.members + table->n_fields};
    for (uint64_t rank = 0; status == SO_OK && so_next_combination(&c, cap); ++rank) {
        a.share = (double)rank / (double)total;
        status = match(&a, c.members, c.size);
        if (status == SO_OK)
            take(context, &a, rank, &c);
    }
    close_matching(&a);
    return status;
}

typedef struct scaled {
    so_figures *figures;
    unsigned scale;
} scaled;

static void take_figures(void *context, const matching *a, uint64_t rank, const so_combination *c)
{
    (void)c;
    const scaled *s = context;
    s->figures[rank] = figures_of(a, s->scale);
}

so_status so_combinations_any(const so_table *table, const so_options *options, so_figures *figures, so_ticker *ticker)
{
    scaled s = {figures, so_reciprocal_scale(so_people(table))};
    return every_combination(table, options, take_figures, &s, ticker);
}

typedef struct singled {
    uint64_t *unique_in;
    uint32_t *first;
} singled;

static void take_unique(void *context, const matching *a, uint64_t rank, const so_combination *c)
{
    (void)c;
    const singled *s = context;
    for (size_t row = 0; row < a->n; ++row)
        if (a->k[a->tuple_of[row]] == 1) {
            ++s->unique_in[row];
            if (s->first[row] == UINT32_MAX)
                s->first[row] = (uint32_t)rank;
        }
}

so_status so_unique_records_any(const so_table *table, const so_options *options, uint64_t *unique_in, uint32_t *first,
                                so_ticker *ticker)
{
    singled s = {unique_in, first};
    return every_combination(table, options, take_unique, &s, ticker);
}

typedef struct exposing {
    uint64_t *exposure;
    size_t stride;
} exposing;

static void take_exposure(void *context, const matching *a, uint64_t rank, const so_combination *c)
{
    const exposing *e = context;
    (void)rank;
    for (size_t row = 0; row < a->n; ++row)
        e->exposure[row * e->stride + c->size] += a->k[a->tuple_of[row]] == 1;
}

so_status so_exposure_any(const so_table *table, const so_options *options, uint64_t *exposure, so_ticker *ticker)
{
    exposing e = {exposure, options->max_size + 1};
    return every_combination(table, options, take_exposure, &e, ticker);
}

typedef struct risking {
    const double *chances;
    double *risk;
} risking;

static void take_risk(void *context, const matching *a, uint64_t rank, const so_combination *c)
{
    const risking *r = context;
    double chance = 1;
    (void)rank;
    for (size_t f = 0, i = 0; f < c->m; ++f) {
        bool known = i < c->size && c->members[i] == f;
        chance *= known ? r->chances[f] : 1 - r->chances[f];
        i += known;
    }
    for (size_t row = 0; row < a->n && chance > 0; ++row)
        r->risk[row] += chance / (double)a->k[a->tuple_of[row]];
}

so_status so_risk_any(const so_table *table, const so_options *options, const double *chances, size_t most,
                      double *risk, so_ticker *ticker)
{
    double none = 1;
    for (size_t f = 0; f < table->n_fields; ++f)
        none *= 1 - chances[f];
    for (size_t row = 0; row < table->n_rows; ++row)
        risk[row] = none / (double)so_people(table);
    if (most == 0 || table->n_fields == 0)
        return SO_OK;
    so_options up_to = *options;
    up_to.max_size = most;
    so_status status = every_combination(table, &up_to, take_risk, &(risking){chances, risk}, ticker);
    for (size_t row = 0; row < table->n_rows; ++row)
        risk[row] = risk[row] < 1 ? risk[row] : 1; /* sums are rounded */
    return status;
}

so_status so_match_any(const so_table *table, const so_options *options, uint32_t *size_of, so_ticker *ticker)
{
    matching a;
    so_status status = open_matching(&a, table, options, ticker);
    if (status != SO_OK)
        return status;
    uint32_t *fields = a.members + table->n_fields;
    for (size_t f = 0; f < table->n_fields; ++f)
        fields[f] = (uint32_t)f;
    status = match(&a, fields, table->n_fields);
    for (size_t row = 0; row < a.n && status == SO_OK; ++row)
        size_of[row] = (uint32_t)a.k[a.tuple_of[row]];
    close_matching(&a);
    return status;
}
