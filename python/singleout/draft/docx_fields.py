"""Field codes (ECMA-376 part 1, 17.16): what they hold that their result does not show."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from singleout.draft.docx_names import first, w_attribute
from singleout.draft.links import Link
from singleout.draft.model import is_path

# Fields that bring something in from outside
_LINKS = frozenset(
    ["LINK", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "DDE", "DDEAUTO", "RD"]
)
# Fields whose code holds text that no result shows
_HOLDS = frozenset(["PRIVATE", "ADDIN", "SET", "ASK", "FILLIN", "IF", "DATA", "AUTOTEXTLIST"])
# Index and contents entries: hidden by their nature, and in many long documents
_ENTRIES = frozenset(["XE", "TC", "TA"])
_WORDS = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_FIRST = re.compile(r"\s*\\?([A-Za-z=]+)")


@dataclass(slots=True)
class Fields:
    """The fields of one part, read in order.

    Parameters
    ----------
    codes : list of str
        Complete field codes.
    results : list of str
        For each of them what its result shows.
    data : list of str
        Contents of ``w:fldData`` (base64) and of form fields.
    forms : int
        Legacy form fields.
    """

    codes: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    forms: int = 0
    _open: list[_Open] = field(default_factory=list)

    @property
    def in_code(self) -> bool:
        """Whether text read now is a field's code, not its result (or the result of a field in
        another's code)."""
        return any(not here.done for here in self._open)

    def mark(self, mark: etree._Element) -> None:
        """Begin, separate or end a field (17.16.18)."""
        kind = w_attribute(mark, "fldCharType")
        if kind == "begin":
            self._open.append(_Open())
            form, data = first(mark, "ffData"), first(mark, "fldData")
            if form is not None:
                self.forms += 1
                texts = [str(v) for e in form.iter(etree.Element) for v in e.attrib.values()]
                self.data += [text for text in texts if len(text) > 3]
            if data is not None and (data.text or "").strip():
                self.data.append(data.text or "")
        elif kind == "separate" and self._open:
            self._close()
        elif kind == "end" and self._open:
            self._close()
            ended = self._open.pop()
            if ended.at >= 0:
                self.results[ended.at] = "".join(ended.result)

    def _close(self) -> None:
        """End a field's code."""
        here = self._open[-1]
        if here.code and not here.done:
            here.at = len(self.codes)
            self.simple("".join(here.code))
            if len(self._open) > 1 and not self._open[-2].done:
                self._open[-2].code.append(" ")
        here.done = True

    def code(self, text: str) -> None:
        """Add to the code of the field that is open."""
        holder = next((here for here in reversed(self._open) if not here.done), None)
        if holder is not None:
            holder.code.append(text)
        elif text.strip():
            self.simple(text)

    def shown(self, text: str) -> None:
        """Add to the results of the fields that are open."""
        for here in self._open:
            here.result.append(text)

    def simple(self, code: str, result: str = "") -> None:
        """Add a field of one element (17.16.19)."""
        self.codes.append(code)
        self.results.append(result)

    def end(self) -> None:
        """Close fields that the part leaves open."""
        while self._open:
            self._close()
            self._open.pop()


@dataclass(slots=True)
class _Open:
    """A field that is open: its code so far and whether that has ended, where it stands among the
    codes, its result so far."""

    code: list[str] = field(default_factory=list)
    done: bool = False
    at: int = -1
    result: list[str] = field(default_factory=list)


@dataclass(slots=True)
class FieldReport:
    """What field codes amount to: links and paths, texts that no result shows, by kind, and where
    a click leads."""

    links: Counter[str] = field(default_factory=Counter)
    paths: int = 0
    queries: int = 0
    merges: int = 0
    macros: int = 0
    held: Counter[str] = field(default_factory=Counter)
    entries: int = 0
    texts: list[str] = field(default_factory=list)
    targets: list[Link] = field(default_factory=list)


def judge(codes: list[str], results: list[str] | None = None) -> FieldReport:
    """Sort field codes by what they hold; `results` is what each shows.

    Examples
    --------
    >>> report = judge(['LINK Excel.Sheet.12 "C:\\\\\\\\staff\\\\\\\\a.xlsx" R1C1', "PAGE"])
    >>> report.links, report.paths
    (Counter({'LINK': 1}), 1)
    """
    report = FieldReport()
    for code, result in zip(codes, results or [""] * len(codes), strict=True):
        match = _FIRST.match(code)
        kind = match[1].upper() if match else ""
        words = [a.replace("\\\\", "\\") or b for a, b in _WORDS.findall(code)]
        if kind in _LINKS:
            report.links[kind] += 1
            report.paths += any(is_path(word) for word in words[1:])
        elif kind == "DATABASE":
            report.queries += 1
            report.paths += any(is_path(word) for word in words[1:])
        elif kind == "MACROBUTTON":
            report.macros += 1
        elif kind in ("MERGEFIELD", "MERGEREC", "NEXT"):
            report.merges += 1
        elif kind in _HOLDS and len(words) > 1:
            report.held[kind] += 1
        elif kind in _ENTRIES:
            report.entries += 1
        if kind == "HYPERLINK":
            report.targets.append(_link(words[1:], result))
        elif kind not in ("PAGE", "NUMPAGES"):
            report.texts.append(" ".join(words[1:]))
    return report


def _link(words: list[str], shown: str) -> Link:
    """17.16.5.25: an address, a place in it after ``\\l``, a tip after ``\\o``."""
    told: dict[str, str] = {}
    switch = ""
    for word in words:
        if word[:1] == "\\" and len(word) == 2:
            switch = word[1].lower()
        else:
            told[switch] = f"{told[switch]} {word}" if switch in told else word
            switch = ""
    address = "#".join(filter(None, (told.get(""), told.get("l"))))
    return Link(address, told.get("o", ""), shown.strip())
