"""What an inspection gives: places, findings, tables, and the draft that holds them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from singleout.base.printable import printable, printable_data
from singleout.draft.codes import SEVERITIES, Severity

if TYPE_CHECKING:
    import pyarrow as pa

Kind = Literal["people", "cases", "counts", "things", "unclear"]
Subject = Literal["people", "cases", "things"]


def column_letters(index: int) -> str:
    """Return a column's letters for its zero-based index.

    Examples
    --------
    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Return the A1 name of a zero-based row and column.

    Examples
    --------
    >>> cell_name(2, 1)
    'B3'
    """
    return f"{column_letters(column)}{row + 1}"


def range_name(top: int, left: int, bottom: int, right: int) -> str:
    """Return the A1 name of a range of zero-based, inclusive corners.

    Examples
    --------
    >>> range_name(0, 0, 2, 1)
    'A1:B3'
    """
    first = cell_name(top, left)
    last = cell_name(bottom, right)
    return first if first == last else f"{first}:{last}"


_PATH = re.compile(
    r"(?i)^(?:[a-z]:[\\/]|\\\\|//|~/|/(?:home|users|mnt|media|var|tmp|root)/|file:|https?:|ftp:)"
)
_EMAIL = re.compile(r"(?<![^\s@])[^\s@]++@[^\s@]+\.[^\s@]+")


def is_path(text: str) -> bool:
    """Tell whether a text is a file path, a server path or an address.

    Examples
    --------
    >>> is_path("C:\\\\Users\\\\me\\\\a.xlsx"), is_path("xl/workbook.xml")
    (True, False)
    """
    return bool(_PATH.match(text))


def looks_personal(text: str) -> bool:
    """Tell whether a name of a sheet, part or item looks like a person, an address or a path.

    Examples
    --------
    >>> looks_personal("Jane Smith"), looks_personal("Sheet1"), looks_personal("Book tour")
    (True, False, False)
    """
    from singleout.identifiers.labels import like_a_name

    return is_path(text) or names_person(text) or like_a_name(text)


def names_person(text: str) -> bool:
    """Tell whether a name of a file, sheet or member names a person.

    Examples
    --------
    >>> names_person("Jane Smith"), names_person("PC J Ash"), names_person("Travel Budget")
    (True, True, False)
    """
    from singleout.identifiers.labels import names_in_label

    return names_in_label(text) or bool(_EMAIL.search(text))


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: from the outside in.

    Parameters
    ----------
    file : str
        The embedded file or archive member that it is in, outermost first, joined by ``!``; empty
        for the file itself.
    part : str
        The part, stream or member, as the container names it.
    sheet : str
        The sheet's name.
    cells : str
        A cell, range or ranges in A1 notation (``B2:D9``), or ``rows 3-9``.
    item : str
        A named thing in it: a property, a defined name, a field.
    index : int or None
        The sheet's position, from 1; stays when the name is masked.
    """

    part: str = ""
    sheet: str = ""
    cells: str = ""
    item: str = ""
    file: str = ""
    index: int | None = None

    def text(self, mask: bool = True) -> str:
        """Return the place in words, names that look like a person or a path masked.

        Examples
        --------
        >>> Place(sheet="Jane Smith", index=2, cells="A1:B9").text()
        'sheet 2 (name masked) A1:B9'
        >>> Place(part="xl/comments1.xml").text()
        'xl/comments1.xml'
        """

        def shown(name: str) -> str:
            pieces = re.split(r"([!/])", name)
            if not mask or not (looks_personal(name) or any(map(looks_personal, pieces))):
                return name
            if is_path(name):
                return "(path masked)"
            return "".join("(name masked)" if looks_personal(p) else p for p in pieces)

        words = []
        if self.file:
            words.append(f"{shown(self.file)}:")
        if self.sheet:
            masked = mask and looks_personal(self.sheet)
            number = "" if self.index is None else f" {self.index}"
            words.append(f"sheet{number} (name masked)" if masked else f"sheet '{self.sheet}'")
        elif self.part:
            words.append(shown(self.part))
        if self.cells:
            words.append(self.cells)
        if self.item:
            words.append(shown(self.item))
        return printable(" ".join(words)) or "the file"

    def inside(self, name: str) -> Place:
        """Return the same place one embedded file further out."""
        return replace(self, file=f"{name}!{self.file}" if self.file else name)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a reader of the file could get at.

    Parameters
    ----------
    code : str
        Stable code, a key of `singleout.draft.codes.CODES`.
    severity : {"note", "review", "refuse"}
        note: in nearly every file; review: a person must look; refuse: must not leave.
    place : Place
        Where it is.
    count : int
        How many; `codes.CODES[code].counts` says of what.
    how_to_see : str
        What a reader could do to see it.
    remedy : str
        What to do, in one sentence.
    detail : str
        What was found, in plain English, without any value of the file.
    """

    code: str
    severity: Severity
    place: Place
    count: int
    how_to_see: str
    remedy: str
    detail: str = ""

    def __post_init__(self) -> None:
        for name in ("how_to_see", "remedy", "detail"):
            object.__setattr__(self, name, printable(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class SmallCell:
    """A small count in a table of counts: its data row (from 0), column, value and cell name."""

    row: int
    column: str
    value: int
    cells: str


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A column of numbers and what they are.

    Parameters
    ----------
    index : int
        Position in the table.
    kind : {"count", "label", "amount", "share"}
        A count; a number that names its row; a sum of money, hours or the like; a rate, share,
        score or average.
    subject : {"people", "cases", "things"} or None
        What a count counts; None where nothing tells.
    witness : str
        What says that it counts, in words; empty where nothing does.
    """

    index: int
    kind: Literal["count", "label", "amount", "share"]
    subject: Subject | None = None
    witness: str = ""


