"""Drafts for the tests of verdicts: rows as CSV, and the three shapes of the PSNI release."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter
from builders.xlsx import HEAD, MAIN, Sheet, Workbook, packed, relations

import singleout as so
from singleout.policy import Policy
from singleout.verdict import Review

Rows = Sequence[Sequence[object]]


def as_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV, the first its header."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def reviewed(rows: Iterable[Sequence[object]], policy: Policy | str, **rest: object) -> Review:
    """Review rows as a CSV file."""
    return so.review(as_csv(rows), policy, name="draft.csv", **rest)  # type: ignore[arg-type]


def policy(base: str = "foi-strict", **parts: object) -> Policy:
    """A policy that extends a preset."""
    from singleout.policy.load import _preset_data, merge

    return Policy.model_validate(merge(_preset_data(base, None), {"name": "test", **parts}))


def codes(review: Review) -> list[str]:
    """The codes of a review's reasons, in order."""
    return [one.code for one in review.reasons]


def staff_rows(file: Path, most: int = 10_799) -> list[list[str]]:
    """The staff list with its header."""
    with file.open(newline="") as lines:
        return list(csv.reader(lines))[: most + 1]


def by_rank(rows: Sequence[Sequence[str]], least: int = 5) -> list[list[object]]:
    """Officers by rank, as the request asked; the smallest ranks merged to `least` at least."""
    counts = sorted(Counter(row[4] for row in rows[1:]).items(), key=lambda one: one[1])
    merged = 0
    while counts[0][1] < least or 0 < merged < least:
        merged += counts.pop(0)[1]
    rest = [["Other ranks", merged]] if merged else []
    return [["Rank", "Officers"], *map(list, sorted(counts)), *rest]


def hidden_sheet(rows: Sequence[Sequence[str]]) -> bytes:
    """The counts in sight, their source on a hidden sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    seen, hidden = book.add_worksheet("Officers by rank"), book.add_worksheet("Source")
    for i, line in enumerate(by_rank(rows)):
        seen.write_row(i, 0, line)
    for i, line in enumerate(rows):
        hidden.write_row(i, 0, line)
    hidden.hide()
    book.close()
    return out.getvalue()


def pivot_cache(rows: Sequence[Sequence[str]]) -> bytes:
    """The counts in sight, their source kept behind a pivot table whose sheet was deleted."""
    fields = "".join(f'<cacheField name="{name}"><sharedItems/></cacheField>' for name in rows[0])
    lines = "".join(
        "<r>" + "".join(f'<s v="{value}"/>' for value in row) + "</r>" for row in rows[1:]
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    base = "xl/pivotCache/pivotCache"
    return Workbook(
        sheets=[Sheet("Officers by rank", by_rank(rows))],  # type: ignore[arg-type]
        parts={
            f"{base}Definition1.xml": (
                f"{kind}.pivotCacheDefinition+xml",
                f'{HEAD}<pivotCacheDefinition xmlns="{MAIN}"><cacheFields>{fields}</cacheFields>'
                "</pivotCacheDefinition>".encode(),
            ),
            f"{base}Records1.xml": (
                f"{kind}.pivotCacheRecords+xml",
                f'{HEAD}<pivotCacheRecords xmlns="{MAIN}">{lines}</pivotCacheRecords>'.encode(),
            ),
            "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": (
                "",
                relations([("rId1", "pivotCacheRecords", "pivotCacheRecords1.xml")]),
            ),
        },
        relations=[("rIdP", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")],
    ).bytes()


def embedded(rows: Sequence[Sequence[str]]) -> bytes:
    """A letter in which the whole workbook is embedded."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    types = "application/vnd.openxmlformats-officedocument"
    package = "http://schemas.openxmlformats.org/package/2006"
    inner = hidden_sheet(rows)
    return packed(
        {
            "[Content_Types].xml": (
                f'{HEAD}<Types xmlns="{package}/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
                'relationships+xml"/>'
                f'<Default Extension="xlsx" ContentType="{types}.spreadsheetml.sheet"/>'
                '<Override PartName="/word/document.xml" '
                f'ContentType="{types}.wordprocessingml.document.main+xml"/></Types>'
            ).encode(),
            "_rels/.rels": relations([("rId1", "officeDocument", "word/document.xml")]),
            "word/document.xml": (
                f'{HEAD}<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>Officers by rank'
                "</w:t></w:r></w:p></w:body></w:document>"
            ).encode(),
            "word/_rels/document.xml.rels": relations(
                [("rId9", "package", "embeddings/Microsoft_Excel_Sheet.xlsx")]
            ),
            "word/embeddings/Microsoft_Excel_Sheet.xlsx": inner,
        }
    )
