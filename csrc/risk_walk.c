/* risk_walk.c: sums P(S) / k over the combinations, from fewer fields to more.
 *
 * Fields are added, the one with most values first, and only among items that still share their class: once an item is
 * alone, k stays what it is, and the whole mass of the branch is known at once.  Rows that are the same on every level to
 * come are one item; when leaving levels out makes many items the same they become new items, whose sums go back to the
 * old ones at the end. */
#include "risk.h"

#include <string.h>

#define MERGE_FROM 64u /* items: fewer are not worth the attempt */

bool so_risk_whole(const so_risk_search *s, uint32_t row, size_t level)
{
    for (size_t l = level; s->drop && l < s->m; ++l)
        if (s->level[l].nullable && s->level[l].codes[row] == 0)
            return false;
    return true;
}

/* Whether to stop, looked at for one in many of what is counted. */
static bool stopped(const so_risk_search *s, uint32_t counted)
{
    return (counted & 8191) == 8191 && atomic_load_explicit(&s->stop, memory_order_relaxed);
}

/* A class of S: S is `chance` likely so far, its last level is before `level`, `left` more may follow.  Returns whether
 * the branch must go on with it. */
static bool close_class(const so_risk_search *s, so_risk_items *items, const uint32_t *item, uint32_t n, double chance,
                        size_t level, size_t left)
{
    if (n == 1 && so_risk_whole(s, items->row[item[0]], level)) {
        double mass = s->mass[left * (s->m + 1) + level];
        so_risk_add(items, item[0], chance * mass / (double)items->people[item[0]]);
        return false;
    }
    if (so_risk_few(s, items, item, n, level, left)) {
        so_risk_take_few(s, items, item, n, level, chance);
        return false;
    }
    uint64_t k = 0;
    for (uint32_t i = 0; i < n; ++i)
        k += items->people[item[i]];
    for (uint32_t i = 0; i < n; ++i)
        so_risk_add(items, item[i], chance * s->none[level] / (double)k);
    return left > 0 && level < s->m;
}

static bool take_part(so_risk_worker *w, so_risk_part *part, uint32_t n)
{
    part->item = so_arena_take(&w->arena, n * sizeof *part->item);
    part->end = part->item ? so_arena_take(&w->arena, n * sizeof *part->end) : NULL;
    part->n = part->groups = 0;
    if (!part->end)
        so_risk_fail(w->search, SO_NO_MEMORY);
    return part->end != NULL;
}

static bool take_items(so_risk_worker *w, so_risk_items *items, uint32_t n)
{
    items->row = so_arena_take(&w->arena, n * sizeof *items->row);
    items->people = items->row ? so_arena_take(&w->arena, n * sizeof *items->people) : NULL;
    items->sum = items->people ? so_arena_take(&w->arena, n * sizeof *items->sum) : NULL;
    bool apart = items->sum && w->search->seldom > 0;
    items->apart = apart ? so_arena_take(&w->arena, n * sizeof *items->apart) : NULL;
    if (!items->sum || (apart && !items->apart)) {
        so_risk_fail(w->search, SO_NO_MEMORY);
        return false;
    }
    memset(items->sum, 0, n * sizeof *items->sum);
    if (apart)
        memset(items->apart, 0, n * sizeof *items->apart);
    return true;
}

/* Splits one class by a level: the items of each code together, in their order.  0 codes if it is to stop: the worker is
 * not used again then. */
static uint32_t scatter(so_risk_worker *w, const so_risk_items *items, const uint32_t *item, uint32_t n,
                        const uint32_t *codes, uint32_t *to)
{
    uint32_t used = 0, sum = 0;
    for (uint32_t i = 0; i < n; ++i) {
        if (stopped(w->search, i))
            return 0;
        uint32_t code = codes[items->row[item[i]]];
        w->touched[used] = code;
        used += w->count[code]++ == 0;
    }
    for (uint32_t t = 0; t < used; ++t) {
        uint32_t here = w->count[w->touched[t]];
        w->count[w->touched[t]] = sum;
        sum += here;
    }
    for (uint32_t i = 0; i < n; ++i) {
        if (stopped(w->search, i))
            return 0;
        to[w->count[codes[items->row[item[i]]]]++] = item[i];
    }
    return used;
}

