/* kernel_leaves.h: S with one field more, for every field that may follow; a template, see leaves.h and kernel_parts.h. */

/* How many people of a group have each code, in worker->count; returns how many codes there are, in worker->touched. */
static inline uint32_t NAME(count_codes)(so_worker *worker, const NAME(key) * k, const uint32_t *pay, uint32_t n,
                                         const so_level *level)
{
    uint32_t *count = worker->count, *touched = worker->touched, used = 0;
    for (uint32_t i = 0; i < n; ++i) {
        uint32_t code = NAME(code)(worker->walk, &k[i], level);
        touched[used] = code;
        used += count[code] == 0;
        count[code] += pay[i];
    }
    return used;
}

#if W > 0
typedef struct {
    so_worker *worker;
    size_t m;               /* levels in all */
    uint32_t fields, bytes; /* fields that may follow; words that hold a byte for each */
    bool whole;             /* one group is all there is, perhaps of millions: each level is progress */
} NAME(leaf);

static inline uint64_t NAME(low_bits)(size_t fields)
{
    return fields >= 64 ? UINT64_MAX : (UINT64_C(1) << fields) - 1;
}

/* The classes that i leads: on the fields of equal[j], j > i, j is in one with i. */
static inline __attribute__((always_inline)) void NAME(join)(const NAME(leaf) * c, const uint64_t *equal,
                                                             const uint32_t *pay, uint32_t i, uint32_t n, uint64_t any,
                                                             bool lone)
{
    so_leaves *leaves = c->worker->leaves;
    const int bits = lone ? SO_LEAF_LONE_BITS : SO_LEAF_BITS;
    uint64_t people[SO_LEAF_BITS] = {0}; /* of i's class on each field, bit by bit */
    for (int bit = 0; bit < bits; ++bit)
        people[bit] = any & -(uint64_t)(pay[i] >> bit & 1);
    for (uint32_t j = i + 1; j < n; ++j) {
        uint64_t carry = lone ? equal[j] : 0;
        for (int bit = 0; bit < bits; ++bit) {
            uint64_t add = lone ? 0 : equal[j] & -(uint64_t)(pay[j] >> bit & 1), old = people[bit];
            people[bit] = old ^ add ^ carry;
            carry = (old & add) | (carry & (old ^ add));
        }
        if (!lone)
            so_leaves_add(&leaves->apart, pay[j], equal[j], c->bytes);
    }
    if (!lone)
        so_leaves_add(&leaves->apart, pay[i], any, c->bytes);
    do {
        uint64_t fields = any;
        uint32_t b = (uint32_t)__builtin_ctzll(any), size = 0;
        for (int bit = 0; bit < bits; ++bit) {
            uint64_t set = people[bit] >> b & 1;
            size |= (uint32_t)set << bit;
            fields &= people[bit] ^ (set - 1);
        }
        so_leaves_add(lone ? &leaves->lone : &leaves->joined, size, fields, c->bytes);
        any &= ~fields;
    } while (any);
}

/* Two tuples, as most groups have. */
static inline void NAME(leaf_pair)(const NAME(leaf) * c, const NAME(key) * k, const uint32_t *pay, size_t level)
{
    so_leaves *leaves = c->worker->leaves;
    const so_layout *layout = &c->worker->walk->layout;
    uint64_t equal = NAME(low_bits)(c->m - level) & ~NAME(differ)(layout, &k[0], &k[1], level);
    if (pay[0] + pay[1] == 2) {
        so_leaves_add(&leaves->lone, 2, equal, c->bytes);
        return;
    }
    so_leaves_add(&leaves->apart, pay[0], equal, c->bytes);
    so_leaves_add(&leaves->apart, pay[1], equal, c->bytes);
    so_leaves_add(&leaves->joined, pay[0] + pay[1], equal, c->bytes);
}

/* A group of a few tuples of few people: apart on every field, and then joined where they are equal. */
static inline void NAME(leaf_few)(const NAME(leaf) * c, const NAME(key) * k, const uint32_t *pay, uint32_t n,
                                  size_t level, bool lone)
{
    const so_walk *walk = c->worker->walk;
    so_leaves *leaves = c->worker->leaves;
    if (leaves->room < n)
        so_leaves_flush(leaves, c->fields);
    leaves->room -= n;
    uint32_t *from = leaves->from[c->m - 1 - level];
    for (uint32_t i = 0; i < n; ++i)
        from[pay[i]] += 1;
    if (n == 2 && !walk->drop) {
        NAME(leaf_pair)(c, k, pay, level);
        return;
    }
    uint64_t rest = NAME(low_bits)(c->m - level), nulls[SO_LEAF_FEW], led[SO_LEAF_FEW] = {0}, equal[SO_LEAF_FEW];
    for (uint32_t i = 0; i < n; ++i) {
        nulls[i] = walk->drop ? NAME(nulls)(&walk->layout, &k[i], level) : 0;
        for (uint64_t none = nulls[i]; none; none &= none - 1)
            leaves->on[__builtin_ctzll(none)][pay[i]] -= 1;
    }
    for (uint32_t i = 0; i + 1 < n; ++i) {
        uint64_t mine = rest & ~led[i] & ~nulls[i], any = 0;
        for (uint32_t j = i + 1; j < n; ++j) {
            equal[j] = mine & ~NAME(differ)(&walk->layout, &k[i], &k[j], level);
            led[j] |= equal[j];
            any |= equal[j];
        }
        if (any && lone)
            NAME(join)(c, equal, pay, i, n, any, true);
        else if (any)
            NAME(join)(c, equal, pay, i, n, any, false);
    }
}

