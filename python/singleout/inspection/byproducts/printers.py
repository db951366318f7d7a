"""Settings of a printer that a document was last laid out for."""

from __future__ import annotations

from collections.abc import Sequence

from singleout.draft.collector import Collector
from singleout.draft.model import Place


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
