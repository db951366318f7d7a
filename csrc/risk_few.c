/* risk_few.c: the chances of a class of a few items, over everything that may still become known.
 *
 * Let q(T) be the probability that nothing becomes known on which the items of T differ.  Item i shares its class with
 * exactly the items of A when those of A agree with it and no other does; by inclusion and exclusion the mean of 1/k is
 *     the sum over T that hold i of q(T) times the sum over A with i in A, A within T, of (-1)^(T less A) / people of A. */
#include "risk.h"

/* What 1 is in the sums of a class.  They are added up as integers, so that they do not depend on the order of its items,
 * which is that of the rows; each is at most 1, and there are at most 2^(SO_RISK_FEW - 1) of them. */
#define WHOLE 576460752303423488.0 /* 2^59 */

static uint64_t differing(const so_risk_search *s, uint32_t a, uint32_t b, size_t level)
{
    uint64_t levels = 0;
    for (size_t l = level; l < s->m; ++l)
        levels |= (uint64_t)(s->level[l].codes[a] != s->level[l].codes[b]) << (l - level);
    return levels;
}

static double none_of(const so_risk_search *s, uint64_t levels, size_t level)
{
    double chance = 1;
    for (; levels; levels &= levels - 1)
        chance *= 1 - s->level[level + (size_t)__builtin_ctzll(levels)].chance;
    return chance;
}

bool so_risk_few(const so_risk_search *s, const so_risk_items *items, const uint32_t *item, uint32_t n, size_t level,
                 size_t left)
{
    if (n > SO_RISK_FEW || left < s->m - level || s->m - level > 64)
        return false;
    for (uint32_t i = 0; i < n; ++i)
        if (!so_risk_whole(s, items->row[item[i]], level))
            return false;
    return true;
}

void so_risk_take_few(const so_risk_search *s, so_risk_items *items, const uint32_t *item, uint32_t n, size_t level,
                      double chance)
{
    uint64_t apart[1u << SO_RISK_FEW] = {0};
    double alike[1u << SO_RISK_FEW];
    int64_t share[1u << SO_RISK_FEW];
    uint64_t people[1u << SO_RISK_FEW] = {0};
    uint32_t sets = UINT32_C(1) << n;
    for (uint32_t i = 0; i < n; ++i) {
        uint64_t differ[SO_RISK_FEW];
        for (uint32_t j = 0; j < i; ++j)
            differ[j] = differing(s, items->row[item[j]], items->row[item[i]], level);
        for (uint32_t t = 0; t < UINT32_C(1) << i; ++t) {
            people[t | UINT32_C(1) << i] = people[t] + items->people[item[i]];
            apart[t | UINT32_C(1) << i] = t ? apart[t] | differ[__builtin_ctz(t)] : 0;
        }
    }
    for (uint32_t t = 1; t < sets; ++t) {
        alike[t] = none_of(s, apart[t], level);
        share[t] = (int64_t)(WHOLE / (double)people[t]);
    }
    for (uint32_t i = 0; i < n; ++i) {
        int64_t mean = 0;
        for (uint32_t t = 1; t < sets; ++t) {
            if (!(t >> i & 1))
                continue;
            int64_t sum = 0;
            for (uint32_t a = t; a; a = (a - 1) & t)
                if (a >> i & 1)
                    sum += __builtin_popcount(t ^ a) & 1 ? -share[a] : share[a];
            mean += (int64_t)(alike[t] * (double)sum);
        }
        so_risk_add(items, item[i], chance * ((double)mean / WHOLE));
    }
}
