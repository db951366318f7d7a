"""Tell a table of people from a table of counts, and say why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from singleout.detect import KINDS, scan
from singleout.draft.keptback import is_kept_back
from singleout.draft.model import Kind, SmallCell, cell_name
from singleout.draft.words import column_name, counted

SAMPLE = 400
MOST_SMALL = 10
_MANY = 20_000
# Characters of a column's name in a reason
_SHOWN = 60

# Column names that a person's record has and a table of counts has not.
_STRONG = re.compile(
    r"(?i)\b(sur-?name|last[\s_]?name|family[\s_]?name|fore-?names?|first[\s_]?name|given[\s_]?name|"
    r"middle[\s_]?name|full[\s_]?name|initials?|maiden|d\.?o\.?b\.?|date[\s_]of[\s_]birth|birth[\s_]?da(te|y)|"
    r"e-?mail([\s_]address)?|(mobile|phone|telephone)([\s_](no|number))?|national[\s_]insurance|nino|"
    r"nhs[\s_]?(no|number)|passport|driving[\s_]licence|(staff|service|officer|employee|payroll|pay|warrant|"
    r"collar|badge|patient|pupil|student|person|personnel|member|custody|prisoner|nominal|hospital)"
    r"[\s_]*(id|no|num|number|ref|reference|code)|ssn|home[\s_]address|street|postcode|post[\s_]code|"
    r"vorname|nachname|geburtsdatum|prénom|apellidos?|nombre|nom|cognome)\b\.?"
)
# Column names of a record of a person or of a breakdown of counts, so only several count.
_MEDIUM = re.compile(
    r"(?i)\b(name|gender|sex|age|ethnic(ity)?|religion|nationality|marital|disability|rank|grade|job|role|"
    r"post|position|title|salary|pay|contract|unit|team|department|division|branch|location|station|"
    r"duty|start|leav(er|ing)|hired?|joined|status|address|town|city|vetting|offence|victim|suspect|"
    r"diagnosis|ward|school|class|occupation|employer|shift)\b"
)
_COUNT = re.compile(
    r"(?i)\b(count|counts|number of|no\.? of|total|totals|n|freq(uency)?|sum|headcount|fte|"
    r"percent(age)?|rate|proportion|officers|people|persons|staff|patients|pupils|cases|incidents|requests|records)\b|[%#]"
)
_NAME_SHAPE = re.compile(
    r"^[^\W\d_]+(?:['\u2019-][^\W\d_]+)*(?:,?\s+[^\W\d_]\.?|,?\s+[^\W\d_]+(?:['\u2019-][^\W\d_]+)*){1,3}$"
)


def classify(
    data: pa.Table, numeric: npt.NDArray[np.bool_], *, headed: bool
) -> tuple[Kind, tuple[str, ...]]:
    """Tell what one row of a table stands for.

    Parameters
    ----------
    data : pyarrow.Table
        Columns of strings, without header and totals.
    numeric : bool array, shape (n_columns,)
        Columns that hold numbers.
    headed : bool
        Whether the column names come from the table.

    Returns
    -------
    kind : {"people", "counts", "other"}
        What it is taken for.
    reasons : tuple of str
        Why, in plain English; column names may be in it, values never.
    """
    names = data.column_names if headed else []
    sample = data.slice(0, SAMPLE)
    strong = [n for n in names if _STRONG.search(n)]
    detected = _detected(sample)
    medium = [n for n in names if _MEDIUM.search(n) and n not in strong]
    counting = _count_columns(sample, numeric)
    keyed = _labels_distinct(data, numeric)
    if detected:
        return "people", tuple(
            f"column {_quoted(n)} holds values that look like this: {KINDS[k]}" for n, k in detected
        )
    if strong and not (
        len(strong) == 1 and counting and keyed and data.num_rows < 60 and not medium
    ):
        return "people", (f"columns named {_listed(strong)}",)
    if counting and keyed:
        return "counts", _count_reasons(names, counting)
    full_names = _name_columns(sample, numeric)
    if full_names and (medium or data.num_columns >= 3) and data.num_rows >= 5:
        return "people", (
            f"column {_quoted(full_names[0])} holds different values shaped like full names",
        )
    if len(medium) >= 3 and data.num_rows >= 5:
        return "people", (
            f"columns named {_listed(medium)}, and rows that are not labels of counts",
        )
    if counting and any(_COUNT.search(n) for n in counting):
        return "counts", _count_reasons(names, counting)
    return "other", ("no column tells of people, and the rows are not labels with counts",)


def _listed(names: list[str]) -> str:
    shown = ", ".join(map(_quoted, names[:5]))
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown


def _quoted(name: str) -> str:
    shown = column_name(name)
    return f"'{shown}'" if len(shown) <= _SHOWN else f"'{shown[:_SHOWN]}...'"


def _count_reasons(names: list[str], counting: list[str]) -> tuple[str, ...]:
    columns = counted(len(counting), "columns")
    reasons = [f"{columns} of whole numbers beside labels that differ in every row"]
    named = [name for name in names if _COUNT.search(name)]
    if named:
        reasons.append(f"columns named {_listed(named)}")
    return tuple(reasons)


def _detected(sample: pa.Table) -> list[tuple[str, str]]:
    """Columns where the detectors of direct identifiers know a fifth of the values."""
    columns = [[v for v in column.slice(0, 60).to_pylist() if v] for column in sample.columns]
    found = []
    for i in _suspect(columns, scan):
        name, values = sample.column_names[i], columns[i]
        if len(values) < 2:
            continue
        kinds: dict[str, int] = {}
        for value in values:
            for kind in {hit.kind for hit in scan(value)}:
                kinds[kind] = kinds.get(kind, 0) + 1
        best = max(kinds, key=lambda k: kinds[k], default=None)
        if best is not None and kinds[best] >= max(2, 0.2 * len(values)):
            found.append((name, best))
    return found


def _suspect(columns: list[list[str]], scan: Callable[[str], Iterable[object]]) -> list[int]:
    """Columns in whose values together anything is detected: most tables have none, and a table of
    thousands of columns of numbers must not take long."""
    found = []
    waiting = [(0, len(columns))]
    while waiting:
        first, stop = waiting.pop()
        text = "\n".join(value for column in columns[first:stop] for value in dict.fromkeys(column))
        if not text or not any(True for _ in scan(text)):
            continue
        if stop - first == 1:
            found.append(first)
        else:
            middle = (first + stop) // 2
            waiting += [(middle, stop), (first, middle)]
    return found


def _count_columns(sample: pa.Table, numeric: npt.NDArray[np.bool_]) -> list[str]:
    """Numeric columns of whole numbers from 0 on (shares and means beside them do not disturb)."""
    found = []
    for name, column, is_numeric in zip(sample.column_names, sample.columns, numeric, strict=True):
        if is_numeric:
            numbers = [n for n in map(_whole, column.to_pylist()) if n is not None]
            values = [v for v in column.to_pylist() if v is not None and not is_kept_back(v)]
            if values and len(numbers) >= 0.6 * len(values) and min(numbers, default=-1) >= 0:
                found.append(name)
    return found


def _whole(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return None
    return int(value) if value.is_integer() and abs(value) < 1e12 else None


def _labels_distinct(data: pa.Table, numeric: npt.NDArray[np.bool_]) -> bool:
    """Whether the columns of text together name each row once, with few columns of text."""
    labels = [
        column for column, is_numeric in zip(data.columns, numeric, strict=True) if not is_numeric
    ]
    if (
        not 1 <= len(labels) <= 4
        or len(labels) > max(2, int(numeric.sum()))
        or data.num_rows > 5000
    ):
        return False
    rows = list(zip(*(label.to_pylist() for label in labels), strict=True))
    return len(set(rows)) >= 0.95 * len(rows)


def _name_columns(sample: pa.Table, numeric: npt.NDArray[np.bool_]) -> list[str]:
    """Columns of mostly different texts of two to four capitalised words."""
    found = []
    for name, column, is_numeric in zip(sample.column_names, sample.columns, numeric, strict=True):
        values = [v for v in column.to_pylist() if v]
        if is_numeric or len(values) < 5 or len(set(values)) < 0.8 * len(values):
            continue
        shaped = sum(
            bool(_NAME_SHAPE.match(v)) and all(w[:1].isupper() for w in re.split(r"[\s,]+", v) if w)
            for v in values
        )
        if shaped >= 0.8 * len(values):
            found.append(name)
    return found


def small_cells(
    data: pa.Table, numeric: npt.NDArray[np.bool_], rows: list[int], left: int
) -> tuple[SmallCell, ...]:
    """Cells of a counts table that hold 1 to 10, at most 20,000 of them.

    Parameters
    ----------
    data : pyarrow.Table
        Columns of strings.
    numeric : bool array, shape (n_columns,)
        Columns that hold numbers.
    rows : list of int
        Zero-based sheet row of each data row.
    left : int
        Zero-based sheet column of the first column.
    """
    found: list[SmallCell] = []
    for j, (name, column) in enumerate(zip(data.column_names, data.columns, strict=True)):
        if not numeric[j]:
            continue
        for i, text in enumerate(column.to_pylist()):
            value = _whole(text)
            if value is not None and 1 <= value <= MOST_SMALL:
                found.append(SmallCell(i, name, value, cell_name(rows[i], left + j)))
                if len(found) >= _MANY:
                    return tuple(found)
    return tuple(found)
