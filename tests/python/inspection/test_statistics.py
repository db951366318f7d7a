"""Tables of statistics as public bodies lay them out: what no row of them is."""

from __future__ import annotations

import itertools

import pyarrow as pa
import pytest

import singleout as so
from singleout.draft.grid import Grid
from singleout.draft.model import Place
from singleout.inspection.tables.find import find
from singleout.inspection.tables.rows import judge
from singleout.inspection.tables.view import View

Rows = list[list[str]]
WEEKS = [f"2023-{month:02}-{day:02}" for month, day in
         ((1, 2), (1, 9), (1, 16), (1, 23), (1, 30), (2, 6), (2, 13), (2, 20))]  # fmt: skip
AREAS = ["Brackwater", "Dunmere", "Oxley Vale", "Thornby", "Westing"]


def view(heads: tuple[str, ...], rows: Rows) -> View:
    """A table of rows under headings."""
    return View(heads, tuple(pa.array(list(column)) for column in zip(*rows, strict=True)), ())


def long_form(unit: str, head: str = "Value") -> View:
    """Every area by year, sex and age, with a number."""
    keys = itertools.product(("2021", "2022", "2023"), AREAS, ("Female", "Male"), ("0-15", "16+"))
    rows = [[*key, unit, str(11 + 7 * i % 90)] for i, key in enumerate(keys)]
    return view(("Year", "Area", "Sex", "Age", "Units", head), rows)


@pytest.mark.parametrize("unit", ["Rate per 1,000 residents", "Per cent", "Number"])
def test_rows_whose_labels_are_a_key_are_groups(unit: str) -> None:
    assert judge(long_form(unit)).kind == "counts"


def test_the_unit_of_each_row_says_whether_its_number_counts() -> None:
    assert [one.kind for one in long_form("Number").numbers][-1] == "count"
    assert [one.kind for one in long_form("Per cent").numbers][-1] == "share"


def test_rows_that_meet_by_chance_stay_cases() -> None:
    rows = [
        [("2021", "2022")[i * i % 7 % 2], AREAS[i * i % 5], ("F", "M")[i * 3 % 5 % 2], str(60 + i)]
        for i in range(80)
    ]
    assert judge(view(("Year", "Area", "Sex", "Fine (£)"), rows)).kind == "cases"


def test_rows_in_regular_steps_of_time_are_no_cases() -> None:
    numbers = ["25606", "24911", "27350", "26118", "25002", "24870", "26544", "27013"]
    rows = [list(row) for row in zip(WEEKS, numbers, strict=True)]
    series = view(("week_ending", "attendance"), rows)
    assert judge(series).kind == "counts"
    assert [one.kind for one in series.numbers] == ["count"]


def test_dates_without_steps_stay_cases() -> None:
    days = ["2023-01-02", "2023-01-05", "2023-02-11", "2023-02-12", "2023-04-30", "2023-05-09"]
    numbers = ["25606", "24911", "27350", "26118", "25002", "24870"]
    events = view(("date", "complaint"), [list(row) for row in zip(days, numbers, strict=True)])
    assert judge(events).kind == "cases"


def test_a_column_without_values_makes_no_cases() -> None:
    assert judge(
        view(("Date", "absence", "attendance"), [["2023-01-02", "n/a", "n/a"]])
    ).kind not in ("people", "cases")


def test_official_areas_are_no_people_on_one_sign() -> None:
    names = ["De Sir Brackwater", "Gogledd Dunmere", "Canol Oxley", "De Thornby", "Westing Isaf"]
    codes = [f"W0700009{i}" for i in range(5)]
    rows = [list(row) for row in zip(codes, names, ["Dpt"] * 5, strict=True)]
    assert judge(view(("AREACD", "AREANMW", "ENTITY"), rows)).kind == "things"
    people = ["Aled Pritchard", "Chidi Okonkwo", "Farah Siddiqui", "Jon Marsh", "Mair Bowen"]
    rows = [list(row) for row in zip(codes, people, strict=True)]
    assert judge(view(("CD", "Councillor"), rows)).kind == "people"


