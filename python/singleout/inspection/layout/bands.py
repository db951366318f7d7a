"""The bands of an area: titles above, rows of headings, the body, totals and notes below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from singleout.draft.keptback import is_kept_back
from singleout.identifiers.forms import form_of
from singleout.identifiers.headings import is_heading_word, read_heading
from singleout.identifiers.word_sets import one_of
from singleout.identifiers.written_counts import read_counts
from singleout.inspection.layout.area import Area, Kinds
from singleout.inspection.layout.blocks import MOST_HEADER_ROWS
from singleout.inspection.layout.contrast import Contrast, contrasts, is_sentence

TOTAL = re.compile(
    r"(?i)^\s*(?:(?:grand|overall|sub-?|column|row)[\s-]*)?(?:totals?|sum|overall|all|gesamt(?:zahl)?|"
    r"summe|insgesamt|total\s+général|totale?s?|somme|itog|итого|cyfanswm|iomlán|suma|razem|ogółem|"
    r"合计|总计|المجموع|الإجمالي)(?:\b|$)[^\d\n]{0,40}:?\s*$"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\.0)?")
# A cell that is like those below it
_LIKE = {Contrast.SAME, Contrast.NAMES}
# How Excel heads the labels of a pivot table's rows
_PIVOT_LABELS = one_of(
    "row labels|labeli rhes|étiquettes de lignes|zeilenbeschriftungen|etiquetas de fila|"
    "etykiety wierszy|행 레이블|行标签|تسميات الصفوف"
)
_TYPED_SAMPLE = 200
# Forms in which headings are written too
_HEADING_FORMS = ("period", "band", "sex", "ethnicity")


@dataclass(frozen=True, slots=True)
class Bands:
    """Where the bands of an area are, by its rows.

    Parameters
    ----------
    first : int
        First row of headings, or of the body where there are none.
    start, stop : int
        First and last row of the body.
    totals : int
        Rows of totals that follow it.
    titles, notes : tuple of str
        Lone texts above and below.
    """

    first: int
    start: int
    stop: int
    totals: int
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def headed(self) -> bool:
        """Whether there is a row of headings."""
        return self.start > self.first


def find_bands(area: Area) -> Bands | None:
    """Find an area's bands; None where it has no body.

    A first row is one of headings only where something speaks for it: what it says, or that what
    stands below it is of another kind. No row of the body is lost for want of a heading.
    """
    area = _with_written(area)
    first, last = _without_titles_and_notes(area.kinds)
    titles = _lone(area, range(first))
    notes = _lone(area, range(last + 1, area.height))
    start = first + _header_rows(area, first, last)
    stop, totals = _totals(area, start, last)
    alone = stop == start and start == first and np.count_nonzero(area.kinds[:, start]) < 2
    if stop < start or alone:
        return None
    return Bands(first, start, stop, totals, titles, notes)


def _with_written(area: Area) -> Area:
    """The area with counts in words or with notes beside them ("2 (0.1%)") told as numbers."""
    kinds = area.kinds.copy()
    asked = np.flatnonzero((kinds == 1).any(axis=1))
    if not len(asked):
        return area
    size = min(area.height, _TYPED_SAMPLE)
    bodies = [area.columns[int(j)].slice(0, size) for j in asked]
    chunks = [b.combine_chunks() if isinstance(b, pa.ChunkedArray) else b for b in bodies]
    written = ~np.isnan(read_counts(pa.concat_arrays(chunks))).reshape(len(asked), size)
    part = kinds[asked, :size]
    part[written & (part == 1)] = 2
    kinds[asked, :size] = part
    return replace(area, kinds=kinds)


def _lone(area: Area, rows: range) -> tuple[str, ...]:
    found = []
    for at in rows:
        found += [text for text in area.row(at) if text is not None]
    return tuple(found)


def _without_titles_and_notes(kinds: Kinds) -> tuple[int, int]:
    """First and last row that are neither title nor note (one cell in a wide block)."""
    width, height = kinds.shape
    filled = np.count_nonzero(kinds, axis=0)
    first, last = 0, height - 1
    if width >= 2 and int(filled.max()) >= 2:
        while first < last and filled[first] <= 1 and kinds[:, first].max() < 2:
            first += 1
        while last > first and filled[last] <= 1 and kinds[:, last].max() < 2:
            last -= 1
    return first, last


def numeric_columns(kinds: Kinds) -> npt.NDArray[np.bool_]:
    """Tell which columns' filled cells are mostly (70 %) numbers."""
    filled = np.count_nonzero(kinds, axis=1)
    numbers = np.count_nonzero(kinds == 2, axis=1)
    return np.asarray((filled > 0) & (numbers >= 0.7 * filled), np.bool_)


def _header_rows(area: Area, first: int, last: int) -> int:
    """How many rows from `first` on are rows of headings."""
    height = last - first + 1
    if height < 2:
        return 0
    # Of a low area its lower half, so that one number in the last row does not make a column
    begin = min(first + MOST_HEADER_ROWS, first + height // 2)
    sample = slice(begin, min(last + 1, first + _TYPED_SAMPLE))
    typed = numeric_columns(area.kinds[:, sample])
    count = _above_numbers(area, typed, first, height) if typed.any() else 0
    if count:
        return 0 if _is_data(area, first, last, typed) else count
    if _in_order(area, first):
        return 1
    if typed.any() and (area.kinds[typed, first] == 2).any():
        return 0
    return _above_texts(area, first, last)


def _above_numbers(area: Area, typed: npt.NDArray[np.bool_], first: int, height: int) -> int:
    """Rows without a number in the columns of numbers, with texts there that are no marks."""
    count = 0
    while count < min(MOST_HEADER_ROWS, height - 1):
        at = first + count
        line = area.kinds[typed, at]
        if (line == 2).any():
            break
        texts = [
            area.columns[int(j)][at].as_py()
            for j in np.flatnonzero(typed & (area.kinds[:, at] == 1))
        ]
        if not texts or all(is_kept_back(text) for text in texts):
            break
        if count and not _goes_on(area, typed, at, texts):
            break
        count += 1
    return count


def _goes_on(area: Area, typed: npt.NDArray[np.bool_], at: int, texts: list[str]) -> bool:
    """Whether a further row is one of headings: those above have gaps, or it labels no row."""
    labels = [
        area.columns[j][at].as_py() for j in range(area.width) if not typed[j] and area.kinds[j, at]
    ]
    if not labels:
        return True
    gaps = bool((area.kinds[typed, at - 1] == 0).any() or (area.kinds[~typed, at - 1] == 0).any())
    named = [_like_heading(text) for text in (*labels, *texts)]
    return (gaps and len(texts) >= 2 and 2 * sum(named) >= len(named)) or (
        all(named) and (gaps or len(texts) >= 2)
    )


def _is_data(area: Area, first: int, last: int, typed: npt.NDArray[np.bool_]) -> bool:
    """Whether a row of texts above numbers is a row of the body whose numbers are missing."""
    texts = [t for t in area.row(first) if t is not None]
    if any(is_heading_word(text) for text in texts):
        return False
    others = [j for j in range(area.width) if not typed[j]]
    found = _contrasts(area, others, first, last)
    filled = int(np.count_nonzero(area.kinds[typed, first] == 1))
    return bool(_LIKE & set(found)) and 2 * filled <= int(np.count_nonzero(typed))


def _in_order(area: Area, row: int) -> bool:
    """A first row whose numbers are different years, or count up by one, is one of headings."""
    numbers = []
    for column, kind in zip(area.columns, area.kinds[:, row], strict=True):
        if kind == 2:
            text = column[row].as_py()
            if not re.fullmatch(r"\d{1,4}(\.0)?", text):
                return False
            numbers.append(int(float(text)))
    years = [n for n in numbers if _YEAR.fullmatch(str(n))]
    if len(years) == len(numbers) and len(numbers) >= 2:
        return len(set(numbers)) == len(numbers)
    steps = np.diff(numbers)
    return len(numbers) >= 3 and bool((steps == 1).all()) and area.kinds[0, row] != 2


def _contrasts(area: Area, columns: Sequence[int], row: int, last: int) -> list[Contrast]:
    chosen = [area.columns[j] for j in columns]
    below = [column.slice(row + 1, last - row) for column in chosen]
    return contrasts([column[row].as_py() for column in chosen], below)


def _above_texts(area: Area, first: int, last: int) -> int:
    """Whether a first row of texts over columns of texts is one of headings."""
    texts = [t for t in area.row(first) if t is not None]
    # Columns that are only spaces between others have no heading
    width = int(np.count_nonzero((area.kinds[:, first : last + 1] > 0).any(axis=1)))
    if 2 * len(texts) < width or len({t.casefold() for t in texts}) < len(texts):
        return 0
    if area.kinds[:, first].max() == 2:
        return 0
    # A field's name with a colon stands beside its value, not above a column
    if any(text.rstrip().endswith(":") for text in texts):
        return 0
    words = sum(_like_heading(text) for text in texts)
    found = _contrasts(area, range(area.width), first, last)
    if any(
        one is Contrast.NAMES and text is not None and not is_heading_word(text)
        for one, text in zip(found, area.row(first), strict=True)
    ):
        return 0  # Whatever else it says, a row with somebody's name above names is one of them
    same, other = sum(one in _LIKE for one in found), found.count(Contrast.OTHER)
    if same == len(texts) > words:  # All of it comes again below
        return 0
    row = area.row(first)  # A sentence over sentences is one of a list of notes or terms
    if any(
        t and one is Contrast.SAME and is_sentence(t) for t, one in zip(row, found, strict=True)
    ):
        return 0
    if 2 * words < len(texts) and same >= max(1, other):
        return 0
    if words or other:
        second = [t for t in area.row(first + 1) if t is not None]
        named = sum(len(text) > 2 and is_heading_word(text) for text in second)
        more = last - first >= 2 and len(second) >= 2 and 2 * named > len(second)
        return 2 if more and _repeats(area, first, last, named) else 1
    return 0


def _like_heading(text: str) -> bool:
    if is_heading_word(text):
        return True
    found = read_heading(text)
    form = form_of(text)
    return form in _HEADING_FORMS or (len(text) <= 60 and bool(found.evidence) and not form)


def _repeats(area: Area, first: int, last: int, named: int) -> bool:
    """Whether a second row of heading words is a heading in another language and no value: in a
    list of fields all rows are such."""
    third = [text for text in area.row(first + 2) if text is not None]
    if sum(len(text) > 2 and is_heading_word(text) for text in third) >= named:
        return False
    return not _LIKE & set(_contrasts(area, range(area.width), first + 1, last))


def _totals(area: Area, start: int, last: int) -> tuple[int, int]:
    """Last row of the body, and how many rows of totals follow it."""
    stop = last
    while stop > start:
        label = next((c[stop].as_py() for c in area.columns if c[stop].is_valid), "")
        if not (TOTAL.match(label) and (area.kinds[:, stop] == 2).any()):
            break
        stop -= 1
    return stop, last - stop


def column_names(area: Area, first: int, start: int) -> list[str]:
    """Return one distinct name a column, from all rows of headings; a merged heading names all
    columns under it.

    Examples
    --------
    >>> area = Area([pa.array(["rank", "pc"]), pa.array(["", "7"])], np.ones((2, 2), np.int8),
    ...             np.arange(2, dtype=np.int32), 0)
    >>> column_names(area, 0, 1)
    ['rank', 'column 2']
    """
    columns, rows, left = area.columns, area.rows, area.left
    right, above = left + len(columns) - 1, int(rows[0])
    across: dict[tuple[int, int], tuple[int, int]] = {}
    heads = rows[first:start].tolist()
    for top, begin, bottom, stop in area.merges if heads else ():
        if above <= top <= heads[-1] and stop - begin < 1000 and bottom - top < 1000:
            for row in (head for head in heads if top <= head <= bottom):
                for column in range(begin, stop + 1):
                    across[row, column] = (top, begin)
    at = {int(row): i for i, row in enumerate(rows[:start])}
    names: list[str] = []
    for j in range(left, right + 1):
        words: list[str] = []
        for i in range(first, start):
            row, column = across.get((int(rows[i]), j), (int(rows[i]), j))
            if row not in at or not left <= column <= right:
                continue
            text = columns[column - left][at[row]].as_py()
            if text is not None and text.strip() and text.strip() not in words:
                if text.strip().casefold() in _PIVOT_LABELS:
                    words.clear()  # What stands above is what the pivot table sums
                words.append(" ".join(text.split()))
        names.append(" ".join(words) or f"column {j - left + 1}")
    return _distinct(names)


def _distinct(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    taken = set(names)
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        new = name
        while seen[name] > 1 and new in taken:
            new = f"{name} ({seen[name]})"
            seen[name] += new in taken
        taken.add(new)
        result.append(new)
    return result


def texts_of(column: pa.Array) -> list[str]:
    """Return a column's distinct texts."""
    return [str(text) for text in pc.unique(column.drop_null()).to_pylist()]
