"""What a reader can work out of kept-back cells: against all tables, and on tables by hand."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from kept_back_tables import FAR, READINGS, Cell, found_in, place, with_totals, worked_out, written
from verdict_shapes import codes, policy, reviewed

from singleout.verdict.derive import Derived

NOTHING = Derived()
WATCHED = policy("foi-strict", counts={"of": "people"})


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_against_all_whole_number_tables(data: st.DataObject) -> None:
    """Exact and narrowed are what trying every table of whole numbers gives."""
    height, width = data.draw(st.integers(2, 4)), data.draw(st.integers(2, 4))
    line = st.lists(st.integers(0, 5), min_size=width, max_size=width)
    cells = data.draw(st.lists(line, min_size=height, max_size=height))
    full = with_totals(cells)
    places = [(i, j) for i in range(height + 1) for j in range(width + 1)]
    marks = data.draw(st.sampled_from([["*"], ["<5"], ["1-4"], ["0-4"], ["*", "<5"], ["c", "*"]]))
    hidden: dict[Cell, str] = {}
    for cell in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=6, unique=True)):
        value = full[cell[0]][cell[1]]
        fitting = [m for m in marks if READINGS[m][-1][0] <= value <= READINGS[m][-1][1]]
        if fitting:
            hidden[cell] = data.draw(st.sampled_from(fitting))
    assume(hidden)
    # A column of nothing but marks is tried apart, and so are sums that nothing bears out
    assume(all(any((i, j) not in hidden for i in range(height)) for j in range(width + 1)))
    rows = written(full, hidden)
    found = found_in(rows)
    exact, narrowed = worked_out(full, hidden, 1, 4, 3)
    assert set(found.exact) == {place(rows, cell) for cell in exact}
    assert set(found.narrowed) == {place(rows, cell) for cell in narrowed}
    assert not found.unproved


def bounded_only(chance: random.Random) -> list[list[object]]:
    """A table in which small cells follow from a bound of the mark and not without it."""
    while True:
        height, width = chance.randint(2, 5), chance.randint(2, 4)
        full = with_totals([[chance.randint(6, 90) for _ in range(width)] for _ in range(height)])
        cells = [line[:-1] for line in full[:-1]]
        row = chance.randrange(height)
        kind = chance.choice(["lower", "upper", "both", "two marks"])
        at = chance.sample(range(width), 2)
        if kind == "lower":  # two of at least one add up to two
            cells[row][at[0]] = cells[row][at[1]] = 1
            marks = ["*", "*"]
        elif kind == "upper":  # two of at most four add up to eight
            cells[row][at[0]] = cells[row][at[1]] = 4
            marks = ["<5", "<5"]
        elif kind == "both":  # each from one to four, and they add up to two or eight
            cells[row][at[0]] = cells[row][at[1]] = chance.choice([1, 4])
            marks = ["1-4", "1-4"]
        else:  # at most four and at least one add up to five, of which the least is one
            cells[row][at[0]], cells[row][at[1]] = chance.choice([(1, 1), (1, 2), (2, 1)])
            marks = ["<5", "*"]
        hidden = {(row, j): mark for j, mark in zip(at, marks, strict=True)}
        rows = written(with_totals(cells), hidden)
        rows.pop()  # column totals would give the cells away without any bound
        if chance.random() < 0.5:
            rows = [rows[0], *chance.sample(rows[1:], len(rows) - 1)]
        return rows


def test_none_of_1000_tables_passes_whose_cells_follow_from_a_bound() -> None:
    chance = random.Random(16)
    passed = []
    for _ in range(1000):
        rows = bounded_only(chance)
        found = found_in(rows)
        if not (found.exact or found.narrowed):
            passed.append(rows)
    assert not passed, passed[0]


def protected(chance: random.Random) -> list[list[object]]:
    """A table whose kept-back cells stand in a square with room to move by three or more."""
    height, width = chance.randint(2, 5), chance.randint(2, 5)
    cells = [[chance.randint(0, 400) for _ in range(width)] for _ in range(height)]
    (i, k), (j, m) = chance.sample(range(height), 2), chance.sample(range(width), 2)
    cells[i][j] = chance.randint(1, 4)
    # What one corner can lose and gain is what its neighbours can
    cells[k][m], cells[i][m], cells[k][j] = (chance.randint(5, 200) for _ in range(3))
    full = with_totals(cells)
    hidden = {(i, j): "*", (k, m): "*", (i, m): "*", (k, j): "*"}
    exact, narrowed = square_range(cells, (i, j), (k, m))
    assert not exact
    return written(full, {} if narrowed else hidden)


def square_range(cells: list[list[int]], one: Cell, other: Cell) -> tuple[bool, bool]:
    """Whether a corner of a square is known, or narrowed, where each is at least one."""
    (i, j), (k, m) = one, other
    span = min(cells[i][j], cells[k][m]) - 1 + min(cells[i][m], cells[k][j]) - 1
    return span == 0, span < 3


def test_1000_protected_tables_give_no_finding() -> None:
    chance = random.Random(61)
    for _ in range(1000):
        rows = protected(chance)
        found = found_in(rows)
        assert found == NOTHING, rows


def table(*rows: str) -> list[list[object]]:
    """Rows of texts between bars."""
    return [[text.strip() for text in row.split("|")] for row in rows]


TWO_TO_ADD = table("rank|officers", "PC|100", "Sergeant|*", "Inspector|*", "Total|102")


@pytest.mark.parametrize(("preset", "verdict"), [("foi-strict", "review"), ("cms-11", "refuse")])
def test_two_that_add_up_to_two_are_one_each(preset: str, verdict: str) -> None:
    review = reviewed(TWO_TO_ADD, preset)
    assert (review.verdict, codes(review)) == (verdict, ["derivable-count"])
    assert review.reasons[0].count == 2


def test_marks_say_how_large_a_count_is() -> None:
    zeros = table("unit|a|b|c|all patients", "Oncology|40|*|*|42", "Surgery|20|30|0|50")
    assert found_in(zeros).exact == ["row 2 of column 'b'", "row 2 of column 'c'"]
    upper = table("rank|a|b|c|total", "Sergeant|10|<5|<5|18", "Inspector|20|11|10|41")
    assert len(found_in(upper).exact) == 2
    without = table("rank|a|b|c|total", "Sergeant|10|*|*|18", "Inspector|20|11|10|41")
    assert found_in(without) == NOTHING


@pytest.mark.parametrize(
    ("mark", "total", "exact", "narrowed"),
    [
        ("<5", 110, 0, 0),  # 10 of two of at most 4 cannot be: not proved
        ("<5", 107, 0, 2),  # 3 or 4
        ("<5", 105, 0, 0),  # 1 to 4, as the mark says
        ("1-4", 103, 0, 2),  # 1 or 2
        ("*", 103, 0, 2),
        ("*", 104, 0, 2),  # 1 to 3: closer than three
        ("*", 105, 0, 0),  # 1 to 4
        ("*", 101, 0, 2),  # none can be one: 0 or 1
        ("*", 100, 0, 0),  # both are nought, which is no small count
        ("fewer than 10", 118, 0, 0),  # both 9, which is no small count under this rule
        ("llai na 5", 108, 2, 0),
        ("weniger als 5", 108, 2, 0),
        ("moins de 5", 108, 2, 0),
        ("[c]", 102, 2, 0),
        ("..", 102, 2, 0),
        ("-", 102, 2, 0),
        ("", 102, 1, 0),  # two empty rows: what the total leaves over
        ("exempt s40", 102, 2, 0),
    ],
)
def test_two_cells_under_one_mark(mark: str, total: int, exact: int, narrowed: int) -> None:
    rows = [["rank", "officers"], ["PC", 60], ["DC", 40], ["Sgt", mark], ["Insp", mark],
            ["Total", total]]  # fmt: skip
    found = found_in(rows)
    assert (len(found.exact), len(found.narrowed)) == (exact, narrowed)
    assert bool(found.unproved) == (mark == "<5" and total == 110)


def test_width_is_the_policys() -> None:
    rows = [["rank", "officers"], ["PC", 60], ["DC", 40], ["Sgt", "*"], ["Insp", "*"],
            ["Total", 105]]  # fmt: skip
    assert not found_in(rows, width=3).narrowed
    assert len(found_in(rows, width=4).narrowed) == 2
    rows[-1][1] = 103
    assert not found_in(rows, width=1).narrowed


def test_a_nought_that_may_be_kept_back() -> None:
    rows = table("rank|officers", "PC|100", "Sergeant|*", "Inspector|*", "Total|102")
    found = found_in(rows, 1, 4, zeros_shown=False)
    assert (len(found.exact), len(found.narrowed)) == (0, 2)
    rows.insert(1, ["DC", "0"])  # the table shows that noughts are shown
    assert len(found_in(rows, 1, 4, zeros_shown=False).exact) == 2


def test_a_legend_bounds_a_mark_unless_the_sums_say_otherwise() -> None:
    rows = table("rank|officers", "PC|100", "Sergeant|*", "Inspector|*", "Total|108")
    assert not found_in(rows).exact
    assert len(found_in(rows, notes=["* = fewer than 5"]).exact) == 2
    rows[-1][1] = "120"  # cells were kept back for other reasons too
    assert found_in(rows, notes=["* = fewer than 5"]) == NOTHING


def test_two_marks_are_read_each_in_its_own_way() -> None:
    rows = table("rank|officers", "PC|100", "Sergeant|<5", "Inspector|c", "Chief|<5", "Total|110")
    found = found_in(rows, notes=["c: confidential, between 1 and 2"])
    assert len(found.exact) == 3  # 4, 2 and 4
    # A dash is nought where that fits, and so gives the other away
    dash = table("rank|officers", "PC|100", "Sergeant|*", "Inspector|-", "Total|103")
    assert found_in(dash).exact == ["row 3 of column 'officers'"]


def test_rounded_totals_prove_nothing() -> None:
    rows = table(
        "area|men|women|total", "a|120|85|205", "b|90|*|95", "c|45|310|355", "d|65|20|90",
        "e|15|130|140", "f|70|75|150", "Total|405|620|1030",
    )  # fmt: skip
    found = found_in(rows)
    assert (found.exact, found.narrowed) == ([], [])
    assert found.unproved
    review = reviewed(rows, WATCHED)
    assert (review.verdict, codes(review)) == ("review", ["unproved-count"])


def test_totals_that_do_not_add_up_prove_nothing() -> None:
    rows = table("area|patients", "a|120", "b|*", "c|30", "Total|100")
    review = reviewed(rows, "cms-11")
    assert (review.verdict, codes(review)) == ("review", ["unproved-count"])


def test_a_dash_in_totals_that_do_not_add_up_is_nothing() -> None:
    rows = table("area|patients", "a|120", "b|-", "c|30", "Total|100")
    assert codes(reviewed(rows, WATCHED)) == []


@pytest.mark.parametrize(
    "rows",
    [
        table("rank|men|women|total", "a|12|*|15", "b|30|40|70", "c|*|31|35"),
        table("rank|total|men|women", "a|15|12|*", "b|70|30|40", "c|35|*|31"),
        table("rank|Cyfanswm|dynion|menywod", "a|15|12|*", "b|70|30|40"),
        table("Dienstgrad|Männer|Frauen|Insgesamt", "a|12|*|15", "b|30|40|70"),
        table("grade|hommes|femmes|Ensemble", "a|12|*|15", "b|30|40|70"),
        table("级别|男|女|合计", "a|12|*|15", "b|30|40|70"),
        table("stopień|Ogółem|mężczyźni|kobiety", "a|15|12|*", "b|70|30|40"),
        table("rank|officers", "Total|134", "a|100", "b|*", "c|31"),
        table("rank|officers", "a|100", "b|*", "c|31", "Grand Total|134"),
        table("rank|officers", "a|100", "b|*", "c|31", "|134"),
        # Sections with totals behind and before
        table("rank|officers", "a|10", "b|20", "Sub-total|30", "c|40", "d|*", "Sub-total|43",
              "Total|73"),
        table("rank|officers", "Total|73", "Crime total|30", "a|10", "b|20", "Roads total|43",
              "c|40", "d|*"),
        # Only the level above gives it away
        table("rank|officers", "a|10", "b|20", "Sub-total|30", "c|40", "d|*", "Sub-total|*",
              "Total|73"),
        # A total without a label, by sums that hold in the other columns
        table("unit|2019|2020|2021", "north|114|204|517", "south|201|333|*", "east|417|220|419",
              "region|732|757|939", "coast|88|91|95"),
        table("unit|police|civil|workforce", "a|114|*|117", "b|201|333|534", "c|417|220|637",
              "d|311|108|419", "e|212|97|309"),
        # Two sets of parts of one total
        table("area|total|men|women|under 40|40 and over", "a|250|130|120|*|247",
              "b|317|200|117|130|187", "c|431|230|201|225|206"),
        # Years side by side, each with its total
        table("rank|2022 men|2022 women|2022 total|2023 men|2023 women|2023 total",
              "a|50|*|53|70|80|150", "b|61|70|131|80|90|170"),
        # Long tables: the total is a value of a label
        table("rank|sex|officers", "a|men|50", "a|women|*", "a|Total|53", "b|men|60", "b|women|70",
              "b|Total|130", "Total|men|110", "Total|women|73", "Total|Total|183"),
        # A column of nothing but marks
        table("rank|men|women|total", "a|12|*|15", "b|30|*|70", "c|20|*|35"),
    ],
)  # fmt: skip
def test_totals_wherever_they_stand(rows: list[list[object]]) -> None:
    found = found_in(rows)
    assert found.exact, found
    assert not found.unproved


@pytest.mark.parametrize(
    "rows",
    [
        # No total
        table("rank|men|women", "a|12|*", "b|30|40", "c|*|31"),
        # The total is kept back too
        table("rank|officers", "a|100", "b|*", "c|31", "Total|*"),
        # A time series: rows of one size, none of them a total
        table("year|men|women|children", "2018|480|50|*", "2019|*|52|101", "2020|500|49|103",
              "2021|510|55|99"),
        # A ward whose name begins with "all"
        table("ward|men|women|children", "All Saints|300|20|31", "Bishop|240|30|44", "Elm|*|2|19",
              "Dean|190|40|52"),
        # Blanks that are noughts
        table("unit|a|b|total", "x|10||10", "y||30|30", "z|20|25|45"),
    ],
)  # fmt: skip
def test_nothing_follows(rows: list[list[object]]) -> None:
    assert found_in(rows) == NOTHING


def test_what_a_total_leaves_over() -> None:
    rows = table("area|total patients|women", "a|120|117", "b|300|150")
    assert found_in(rows).exact == ["what the total of row 2 leaves over"]
    # Totals that are too small as often as too large are rounded
    rounded = table("area|men|women|total", "a|120|117|238", "b|300|150|449", "c|20|30|50")
    assert found_in(rounded).exact == []


def test_a_column_of_things_is_left_out() -> None:
    rows = table("rank|women|total", "a|*|15", "b|40|70")
    assert found_in(rows, columns=[]).exact == []


def test_the_order_of_rows_and_columns_changes_nothing() -> None:
    rows = table(
        "area|p|q|r|total", "a|*|*|20|24", "b|*|41|*|73", "c|50|*|*|88", "Total|81|50|54|185"
    )
    found = found_in(rows)
    by_name = {(rows[int(p.split()[1]) - 1][0], p.split("'")[1]) for p in found.exact}
    moved = [[line[0], line[2], line[3], line[1], line[4]] for line in
             [rows[0], rows[3], rows[1], rows[2], rows[4]]]  # fmt: skip
    again = found_in(moved)
    assert by_name == {(moved[int(p.split()[1]) - 1][0], p.split("'")[1]) for p in again.exact}
    assert len(found.narrowed) == len(again.narrowed)


def test_far_is_far() -> None:
    assert max(high for way in READINGS.values() for _, high in way) == FAR


def test_a_legend_of_the_file_is_read() -> None:
    rows = table("rank|officers", "PC|100", "Sergeant|*", "Inspector|*", "Total|108")
    assert reviewed(rows, WATCHED).verdict == "release"
    told = reviewed([*rows, [], ["* means fewer than 5 officers"]], WATCHED)
    assert codes(told) == ["derivable-count"]


def test_counts_of_things_are_left_alone() -> None:
    rows = table("make|vehicles", "Ford|100", "Vauxhall|*", "Kia|31", "Total|133")
    assert reviewed(rows, "foi-strict").verdict == "release"
    assert "derivable-count" in codes(reviewed(rows, "cms-11"))
