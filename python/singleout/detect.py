"""Direct identifiers in free text: addresses, numbers and dates that name one person.

Every text that a reader of a document does not see goes through `scan`, so it is built to be
fast: the text is reduced once to its *shape* (digits to ``0``, capitals to ``A``, small letters
to ``a``) and only where a shape or a label can be found in it is a pattern tried. Numbers with a
check digit must pass it; numbers without one count only beside their label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from singleout.detect_checks import phone_valid
from singleout.detect_rules import END, GAP, NUMBER, RULES, Rule

__all__ = ["KINDS", "Detection", "scan"]

KINDS: Final[dict[str, str]] = {
    "email": "e-mail address",
    "iban": "international bank account number",
    "card": "payment card number",
    "national-insurance": "National Insurance number",
    "driving-licence": "driving licence number",
    "pnc": "Police National Computer number",
    "cro": "Criminal Records Office number",
    "nhs-number": "NHS number",
    "birth-date": "date of birth",
    "passport": "passport number",
    "bank-account": "bank account number",
    "sort-code": "bank sort code",
    "service-number": "collar, warrant or service number",
    "pay-number": "pay or staff number",
    "phone": "telephone number",
    "vehicle": "vehicle registration mark",
    "ip-address": "IP address",
    "postcode": "postcode",
}
"""The kinds that `scan` tells apart, with their names in plain English."""


@dataclass(frozen=True, slots=True)
class Detection:
    """A direct identifier in a text.

    Attributes
    ----------
    kind : str
        A key of `KINDS`.
    start, end : int
        The identifier is ``text[start:end]``; its label is not part of it.
    """

    kind: str
    start: int
    end: int


def _table(fold: bool) -> bytes:
    table = bytearray(range(256))
    for code in range(256):
        char = chr(code)
        if "0" <= char <= "9":
            table[code] = code if fold else ord("0")
        elif char.isascii() and char.isalpha():
            table[code] = ord(char.lower()) if fold else ord("A" if char.isupper() else "a")
        elif char in "\t\xa0":
            table[code] = ord(" ")
    return bytes(table)


_SHAPE: Final = _table(fold=False)
_LOWER: Final = _table(fold=True)

_PHONE: Final = re.compile(r"[+(0][0-9 (+][0-9 ()\-./\xa0]{6,17}[0-9]")
_PHONE_LABEL: Final = re.compile(
    r"(?:tel|phone|mob|mobile|telephone)"
    + NUMBER
    + GAP
    + r"(?P<v>[127][0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3})"
    + END,
    re.IGNORECASE,
)
_LOCAL: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}\Z")
_DOMAIN: Final = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9])"
)
_NOT_DOMAINS: Final = frozenset(
    {"png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "ico", "js", "css"}
)


def _positions(sign: bytes, data: bytes) -> Iterator[int]:
    place = data.find(sign)
    while place >= 0:
        yield place
        place = data.find(sign, place + 1)


class _Claims:
    """The detections so far, and which characters they hold."""

    def __init__(self, length: int) -> None:
        self.found: list[Detection] = []
        self._held = bytearray(length)

    def add(self, kind: str, start: int, end: int) -> None:
        if self._held.find(1, start, end) < 0:
            self._held[start:end] = b"\x01" * (end - start)
            self.found.append(Detection(kind, start, end))


def _emails(text: str, lower: bytes, claims: _Claims) -> None:
    for place in _positions(b"@", lower):
        domain = _DOMAIN.match(text, place + 1, place + 256)
        local = _LOCAL.search(text[max(0, place - 64) : place]) if domain else None
        if domain is None or local is None:
            continue
        if domain[0].rsplit(".", 1)[1].lower() in _NOT_DOMAINS:
            continue
        name = local[0].lstrip(".'/=&?#|{}`")
        if name:
            claims.add("email", place - len(name), domain.end())


def _rule(rule: Rule, text: str, data: bytes, claims: _Claims) -> None:
    group = "v" if "v" in rule.pattern.groupindex else 0
    for sign in rule.signs:
        done = 0
        for place in _positions(sign, data):
            if place < done:
                continue
            match = rule.pattern.search(
                text, max(done, place - rule.back), place + len(sign) + rule.ahead
            )
            if match is None or match.start() > place:
                continue
            done = match.end()
            if rule.check is None or rule.check(match):
                claims.add(rule.kind, *match.span(group))


def _phones(text: str, lower: bytes, claims: _Claims) -> None:
    for match in _PHONE.finditer(text):
        start, end = match.span()
        before = text[start - 1 : start]
        after = text[end : end + 1]
        if before.isalnum() or (before and before in ".,-/_+:") or after.isalnum() or after == "_":
            continue
        if phone_valid(match):
            claims.add("phone", start, end)
    for sign in (b"tel", b"phone", b"mob"):
        for place in _positions(sign, lower):
            labelled = _PHONE_LABEL.match(text, place, place + 64)
            if labelled is not None:
                claims.add("phone", *labelled.span("v"))


def scan(text: str) -> list[Detection]:
    """Find the direct identifiers in a text.

    Parameters
    ----------
    text : str
        Any text. A label and its number must be on one line.

    Returns
    -------
    list of Detection
        In order of place; no two overlap.

    Notes
    -----
    Check digits: NHS Data Dictionary, "NHS number" (modulus 11); ISO/IEC 7812-1 annex B (cards);
    ISO 13616 (IBAN); the PNC and CRO numbers' letter is the remainder by 23. National Insurance
    prefixes: HMRC NIM39110. Postcode letters: BS 7666. A number without a check digit (passport,
    account, warrant, collar, pay) counts only beside its label, a date only as a date of birth.

    Examples
    --------
    >>> from singleout.detect import scan
    >>> text = "Sgt Ball, warrant no. 20417, BT1 5GG"
    >>> [(found.kind, text[found.start : found.end]) for found in scan(text)]
    [('service-number', '20417'), ('postcode', 'BT1 5GG')]
    """
    if not text.isascii():
        text = text.translate(
            {0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2013: "-", 0x202F: " ", 0xA0: " "}
        )
    raw = text.encode("latin-1", "replace")
    shape = raw.translate(_SHAPE)
    has_digits = b"0" in shape
    if not has_digits and b"@" not in raw:
        return []
    claims = _Claims(len(text))
    lower = raw.translate(_LOWER)
    _emails(text, lower, claims)
    if has_digits:
        sources = {"raw": raw, "shape": shape, "lower": lower}
        for rule in RULES:
            if rule.kind == "vehicle":
                break
            _rule(rule, text, sources[rule.source], claims)
        _phones(text, lower, claims)
        for rule in RULES:
            if rule.kind in ("vehicle", "ip-address", "postcode"):
                _rule(rule, text, sources[rule.source], claims)
    return sorted(claims.found, key=lambda found: found.start)
