"""What several commands say in their help, from the one table of formats."""

from __future__ import annotations

from singleout.formats.registry import FORMATS

# Read by the reader of another row: old workbooks by that of compound files, CSV by that of text
_BY_ANOTHER = ("workbook", "rows")


def drafts_in_words() -> str:
    """Return the endings of files that are read, for a help text.

    Examples
    --------
    >>> drafts_in_words()[:27]
    'xlsx, xlsm, xlsb, xls, ods,'
    """
    endings = dict.fromkeys(
        row.extensions[0]
        for row in FORMATS.values()
        if row.extensions and (row.reader or (row.kind in _BY_ANOTHER and not row.convert))
    )
    return ", ".join(endings)