def test_a_place_among_numbers_is_no_card_of_a_person() -> None:
    rows = [
        ["GN", "Gautam Nagar", "Noida", "1674714", "1442", "1161"],
        *(
            [f"A{i}", AREAS[i % 5], "Thornby", str(1000000 + i), str(1000 + i), "807"]
            for i in range(60)
        ),
    ]
    heads = ("code", "district", "headquarters", "population", "hectares", "density")
    assert judge(view(heads, rows)).kind == "counts"


def test_a_value_that_every_row_has_names_nobody() -> None:
    paid = [["BCC", "Parks", f"Firm {i} Ltd", f"{500 + i}.00"] for i in range(24)]
    heads = ("Client", "Service area", "Supplier", "Amount")
    assert judge(view(heads, paid)).kind != "people"
    different = [["BCC", "BTC"][i % 2 : i % 2 + 1] + row[1:] for i, row in enumerate(paid)]
    assert judge(view(heads, different)).kind in ("people", "unclear")


def test_levels_are_codes_and_not_counts() -> None:
    rows = [[f"{i}", str(1 + i % 4), f"Label {i}", str(20 + i)] for i in range(12)]
    found = view(("Order", "Level", "Caption", "Residents"), rows).numbers
    assert [(one.index, one.kind) for one in found if one.index == 1] == [(1, "label")]


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        (
            ("Label", "Notation", "Parent Notation"),
            [["Europe", "eur", "world"], ["Asia", "as", "world"]],
        ),
        (("TOTAL", "COMUNA"), [["12", "HUECHURABA"], ["40", "PUDAHUEL"], ["31", "ÑUÑOA"]]),
        (("Tag", "Meaning"), [["</QPR>", "List ends"], ["<QPR>", "List"], ["<VTM>", "Item"]]),
    ],
)
def test_code_lists_are_things(heads: tuple[str, ...], rows: Rows) -> None:
    assert judge(view(heads, rows)).kind in ("things", "counts")


def test_names_of_codes_are_no_people_on_one_sign() -> None:
    names = ["Kerry Sounes", "Rangaunu", "Tangonge", "Jane Wills", "Motutangi", "Kapowairua"]
    rows = [[str(100100 + 7 * i), name, str(900 + 31 * i)] for i, name in enumerate(names)]
    assert judge(view(("XA2 code", "XA2", "Residents"), rows)).kind == "counts"
    assert judge(view(("", "XA2", "Residents"), rows)).kind == "unclear"
    assert judge(view(("Keeper code", "Keeper", "Residents"), rows)).kind != "counts"


def test_disputes_about_ages_are_no_ages() -> None:
    rows = [[str(2010 + i % 4), AREAS[i % 5], str(11 + i)] for i in range(20)]
    found = view(("Year", "Region", "Age disputes"), rows).numbers
    assert [one.kind for one in found] == ["label", "count"]


def test_the_number_of_a_table_beside_its_title_counts_nothing() -> None:
    rows = [["2", "Visits of residents by purpose"]]
    for sheet, kind in (("Table 2", "label"), ("Figures", "count")):
        found = list(find(Grid.from_rows(rows), Place(sheet=sheet)))
        assert [one.kind for table in found for one in table.numbers] == [kind]


def test_a_list_of_terms_has_no_heading() -> None:
    says = "The age that the person gave who filled in the form for the household on that night"
    goes = "What is given in the register for the person at the time when the form was filled in"
    found = list(find(Grid.from_rows([["Age", says], ["Sex", goes]]), Place(sheet="Terms")))
    assert [(one.kind, one.headed) for one in found] == [("things", False)]


def test_notes_marked_by_numerals_have_no_headings() -> None:
    says = "A first trial of the whole service was begun in two offices in the spring of that year"
    goes = "Figures of later months are not final and may be changed when more has been received"
    notes = (says, goes, goes.replace("later", "former"), f"{says} again")
    rows = [list(row) for row in zip(("I", "II", "III", "IV"), notes, strict=True)]
    found = list(find(Grid.from_rows(rows), Place(sheet="Data")))
    assert [(one.kind, one.headed) for one in found] == [("things", False)]


def test_victims_by_area_are_cases() -> None:
    areas = [f"E010{number:05}" for number in range(1, 9)]
    rows = [f"{area},{20 + i},{'FM'[i % 2]},Theft" for i, area in enumerate(areas)]
    data = "\n".join(["LSOA code,Age,Sex,Offence", *rows]).encode()
    assert so.review(data, name="a.csv").verdict != "release"
