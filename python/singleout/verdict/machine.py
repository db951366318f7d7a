"""Reviews for machines: JSON, SARIF 2.1.0 and JUnit XML, in the same words and order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from singleout.base.exit_codes import ERROR
from singleout.base.printable import printable, printable_data, printable_lines
from singleout.draft.codes import CODES
from singleout.draft.model import Place
from singleout.verdict.codes import HEADLINES, REASONS
from singleout.verdict.result import Review
from singleout.verdict.show import plain, told_first

_LEVEL = {"refuse": "error", "review": "warning"}


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that could not be reviewed at all, and why.

    Parameters
    ----------
    name : str
        Its name.
    error : str
        Why, and what to do.
    """

    name: str
    error: str

    @property
    def exit_code(self) -> int:
        """2."""
        return ERROR

    def shown(self, show_values: bool = False) -> str:
        """Return its name, masked where it looks like a person or a path."""
        return Place(part=self.name).text(not show_values)

    def sentence(self) -> str:
        """Return that it could not be reviewed, and why."""
        return f"{HEADLINES['error']}: {printable(self.error)}"


Outcome = Review | Failed


def as_json(outcomes: Sequence[Outcome], *, show_values: bool = False) -> str:
    """Return a list with one entry a file, sorted keys."""
    data = [
        {
            "file": {"name": o.shown(show_values)},
            "error": printable(o.error),
            "verdict": "error",
        }
        if isinstance(o, Failed)
        else o.to_dict(show_values=show_values)
        for o in outcomes
    ]
    return json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def as_sarif(
    outcomes: Sequence[Outcome],
    *,
    paths: Sequence[str] | None = None,
    show_values: bool = False,
) -> str:
    """Return a SARIF 2.1.0 log (OASIS standard of 27 March 2020), one result a reason.

    Parameters
    ----------
    outcomes : sequence of Review or Failed
        One a file.
    paths : sequence of str, optional
        Where each file is, so that a pipeline shows its reasons beside it; names when left out.
    show_values : bool
        Show names that look like a person or a path.
    """
    from singleout import __version__

    places = [None] * len(outcomes) if paths is None else list(paths)
    uris = [
        _uri(
            o.shown(show_values),
            o.draft.name if isinstance(o, Review) else o.name,
            place,
            show_values,
        )
        for o, place in zip(outcomes, places, strict=True)
    ]
    reviews = [(o, uri) for o, uri in zip(outcomes, uris, strict=True) if isinstance(o, Review)]
    used = sorted({one.code for r, _ in reviews for one in r.reasons})
    results = [
        {
            "ruleId": one.code,
            "ruleIndex": used.index(one.code),
            "level": _LEVEL[one.effect],
            "message": {"text": _message(one.sentence(show_values=show_values), one.remedy)},
            "locations": [
                {
                    "physicalLocation": {"artifactLocation": {"uri": uri}},
                    "logicalLocations": [
                        {"fullyQualifiedName": one.place.text(not show_values)}
                    ],
                }
            ],
        }
        for r, uri in reviews
        for one in r.reasons
    ]  # fmt: skip
    notices = [
        {"level": "error", "message": {"text": f"{o.shown(show_values)}: {o.sentence()}"}}
        for o in outcomes
        if isinstance(o, Failed)
    ]
    said = [
        {
            "level": "note" if label == "As said" else "warning",
            "message": {"text": f"{uri}: {label}: {sentence}"},
        }
        for r, uri in reviews
        for label, sentence in told_first(r, show_values=show_values)
    ]
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "singleout",
                "version": __version__,
                "rules": [_rule(code) for code in used],
            }
        },
        "invocations": [
            {"executionSuccessful": not notices, "toolExecutionNotifications": said + notices}
        ],
        "artifacts": [{"location": {"uri": uri}, "roles": ["analysisTarget"]} for uri in uris],
        "results": results,
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(printable_data(log), indent=1, ensure_ascii=False) + "\n"


def _message(what: str, remedy: str) -> str:
    return f"{what}. {remedy}"


def _uri(name: str, whole: str, path: str | None, show_values: bool) -> str:
    """The file's place as a relative URI, its name alone where the path must not be shown."""
    if path is None or name != whole:
        return quote(name)
    where = PurePath(path)
    hidden = where.is_absolute() or ".." in where.parts
    return quote(name if hidden else Place(part=where.as_posix()).text(not show_values))


def _rule(code: str) -> dict[str, Any]:
    if code in REASONS:
        known = REASONS[code]
        title, text = known.title, f"{known.why} {known.remedy}"
    else:
        found = CODES[code]
        title, text = found.title, f"{found.how} {found.remedy}"
    return {"id": code, "shortDescription": {"text": title}, "help": {"text": text}}


def as_junit(outcomes: Sequence[Outcome], *, show_values: bool = False) -> str:
    """Return JUnit XML: one test case a file; what is not a release is a failure."""
    from lxml import etree

    failures = sum(isinstance(o, Review) and o.verdict != "release" for o in outcomes)
    errors = sum(isinstance(o, Failed) for o in outcomes)
    counts = {"tests": len(outcomes), "failures": failures, "errors": errors}
    attributes = {key: str(value) for key, value in counts.items()}
    root = etree.Element("testsuites", **attributes)
    suite = etree.SubElement(root, "testsuite", name="singleout", **attributes)
    for outcome in outcomes:
        name = outcome.shown(show_values)
        case = etree.SubElement(suite, "testcase", classname="singleout.review", name=_clean(name))
        if isinstance(outcome, Failed):
            etree.SubElement(case, "error", message=_clean(outcome.sentence()))
        elif outcome.verdict != "release":
            head = outcome.say(show_values=show_values)
            failure = etree.SubElement(case, "failure", type=outcome.verdict, message=_clean(head))
            failure.text = _clean(plain(outcome, show_values=show_values))
        else:
            out = etree.SubElement(case, "system-out")
            out.text = _clean(plain(outcome, show_values=show_values))
    text: bytes = etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")
    return text.decode()  # fmt: skip


def _clean(text: str) -> str:
    """Leave out characters that XML 1.0 does not allow."""
    return "".join(
        c
        for c in printable_lines(text)
        if c in "\t\n" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )
