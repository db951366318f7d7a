"""Open a draft: tell its format by its content, hand it to its reader, collect what it finds."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from singleout.base.files import own_descriptor, problem_of
from singleout.draft.codes import SEVERITIES
from singleout.draft.collector import Collector
from singleout.draft.limits import DEFAULT, MIB, Budget, Limits
from singleout.draft.media import look_at_picture
from singleout.draft.model import Draft, Place
from singleout.draft.sniff import sniff
from singleout.errors import InputError
from singleout.formats.registry import EXTENSIONS, PICTURES, READERS, advice

# Names of files and sheets are searched for identifiers alone, which hold one of these
_NUMBERED = re.compile(r"@|\d\D?\d\D?\d\D?\d\D?\d\D?\d")

Expect = Literal["counts"] | Sequence[str]


def read_any(data: bytes, name: str, collector: Collector, budget: Budget, depth: int) -> None:
    """Read one file, outermost or embedded, by its content.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        Its name, to compare with its content.
    collector : Collector
        Where to report; its `format` is set.
    budget : Budget
        Charged for what is read.
    depth : int
        0 for the outermost file.
    """
    if not data:
        collector.format = "empty"
        collector.unread(None, "the file has no bytes", code="empty-file")
        return
    if len(data) > budget.limits.file_bytes:
        limit = budget.limits.file_bytes // MIB
        collector.unread(None, f"the file is larger than {limit} MiB")
        return
    found = sniff(data)
    collector.format = found
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    module = READERS.get(found)
    if depth and found in PICTURES:
        collector.add("picture", None)
        look_at_picture(data, Place(), collector)
    elif module is None or find_spec(module) is None:
        collector.results.complete = False
        detail = f"the content is {found}"
        collector.add("unsupported-format", None, detail=detail, remedy=advice(found))
    else:
        with collector.guard(None):
            import_module(module).read(data, collector, budget, depth)
    named = EXTENSIONS.get(extension)
    if named is not None and collector.format not in (*named, "ole"):
        collector.add(
            "unknown-part",
            None,
            detail=f"the name ends in .{extension} but the content is {collector.format}",
            how_to_see="Open the file in a text editor.",
            remedy="Get the file again from where it came, or give it the name of what it holds.",
        )


def inspect(
    source: str | os.PathLike[str] | bytes,
    expect: Expect | None = None,
    *,
    name: str | None = None,
    limits: Limits = DEFAULT,
) -> Draft:
    """Find every table in a file, seen or not, and everything that a reader of it could get at.

    Parameters
    ----------
    source : path or bytes
        The file, or its bytes. Nothing is written, nothing is fetched, no macro runs.
    expect : "counts" or sequence of str, optional
        What was asked for: tables of counts only, or these columns only; anything else is a
        finding.
    name : str, optional
        The file's name where `source` is bytes.
    limits : Limits
        What reading may cost.

    Returns
    -------
    Draft
        Findings and tables. A file that is damaged or hostile gives findings, not an exception.

    Raises
    ------
    InputError
        If there is no such file, or it is a folder, or may not be read.

    Examples
    --------
    >>> draft = inspect(b"%PDF-1.7", name="ranks.pdf")
    >>> draft.format, draft.complete
    ('pdf', False)
    """
    if isinstance(source, bytes):
        data, label = source, name or "draft"
    else:
        path = Path(source)
        label = name or path.name
        odd = "" if own_descriptor(path) is not None else problem_of(path)
        if odd:  # opening a pipe would wait for whoever writes to it
            raise InputError(f"{path}: {odd}; give the path of a file")
        try:
            if path.stat().st_size > limits.file_bytes:
                data = b""
                return _oversized(path, label, limits)
            data = path.read_bytes()
        except OSError as problem:
            reason = problem.strerror or type(problem).__name__
            raise InputError(f"{path}: {reason}; give the path of a file") from None
    budget = Budget(len(data), limits)
    collector = Collector(budget)
    with collector.guard(None):
        _swallow(data, label, collector, budget)
    if expect is not None:
        from singleout.draft.expect import compare

        compare(expect, collector)
    collector.names([(label.rsplit(".", 1)[0], Place(part=label))])
    with collector.guard(None):
        _judge_texts(collector)
    return _draft(label, collector, data)


def _swallow(data: bytes, label: str, collector: Collector, budget: Budget) -> None:
    """Read, and turn a limit on the whole file into a finding too."""
    from singleout.draft.limits import LimitError

    try:
        read_any(data, label, collector, budget, 0)
    except LimitError as limit:
        collector.unread(None, str(limit))


def _judge_texts(collector: Collector) -> None:
    passages = collector.results.passages
    if any(one.sort != "name" or _NUMBERED.search(one.text) for one in passages):
        from singleout.inspection.counts_in_texts import judge_counts
        from singleout.inspection.texts import judge_texts

        judge_texts(collector)
        judge_counts(collector)


def _oversized(path: Path, label: str, limits: Limits) -> Draft:
    collector = Collector(Budget(0, limits))
    collector.unread(None, f"the file is larger than {limits.file_bytes // MIB} MiB")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return _draft(label, collector, b"", digest, path.stat().st_size)


def _draft(
    label: str,
    collector: Collector,
    data: bytes,
    digest: str | None = None,
    size: int | None = None,
) -> Draft:
    results = collector.results
    findings = sorted(
        results.findings,
        key=lambda f: (SEVERITIES.index(f.severity), f.code, f.place.text(False), f.detail),
    )
    tables = sorted(results.tables, key=lambda table: table.visible)
    return Draft(
        name=label,
        format=collector.format,
        size=len(data) if size is None else size,
        sha256=hashlib.sha256(data).hexdigest() if digest is None else digest,
        findings=tuple(findings),
        tables=tuple(tables),
        parts=tuple(results.parts),
        complete=results.complete,
        paragraphs=sum(one.sort == "paragraph" and one.seen for one in results.passages),
    )
