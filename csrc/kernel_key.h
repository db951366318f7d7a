/* kernel_key.h: the packed keys of W words; a template.
 *
 * The including file defines
 *   W          words of a key: 0 (positions of rows), 1, 2 or 4
 *   NAME(x)    the name of x in this instance
 */

#if W == 0
typedef uint32_t NAME(key);
#else
typedef struct {
    uint64_t w[W];
} NAME(key);
#endif

static inline uint32_t NAME(code)(const so_walk *walk, const NAME(key) * key, const so_level *level)
{
#if W == 0
    return level->codes[walk->rows.row_of[*key]] - level->base;
#else
    (void)walk;
    return (uint32_t)(key->w[level->word & (W - 1)] >> level->shift & level->mask);
#endif
}

#if W > 0
static inline bool NAME(same)(const NAME(key) * a, const NAME(key) * b)
{
    uint64_t different = 0;
    for (int i = 0; i < W; ++i)
        different |= a->w[i] ^ b->w[i];
    return different == 0;
}

static inline NAME(key) NAME(masked)(const NAME(key) * a, const so_level *level)
{
    NAME(key) out;
    for (int i = 0; i < W; ++i)
        out.w[i] = a->w[i] & level->rest[i];
    return out;
}

/* One bit for each field that is not zero in x: level l is bit n_levels-1-l. */
static inline uint64_t NAME(nonzero)(const so_layout *layout, const NAME(key) * x)
{
    uint64_t fields = 0;
    for (int i = 0; i < W; ++i) {
        uint64_t top = ((x->w[i] & layout->low[i]) + layout->low[i]) | x->w[i];
        if (layout->high[i])
            fields |= SO_PEXT(top, layout->high[i]) << layout->before[i];
    }
    return fields;
}

/* The fields from `level` on in which two tuples differ. */
static inline uint64_t NAME(differ)(const so_layout *layout, const NAME(key) * a, const NAME(key) * b, size_t level)
{
    NAME(key) x;
    for (int i = 0; i < W; ++i)
        x.w[i] = (a->w[i] ^ b->w[i]) & layout->level[level].rest[i];
    return NAME(nonzero)(layout, &x);
}

/* The fields from `level` on that are null. */
static inline uint64_t NAME(nulls)(const so_layout *layout, const NAME(key) * a, size_t level)
{
    size_t q = layout->n_levels - level;
    uint64_t rest = q >= 64 ? UINT64_MAX : (UINT64_C(1) << q) - 1;
    if (!(layout->nullable & rest))
        return 0;
    return layout->nullable & rest & ~NAME(nonzero)(layout, a);
}
#endif
