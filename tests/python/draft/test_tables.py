"""Tables in a grid: several on a sheet, titles, merged headers, totals, notes; people or counts."""

from __future__ import annotations

import pytest

from singleout.draft import DraftTable, Place, inspect
from singleout.draft.grid import Grid
from singleout.errors import InputError
from singleout.inspection.tables.find import find


def _tables(
    rows: list[list[str | None]], merges: tuple[tuple[int, int, int, int], ...] = ()
) -> list[DraftTable]:
    grid = Grid.from_rows(rows)
    return list(
        find(Grid(grid.rows, grid.columns, grid.texts, grid.numeric, merges), Place(sheet="S"))
    )


def test_title_total_and_note_are_not_data() -> None:
    (table,) = _tables(
        [
            ["Officers by rank", None],
            ["rank", "officers"],
            ["sergeant", "12"],
            ["inspector", "4"],
            ["Total", "16"],
            ["Source: payroll", None],
        ]
    )
    assert table.names == ("rank", "officers")
    assert table.data.to_pydict() == {"rank": ["sergeant", "inspector"], "officers": ["12", "4"]}
    assert table.totals == 1
    assert table.kind == "counts"
    assert [(c.cells, c.value) for c in table.small_cells] == [("B4", 4)]
    assert table.row_number(1) == 4


def test_tables_side_by_side_and_below() -> None:
    tables = _tables(
        [
            ["rank", "n", None, "area", "n"],
            ["PC", "10", None, "north", "11"],
            ["PS", "12", None, "south", "13"],
            [None] * 5,
            ["year", "n"],
            ["a", "20"],
            ["b", "30"],
        ]
    )
    assert [t.place.cells for t in tables] == ["A1:B3", "D1:E3", "A5:B7"]


def test_merged_header_names_each_column_under_it() -> None:
    (table,) = _tables(
        [
            ["rank", "officers", None],
            [None, "women", "men"],
            ["PC", "50", "60"],
            ["PS", "70", "80"],
        ],
        ((0, 1, 0, 2),),
    )
    assert table.names == ("rank", "officers women", "officers men")


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([["surname", "rank"], ["Ash", "PC"], ["Birch", "PS"]], "people"),
        (
            [
                ["who", "what"],
                ["jane.smith@example.org", "x"],
                ["bob.jones@example.org", "y"],
                ["carla.ali@example.org", "z"],
            ],
            "people",
        ),
        ([["area", "2019", "2020"], ["north", "31", "44"], ["south", "12", "15"]], "counts"),
        ([["colour", "shade"], ["red", "dark"], ["red", "light"]], "things"),
    ],
)
def test_kind(rows: list[list[str | None]], kind: str) -> None:
    (table,) = _tables(rows)
    assert table.kind == kind, table.reasons
    assert table.reasons


def test_expect() -> None:
    from builders.xlsx import PEOPLE, Sheet, Workbook

    data = Workbook([Sheet("Counts"), Sheet("More", PEOPLE)]).bytes()
    draft = inspect(data, expect="counts", name="a.xlsx")
    assert [f.place.sheet for f in draft.of("unexpected-table")] == ["More"]
    draft = inspect(data, expect=["rank", "Officers", "leavers"], name="a.xlsx")
    assert [f.count for f in draft.of("unexpected-column")] == [3]
    assert [f.detail for f in draft.of("missing-column")] == ["'leavers'"]
    with pytest.raises(InputError, match="give 'counts' or a list"):
        inspect(data, expect="people", name="a.xlsx")


def test_names_of_people_are_masked() -> None:
    assert Place(sheet="Jane Smith", index=2).text() == "sheet 2 (name masked)"
    assert Place(sheet="Jane Smith", index=2).text(mask=False) == "sheet 'Jane Smith'"
    assert Place(part="C:\\Users\\js\\a.xlsx").text() == "(path masked)"


@pytest.mark.parametrize(
    "name",
    [
        "Jane Smith",
        "PC J Ash",
        "Report on Peter Birch",
        "Dr Ash",
        "Trevanion R",
        "haldane_nuala_dismissal",
        "SiobhanZielinski",
    ],
)
def test_name_of_a_person_in_a_sheet_name(name: str) -> None:
    from builders.xlsx import Sheet, Workbook

    draft = inspect(Workbook([Sheet(name)]).bytes(), name="a.xlsx")
    assert [f.place.index for f in draft.of("name-in-place")] == [1]
    assert name not in str(draft.to_dict())


def test_ordinary_sheet_names_are_no_persons() -> None:
    from builders.xlsx import Sheet, Workbook

    names = ["Sheet1", "Travel Budget", "April 2024", "Regional Sales", "Summary"]
    names += ["Faith Schools", "June Returns", "Grace Road", "Victoria Ward", "Dawn Patrols"]
    draft = inspect(Workbook([Sheet(name) for name in names]).bytes(), name="counts by rank.xlsx")
    assert not list(draft.of("name-in-place"))
