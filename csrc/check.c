/* check.c: whether a table and options can be used. */
#include "check.h"

static so_status check_counts(const so_table *table)
{
    if (!table->counts)
        return SO_OK;
    uint64_t people = 0;
    for (size_t i = 0; i < table->n_rows; ++i) {
        if (table->counts[i] == 0)
            return SO_BAD_ARGUMENT;
        people += table->counts[i];
    }
    return people > SO_MAX_PEOPLE ? SO_TOO_MANY : SO_OK;
}

static so_status check_field(const so_field *field, size_t n, so_ticker *ticker)
{
    uint32_t lowest = field->nullable ? 0 : 1, span = field->distinct - lowest, bad = 0;
    if (n == 0)
        return field->distinct == 0 ? SO_OK : SO_BAD_ARGUMENT;
    if (!field->codes || field->distinct > n || field->distinct < lowest)
        return SO_BAD_ARGUMENT;
    so_status status = SO_OK;
    for (size_t i = 0; i < n && status == SO_OK;) {
        size_t start = i, stop = so_stretch(i, n);
        for (; i < stop; ++i)
            bad |= field->codes[i] - lowest > span;
        status = so_tick(ticker, (stop - start) / 8, 0); /* many at once, so they are quick */
    }
    return bad ? SO_BAD_ARGUMENT : status;
}

so_status so_check(const so_table *table, const so_options *options, so_ticker *ticker)
{
    if (!table || !options || (table->n_fields && !table->fields) || (unsigned)options->nulls > SO_NULLS_ANY)
        return SO_BAD_ARGUMENT;
    if (table->n_fields > SO_MAX_FIELDS || table->n_rows > SO_MAX_PEOPLE)
        return SO_TOO_MANY;
    *ticker = so_ticker_open(options);
    so_status status = check_counts(table);
    for (size_t f = 0; f < table->n_fields && status == SO_OK; ++f)
        status = check_field(&table->fields[f], table->n_rows, ticker);
    return status;
}

uint64_t so_people(const so_table *table)
{
    if (!table->counts)
        return table->n_rows;
    uint64_t people = 0;
    for (size_t i = 0; i < table->n_rows; ++i)
        people += table->counts[i];
    return people;
}