/* Splits every class by a level into `to`; classes that are final are taken and left out. */
static void split(so_risk_worker *w, so_risk_items *items, const so_risk_part *from, size_t l, double chance,
                  size_t left, so_risk_part *to)
{
    const so_risk_search *s = w->search;
    const so_risk_level *level = &s->level[l];
    bool dropping = s->drop && level->nullable;
    for (uint32_t g = 0, at = 0; g < from->groups && !stopped(s, g); at = from->end[g++]) {
        uint32_t *made = to->item + to->n, out = 0, start = 0;
        uint32_t used = scatter(w, items, from->item + at, from->end[g] - at, level->codes, made);
        for (uint32_t t = 0; t < used; ++t) {
            uint32_t code = w->touched[t], stop = w->count[code], n = stop - start;
            w->count[code] = 0;
            if (!(dropping && code == 0) && close_class(s, items, made + start, n, chance, l + 1, left)) {
                memmove(made + out, made + start, n * sizeof *made);
                out += n;
                to->end[to->groups++] = to->n + out;
            }
            start = stop;
        }
        to->n += out;
    }
}

static bool same_from(const so_risk_search *s, uint32_t a, uint32_t b, size_t level)
{
    for (size_t l = s->m; l-- > level;)
        if (s->level[l].codes[a] != s->level[l].codes[b])
            return false;
    return true;
}

static void descend(so_risk_worker *w, so_risk_items *items, const so_risk_part *part, size_t level, double chance,
                    size_t left);

/* Goes on with items made of those that are the same from this level on, if that is many fewer; false if it is not. */
static bool descend_merged(so_risk_worker *w, so_risk_items *items, const so_risk_part *part, size_t level,
                           double chance, size_t left)
{
    const so_risk_search *s = w->search;
    so_mark mark = so_arena_mark(&w->arena);
    so_risk_part merged;
    uint32_t *new_of = so_arena_take(&w->arena, part->n * sizeof *new_of);
    if (!new_of)
        so_risk_fail(w->search, SO_NO_MEMORY);
    if (!new_of || !take_part(w, &merged, part->n))
        return true;
    for (uint32_t g = 0, at = 0; g < part->groups; ++g) {
        for (uint32_t i = at; i < part->end[g]; ++i) {
            if (stopped(s, i))
                return true;
            uint32_t row = items->row[part->item[i]];
            if (i == at || !same_from(s, row, items->row[part->item[i - 1]], level))
                ++merged.n;
            new_of[i] = merged.n - 1;
        }
        at = part->end[g];
        merged.end[merged.groups++] = merged.n;
    }
    if (atomic_load_explicit(&w->search->stop, memory_order_relaxed))
        return true;
    if (merged.n > part->n / 4 * 3) {
        so_arena_release(&w->arena, mark);
        return false;
    }
    so_risk_items fewer;
    if (!take_items(w, &fewer, merged.n))
        return true;
    for (uint32_t i = 0; i < merged.n; ++i) {
        merged.item[i] = i;
        fewer.people[i] = 0;
    }
    for (uint32_t i = 0; i < part->n; ++i) {
        fewer.row[new_of[i]] = items->row[part->item[i]];
        fewer.people[new_of[i]] += items->people[part->item[i]];
    }
    descend(w, &fewer, &merged, level, chance, left);
    for (uint32_t i = 0; i < part->n; ++i) {
        items->sum[part->item[i]] += fewer.sum[new_of[i]];
        if (items->apart)
            items->apart[part->item[i]] += fewer.apart[new_of[i]];
    }
    so_arena_release(&w->arena, mark);
    return true;
}

/* Leaves out a branch that is seldom enough: `chance` is all that it comes to. */
static bool leave(const so_risk_search *s, const so_risk_items *items, const so_risk_part *part, double chance)
{
    if (!items->apart || !(chance < s->seldom))
        return false;
    for (uint32_t i = 0; i < part->n; ++i)
        so_risk_leave(&items->apart[part->item[i]], chance > 0 ? chance : 0);
    return true;
}

