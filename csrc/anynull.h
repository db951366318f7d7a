/* anynull.h: figures where a null matches everything. */
#ifndef SO_ANYNULL_H
#define SO_ANYNULL_H

#include "memory.h"
#include "ticker.h"

so_status so_combinations_any(const so_table *table, const so_options *options, so_figures *figures, so_ticker *ticker);
so_status so_unique_records_any(const so_table *table, const so_options *options, uint64_t *unique_in, uint32_t *first,
                                so_ticker *ticker);

so_status so_exposure_any(const so_table *table, const so_options *options, uint64_t *exposure, so_ticker *ticker);
so_status so_risk_any(const so_table *table, const so_options *options, const double *chances, size_t most,
                      double *risk, so_ticker *ticker);

/* For every row how many people match it on all fields. */
so_status so_match_any(const so_table *table, const so_options *options, uint32_t *size_of, so_ticker *ticker);

#endif
