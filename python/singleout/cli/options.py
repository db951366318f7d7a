"""What several commands say: what is read, from the one table of formats; how weak a policy was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from singleout.base.printable import printable
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


def weaker_in_words(result: Mapping[str, Any]) -> str:
    """Return where the policy of a review's result was weaker than its preset; empty where not.

    Parameters
    ----------
    result : mapping
        As `Review.to_dict` gives it; of an approval that somebody else made, so not to be believed
        to have its shape.

    Examples
    --------
    >>> one = {"setting": "counts.small", "here": "ignore", "there": "review"}
    >>> weaker_in_words({"weaker": {"than": "foi-strict", "settings": [one]}})
    'under a policy weaker than foi-strict: counts.small is ignore (foi-strict: review)'
    """
    weaker = result.get("weaker")
    settings = weaker.get("settings") if isinstance(weaker, dict) else None
    found = [one for one in settings if isinstance(one, dict)] if isinstance(settings, list) else []
    if not isinstance(weaker, dict) or not found:
        return ""
    than = weaker.get("than")
    said = "; ".join(
        f"{one.get('setting')} is {one.get('here')} ({than}: {one.get('there')})" for one in found
    )
    return printable(f"under a policy weaker than {than}: {said}")