/* A group under level l alone. */
static inline void NAME(leaf_level)(const NAME(leaf) * c, const NAME(key) * k, const uint32_t *pay, uint32_t n,
                                    size_t l)
{
    const so_level *level = &c->worker->walk->layout.level[l];
    uint32_t used = NAME(count_codes)(c->worker, k, pay, n, level);
    for (uint32_t t = 0; t < used; ++t) {
        uint32_t people = so_take_count(c->worker, t, level);
        if (people < SO_LEAF_SIZES) /* of nobody there is no class, and none is asked for */
            c->worker->leaves->on[c->m - 1 - l][people] += 1;
        else
            so_put(c->worker->walk, &c->worker->leaves->large[c->m - 1 - l], people);
    }
}

/* A large group, level by level, until it is a small one.  Tuples merge as fewer levels are to come; after a merge that saved
 * little the next one waits.  Returns the level from which on it was small. */
static size_t NAME(leaf_group)(const NAME(leaf) * c, NAME(key) * k, uint32_t *pay, uint32_t n, size_t level)
{
    uint32_t wait = 0, skip = 0;
    for (; level < c->m && !so_stopped(c->worker->walk); ++level) {
        if (n <= SO_LEAF_FEW) {
            uint64_t people = 0;
            for (uint32_t i = 0; i < n; ++i)
                people += pay[i];
            if (people < SO_LEAF_SIZES) {
                NAME(leaf_few)(c, k, pay, n, level, people == n);
                break;
            }
        }
        NAME(leaf_level)(c, k, pay, n, level);
        if (c->whole)
            so_progress(c->worker, 1);
        if (level + 1 < c->m && skip-- == 0) {
            uint32_t before = n;
            n = NAME(merge)(k, pay, n, &c->worker->walk->layout.level[level + 1], 0, k, pay);
            skip = wait = before - n > before / 8 ? 0 : wait < 7 ? 2 * wait + 1 : 7;
        }
    }
    return level;
}

static void NAME(leaves)(so_worker *worker, so_branch *branch)
{
    if (NAME(move_on)(worker, branch))
        return;
    so_walk *walk = worker->walk;
    const so_node *node = &branch->node;
    NAME(key) *keys = node->keys;
    so_leaves *leaves = worker->leaves;
    size_t m = walk->layout.n_levels;
    uint32_t fields = (uint32_t)(m - branch->level);
    NAME(leaf) c = {worker, m, fields, (fields + 7) / 8, node->groups == 1};
    size_t told = 0;
    so_leaves_clear(leaves, fields);
    for (uint32_t g = 0, at = 0; g < node->groups; at = node->end[g++]) {
        if ((g & 1023) == 1023 && so_stopped(walk))
            return;
        size_t level = NAME(leaf_group)(&c, keys + at, node->pay + at, node->end[g] - at, branch->level);
        told = c.whole ? level - branch->level : 0;
    }
    so_leaves_flush(leaves, fields);
    uint32_t sizes[SO_LEAF_SIZES] = {0};
    for (size_t l = branch->level; l < m; ++l) {
        size_t b = m - 1 - l;
        so_figures sum = branch->finished;
        so_add_figures(&sum, &leaves->large[b]);
        for (uint32_t people = 1; people < SO_LEAF_SIZES; ++people) {
            sizes[people] += leaves->from[b][people];
            so_put_many(walk, &sum, people, (uint32_t)(sizes[people] + leaves->on[b][people]));
        }
        walk->figures[so_extend(&walk->subsets, branch->base, branch->from, 1, l)] = sum;
    }
    so_progress(worker, fields - told);
}
#else
/* Of rows by position, one field at a time. */
static void NAME(leaves)(so_worker *worker, so_branch *branch)
{
    so_walk *walk = worker->walk;
    const so_node *node = &branch->node;
    const NAME(key) *keys = node->keys;
    for (; branch->level < walk->layout.n_levels && !so_stopped(walk); ++branch->level) {
        if (NAME(move_on)(worker, branch))
            return;
        const so_level *level = &walk->layout.level[branch->level];
        so_figures sum = branch->finished;
        for (uint32_t g = 0, at = 0; g < node->groups; at = node->end[g++]) {
            uint32_t used = NAME(count_codes)(worker, keys + at, node->pay + at, node->end[g] - at, level);
            for (uint32_t t = 0; t < used; ++t) {
                uint32_t people = so_take_count(worker, t, level);
                so_put_many(walk, &sum, people, people > 0);
            }
        }
        walk->figures[so_extend(&walk->subsets, branch->base, branch->from, 1, branch->level)] = sum;
        so_progress(worker, 1);
    }
}
#endif
