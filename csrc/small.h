/* small.h: small classes, counted by their size.
 *
 * Most classes that a walk meets are of one or two people.  What a combination's figures owe to classes of up to SO_SMALL
 * people follows from how many there are of each size, so the walk counts sizes, and small.c turns counts into figures once.
 *
 * A group of a few tuples needs no walk.  Let T be some of its tuples, and S_T the largest combination on which all of T
 * agree.  On every combination S the group's classes are counted rightly if each T adds, at S_T and all below,
 *     the sum over A, the non-empty parts of T, of (-1)^(tuples in T but not in A) at the size of A:
 * a class C on S is exactly the set of those T within it, and the sum over T within C leaves +1 at the size of C alone
 * (Moebius inversion over the parts of C). */
#ifndef SO_SMALL_H
#define SO_SMALL_H

#include <stdint.h>

#define SO_SMALL 8u        /* people in a small class */
#define SO_SMALL_ALONE 6u  /* a group of so many people, each a tuple, is closed at once */
#define SO_SMALL_TUPLES 4u /* and one of so many tuples of several people each, up to SO_SMALL people */

typedef struct so_small {
    uint32_t of[SO_SMALL]; /* of[k - 1]: classes of k people; what is taken back wraps around, sums are right */
} so_small;

/* What j tuples of one person each add where all of them agree: at k people (-1)^(j-k) times j over k. */
static const so_small so_small_alone[SO_SMALL_ALONE + 1] = {
    {{0}},
    {{1}},
    {{(uint32_t)-2, 1}},
    {{3, (uint32_t)-3, 1}},
    {{(uint32_t)-4, 6, (uint32_t)-4, 1}},
    {{5, (uint32_t)-10, 10, (uint32_t)-5, 1}},
    {{(uint32_t)-6, 15, (uint32_t)-20, 15, (uint32_t)-6, 1}},
};

static inline void so_small_add(so_small *to, const so_small *from)
{
    for (uint32_t i = 0; i < SO_SMALL; ++i)
        to->of[i] += from->of[i];
}

#endif