/* Adds every level from this one on to S. */
static void descend(so_risk_worker *w, so_risk_items *items, const so_risk_part *part, size_t level, double chance,
                    size_t left)
{
    const so_risk_search *s = w->search;
    for (; level < s->m && chance > 0; ++level) {
        double known = chance * s->level[level].chance;
        if (leave(s, items, part, chance * (s->mass[left * (s->m + 1) + level] - s->none[level])))
            return; /* whatever is added */
        so_risk_part child;
        so_mark mark = so_arena_mark(&w->arena);
        if (atomic_load_explicit(&w->search->stop, memory_order_relaxed) || !take_part(w, &child, part->n))
            return;
        if (!leave(s, items, part, known * s->mass[(left - 1) * (s->m + 1) + level + 1]))
            split(w, items, part, level, known, left - 1, &child);
        if (child.groups)
            descend(w, items, &child, level + 1, known, left - 1);
        so_arena_release(&w->arena, mark);
        chance *= 1 - s->level[level].chance;
        if (part->n >= MERGE_FROM && level + 1 < s->m && chance > 0 &&
            descend_merged(w, items, part, level + 1, chance, left))
            return;
    }
}

/* All rows as items of one class: those that are the same from this level on are one. */
static bool all_items(so_risk_worker *w, size_t level, so_risk_items *items, so_risk_part *all, uint32_t *item_of)
{
    const so_risk_search *s = w->search;
    uint32_t n = (uint32_t)s->table->n_rows, last = 0;
    if (!take_items(w, items, n) || !take_part(w, all, n))
        return false;
    for (uint32_t i = 0; i < n && !stopped(s, i); ++i) {
        uint32_t row = s->order[i];
        if (i == 0 || !same_from(s, row, s->order[i - 1], level)) {
            last = all->n;
            items->row[last] = row;
            items->people[last] = 0;
            all->item[all->n++] = last;
        }
        items->people[last] += s->people[row];
        item_of[row] = last;
    }
    all->groups = 1;
    all->end[0] = all->n;
    return !atomic_load_explicit(&w->search->stop, memory_order_relaxed);
}

static void first_level(so_risk_worker *w, size_t level, double chance)
{
    const so_risk_search *s = w->search;
    double known = chance * s->level[level].chance;
    uint32_t n = (uint32_t)s->table->n_rows;
    double all_of_it = known * s->mass[(s->most - 1) * (s->m + 1) + level + 1];
    if (all_of_it < s->seldom) {
        for (uint32_t row = 0; row < n; ++row)
            so_risk_leave(&w->apart[row], all_of_it);
        return;
    }
    so_mark mark = so_arena_mark(&w->arena);
    uint32_t *item_of = so_arena_take(&w->arena, n * sizeof *item_of);
    so_risk_items items;
    so_risk_part all, child;
    if (!item_of)
        so_risk_fail(w->search, SO_NO_MEMORY);
    if (!item_of || !all_items(w, level, &items, &all, item_of) || !take_part(w, &child, all.n))
        return;
    split(w, &items, &all, level, known, s->most - 1, &child);
    if (child.groups)
        descend(w, &items, &child, level + 1, known, s->most - 1);
    for (uint32_t row = 0; row < n; ++row) {
        w->sum[row] += items.sum[item_of[row]];
        if (w->apart)
            w->apart[row] += items.apart[item_of[row]];
    }
    so_arena_release(&w->arena, mark);
}

void so_risk_task(so_risk_worker *w, size_t task)
{
    const so_risk_search *s = w->search;
    if (task == 0) {
        for (size_t row = 0; row < s->table->n_rows; ++row)
            w->sum[row] += (uint64_t)(s->none[0] * SO_RISK_ONE / (double)s->n_people);
        return;
    }
    double chance = 1;
    for (size_t before = 0; before + 1 < task; ++before)
        chance *= 1 - s->level[before].chance;
    if (chance > 0 && s->most > 0)
        first_level(w, task - 1, chance);
}
