"""Settings of a printer that a document was last laid out for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from singleout.draft.collector import Collector
from singleout.draft.model import Place

_MOST_HEAD = 64
_DIGITS = re.compile(rb"(?:[0-9A-Fa-f]{2}\s){8,}[0-9A-Fa-f]{0,2}\s*")


def in_bytes(content: bytes) -> bytes:
    """Return settings as they are: openxlsx of R writes digits, Word for Mac a header before them.

    Examples
    --------
    >>> in_bytes(b"5c 00 41 00 42 00 43 00 44 00"), in_bytes(b"DEVMODE")
    (b'\\\\\\x00A\\x00B\\x00C\\x00D\\x00', b'DEVMODE')
    """
    if _DIGITS.fullmatch(content):
        return bytes.fromhex(content.decode("ascii"))
    return content[max(content.find(b"<?xml", 0, _MOST_HEAD), 0) :]


def report_printer(place: Place, texts: Sequence[str], collector: Collector) -> None:
    """Report a printer's settings, and search what in them can be read.

    A printer is named by its address on the office's network: that is a note, as the settings are.

    Parameters
    ----------
    place : Place
        Where they are.
    texts : sequence of str
        What can be read of them.
    collector : Collector
        Where to report.
    """
    what = "printer settings"
    collector.add("printer-settings", place)
    collector.unseen_text(place, texts, what=what)
