"""Colours, sizes and distances from which on a text is out of sight."""

from __future__ import annotations

import numpy as np
import pytest

from singleout.draft.grid import Grid
from singleout.inspection.common.cell_looks import CellLook, holding
from singleout.inspection.common.colours import alike, contrast, tinted
from singleout.inspection.common.conditions import Condition, holds, read_formula
from singleout.inspection.common.extent import Frame, cut_off, extent, too_low, too_narrow
from singleout.inspection.common.far import far_cells, unprinted


@pytest.mark.parametrize(
    ("ink", "paper", "lost"),
    [
        ("FFFFFF", "FFFFFF", True),
        ("F2F2F2", "FFFFFF", True),
        ("FAFAFA", "FFFFFF", True),
        ("000000", "000000", True),
        ("1A1A1A", "000000", True),
        ("D9D9D9", "D8D8D8", True),
        ("FFFF99", "FFFFFF", True),
        ("FFFFFF", "1F4E78", False),
        ("808080", "FFFFFF", False),
        ("BFBFBF", "FFFFFF", False),
        ("000000", "FFFF00", False),
    ],
)
def test_contrast_decides(ink: str, paper: str, lost: bool) -> None:
    assert alike(ink, [paper]) is lost
    assert contrast(ink, paper) == contrast(paper, ink)


def test_pattern_hides_only_what_no_part_of_it_shows() -> None:
    assert alike("FFFFFF", ["FFFFFF", "F4F4F4"])
    assert not alike("FFFFFF", ["FFFFFF", "000000"])


def test_tints_keep_a_colour_and_change_its_light() -> None:
    for tint, told in ((0.8, "DCE6F2"), (-0.25, "366092")):
        found = tinted("4F81BD", tint)
        pairs = zip(bytes.fromhex(found), bytes.fromhex(told), strict=True)
        assert all(abs(one - other) <= 1 for one, other in pairs)


def _room(text: str, wide: float, high: float, look: CellLook, beside: bool = True) -> list[bool]:
    cells = [(0, 0, text, False)] + ([(0, 1, "x", False)] if beside else [])
    grid, ids = Grid.from_cells(cells), np.zeros(len(cells), np.int32)
    frame = Frame(np.array([wide]), 48.0, np.array([0], np.int32), np.array([high]))
    room = extent(grid, ids, [look], frame, np.zeros(len(grid), np.bool_))
    tests = (
        too_low(room, ids, [look]),
        too_narrow(room, ids, [look], grid),
        cut_off(room, ids, [look], grid),
    )
    return [bool(test[0]) for test in tests]


def test_room_of_a_cell() -> None:
    look = CellLook(size=10.0)
    assert _room("depot", 48, 15, look) == [False, False, False]
    assert _room("depot", 48, 4, look) == [True, False, False]
    assert _room("depot", 8, 15, look) == [False, True, False]
    assert _room("depot", 8, 15, look, beside=False) == [False, False, False]
    assert _room("d", 8, 15, look) == [False, False, False]
    assert _room("depot" + " " * 40 + "x", 48, 15, look) == [False, False, True]
    assert _room("depot" + " " * 40, 48, 15, look) == [False, False, False]
    assert _room("depot\nx", 48, 12, CellLook(size=10.0, wrap=True)) == [False, False, True]
    assert _room("depot\nx", 48, 24, CellLook(size=10.0, wrap=True)) == [False, False, False]
    assert _room("depot", 8, 15, CellLook(size=10.0, align="right")) == [False, True, False]


def test_blanks_of_any_kind_are_no_content() -> None:
    cells = [(0, 0, " \u00a0\u200b\u3000", False), (0, 1, "a", False), (0, 2, "\n", False)]
    assert holding(Grid.from_cells(cells)).tolist() == [False, True, False]


def _block(top: int, left: int, high: int, wide: int) -> list[tuple[int, int, str, bool]]:
    return [(top + i, left + j, "x", False) for i in range(high) for j in range(wide)]


@pytest.mark.parametrize(
    ("blocks", "corner", "far"),
    [
        ([(0, 0, 4, 2), (399, 0, 40, 2)], (0, 0), 80),
        ([(0, 0, 4, 2), (399, 0, 40, 2)], (399, 0), 8),
        ([(0, 0, 4, 2), (20, 0, 40, 2)], (0, 0), 0),
        ([(0, 0, 4, 2), (0, 60, 4, 9)], (0, 0), 36),
        ([(0, 0, 4, 2), (60, 40, 4, 9)], (0, 0), 36),
        ([(0, 0, 4, 2), (60, 0, 4, 9)], (0, 0), 0),
        ([(0, 0, 1, 1), (399, 0, 4, 2)], (0, 0), 1),
    ],
)
def test_far_is_far_from_where_the_sheet_opens(
    blocks: list[tuple[int, int, int, int]], corner: tuple[int, int], far: int
) -> None:
    grid = Grid.from_cells([cell for block in blocks for cell in _block(*block)])
    assert int(far_cells(grid, corner).sum()) == far


def test_cells_beside_what_is_printed_are_told_from_those_away() -> None:
    grid = Grid.from_cells([(0, 0, "a", False), (3, 5, "b", False), (3, 90, "c", False)])
    beside, away = unprinted(grid, [(0, 0, 4, 3)])
    assert (beside.tolist(), away.tolist()) == ([False, True, False], [False, False, True])
    assert not any(mask.any() for mask in unprinted(grid, []))


@pytest.mark.parametrize(
    ("formula", "condition"),
    [
        ("=TRUE()", Condition("always")),
        ("0", Condition("never")),
        ("B3>=10", Condition(">=", ("10",))),
        ('$B3="closed"', Condition("=", ('"closed"',))),
        ("B3=B2", Condition("never")),
        ("B3=A3", Condition("never")),
        ("ISERROR(B3)", Condition("never")),
        ("B3=C3", Condition()),
        ("B$3>1", Condition()),
        ("A3>1", Condition()),
        ("AND(B3>1,B3<5)", Condition()),
        ("B3>B3+1", Condition()),
    ],
)
def test_formulas_that_can_be_told(formula: str, condition: Condition) -> None:
    assert read_formula(formula, 2, 1) == condition
    wide = read_formula(formula, 2, 1, wide=True)
    assert wide == (Condition() if "$B" in formula else condition)


def test_comparisons_as_spreadsheets_make_them() -> None:
    cells = Grid.from_cells([(0, 0, "7", True), (1, 0, "Depot", False), (2, 0, "-1", True)])

    def of(kind: str, *operands: str) -> list[bool]:
        found, sure = holds(Condition(kind, operands), cells)
        assert sure
        return [bool(one) for one in found]

    assert of("<", "5") == [False, False, True]
    assert of(">", "5") == [True, True, False]
    assert of("=", '"depot"') == [False, True, False]
    assert of("between", "10", "0") == [True, False, False]
    assert of("notBetween", "0", "10") == [False, True, True]
    assert of("endsWith", "POT") == [False, True, False]
    assert of("notContainsText", "pot") == [True, False, True]
    assert holds(Condition("<", ("A1",)), cells)[1] is False
