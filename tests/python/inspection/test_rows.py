"""What a row stands for: each rule, on tables that differ in the one thing that matters."""

from __future__ import annotations

import pyarrow as pa
import pytest

from singleout.inspection.tables.rows import judge
from singleout.inspection.tables.view import View

Rows = list[tuple[str | None, ...]]

NAMES = ["Aled Pritchard", "Chidi Okonkwo", "Katarzyna Wójcik", "Farah Siddiqui", "Jonathan Marsh"]
SURNAMES = ["Pritchard", "Okonkwo", "Wójcik", "Siddiqui", "Featherstone"]
TOWNS = ["Hexham", "Morpeth", "Alnwick", "Berwick", "Amble"]
LOGINS = ["jane.marsh", "tom.okafor", "s.siddiqui", "alan_wood", "mary-ann.reid"]
RANKS = ["Constable", "Sergeant", "Constable", "Inspector", "Sergeant"]


def table(heads: tuple[str, ...], *columns: list[str] | list[int], seen: bool = True) -> View:
    """A table of columns under headings; none where the headings are empty."""
    arrays = tuple(pa.array([str(value) for value in column]) for column in columns)
    return View(heads, arrays, (), any(heads), seen=seen)


PEOPLE = [
    table(("Name", "Town"), NAMES, TOWNS),
    table(("", ""), NAMES, TOWNS),
    table(("Surname", "Rank"), SURNAMES, RANKS),
    table(("emp_sname", "stn"), SURNAMES, TOWNS),
    table(("Officer", "Days lost"), NAMES, [4, 9, 12, 31, 6]),
    table(
        ("Row Labels", "Sum of Days"),
        ["Pritchard, Aled", "Okonkwo, Chidi", "Marsh, Jon"],
        [1, 2, 3],
    ),
    table(("Collar no.", "Complaints"), [2203, 1187, 2991, 3310, 1846], [3, 1, 4, 1, 5]),
    table(("Team", "Members"), ["North", "South"], ["\n".join(NAMES), "\n".join(NAMES[:2])]),
    table(("Month", *NAMES), ["Jan", "Feb"], *([str(7 + i), str(9 + i)] for i in range(5))),
    table(("Field", "Value"), ["Surname", "Forename", "DOB"], ["Okonkwo", "Chidi", "03/02/1979"]),
    table(("Contact", "Rank"), [f"{n}@force.example" for n in LOGINS], RANKS),
    table(("", ""), [f"{n}@force.example" for n in LOGINS], [3, 1, 4, 1, 5]),
    table(("NI number", "Overpaid (£)"), ["MW240117A", "MW281408B", "MW262733D"], [81, 204, 77]),
    table(
        ("Address", "Council tax arrears (£)"), [f"{n} Rowan Close" for n in (3, 8, 12)], [81, 4, 7]
    ),
]
TITLED = ["Mr Nakamura", "Ms Openshaw", "Mr Esposito", "Mrs Quarmby", "Dr Iqbal"]
DAYS = ["2024-05-01", "2024-05-09", "2024-06-17", "2024-07-02", "2024-09-30"]
PEOPLE += [
    table(("", "", ""), DAYS, TITLED, ["Theft"] * 5),
    table(("Lifeguard", "Result"), ["Dominic J.", "Henrietta H.", "Kwame A."], ["Clear"] * 3),
    table(("Month", *TITLED), ["April", "May"], *([str(7 + i), str(9 + i)] for i in range(5))),
    table(("Course", "Attended by"), ["Tides", "Knots"], ["; ".join(NAMES), ", ".join(NAMES[:3])]),
    table(("Question", "Answer"), ["Who left?"], [", cancer; ".join(NAMES) + ", stroke"]),
    table(
        ("Antragsteller", "Annegret Hölzenbein"),
        ["Geburtsdatum", "Leistung"],
        ["30/06/1985", "Wohngeld"],
    ),
    table(
        ("", ""),
        ["陈思远", "刘雅琴", "黄建国", "徐丽娜"],
        ["01/01/1958", "12/06/1971", "23/11/1984", "06/04/1997"],
    ),
    table(
        ("Flat no", "Street", "Arrears"),
        [1, 3, 8],
        ["Rowan Close", "Rowan Close", "Larch Road"],
        [81, 4, 70],
    ),
]
FAMILIES = ["Ann & Rhys Pritchard", "the Okonkwo family", "Mr & Mrs Marsh", "Siddiqui household"]
PEOPLE += [
    # A number, a sum or a note around the name; a heading that anything may have
    table(("Entry", "Days"), [f"0{i} - {name}" for i, name in enumerate(NAMES)], [4, 9, 1, 3, 6]),
    table(("Pupil", "Need"), [f"{name} (Yr {i})" for i, name in enumerate(NAMES)], ["Taxi"] * 5),
    table(("Item", "Ctr"), [name.upper() for name in NAMES], [4, 9, 12, 31, 6]),
    table(("Tenant", "Notice"), ["Marsh, Mrs Ann", "Okonkwo, Mr Chidi"], ["Served", "None"]),
    table(("Init", "DoB"), ["QB", "LFT", "WY"], ["14/11/1961", "02/05/1978", "30/09/1949"]),
    table(("Carers", "Allowance (£)"), FAMILIES, [410, 422, 434, 446]),
    table(
        ("User", "Failed log-ins"), ["cokonkwo", "jmarsh2", "fsiddiqui", "apritchard"], [1, 4, 2, 9]
    ),
    table(("Warrant", "Finding"), ["A2203", "A1187", "A2203", "A3310", "A1187"], ["Upheld"] * 5),
    table(
        ("Revenues", "Benefits"), ["Lead: " + NAMES[0], *NAMES[1:3]], ["Lead: Ann Lee", *NAMES[3:]]
    ),
    table(
        ("Property let", "Arrears (£)"),
        ["Flat 7, 19 Wexley Close", "41 Larch Road", "2 Tinkers Yard"],
        [81, 4, 70],
    ),
]
CASES = [
    table(
        ("Date", "Age", "Place"),
        ["2024-03-01", "2024-03-09", "2024-04-02"],
        [17, 34, 52],
        TOWNS[:3],
    ),
    table(("Sex of victim", "Town"), ["F", "M", "F", "F", "F"], TOWNS),
    table(
        ("Rank", "Allegation", "Hearing"),
        RANKS,
        ["Theft"] * 5,
        [f"2024-05-{d:02}" for d in range(1, 6)],
    ),
    table(("Post", "Left", "Sum (£)"), ["Caretaker", "Lecturer", "Cook"], DAYS[:3], [9684, 24, 70]),
    table(
        ("Student", "Allegation", "Finding"),
        [f"Student {letter}" for letter in "ABC"],
        ["Theft", "Cheating", "Theft"],
        ["Upheld"] * 3,
    ),
]
GROUPS = [
    table(("Rank", "Officers"), RANKS[:2], [120, 45]),
    table(("", ""), ["Hexham", "Morpeth"], [120, 45]),
    table(("Count of Surname", "Rank"), [12, 45], RANKS[:2]),
    table(("District", "2022", "2023"), TOWNS, [31, 44, 52, 61, 70], [30, 41, 50, 66, 71]),
]
THINGS = [
    table(("Station", "Opens", "Closes"), TOWNS, ["08:00"] * 5, ["17:00"] * 5),
    table(
        ("Supplier", "Service"),
        ["Oakmere Cleaning Ltd", "Thomas & Sons Locksmiths"],
        ["Cleaning", "Locks"],
    ),
    table(
        ("Field", "Meaning"), ["Surname", "DOB"], ["Family name of the officer", "Date of birth"]
    ),
    table(
        ("Course", "Status"), ["First Aid", "Hate Crime", "Mental Health"], ["Open", "Full", "Open"]
    ),
    table(
        ("Date", "Road", "Fault"),
        ["2024-03-01", "2024-03-09"],
        ["Mill Lane", "High Street"],
        ["Pothole"] * 2,
    ),
    table(
        ("Team", "E-mail"),
        ["Licensing", "Planning"],
        ["licensing@council.example", "planning.enquiries@council.example"],
    ),
    table(("Code", "Ethnic group"), ["W1", "A1"], ["White British", "Indian"]),
    # Called like people, under a heading that says what they are
    table(("Vessel", "Berth"), ["Margaret Anne", "Emma Theresa"], ["B1", "B2"]),
    table(("Statue", "Material"), NAMES[:3], ["bronze", "stone", "bronze"]),
    table(("", ""), ["Responsible statistician"], ["Philip Harkness"]),
]
SUMS = [
    table(("Station", "Altitude m"), ["Captain's Knowe", "Martha's Moor", "Zed"], [21, 3, 12]),
    table(
        ("Fournisseur", "Objet", "Montant HT"),
        ["Rivoire et Fils SARL", "Boulangerie Martine SARL"],
        ["Xylotage", "Quernage"],
        ["40 210", "6 120"],
    ),
    table(
        ("Post", "Closing date", "Salary (£)"),
        ["Caretaker", "Lecturer", "Cook"],
        DAYS[:3],
        [21000, 42000, 19000],
    ),
]


