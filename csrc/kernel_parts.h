/* kernel_parts.h: excluding and including one level; a template.
 *
 * Beyond what kernel_key.h wants, the including file defines NAME(ctx) and
 *   CLOSE(c, keys, pay, n, level)  true if the group of n tuples needs no further walk: its figures are taken
 * where `level` is the first undecided level. */

static uint32_t NAME(keep)(NAME(ctx) * c, so_node *node, uint32_t start, uint32_t stop, size_t level)
{
    if (stop - start == 0 || CLOSE(c, (NAME(key) *)node->keys + start, node->pay + start, stop - start, level))
        return start;
    node->end[node->groups++] = stop;
    return stop;
}

#if W > 0
/* Makes one tuple of neighbours that are equal from a level on, whose `rest` it is: n tuples, to `to`; returns how many are
 * left.  `dead` is added to what several become.  No branch, since none could be foretold. */
static inline uint32_t NAME(merge)(const NAME(key) * keys, const uint32_t *pay, uint32_t n, const so_level *rest,
                                   uint32_t dead, NAME(key) * to, uint32_t *to_pay)
{
    uint32_t out = 0, people = pay[0];
    NAME(key) key = NAME(masked)(&keys[0], rest);
    for (uint32_t i = 1; i < n; ++i) {
        NAME(key) next = NAME(masked)(&keys[i], rest);
        uint32_t same = 0 - (uint32_t)NAME(same)(&key, &next), own = pay[i]; /* same: all ones or none */
        to[out] = key;
        to_pay[out] = people;
        out += 1 + same;
        people = ((people & same) + own) | (dead & same);
        key = next;
    }
    to[out] = key;
    to_pay[out] = people;
    return out + 1;
}

/* Excludes the level before `level`: neighbours equal on the rest become one tuple. */
static void NAME(exclude)(NAME(ctx) * c, so_node *node, size_t level)
{
    const so_level *rest = &c->walk->layout.level[level];
    NAME(key) *keys = node->keys;
    uint32_t groups = node->groups, out = 0, at = 0, dead = c->records ? SO_DEAD : 0;
    node->groups = 0;
    for (uint32_t g = 0; g < groups; ++g) {
        uint32_t stop = node->end[g], start = out;
        out += NAME(merge)(keys + at, node->pay + at, stop - at, rest, dead, keys + out, node->pay + out);
        out = NAME(keep)(c, node, start, out, level);
        at = stop;
    }
    node->tuples = out;
}
#else
static void NAME(exclude)(NAME(ctx) * c, so_node *node, size_t level)
{
    (void)c;
    (void)node;
    (void)level;
}
#endif

static inline uint32_t NAME(put_tuple)(so_node *to, uint32_t at, NAME(key) key, uint32_t pay)
{
    ((NAME(key) *)to->keys)[at] = key;
    to->pay[at] = pay;
    return at + 1;
}

/* A group of few tuples is split by comparing their codes at once. */
static uint32_t NAME(split_few)(NAME(ctx) * c, const NAME(key) * keys, const uint32_t *pay, uint32_t n, size_t l,
                                so_node *child, uint32_t out)
{
    const so_level *level = &c->walk->layout.level[l];
    if (n == 2 && !(c->walk->drop && level->nullable)) {
        bool apart = NAME(code)(c->walk, &keys[0], level) != NAME(code)(c->walk, &keys[1], level);
        NAME(put_tuple)(child, out, keys[0], pay[0]);
        if (apart) {
            uint32_t next = NAME(keep)(c, child, out, out + 1, l + 1);
            NAME(put_tuple)(child, next, keys[1], pay[1]);
            return NAME(keep)(c, child, next, next + 1, l + 1);
        }
        NAME(put_tuple)(child, out + 1, keys[1], pay[1]);
        return NAME(keep)(c, child, out, out + 2, l + 1);
    }
    uint32_t codes[SO_FEW];
    uint32_t todo = n == 32 ? UINT32_MAX : (UINT32_C(1) << n) - 1;
    bool dropping = c->walk->drop && level->nullable;
    for (uint32_t i = 0; i < n; ++i)
        codes[i] = NAME(code)(c->walk, &keys[i], level);
    for (uint32_t i = n; i < ((n + 7) & ~7u); ++i)
        codes[i] = 0;
    while (todo) {
        uint32_t first = (uint32_t)__builtin_ctz(todo);
        uint32_t equal = SO_EQUAL(codes, n, codes[first]) & todo, start = out;
        todo &= ~equal;
        if (dropping && codes[first] == 0)
            continue;
        do {
            uint32_t i = (uint32_t)__builtin_ctz(equal);
            equal &= equal - 1;
            out = NAME(put_tuple)(child, out, keys[i], pay[i]);
        } while (equal);
        out = NAME(keep)(c, child, start, out, l + 1);
    }
    return out;
}

