"""Conditions of conditional formats, as far as they can be told without a program that computes."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from singleout.draft.grid import Grid
from singleout.inspection.common.cell_looks import numbers

Bools = npt.NDArray[np.bool_]
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_STRING = re.compile(r'"((?:[^"]|"")*)"')
_CELL = r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})"
_COMPARED = re.compile(rf"{_CELL}\s*(<=|>=|<>|=|<|>)\s*(.+)", re.DOTALL)
_REFERENCE = re.compile(_CELL)
_OF_NOTHING = re.compile(rf"(?:ISERROR|ISERR|ISNA|ISBLANK)\(\s*{_CELL}\s*\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Condition:
    """What is asked of a cell.

    Parameters
    ----------
    kind : str
        ``always``, ``never``, a comparison (``=``, ``<`` ...), ``between``, ``notBetween``,
        ``containsText``, ``notContainsText``, ``beginsWith``, ``endsWith``; empty if nobody knows.
    operands : tuple of str
        Constants, as formulas hold them (a text in quotes); for the last four a bare text.
    """

    kind: str = ""
    operands: tuple[str, ...] = ()


def read_formula(formula: str, row: int, column: int, *, wide: bool = False) -> Condition:
    """Read the formula of a rule whose first cell is at this place.

    Parameters
    ----------
    formula : str
        The formula, as the file holds it.
    row, column : int
        The place, from 0.
    wide : bool
        Whether the rule is for more than one column.

    Examples
    --------
    >>> read_formula("TRUE", 0, 0).kind, read_formula("$B2<5", 1, 1).kind
    ('always', '<')
    >>> read_formula("A3=A2", 2, 0).kind, read_formula("SUM(A1:A9)>3", 0, 0).kind
    ('never', '')
    """
    text = formula.strip().removeprefix("=").strip()
    constant = _constant(text)
    if isinstance(constant, float):
        return Condition("always" if constant else "never")
    if _OF_NOTHING.fullmatch(text) and _is_at(text[text.index("(") + 1 : -1], row, column, wide):
        return Condition("never")
    match = _COMPARED.fullmatch(text)
    if match is None or not _is_at(text[: match.start(5)], row, column, wide):
        return Condition()
    sign, other = match[5], match[6].strip()
    if _constant(other) is not None:
        return Condition(sign, (other,))
    before = ((row - 1, column), (row, column - 1))
    if sign == "=" and any(_is_at(other, *place, wide) for place in before):
        # A label like the one before it: what is not shown twice is not hidden
        return Condition("never")
    return Condition()


def _is_at(text: str, row: int, column: int, wide: bool) -> bool:
    """Whether a reference is the cell at this place, and moves with it over the range."""
    match = _REFERENCE.fullmatch(text.strip())
    if match is None or match[3] or (match[1] and wide):
        return False
    letters = 0
    for letter in match[2].upper():
        letters = letters * 26 + ord(letter) - 64
    return (int(match[4]) - 1, letters - 1) == (row, column)


def _constant(text: str) -> float | str | None:
    """A number, a truth value or a text; None for anything else."""
    text = text.strip().removeprefix("=").strip()
    if text.upper() in ("TRUE", "TRUE()", "FALSE", "FALSE()"):
        return float(text.upper().startswith("T"))
    if _NUMBER.fullmatch(text):
        return float(text)
    match = _STRING.fullmatch(text)
    return None if match is None else match[1].replace('""', '"')


def holds(condition: Condition, cells: Grid) -> tuple[Bools, bool]:
    """Tell of which cells a condition holds.

    Parameters
    ----------
    condition : Condition
        The condition.
    cells : Grid
        The cells.

    Returns
    -------
    holds : bool array, shape (n_cells,)
        All True where nobody knows.
    sure : bool
        Whether that is known.
    """
    kind = condition.kind
    if kind in ("always", "never"):
        return np.full(len(cells), kind == "always"), True
    if kind in ("containsText", "notContainsText", "beginsWith", "endsWith"):
        return _by_text(kind, condition.operands[0], cells), True
    operands = [_constant(operand) for operand in condition.operands]
    known = [operand for operand in operands if operand is not None]
    if not known or len(known) < len(operands) or not kind:
        return np.ones(len(cells), np.bool_), False
    if kind in ("between", "notBetween"):
        if len(known) < 2:
            return np.ones(len(cells), np.bool_), False
        inside = _compare(cells, ">=", known[0]) & _compare(cells, "<=", known[1])
        inside |= _compare(cells, "<=", known[0]) & _compare(cells, ">=", known[1])
        return inside == (kind == "between"), True
    return _compare(cells, kind, known[0]), True


def _compare(cells: Grid, sign: str, other: float | str) -> Bools:
    """Compare as spreadsheets do: any text is more than any number, cases are alike."""
    result = np.zeros(len(cells), np.int8)
    if isinstance(other, str):
        texts = pc.utf8_lower(cells.texts)
        more = pc.greater(texts, other.lower()).to_numpy(zero_copy_only=False)
        same = pc.equal(texts, other.lower()).to_numpy(zero_copy_only=False)
        result = np.where(cells.numeric, -1, np.where(same, 0, np.where(more, 1, -1)))
    else:
        result[:] = 1
        at = np.flatnonzero(cells.numeric)
        if len(at):
            result[at] = np.sign(numbers(cells.pick(at).texts) - other).astype(np.int8)
    found: Bools = {
        "=": result == 0,
        "<>": result != 0,
        "<": result < 0,
        "<=": result <= 0,
        ">": result > 0,
        ">=": result >= 0,
    }[sign]
    return found


def _by_text(kind: str, part: str, cells: Grid) -> Bools:
    if kind == "beginsWith":
        found = pc.starts_with(cells.texts, part, ignore_case=True)
    elif kind == "endsWith":
        found = pc.ends_with(cells.texts, part, ignore_case=True)
    else:
        found = pc.match_substring(cells.texts, part, ignore_case=True)
    mask = np.asarray(found.to_numpy(zero_copy_only=False), np.bool_)
    return ~mask if kind == "notContainsText" else mask