@pytest.mark.parametrize("view", PEOPLE, ids=lambda view: "|".join(view.names))
def test_names_and_numbers_make_rows_people(view: View) -> None:
    assert judge(view).kind == "people"


@pytest.mark.parametrize("view", CASES, ids=lambda view: "|".join(view.names))
def test_rows_of_a_person_without_a_name_are_cases(view: View) -> None:
    assert judge(view).kind == "cases"


@pytest.mark.parametrize("view", GROUPS, ids=lambda view: "|".join(view.names))
def test_numbers_by_labels_are_counts(view: View) -> None:
    assert judge(view).kind == "counts"


@pytest.mark.parametrize("view", THINGS, ids=lambda view: "|".join(view.names))
def test_organisations_places_and_lists_of_codes_are_things(view: View) -> None:
    assert judge(view).kind == "things"


@pytest.mark.parametrize("view", SUMS, ids=lambda view: "|".join(view.names))
def test_sums_and_measures_of_things_are_nobody_s(view: View) -> None:
    assert judge(view).kind == "counts"
    assert {one.subject for one in view.counting} <= {"things", None}


def test_posts_where_they_are_are_for_a_person_to_judge() -> None:
    assert judge(table(("Rank", "Station"), RANKS, TOWNS)).kind == "unclear"


