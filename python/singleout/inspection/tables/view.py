"""A table as the rules see it: its columns read, its numbers told apart, its titles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pyarrow as pa

from singleout.draft.model import NumberColumn
from singleout.identifiers.forms import form_of
from singleout.identifiers.headings import is_heading_word, read_heading
from singleout.identifiers.meanings import Meaning
from singleout.identifiers.person_names import read_names
from singleout.inspection.tables.columns import Read, read_column
from singleout.inspection.tables.numbers import read_numbers
from singleout.inspection.tables.profile import Column, NamesOf, read_together
from singleout.inspection.tables.statistics import by_area

# More rows than this are not read as the fields of one card or of people across
MOST_FIELDS = 200
# Different names of fields that are followed to their values
MOST_LABELS = 50


@dataclass(frozen=True)
class View:
    """A table as the rules see it.

    Parameters
    ----------
    names : tuple of str
        Headings as they stand; empty texts where there are none.
    columns : tuple of pyarrow.Array of string
        The body.
    titles : tuple of str
        The sheet's name, then titles above the table.
    headed : bool
        Whether there is a row of headings.
    head_rows : tuple of tuple of str
        Where the headings take several rows: each of them, empty texts where a cell is.
    upright : bool
        False for the table on its other side.
    seen : bool
        Whether a reader sees the table; of one out of sight, one witness is enough.
    names_of : callable
        Tells which of many texts name a person.
    """

    names: tuple[str, ...]
    columns: tuple[pa.Array, ...]
    titles: tuple[str, ...] = ()
    headed: bool = True
    head_rows: tuple[tuple[str, ...], ...] = ()
    upright: bool = True
    seen: bool = True
    names_of: NamesOf = read_names

    @cached_property
    def reads(self) -> list[Read]:
        """Each column with what it means."""
        columns = [
            Column(i, name, texts)
            for i, (name, texts) in enumerate(zip(self.names, self.columns, strict=True))
        ]
        read_together([*columns, *self._head_columns], self.names_of)
        return [read_column(column) for column in columns]

    @cached_property
    def _head_columns(self) -> list[Column]:
        """Each row of headings, all together first, as a column of its own: they may be values."""
        found = []
        for row in (self.names, *self.head_rows) if self.headed else ():
            texts = [name for name in row[1:] if name]
            # Years and bands above the columns are nobody's names
            if texts and {form_of(text) for text in texts[:MOST_LABELS]} & {"", "house"}:
                found.append(Column(0, row[0], pa.array(texts, pa.string())))
        return found

    @cached_property
    def telling(self) -> list[Read]:
        """The columns with a heading or a value: two far cells may have thousands between them."""
        return [read for read in self.reads if read.name or not read.column.empty]

    @property
    def n_rows(self) -> int:
        """Rows of the body."""
        return len(self.columns[0]) if self.columns else 0

    @cached_property
    def numbers(self) -> list[NumberColumn]:
        """What each column of numbers is."""
        return read_numbers(self.reads, self.titles, self.headed)

    @cached_property
    def counting(self) -> list[NumberColumn]:
        """The columns that count."""
        return [one for one in self.numbers if one.kind == "count"]

    @cached_property
    def by_area(self) -> bool:
        """Whether each row is an official area."""
        # Someone's age, sex or birth date in the row: each is somebody, wherever he lives
        said = self.attributes
        return by_area(self.reads) and "attribute" not in said and "birth date" not in said

    @cached_property
    def labels(self) -> list[Read]:
        """Columns that are no numbers, or numbers that name their row."""
        numbers = {one.index for one in self.numbers if one.kind != "label"}
        return [read for read in self.telling if read.column.index not in numbers]

    @cached_property
    def things_first(self) -> bool:
        """Whether the first column that names its rows names things: firms, premises, assets."""
        for read in self.labels:
            column = read.column
            if read.meaning in (Meaning.DATE, Meaning.PERIOD, Meaning.TIME):
                return False
            if len(column.distinct) < 0.9 * column.filled:
                continue
            if read.meaning is Meaning.JOB:
                return False  # Somebody holds a post
            things = read.meaning in (Meaning.ORGANISATION, Meaning.PREMISES)
            return things or column.heading.subject == "things"
        return False

    def having(self, *meanings: Meaning, least: float = 1.5) -> list[Read]:
        """Labels of some meanings, surely enough."""
        return [
            read
            for read in self.labels
            if read.meaning in meanings and read.odds_of(*meanings) >= least
        ]

    @cached_property
    def attributes(self) -> dict[str, float]:
        """Signs, from 0 to 1, of what else the rows say of a person."""
        return self._attributes(self.telling)

    def _attributes(self, reads: Sequence[Read]) -> dict[str, float]:
        signs: dict[str, float] = {}
        for read in reads:
            if read.column.heading.counting:
                continue
            if not read.name and read.column.of_births:
                signs["birth date"] = 0.75
            for meaning, sign in _ATTRIBUTES.items():
                odds = read.odds.get(meaning, 0.0)
                # Sums are of anything; a salary or an allowance is a person's
                if meaning is Meaning.MONEY and read.odds.get(Meaning.JOB, 0.0) < 1.0:
                    continue
                if odds >= 1.0 and (read.meaning is meaning or odds >= 2.5):
                    signs[sign] = max(signs.get(sign, 0.0), min(1.0, odds / 2.0))
        return signs

    def signs(self, read: Read) -> dict[str, float]:
        """All signs that a column names people, with what the rest of the row says."""
        signs = dict(read.naming.signs)
        if self._partner(read):
            signs["partner"] = 1.0
        # What else the row says is a witness only beside one of the column's own
        coded = read.odds.get(Meaning.CODE, 0.0) >= 1.5
        decisive = read.naming.signs.get("heading", 0.0) >= 1.0
        own = read.naming.values > 0.3 or (read.naming.heading > 0.9 and (decisive or not coded))
        if own:
            others = self.attributes
            if any(read.odds.get(meaning, 0.0) >= 1.0 for meaning in _ATTRIBUTES):
                others = self._attributes([one for one in self.telling if one is not read])
            signs.update(others)
        return signs

    def _partner(self, read: Read) -> bool:
        """Whether another column holds the other part of the name."""
        gives, completes = self._parts
        at = read.column.index
        return bool((at in gives and completes - {at}) or (at in completes and gives - {at}))

    @cached_property
    def _parts(self) -> tuple[frozenset[int], frozenset[int]]:
        """Columns of given names, and columns that may hold what stands beside them."""
        shares = {r.column.index: r.naming.shares for r in self.telling if not r.column.numeric}
        gives = frozenset(i for i, share in shares.items() if share.given_only >= 0.4)
        completes = frozenset(
            i
            for i, share in shares.items()
            if share.things < 0.3 and share.shape + share.surname_only + share.given_only >= 0.5
        )
        return gives, completes

    @cached_property
    def pairs(self) -> dict[str, pa.Array]:
        """Values by the name of a field that stands to their left in the same row."""
        found: dict[str, list[str]] = {}
        if not self.upright:
            return {}
        for j, read in enumerate(self.reads[:-1]):
            words = read.column.words
            asked = words if len(words) <= MOST_LABELS else [w for w in words if w[-1] == ":"]
            labels = {text for text in asked[:MOST_LABELS] if _names_person(text)}
            if not labels:
                continue
            texts = read.column.texts.to_pylist()
            for i, text in enumerate(texts):
                if text is None or text.strip() not in labels:
                    continue
                value = next(
                    (
                        v
                        for k in range(j + 1, len(self.columns))
                        if (v := self.columns[k][i].as_py())
                    ),
                    None,
                )
                if value is not None:
                    found.setdefault(text.strip().rstrip(":"), []).append(value)
        return {label: pa.array(values, pa.string()) for label, values in found.items()}

    @cached_property
    def heads(self) -> list[Read]:
        """Each row of headings beside the first column's as a column of its own."""
        numeric = self.reads[0].column.numeric
        columns = self._head_columns
        if numeric:  # What stands above numbers names no labels
            columns = [replace(column, name="") for column in columns]
            read_together(columns, self.names_of)
        return [read_column(column) for column in columns]

    @cached_property
    def turned(self) -> View | None:
        """The table on its other side: rows as columns, those whose first cell is a heading."""
        if not self.upright or len(self.columns) < 2 or not 1 <= self.n_rows <= MOST_FIELDS:
            return None
        if self.reads[0].column.numeric:
            return None
        first = self.columns[0].to_pylist()
        asked = [i for i, text in enumerate(first) if text and names_field(text)]
        if not asked:
            return None
        rows = [[column[i].as_py() for column in self.columns] for i in asked]
        if self.headed:
            rows.insert(0, [name or None for name in self.names])
        heads = tuple(str(row[0] or "") for row in rows)
        columns = tuple(pa.array(row[1:], pa.string()) for row in rows)
        return View(
            heads, columns, self.titles, upright=False, seen=self.seen, names_of=self.names_of
        )


