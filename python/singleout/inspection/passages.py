"""Texts of a draft as readers hand them over, in the order in which they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from singleout.draft.model import Place

# cell: any cell of a sheet or of a document's table; paragraph: running text of a document, a line
# of a text file; object: a text box, shape or chart in sight; link: an address that a click opens;
# name: of a sheet, file, member, range or bookmark; property: of the document; kept: all else that
# is kept in the file beside what it shows (comments, formulas' texts, field codes ...).
Sort = Literal["cell", "paragraph", "object", "margin", "link", "name", "property", "kept"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of the draft.

    Parameters
    ----------
    text : str
        The text, whole.
    place : Place
        Where it stands.
    sort : str
        What kind of text it is, one of `Sort`.
    seen : bool
        Whether a reader sees it without doing anything.
    what : str
        What it is, for a finding's detail (``"comment"``, ``"footnote"``).
    shown : str
        For a link: the text on which it lies, as a reader sees it; for a cell: what stands beside
        it.
    names : bool
        Whether it is searched for people too; labels of a table are not.
    """

    text: str
    place: Place
    sort: Sort
    seen: bool
    what: str = ""
    shown: str = ""
    names: bool = True
