"""What the runs of one part of a document say, paragraph by paragraph, in sight and out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from singleout.draft.docx_fields import Fields
from singleout.draft.docx_tables import Cell, Table

# Pieces that stand where others stand now: what was deleted or moved away
GONE = ("deleted", "moved")
Piece = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its runs' texts in order, each with how it is out of sight (``""``: in sight),
    and the cell that it is in."""

    pieces: tuple[Piece, ...]
    cell: Cell | None = None

    @property
    def seen(self) -> str:
        """What of it is in sight."""
        return "".join(text for text, how in self.pieces if not how)

    def whole(self, how: str) -> str:
        """Return it with the runs that are out of sight in this way; empty if none are.

        Examples
        --------
        >>> Line((("He is ", ""), ("Ash", "deleted"), ("away", ""))).whole("deleted")
        'He is Ash away'
        """
        if not any(text.strip() for text, other in self.pieces if other == how):
            return ""
        kept = [piece for piece in self.pieces if piece[1] in ("", how)]
        parts = ["".join(text for text, _ in run) for _, run in groupby(kept, lambda p: p[1])]
        if how not in GONE:
            return "".join(parts)
        # What replaced it stands beside it
        glue = [
            " " if one[-1:].isalnum() and two[:1].isalnum() else ""
            for one, two in zip(parts, [*parts[1:], ""], strict=True)
        ]
        return "".join(text for pair in zip(parts, glue, strict=True) for text in pair)


@dataclass(slots=True)
class Story:
    """What the runs of one part say.

    Parameters
    ----------
    seen : list of str
        Paragraphs' text in sight, those in cells too.
    lines : list of Line
        Paragraphs outside of plain rows, in their order.
    unseen : dict
        Finding code -> texts of the runs that it is about.
    deleted, moved : list of str
        Runs deleted, and runs moved from where they are, by change tracking.
    deletions : int
        Elements of deleted text.
    changes : Counter of str
        Tracked changes by kind.
    authors : set of str
        Who made them.
    tables : list of Table
        Tables with their texts.
    fields : Fields
        Field codes.
    """

    seen: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    unseen: dict[str, list[str]] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    deletions: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    authors: set[str] = field(default_factory=set)
    tables: list[Table] = field(default_factory=list)
    fields: Fields = field(default_factory=Fields)

    def free(self) -> Iterator[Line | None]:
        """Iterate over the paragraphs that are in no table, None where one stands between them.

        A table with one text is a frame around it, and no table.
        """
        alone: set[int] = set()
        for table in self.tables:
            filled = [cell for cell in table.cells if cell.seen]
            if len(filled) == 1 and not table.seen.texts:
                alone.add(id(filled[0]))
        for line in self.lines:
            yield line if line.cell is None or id(line.cell) in alone else None


def whole(lines: Sequence[Line | None], how: str) -> list[str]:
    """Return the paragraphs with runs that are out of sight in one way, each whole."""
    return [text for line in lines if line is not None and (text := line.whole(how))]