def test_what_names_the_publication_names_nobody_else() -> None:
    view = table(("", ""), ["Statistician", "Dismissed"], ["Philip Harkness", "Ann Quarmby"])
    assert judge(view).kind == "people"


@pytest.mark.parametrize(
    "view",
    [
        table(("Plant", "Cultivar"), ["Rose", "Dahlia", "Aster"], NAMES[:3]),
        table(
            ("Ledger", "Paid (£)"),
            ["Oakmere Ltd", *TITLED[:3], "Lowland Water plc"],
            [4, 9, 1, 3, 6],
        ),
    ],
    ids=["called after", "among firms"],
)
def test_names_among_things_are_for_a_person(view: View) -> None:
    assert judge(view).kind == "unclear"


def test_vacancies_are_nobody_s() -> None:
    view = table(("Vacancy", "Team", "Grade"), ["Cook", "Clerk"], ["Parks", "Legal"], ["G3", "G6"])
    assert judge(view).kind == "things"


def test_a_list_in_one_note_of_many_is_a_text() -> None:
    notes = ["Rounded", "Revised", "Provisional", "; ".join(NAMES), "Estimated", "Corrected"]
    ranks = ["Constable", "Sergeant", "Inspector", "Cook", "Driver", "Clerk"]
    assert judge(table(("Label", "Notes"), ranks, notes)).kind != "people"


def test_of_a_table_out_of_sight_one_witness_is_enough() -> None:
    heads = ("", "", "")
    columns = (SURNAMES, RANKS, TOWNS)
    assert judge(table(heads, *columns)).kind in ("people", "unclear")
    assert judge(table(heads, *columns, seen=False)).kind == "people"


def test_no_reason_holds_a_value() -> None:
    for view in (*PEOPLE, *CASES, *THINGS):
        said = " ".join(judge(view).reasons)
        for value in (*NAMES, *SURNAMES):
            assert value not in said


def test_birth_dates_make_rows_cases_or_people_whatever_else_dates_are() -> None:
    born = ["05/12/1985", "07/10/1968", "22/03/1972", "30/01/1991"]
    assert judge(table(("DOB", "Offence"), born, ["Theft"] * 4)).kind == "cases"
    view = table(("Initials", "DOB", "School"), ["AM", "DM", "GC", "KW"], born, ["Barnfield"] * 4)
    assert judge(view).kind in ("people", "cases")