@dataclass(frozen=True, slots=True)
class DraftTable:
    """A table found in the draft.

    Parameters
    ----------
    place : Place
        Where it is; `cells` is its range with the header.
    visible : bool
        Whether a person who opens the file sees it without doing anything.
    why_unseen : str
        What keeps it out of sight (``"hidden sheet"``); empty when visible.
    kind : {"people", "cases", "counts", "things", "unclear"}
        What a row stands for: a person by name or number; a case of a person without either; a
        number by labels; a thing; or none of these surely.
    reasons : tuple of str
        Why it is taken for this kind, in plain English.
    names : tuple of str
        Header names, one a column, made distinct; ``column 3`` where there is no header.
    data : pyarrow.Table
        The rows below the header without totals and notes: every column a string, null where a
        cell is empty.
    origin : tuple of (int, int) or None
        Zero-based sheet row and column of the first data row's first cell, for `cell`.
    rows_at : tuple of int or None
        Zero-based sheet rows of the data rows where they are not consecutive from the origin.
    totals : int
        Rows of totals left out of `data`.
    small_cells : tuple of SmallCell
        For counts: cells with 1 to 10.
    total_rows : pyarrow.Table or None
        The rows of totals left out of `data`, under the same names.
    headed : bool
        Whether the names come from the table.
    numbers : tuple of NumberColumn
        For counts: what each column of numbers is.
    titles : tuple of str
        The sheet's name and the lone texts above the table; may name people.
    remarks : tuple of str
        Titles, notes and lone texts of the sheet, for what they say of marks; may name people.
    """

    place: Place
    visible: bool
    why_unseen: str
    kind: Kind
    reasons: tuple[str, ...]
    names: tuple[str, ...]
    data: pa.Table
    origin: tuple[int, int] | None = None
    rows_at: tuple[int, ...] | None = None
    totals: int = 0
    small_cells: tuple[SmallCell, ...] = ()
    total_rows: pa.Table | None = None
    headed: bool = True
    numbers: tuple[NumberColumn, ...] = ()
    titles: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def n_rows(self) -> int:
        """Data rows."""
        return int(self.data.num_rows)

    def row_number(self, row: int) -> int:
        """Return the row number a reader sees (from 1) of a data row (from 0)."""
        if self.rows_at is not None:
            return self.rows_at[row] + 1
        return row + 1 + (0 if self.origin is None else self.origin[0])