/* A group of many is split by counting: a stable scatter by code. */
static uint32_t NAME(split_many)(NAME(ctx) * c, const NAME(key) * keys, const uint32_t *pay, uint32_t n, size_t l,
                                 so_node *child, uint32_t out)
{
    const so_level *level = &c->walk->layout.level[l];
    uint32_t *count = c->worker->count, *touched = c->worker->touched, used = 0, sum = out;
    bool dropping = c->walk->drop && level->nullable;
    for (uint32_t i = 0; i < n; ++i) {
        uint32_t code = NAME(code)(c->walk, &keys[i], level);
        touched[used] = code;
        used += count[code]++ == 0;
    }
    for (uint32_t t = 0; t < used; ++t) {
        uint32_t here = count[touched[t]];
        if (dropping && touched[t] == 0)
            here = 0;
        count[touched[t]] = sum;
        sum += here;
        child->end[child->groups + t] = sum; /* for the while, of every group, closed or not */
    }
    for (uint32_t i = 0; i < n; ++i) {
        uint32_t code = NAME(code)(c->walk, &keys[i], level);
        if (dropping && code == 0)
            continue;
        NAME(put_tuple)(child, count[code]++, keys[i], pay[i]);
    }
    NAME(key) *made = child->keys;
    const uint32_t *ends = child->end + child->groups;
    uint32_t start = out;
    for (uint32_t t = 0; t < used; ++t) {
        uint32_t stop = ends[t];
        count[touched[t]] = 0;
        if (stop != start && !CLOSE(c, made + start, child->pay + start, stop - start, l + 1)) {
            if (out != start) {
                memmove(made + out, made + start, (stop - start) * sizeof *made);
                memmove(child->pay + out, child->pay + start, (stop - start) * sizeof *child->pay);
            }
            out += stop - start;
            child->end[child->groups++] = out;
        }
        start = stop;
    }
    return out;
}

/* Includes level l: the child's groups are the node's, split by l. */
static bool NAME(include)(NAME(ctx) * c, const so_node *node, size_t l, so_node *child)
{
    if (!so_node_take(c->worker, child, node->tuples, W))
        return false;
    const NAME(key) *keys = node->keys;
    uint32_t out = 0, at = 0;
    for (uint32_t g = 0; g < node->groups; ++g) {
        uint32_t n = node->end[g] - at;
        if (n <= SO_FEW)
            out = NAME(split_few)(c, keys + at, node->pay + at, n, l, child, out);
        else
            out = NAME(split_many)(c, keys + at, node->pay + at, n, l, child, out);
        at += n;
        if ((g & 1023) == 1023 && so_stopped(c->walk))
            return false;
    }
    child->tuples = out;
    so_node_fit(c->worker, child, node->tuples);
    return true;
}

#if W == 0
/* All levels to come fit a packed key: rows that are equal on them become one tuple. */
#define PACK(V)                                                                                                        \
    static void NAME(pack##V)(NAME(ctx) * c, const so_node *node, so_node *packed)                                     \
    {                                                                                                                  \
        const uint64_t *suffix = c->walk->rows.suffix;                                                                 \
        const uint32_t *positions = node->keys;                                                                        \
        uint32_t words = c->walk->rows.suffix_words, out = 0, at = 0;                                                  \
        for (uint32_t g = 0; g < node->groups; ++g) {                                                                  \
            uint32_t start = out;                                                                                      \
            for (; at < node->end[g]; ++at) {                                                                          \
                const uint64_t *from = suffix + (size_t)positions[at] * words;                                         \
                uint64_t *to = (uint64_t *)packed->keys + (size_t)out * V;                                             \
                memcpy(to, from, V * sizeof *to);                                                                      \
                packed->pay[out] = node->pay[at];                                                                      \
                if (out > start && memcmp(to - V, to, V * sizeof *to) == 0)                                            \
                    packed->pay[out - 1] = c->records ? SO_DEAD : packed->pay[out - 1] + node->pay[at];                \
                else                                                                                                   \
                    ++out;                                                                                             \
            }                                                                                                          \
            packed->end[g] = out;                                                                                      \
        }                                                                                                              \
        packed->groups = node->groups;                                                                                 \
        packed->tuples = out;                                                                                          \
        packed->words = V;                                                                                             \
    }
PACK(1)
PACK(2)
PACK(4)
#undef PACK
#endif

/* Closes the groups of a node that another kernel or rows.c made. */
static void NAME(settle)(NAME(ctx) * c, so_node *node, size_t level)
{
    NAME(key) *keys = node->keys;
    uint32_t groups = node->groups, out = 0, at = 0;
    node->groups = 0;
    for (uint32_t g = 0; g < groups; ++g) {
        uint32_t stop = node->end[g], start = out;
        for (; at < stop; ++at)
            out = NAME(put_tuple)(node, out, keys[at], node->pay[at]);
        out = NAME(keep)(c, node, start, out, level);
    }
    node->tuples = out;
}

/* Goes on in the kernel of shorter keys as soon as the levels to come fit them; true if it did. */
static bool NAME(move_on)(so_worker *worker, so_branch *branch)
{
    so_walk *walk = worker->walk;
    so_node *node = &branch->node;
#if W == 0
    if (branch->level < walk->rows.suffix_from || branch->level == walk->layout.n_levels)
        return false;
    NAME(ctx) c = {.walk = walk, .worker = worker, .records = walk->kind >= SO_RECORDS};
    so_mark mark = so_arena_mark(&worker->arena);
    so_node packed;
    uint32_t words = walk->rows.suffix_words;
    if (!so_node_take(worker, &packed, node->tuples, words))
        return true;
    if (words == 1)
        NAME(pack1)(&c, node, &packed);
    else if (words == 2)
        NAME(pack2)(&c, node, &packed);
    else
        NAME(pack4)(&c, node, &packed);
    branch->node = packed;
    branch->fresh = true;
    (*so_best_kernels())[walk->kind][words == 1 ? 1 : words == 2 ? 2 : 3](worker, branch);
    so_arena_release(&worker->arena, mark);
    return true;
#elif W == 1
    (void)worker, (void)walk, (void)node;
    return false;
#else
    if (branch->level < walk->layout.packed_from[W == 2 ? 0 : 1])
        return false;
    uint64_t *to = node->keys;
    const NAME(key) *from = node->keys;
    for (uint32_t i = 0; i < node->tuples; ++i)
        for (uint32_t w = 0; w < W / 2; ++w)
            to[(size_t)i * (W / 2) + w] = from[i].w[w];
    node->words = W / 2;
    (*so_best_kernels())[walk->kind][W / 2](worker, branch);
    return true;
#endif
}
