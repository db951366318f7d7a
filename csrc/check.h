/* check.h: whether a table and options can be used. */
#ifndef SO_CHECK_H
#define SO_CHECK_H

#include "ticker.h"

/* Looks at everything but max_size, which not every function uses, and opens the ticker. */
so_status so_check(const so_table *table, const so_options *options, so_ticker *ticker);
/* The people of a checked table. */
uint64_t so_people(const so_table *table);

#endif
