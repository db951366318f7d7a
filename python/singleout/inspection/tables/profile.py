"""What the values of a column look like: all of its distinct values, each looked at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from singleout.draft.keptback import marks_among
from singleout.identifiers.forms import form_of
from singleout.identifiers.headings import Heading, read_heading
from singleout.identifiers.person_names import NameEvidence, read_names
from singleout.identifiers.written_counts import read_counts
from singleout.tabular.arrow import codes_of

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
NamesOf = Callable[[Sequence[str]], NameEvidence]

# Distinct texts of a column that are read for shares; of more as many, evenly spaced in their order
MOST_TEXTS = 1000
# Texts that are kept as a list
_FEW = 200
# Texts whose form is looked at, evenly spaced among those
_FORMS = 300
# A number alone, as programs write it
_BY_PROGRAM = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,17})?")


_NUMBERED = re.compile(r"(?:\(\d{1,5}\)|#?\d{1,5} ?[.):\u2013\u2014-])\s{1,4}")
_NOTED = re.compile(
    r"(?<=[^\W\d_.])[.,:]?\s{1,4}(?:\([^()]{1,30}\)|[-\u2013]?\s?[\u00a3$\u20ac]\s?\d[\d,.]{0,12})$"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Column:
    """One column: its heading, its values by row, and its distinct values.

    Parameters
    ----------
    index : int
        Position in the table.
    name : str
        The heading as it stands; empty where there is none.
    texts : pyarrow.Array of string
        One value a row, null where the cell is empty.
    """

    index: int
    name: str
    texts: pa.Array

    @cached_property
    def heading(self) -> Heading:
        """What the heading's words say."""
        return read_heading(self.name)

    @cached_property
    def _coded(self) -> tuple[pa.Array | list[str], Ints]:
        """The distinct values, as a list where they are few, and each row's position among them."""
        texts = self.texts
        if isinstance(texts, pa.ChunkedArray):
            texts = texts.combine_chunks()
        if len(texts) > _FEW:
            coded = texts.dictionary_encode()
            few = len(coded.dictionary) <= _FEW
            return coded.dictionary.to_pylist() if few else coded.dictionary, codes_of(coded)
        found: dict[str, int] = {}  # Arrow's steps cost more than so few texts
        codes = [-1 if t is None else found.setdefault(t, len(found)) for t in texts.to_pylist()]
        return list(found), np.array(codes, np.int64)

    @cached_property
    def distinct(self) -> pa.Array:
        """The distinct values, by their first row."""
        distinct = self._coded[0]
        return pa.array(distinct, pa.string()) if isinstance(distinct, list) else distinct

    @property
    def codes(self) -> Ints:
        """Position among the distinct values of each row's value; -1 where the cell is empty."""
        return self._coded[1]

    @cached_property
    def times(self) -> Ints:
        """How many rows each distinct value has."""
        codes = self.codes
        return np.bincount(codes[codes >= 0], minlength=len(self._coded[0])).astype(np.int64)

    @property
    def empty(self) -> bool:
        """Whether no row has a value."""
        return bool(self.texts.null_count == len(self.texts))

    @cached_property
    def filled(self) -> int:
        """Rows with a value."""
        return int(self.times.sum())

    @cached_property
    def forms(self) -> dict[str, float]:
        """Share of the distinct texts that are written in each form of `form_of`."""
        if not self.words:
            return {}
        step = max(1, len(self.words) // _FORMS)
        texts = sorted(self.words)[::step] if step > 1 else self.words
        found = Counter(map(form_of, texts))
        return {form: count / len(texts) for form, count in sorted(found.items())}

    def share(self, *forms: str) -> float:
        """Share of the distinct texts that are written in one of these forms."""
        return sum(self.forms.get(form, 0.0) for form in forms)

    @cached_property
    def of_births(self) -> bool:
        """Whether dates lie as dates of birth do: over decades, and none of the last years."""
        if self.share("date") < 0.6:
            return False
        years = [int(found[0]) for text in self.words if (found := _YEAR.search(text))]
        if len(years) < max(3, 0.6 * len(self.words)):
            return False
        return min(years) >= 1915 and max(years) <= 2015 and max(years) - min(years) >= 12

    @cached_property
    def numbers(self) -> Floats:
        """The number that each distinct value is written as; NaN where it is none."""
        distinct = self._coded[0]
        if isinstance(distinct, list) and all(map(_BY_PROGRAM.fullmatch, distinct)):
            return np.array([float(text) for text in distinct], np.float64)
        return read_counts(distinct)

    @cached_property
    def marks(self) -> Bools:
        """Which distinct values stand for a number that is kept back."""
        missing = np.isnan(self.numbers)
        # Among many texts without a number the few marks there may be are no counts
        if not missing.any() or (len(missing) > _FEW and missing.all()):
            return np.zeros(len(self.numbers), np.bool_)
        return marks_among(self._coded[0])

    @cached_property
    def numeric(self) -> bool:
        """Whether most of the values (70 %) are numbers, or marks for them beside numbers."""
        if self.empty:
            return False
        known = ~np.isnan(self.numbers)
        if not known.any():
            return False
        return float(self.times[known | self.marks].sum()) >= 0.7 * self.filled

    @cached_property
    def values(self) -> Floats:
        """The number of each row; NaN where there is none."""
        return np.append(self.numbers, np.nan)[self.codes]

    @cached_property
    def whole(self) -> bool:
        """Whether most of the numbers (60 %) are whole and none is below nought."""
        numbers, times = self.numbers, self.times
        known = ~np.isnan(numbers)
        if not known.any() or (numbers[known] < 0).any():
            return False
        whole = known & (np.floor(np.where(known, numbers, 0.5)) == numbers)
        return float(times[whole].sum()) >= 0.6 * float(times[known].sum())

    @cached_property
    def cells(self) -> list[str]:
        """The distinct texts that are no numbers, whole; at most `MOST_TEXTS`."""
        if self.empty:
            return []
        chosen = np.isnan(self.numbers) & ~self.marks
        return _spread(self._coded[0], chosen) if chosen.any() else []

    @cached_property
    def words(self) -> list[str]:
        """The same, each line of a cell with several by itself."""
        found: dict[str, None] = {}
        for text in self.cells:
            for line in text.split("\n") if "\n" in text else (text,):
                if line.strip():
                    found[line.strip()] = None
        return list(found)

    @cached_property
    def bare(self) -> list[str]:
        """The same without what is often set around a name: a number, a sum, a note in brackets."""
        return [_without_marks(text) for text in self.words]

    @cached_property
    def names(self) -> NameEvidence:
        """What the texts say of people."""
        return read_names(self.bare)

    @cached_property
    def length(self) -> float:
        """Mean length of the distinct texts, in characters."""
        return sum(map(len, self.words)) / len(self.words) if self.words else 0.0


def _without_marks(text: str) -> str:
    """A text without its number in front ("3 - "), and without a sum or a note behind."""
    bare = _NUMBERED.sub("", text) if text[:1].isdigit() or text[:1] in "(#" else text
    if bare[-1:] == ")" or bare[-1:].isdigit():
        bare = _NOTED.sub("", bare)
    return bare if any(character.isalpha() for character in bare) else text


def _spread(distinct: pa.Array | list[str], chosen: Bools) -> list[str]:
    """The chosen texts; of more than `MOST_TEXTS` as many, evenly spaced in their order."""
    if isinstance(distinct, list):
        return [text for text, one in zip(distinct, chosen.tolist(), strict=True) if one]
    texts = distinct.filter(pa.array(chosen))
    if len(texts) > MOST_TEXTS:
        ordered = texts.take(pc.array_sort_indices(texts))
        at = np.unique(np.linspace(0, len(ordered) - 1, MOST_TEXTS).astype(np.int64))
        texts = ordered.take(pa.array(at))
    return [str(text) for text in texts.to_pylist()]


def read_together(columns: Sequence[Column], names_of: NamesOf = read_names) -> None:
    """Read the names of several columns at once, which costs little more than those of one."""
    asked = [column for column in columns if column.words]
    if not asked:
        return
    found = names_of([text for column in asked for text in column.bare])
    at = 0
    for column in asked:
        stop = at + len(column.words)
        part = NameEvidence(found.witness[at:stop], found.against[at:stop], found.score[at:stop])
        column.__dict__["names"] = part  # where the cached property keeps it
        at = stop
