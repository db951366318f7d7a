"""What the texts of a draft say of people, and what they do not say."""

from __future__ import annotations

import time

import numpy as np
import pyarrow as pa
import pytest

from inspection.kind_cases import KINDS, LABELS
from inspection.text_cases import CELLS, IDENTIFIERS, MORE, PEOPLE
from singleout.draft.collector import Collector
from singleout.draft.limits import Budget
from singleout.draft.model import Finding, Place
from singleout.identifiers.labels import names_in_label
from singleout.inspection.cells import judge_cells
from singleout.inspection.counts_in_texts import judge_counts
from singleout.inspection.passages import Sort
from singleout.inspection.texts import judge_texts

CODES = {"identifier-in-text", "people-in-text", "staff-address", "unseen-identifier"}


def judged(
    *lines: str, sort: Sort = "paragraph", seen: bool = True, what: str = "", shown: str = ""
) -> list[Finding]:
    collector = Collector(Budget(10**6))
    collector.text(Place(), lines, sort=sort, seen=seen, what=what, shown=shown)
    judge_texts(collector)
    return collector.results.findings


def worst(found: list[Finding]) -> str:
    assert {one.code for one in found} <= CODES
    severities = {one.severity for one in found}
    return next((s for s in ("refuse", "review") if s in severities), "none")


@pytest.mark.parametrize(("lines", "verdict"), [*IDENTIFIERS, *PEOPLE, *MORE])
def test_running_text(lines: list[str], verdict: str) -> None:
    assert worst(judged(*lines)) == verdict


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_of_texts_with_their_clean_twins(kind: str) -> None:
    wrong = []
    for lines, verdict in KINDS[kind]:
        collector = Collector(Budget(10**6))
        collector.text(Place(), lines, sort="paragraph")
        judge_texts(collector)
        judge_counts(collector)
        severities = {one.severity for one in collector.results.findings}
        found = next((s for s in ("refuse", "review") if s in severities), "none")
        if found != verdict:
            wrong.append((found, verdict, lines))
    assert wrong == []


@pytest.mark.parametrize(("label", "named"), LABELS)
def test_names_of_files(label: str, named: bool) -> None:
    assert names_in_label(label) is named


@pytest.mark.parametrize(
    "piece", ["Officers: 2\n", "by May 40 officers, ", "5% of 40 staff ", "Ash, ", "Student 12345 "]
)
def test_time_grows_with_the_text_alone(piece: str) -> None:
    def took(times: int) -> float:
        collector = Collector(Budget(10**8))
        collector.text(Place(), (piece * times).split("\n"), sort="paragraph")
        start = time.process_time()
        judge_texts(collector)
        judge_counts(collector)
        return time.process_time() - start

    took(100)
    short, long = took(1_000), took(8_000)
    assert long < 16 * max(short, 0.05)


@pytest.mark.parametrize(("text", "beside", "verdict"), CELLS)
def test_cell(text: str, beside: str, verdict: str) -> None:
    collector = Collector(Budget(10**6))
    judge_cells(pa.array([text]), Place(sheet="A"), collector, beside=pa.array([beside]))
    judge_texts(collector)
    assert worst(collector.results.findings) == verdict


def test_one_number_among_many_notes() -> None:
    notes = [f"Visit {i} to the depot was put off by {i % 7} days." for i in range(400)]
    notes[231] = "Visit put off, 943 476 5919 had been admitted."
    collector = Collector(Budget(10**6))
    judge_cells(pa.array(notes), Place(sheet="A"), collector)
    judge_texts(collector)
    [found] = collector.results.findings
    assert (found.code, found.severity, found.count) == ("identifier-in-text", "refuse", 1)


def test_a_column_of_titled_names_is_a_table_s_matter_and_one_cell_is_not() -> None:
    cells = [
        f"Dr {name}"
        for name in ["Okafor", "Fairclough", "Sandhu", "Ormond", "Collingwood", "Nowak"]
    ]
    for texts, count in ((cells, 0), (cells[:1], 1)):
        collector = Collector(Budget(10**6))
        judge_cells(pa.array(texts), Place(), collector)
        judge_texts(collector)
        assert len(collector.results.findings) == count


def test_cells_of_labels_are_searched_for_identifiers_alone() -> None:
    texts = pa.array(["Sgt Fairclough was moved", "Mr Tate, MW314526C"])
    collector = Collector(Budget(10**6))
    judge_cells(texts, Place(), collector, labels=np.array([True, True]))
    judge_texts(collector)
    assert [one.code for one in collector.results.findings] == ["identifier-in-text"]


def test_the_order_of_cells_changes_nothing() -> None:
    texts = [text for text, _, _ in CELLS]
    found = []
    for order in (texts, texts[::-1]):
        collector = Collector(Budget(10**6))
        judge_cells(pa.array(order), Place(), collector)
        judge_texts(collector)
        found.append(collector.results.findings)
    assert found[0] == found[1]