@dataclass(frozen=True, slots=True)
class Draft:
    """What one file holds, seen and unseen.

    Parameters
    ----------
    name : str
        The file's name without its folder.
    format : str
        What the content is (not what the name says): ``xlsx``, ``xls``, ``ods``, ``docx``,
        ``csv`` ...
    size : int
        Bytes.
    sha256 : str
        Hexadecimal digest of the bytes.
    findings : tuple of Finding
        Worst first, then by code and place.
    tables : tuple of DraftTable
        Unseen first.
    parts : tuple of str
        Parts, streams or members read, embedded files' after their name and ``!``.
    complete : bool
        False if anything could not be read: then nothing may be concluded from what is missing.
    paragraphs : int
        Paragraphs of running text in sight: a letter has some, and needs no table.
    """

    name: str
    format: str
    size: int
    sha256: str
    findings: tuple[Finding, ...]
    tables: tuple[DraftTable, ...] = field(default=(), repr=False)
    parts: tuple[str, ...] = field(default=(), repr=False)
    complete: bool = True
    paragraphs: int = field(default=0, repr=False)

    @property
    def clean(self) -> bool:
        """True when everything was read and nothing but notes was found."""
        return self.complete and all(finding.severity == "note" for finding in self.findings)

    @property
    def unseen(self) -> tuple[DraftTable, ...]:
        """Tables that a reader does not see at first."""
        return tuple(table for table in self.tables if not table.visible)

    @property
    def people(self) -> tuple[DraftTable, ...]:
        """Tables with one row a person, seen or not."""
        return tuple(table for table in self.tables if table.kind == "people")

    def of(self, *codes: str) -> Iterator[Finding]:
        """Iterate over the findings with any of these codes."""
        return (finding for finding in self.findings if finding.code in codes)

    def counts(self) -> dict[Severity, int]:
        """Return the number of findings of each severity."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}

    def to_dict(self, *, show_values: bool = False) -> dict[str, Any]:
        """Return findings and tables (never their rows) as plain data for JSON.

        Parameters
        ----------
        show_values : bool
            Show names of sheets, parts, items and columns that look like a person, an identifier
            or a path.
        """
        from singleout.draft.words import column_name

        mask = not show_values

        def plain(place: Place) -> dict[str, Any]:
            words = {key: value for key, value in asdict(place).items() if value not in ("", None)}
            for key in ("file", "part", "sheet", "item"):
                if mask and key in words and Place(part=words[key]).text() != words[key]:
                    words[key] = Place(part=words[key]).text()
            return {**words, "text": place.text(mask)}

        data = {
            "name": Place(part=self.name).text(mask),
            "format": self.format,
            "size": self.size,
            "sha256": self.sha256,
            "complete": self.complete,
            "findings": [
                {
                    "code": finding.code,
                    "severity": finding.severity,
                    "place": plain(finding.place),
                    "count": finding.count,
                    "detail": finding.detail,
                    "how_to_see": finding.how_to_see,
                    "remedy": finding.remedy,
                }
                for finding in self.findings
            ],
            "tables": [
                {
                    "place": plain(table.place),
                    "visible": table.visible,
                    "why_unseen": table.why_unseen,
                    "kind": table.kind,
                    "reasons": list(table.reasons),
                    "rows": table.n_rows,
                    "columns": len(table.names),
                    "names": [column_name(n) if mask else n for n in table.names],
                    "totals": table.totals,
                    "small_cells": len(table.small_cells),
                }
                for table in self.tables
            ],
        }
        printed: dict[str, Any] = printable_data(data)
        return printed

    def _repr_html_(self) -> str:
        from singleout.draft.show import html

        return html(self)
