"""Show a draft: a tree for the terminal, HTML for the notebook, SARIF for pipelines."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from singleout.base.printable import escape, printable, printable_data
from singleout.draft.codes import CODES, SEVERITIES
from singleout.draft.model import Draft, DraftTable, Finding, Place
from singleout.draft.words import counted

if TYPE_CHECKING:
    from rich.tree import Tree

_STYLE = {"refuse": "bold red", "review": "yellow", "note": "dim"}
_MEANING = {
    "refuse": "the file must not be sent as it is",
    "review": "a person must look before it is sent",
    "note": "usual in such files, or in plain sight",
}
_LEVEL = {"refuse": "error", "review": "warning", "note": "note"}


def _name(draft: Draft, mask: bool) -> str:
    return Place(part=draft.name).text(mask)


def _table_line(table: DraftTable, mask: bool) -> str:
    what = "table that is not clear" if table.kind == "unclear" else f"table of {table.kind}"
    size = f"{counted(table.n_rows, 'rows')} x {counted(len(table.names), 'columns')}"
    seen = "" if table.visible else f" ({table.why_unseen})"
    return f"{what}, {size}, {table.place.text(mask)}{seen}"


def _finding_line(finding: Finding, mask: bool) -> str:
    return f"{CODES[finding.code].title}: {_where(finding, mask)}"


def _where(finding: Finding, mask: bool) -> str:
    detail = f": {finding.detail}" if finding.detail else ""
    count = counted(finding.count, CODES[finding.code].counts)
    return f"{count}, {finding.place.text(mask)}{detail}"


def headline(draft: Draft) -> str:
    """Return one line that says what was found.

    Examples
    --------
    >>> from singleout.draft import inspect
    >>> headline(inspect(b"rank,n\\nPC,12\\n", name="a.csv"))
    'a.csv (csv, 13 bytes): nothing to refuse, nothing to review'
    """
    counts = draft.counts()
    said = ", ".join(
        f"{counts[severity] or 'nothing'} to {severity}"
        for severity in SEVERITIES
        if counts[severity] or severity != "note"
    )
    if any(table.visible for table in draft.people):
        said += "; people in sight"
    whole = "" if draft.complete else "; COULD NOT BE READ FULLY"
    return f"{_name(draft, True)} ({draft.format}, {draft.size:,} bytes): {said}{whole}"


def _plain(text: str) -> str:
    """Return a printable text that rich does not read as markup."""
    from rich.markup import escape as unmarked

    return unmarked(printable(text))


def tree(draft: Draft, *, show_values: bool = False) -> Tree:
    """Return the draft as a rich tree, unseen tables first, then findings by severity."""
    from rich.tree import Tree

    mask = not show_values
    root = Tree(_plain(headline(draft)))
    for title, tables in (
        ("Tables out of sight", draft.unseen),
        ("Tables in sight", tuple(t for t in draft.tables if t.visible)),
    ):
        if tables:
            branch = root.add(f"[bold]{title}[/bold]")
            for table in tables:
                leaf = branch.add(_plain(_table_line(table, mask)))
                leaf.add(_plain("; ".join(table.reasons)))
    for severity in SEVERITIES:
        found = [f for f in draft.findings if f.severity == severity]
        if found:
            style = _STYLE[severity]
            title = _plain(f"{severity} ({len(found)}): {_MEANING[severity]}")
            branch = root.add(f"[{style}]{title}[/{style}]")
            # Findings come by code: what is said of all of them is said once
            for _, same in groupby(found, lambda f: (f.code, f.how_to_see, f.remedy)):
                _add(branch, list(same), mask)
    return root


def _add(branch: Tree, same: list[Finding], mask: bool) -> None:
    first = same[0]
    if len(same) == 1:
        leaf = branch.add(_plain(f"{_finding_line(first, mask)} [{first.code}]"))
    else:
        leaf = branch.add(_plain(f"{CODES[first.code].title} [{first.code}], {len(same)} places"))
        for finding in same:
            leaf.add(_plain(_where(finding, mask)))
    if first.severity != "note":
        leaf.add(_plain(f"to see it: {first.how_to_see}"), style="dim")
        leaf.add(_plain(f"remedy: {first.remedy}"), style="dim")


def html(draft: Draft, *, show_values: bool = False) -> str:
    """Return the draft as a piece of HTML without script or style from elsewhere."""
    mask = not show_values
    pieces = [f"<p><strong>{escape(headline(draft))}</strong></p>"]
    if draft.tables:
        pieces.append(
            "<table><thead><tr><th>table of</th><th>rows</th><th>columns</th><th>place</th>"
            "<th>in sight</th></tr></thead><tbody>"
        )
        for table in draft.tables:
            seen = "yes" if table.visible else f"no: {table.why_unseen}"
            cells = (
                table.kind,
                f"{table.n_rows:,}",
                len(table.names),
                table.place.text(mask),
                seen,
            )
            pieces.append("<tr>" + "".join(f"<td>{escape(str(c))}</td>" for c in cells) + "</tr>")
        pieces.append("</tbody></table>")
    if draft.findings:
        pieces.append(
            "<table><thead><tr><th>severity</th><th>code</th><th>what and where</th>"
            "<th>remedy</th></tr></thead><tbody>"
        )
        for finding in draft.findings:
            line = _finding_line(finding, mask)
            words = (finding.severity, finding.code, line, finding.remedy)
            pieces.append("<tr>" + "".join(f"<td>{escape(word)}</td>" for word in words) + "</tr>")
        pieces.append("</tbody></table>")
    return "\n".join(pieces)


def sarif(drafts: list[Draft], *, show_values: bool = False) -> dict[str, Any]:
    """Return the drafts' findings as one SARIF 2.1.0 log (OASIS, 27 March 2020)."""
    from singleout import __version__

    used = sorted({finding.code for draft in drafts for finding in draft.findings})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": CODES[code].title},
            "help": {"text": f"{CODES[code].how} {CODES[code].remedy}"},
            "defaultConfiguration": {"level": _LEVEL[CODES[code].severity]},
        }
        for code in used
    ]
    results = [
        {
            "ruleId": finding.code,
            "ruleIndex": used.index(finding.code),
            "level": _LEVEL[finding.severity],
            "message": {"text": f"{_finding_line(finding, not show_values)}. {finding.remedy}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(_name(draft, not show_values))}
                    },
                    "logicalLocations": [
                        {"fullyQualifiedName": finding.place.text(not show_values)}
                    ],
                }
            ],
        }
        for draft in drafts
        for finding in draft.findings
    ]
    driver = {"name": "singleout", "version": __version__, "rules": rules}
    log: dict[str, Any] = printable_data(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{"tool": {"driver": driver}, "results": results}],
        }
    )
    return log


def _uri(name: str) -> str:
    from urllib.parse import quote

    return quote(name)