def test_thousands_of_hits_are_one_finding_of_a_place() -> None:
    texts = [f"Rang 07700 90{i:04}, no answer" for i in range(3000)]
    [found] = judged(*texts)
    assert found.code == "identifier-in-text"
    assert found.count >= 500


@pytest.mark.parametrize(
    ("text", "code", "severity"),
    [
        ("foi@marlstone.example", None, None),
        ("Press office 01632 960100", None, None),
        ("Marlstone Council, Ripon HG98 1AA", None, None),
        ("HG98 1AA", "unseen-identifier", "review"),
        ("01632 960100", "unseen-identifier", "review"),
        ("10.20.30.40", "unseen-identifier", "review"),
        ("a.person@example.org", "unseen-identifier", "refuse"),
        ("a.person@dales.gov.uk", "staff-address", "review"),
        ("DOB 14/02/1961", "unseen-identifier", "refuse"),
        ("collar number 4471", "unseen-identifier", "refuse"),
        ("Oswin Tate is off sick", "people-in-text", "review"),
    ],
)
def test_out_of_sight(text: str, code: str | None, severity: str | None) -> None:
    found = judged(text, sort="kept", seen=False, what="comment")
    assert [(one.code, one.severity) for one in found] == ([(code, severity)] if code else [])


def test_what_is_out_of_sight_is_said_with_what_it_is() -> None:
    [found] = judged("ask a.person@example.org", sort="kept", seen=False, what="scenario")
    assert found.detail == "scenario: 1 email"


@pytest.mark.parametrize(
    ("target", "shown", "verdict"),
    [
        ("https://hr.example/find?surname=Tate&dob=14/02/1961", "here", "refuse"),
        ("https://hr.example/find?n=Oswin+Tate&case=9", "here", "review"),
        ("https://hr.example/staff/oswin-tate", "Constable", "review"),
        ("https://hr.example/people/Jean_Fairclough.html", "here", "review"),
        ("https://hr.example/find?nino=MW314526C", "here", "refuse"),
        ("mailto:oswin.tate61@mail.example.org", "here", "refuse"),
        ("mailto:o.tate@dales.gov.uk?subject=Figures", "feedback", "review"),
        ("mailto:o.tate@dales.gov.uk;j.fairclough@dales.gov.uk", "feedback", "review"),
        ("mailto:oswin.tate@dales.gov.uk", "oswin.tate@dales.gov.uk", "none"),
        ("mailto:oswin.tate@dales.gov.uk", "For queries please email Oswin Tate", "none"),
        ("mailto:foi@dales.example", "Write to us", "none"),
        (
            "https://www.gov.uk/search/research-and-statistics?organisations[]=home-office",
            "",
            "none",
        ),
        ("https://data.example/grace-road/castle-street.csv", "", "none"),
        ("https://www.legislation.example/ukpga/2002/30/section/38", "the Act", "none"),
        ("#Table_1.A1", "Table 1", "none"),
    ],
)
def test_link(target: str, shown: str, verdict: str) -> None:
    assert worst(judged(target, sort="link", seen=False, what="link", shown=shown)) == verdict


@pytest.mark.parametrize(
    ("item", "text", "verdict"),
    [
        ("creator", "Oswin Tate", "none"),
        ("lastModifiedBy", "Jean Fairclough", "none"),
        ("title", "Oswin Tate", "review"),
        ("subject", "Suspension of Sgt Tate", "review"),
        ("keywords", "headcount, ranks", "none"),
        ("description", "Made by the FOI team, foi@dales.example", "none"),
        ("SIO", "DCI Oswin Tate", "review"),
        ("Owner", "oswin.tate@dales.gov.uk", "review"),
        ("Owner", "oswin.tate@gmail.com", "refuse"),
    ],
)
def test_property(item: str, text: str, verdict: str) -> None:
    collector = Collector(Budget(10**6))
    collector.text(Place(item=item), [text], sort="property", seen=False, what="property")
    judge_texts(collector)
    assert worst(collector.results.findings) == verdict


def test_the_same_text_of_a_place_is_told_once() -> None:
    collector = Collector(Budget(10**6))
    for seen in (True, False):
        collector.text(Place(sheet="A"), ["Oswin Tate is off sick"], sort="margin", seen=seen)
    judge_texts(collector)
    assert len(collector.results.findings) == 1


def test_own_domain_is_shown_by_the_office_s_mailbox_in_the_same_draft() -> None:
    assert worst(judged("oswin.tate@dales.example")) == "refuse"
    lines = ["Write to foi@dales.example.", "A complaint reached oswin.tate@dales.example."]
    assert worst(judged(*lines)) == "review"


def test_one_role_mailbox_among_many_is_nobody_s_own_domain() -> None:
    firms = [f"info@firm{i}.example" for i in range(9)]
    lines = [*firms, "foi@dales.example", "foi@dales.example", "It went to o.tate@firm3.example."]
    assert worst(judged(*lines)) == "refuse"
