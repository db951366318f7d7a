"""Pages of report writers: read whole, as few tables, and judged like any other table."""

from __future__ import annotations

import pytest

from inspection import report_pages
from singleout import Review, review
from singleout.draft.grid import Grid
from singleout.inspection.layout.blocks import find_blocks

FORMS = {"csv": report_pages.as_csv, "xlsx": report_pages.as_xlsx}


def reviewed(page: str, form: str, blocks: int) -> Review:
    data = FORMS[form](report_pages.PAGES[page], blocks)
    return review(data, name=f"report.{form}")


@pytest.mark.parametrize("form", FORMS)
def test_page_of_people_is_read_whole_and_refused(form: str) -> None:
    found = reviewed("people", form, report_pages.BLOCKS)
    assert found.draft.complete
    assert "not-fully-read" not in {reason.code for reason in found.reasons}
    assert found.verdict == "refuse"
    # Thirty thousand rows of people; what stands above each block is a table of its own
    rows = [table.data.num_rows for table in found.draft.tables if table.kind == "people"]
    assert sum(rows) > 30_000
    assert len(found.draft.tables) < 10


@pytest.mark.parametrize("form", FORMS)
def test_page_of_things_is_released(form: str) -> None:
    found = reviewed("clean", form, report_pages.BLOCKS)
    assert found.draft.complete
    assert found.verdict == "release"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("blocks", [10, 200])
def test_people_beside_labels_are_found_for_any_number_of_blocks(form: str, blocks: int) -> None:
    assert reviewed("drivers", form, blocks).verdict == "refuse"
    assert reviewed("people", form, blocks).verdict == "refuse"
    assert reviewed("clean", form, blocks).verdict == "release"


def test_empty_columns_do_not_cut_a_table_of_single_columns() -> None:
    spaced = Grid.from_rows([["rank", "", "town", "", "n"], ["pc", "", "amble", "", "7"]])
    assert len(find_blocks(spaced)) == 1


def test_empty_columns_cut_tables_that_stand_beside_each_other() -> None:
    beside = Grid.from_rows([["rank", "n", "", "town", "n"], ["pc", "7", "", "amble", "9"]])
    assert len(find_blocks(beside)) == 2