_ATTRIBUTES = {
    Meaning.PERSON_NUMBER: "number of a person",
    Meaning.BIRTH_DATE: "birth date",
    Meaning.EMAIL: "contact",
    Meaning.PHONE: "contact",
    Meaning.AGE: "attribute",
    Meaning.SEX: "attribute",
    Meaning.ETHNICITY: "attribute",
    Meaning.HEALTH: "attribute",
    Meaning.JOB: "rank or job",
    Meaning.MONEY: "pay",
    Meaning.UNIT: "where",
    Meaning.PLACE: "where",
    Meaning.PREMISES: "where",
}


def names_field(text: str) -> bool:
    """Tell whether a cell's text is the name of a field, or a word for whom it names."""
    return is_heading_word(text) or (len(text) <= 40 and read_heading(text).subject == "people")


def _names_person(text: str) -> bool:
    """Whether a cell's text is the name of a field in which a person is named or numbered."""
    if len(text) > 60 or not is_heading_word(text.rstrip(":")):
        return False
    evidence = read_heading(text.rstrip(":")).evidence
    return any(evidence.get(meaning, 0.0) >= 1.0 for meaning in _OF_PEOPLE)


_OF_PEOPLE = (Meaning.PERSON_NAME, Meaning.NAME_PART, Meaning.PERSON_NUMBER, Meaning.BIRTH_DATE)


def quoted(reads: Sequence[Read]) -> str:
    """Return columns' headings for a reason, masked where one is a value."""
    from singleout.draft.words import column_names

    told = reads[:5]
    masked = column_names([read.name for read in told])
    names = []
    for read, name in zip(told, masked, strict=True):
        shown = name or f"column {read.column.index + 1}"
        names.append(f"'{shown[:60]}...'" if len(shown) > 60 else f"'{shown}'")
    more = f" and {len(reads) - 5} more" if len(reads) > 5 else ""
    return ", ".join(names) + more
