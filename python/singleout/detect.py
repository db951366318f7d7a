"""Direct identifiers in free text: addresses, numbers and dates that name one person.

Every text that a reader of a document does not see goes through `scan`, so it is built to be
fast: the text is reduced once to its *shape* (digits to ``0``, capitals to ``A``, small letters
to ``a``) and only where a shape or a label can be found in it is a pattern tried. Numbers with a
check digit must pass it; numbers without one count only beside their label.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

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


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern, and the cheap signs without which it cannot match."""

    kind: str
    source: str  # where the signs are looked for: "shape", "lower" (labels) or "raw"
    signs: tuple[bytes, ...]
    pattern: re.Pattern[str]
    back: int = 0  # the pattern may start this many characters before the sign
    ahead: int = 64  # and must end before this many characters after it
    check: Callable[[re.Match[str]], bool] | None = None


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

# --- checks ------------------------------------------------------------------------------


def _digits(text: str) -> str:
    return "".join(char for char in text if "0" <= char <= "9")


def nhs_valid(digits: str) -> bool:
    """Whether ten digits end in the NHS number's check digit (modulus 11).

    >>> nhs_valid("9434765919"), nhs_valid("9434765918")
    (True, False)
    """
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    rest = -sum(
        int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    return rest % 11 == int(digits[9])


def luhn_valid(digits: str) -> bool:
    """Whether digits end in a Luhn check digit (payment cards).

    >>> luhn_valid("4111111111111111")
    True
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and len(set(digits)) > 1


def _iban_valid(text: str) -> bool:
    compact = "".join(text.split()).upper()
    moved = compact[4:] + compact[:4]
    return len(compact) >= 15 and int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


_PNC_LETTERS: Final = "ZABCDEFGHJKLMNPQRTUVWXY"


def _pnc_valid(match: re.Match[str]) -> bool:
    number = int(match["year"][-2:] + match["serial"].zfill(7))
    return _PNC_LETTERS[number % 23] == match["letter"].upper()


def _cro_valid(match: re.Match[str]) -> bool:
    number = int(match["year"] + match["serial"].zfill(6))
    return _PNC_LETTERS[number % 23] == match["letter"].upper()


_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)


def _birth_valid(match: re.Match[str]) -> bool:
    if match["month"]:
        day, month, year = (
            match["day"],
            str(_MONTHS.index(match["month"].lower()[:3]) + 1),
            match["y1"],
        )
    elif match["iso"]:
        year, month, day = re.split(r"[-/.]", match["iso"])
    else:
        day, month, year = re.split(r"[-/. ]", match["dmy"])
    full = int(year) if len(year) == 4 else 1900 + int(year)
    try:
        date(full, int(month), int(day))
    except ValueError:
        return False
    return 1890 <= full <= 2100


def _ip_valid(match: re.Match[str]) -> bool:
    parts = [int(part) for part in match[0].split(".")]
    version = parts[2:] == [0, 0] or parts[0] == 0
    return all(part <= 255 for part in parts) and not version


def _phone_valid(match: re.Match[str]) -> bool:
    text = match[0]
    digits = _digits(text.replace("(0)", ""))
    if text.startswith("00"):
        text, digits = "+", digits[2:]
    if text.startswith(("+", "(+")):
        if digits.startswith("44"):
            return len(digits) in (11, 12) and digits[2] in "123789"
        return 9 <= len(digits) <= 15 and digits[0] != "0"
    if len(set(digits[1:])) < 3:
        return False
    if len(digits) == 11:
        return digits[1] in "123789" and digits[2:4] != "00"
    return len(digits) == 10 and digits[1] == "1" and not text.isdigit()


_AREA_LIST: Final = """
AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL
DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT
KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR
RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA
WC WD WF WN WR WS WV YO ZE
"""
_AREAS: Final = frozenset(_AREA_LIST.split())


def _postcode_valid(match: re.Match[str]) -> bool:
    return match["area"].upper() in _AREAS


def _mark_valid(match: re.Match[str]) -> bool:
    return 2 <= int(match["age"]) % 50 <= 30


# --- rules, the surest first: a later one never takes what an earlier one has claimed -------

_B: Final = r"(?<![A-Za-z0-9])"
_E: Final = r"(?![A-Za-z0-9])"
_GAP: Final = r"[ \t\xa0:;,#.=()-]{0,6}"
_NUMBER: Final = r"(?:[ ._-]?(?:number|num|no|nr|id|ref)\b)?"
_NI: Final = (
    r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"(?P<s>[ -]?)[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[A-D]"
)
_POSTCODE: Final = r"(?P<area>[A-Z]{1,2})(?:[0-9]{1,2}|[0-9][A-HJKMNP-Z])%s[0-9][ABD-HJLNP-UW-Z]{2}"
_DATE: Final = (
    r"(?P<v>(?P<iso>[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2})"
    r"|(?P<dmy>[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ](?:[0-9]{4}|[0-9]{2}))"
    r"|(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[ -](?P<month>(?:MONTH)[a-z]{0,6})"
    r"[ -](?P<y1>[0-9]{4}|[0-9]{2}))"
).replace("MONTH", "|".join(_MONTHS))
_ANY_MARK: Final = (
    r"[A-Z]{2}[0-9]{2} ?[A-Z]{3}|[A-Z][0-9]{1,3} ?[A-Z]{3}"
    r"|[A-Z]{3} ?[0-9]{1,4}[A-Z]?|[A-Z]{1,2} ?[0-9]{1,4}"
)


def _compile(pattern: str, *, ignore_case: bool = False) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE if ignore_case else 0)


_NI_SIGNS: Final = tuple(
    form.replace("A", letter).encode()
    for letter in "Aa"
    for form in ("AA000000", "AA 00 00 00", "AA 000000", "AA-00-00-00")
)

_RULES: Final = (
    _Rule(
        "iban",
        "raw",
        (b"GB",),
        _compile(_B + r"GB[0-9]{2}(?: ?[A-Z]{4})(?: ?[0-9]){14}" + _E),
        check=lambda match: _iban_valid(match[0]),
    ),
    _Rule(
        "iban",
        "lower",
        (b"iban",),
        _compile(
            r"iban" + _NUMBER + _GAP + r"(?P<v>[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30})" + _E,
            ignore_case=True,
        ),
        check=lambda match: _iban_valid(match["v"]),
    ),
    _Rule(
        "card",
        "shape",
        (b"0000 0000 0000 0000", b"0000-0000-0000-0000"),
        _compile(r"(?<![0-9-])[2-6][0-9]{3}(?:[ -][0-9]{4}){3}(?![0-9-])"),
        check=lambda match: luhn_valid(_digits(match[0])),
    ),
    _Rule(
        "card",
        "lower",
        (b"card",),
        _compile(r"\bcard" + _NUMBER + _GAP + r"(?P<v>[2-6][0-9]{12,18})" + _E, ignore_case=True),
        check=lambda match: luhn_valid(match["v"]),
    ),
    _Rule("national-insurance", "shape", _NI_SIGNS, _compile(_B + _NI + _E, ignore_case=True)),
    _Rule(
        "driving-licence",
        "shape",
        (b"000000A",),
        _compile(
            _B + r"(?=[A-Z])[A-Z9]{5}[0-9](?:[05][1-9]|[16][0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]"
            r"[A-Z][A-Z9][A-Z0-9] ?[A-Z]{2}(?: ?[0-9]{2})?" + _E
        ),
        back=5,
    ),
    _Rule(
        "pnc",
        "shape",
        (b"00/0000000A", b"00/0000000a"),
        _compile(
            r"(?<![0-9A-Za-z/])(?P<year>(?:19|20)?[0-9]{2})/(?P<serial>[0-9]{7})(?P<letter>[A-Za-z])"
            + _E
        ),
        back=2,
        check=_pnc_valid,
    ),
    _Rule(
        "cro",
        "shape",
        (b"0/00A", b"0/00a"),
        _compile(
            r"(?<![0-9A-Za-z/])(?P<serial>[0-9]{1,6})/(?P<year>[0-9]{2})(?P<letter>[A-Za-z])" + _E
        ),
        back=5,
        check=_cro_valid,
    ),
    _Rule(
        "nhs-number",
        "shape",
        (b"000 000 0000",),
        _compile(r"(?<![0-9A-Za-z.,+-])[0-9]{3} [0-9]{3} [0-9]{4}(?![0-9A-Za-z])(?! [0-9])"),
        check=lambda match: nhs_valid(_digits(match[0])),
    ),
    _Rule(
        "nhs-number",
        "lower",
        (b"nhs", b"h&c n", b"hsc n", b"chi n"),
        _compile(
            r"\b(?:nhs|h&c|hsc|chi)"
            + _NUMBER
            + _GAP
            + r"(?P<v>[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4})"
            + _E,
            ignore_case=True,
        ),
        check=lambda match: nhs_valid(_digits(match["v"])),
    ),
    _Rule(
        "birth-date",
        "lower",
        (b"dob", b"d.o.b", b"birth", b"born"),
        _compile(
            r"(?:\bdob|\bd\.o\.b\.?|birth|\bborn)(?: date| on| was| is)*"
            + _GAP
            + _DATE
            + r"(?![0-9])",
            ignore_case=True,
        ),
        check=_birth_valid,
    ),
    _Rule(
        "passport",
        "lower",
        (b"passport",),
        _compile(
            r"passport" + _NUMBER + _GAP + r"(?P<v>[A-Z]{0,2}[0-9]{6,9})" + _E, ignore_case=True
        ),
    ),
    _Rule(
        "bank-account",
        "lower",
        (b"account", b"acct", b"a/c", b"acc n"),
        _compile(
            r"\b(?:account|acct|a/c|acc)" + _NUMBER + _GAP + r"(?P<v>[0-9]{8})(?![0-9A-Za-z])",
            ignore_case=True,
        ),
    ),
    _Rule(
        "sort-code",
        "lower",
        (b"sort",),
        _compile(
            r"\bsort[ -]?code"
            + _NUMBER
            + _GAP
            + r"(?P<v>[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2})(?![0-9])",
            ignore_case=True,
        ),
    ),
    _Rule(
        "sort-code",
        "shape",
        (b"00-00-00",),
        _compile(
            r"(?<![0-9A-Za-z-])(?P<v>[0-9]{2}-[0-9]{2}-[0-9]{2})(?=[ ,;/\t]{1,3}[0-9]{8}(?![0-9]))"
        ),
    ),
    _Rule(
        "service-number",
        "lower",
        (
            b"collar",
            b"warrant",
            b"shoulder",
            b"badge",
            b"service n",
            b"service_n",
            b"officer n",
            b"officer id",
        ),
        _compile(
            r"\b(?:collar|warrant(?:[ -]card)?|shoulder|badge|service|officer)"
            + _NUMBER
            + _GAP
            + r"(?P<v>(?:[A-Z]{1,3}[ -]?)?[0-9]{2,7})"
            + _E,
            ignore_case=True,
        ),
    ),
    _Rule(
        "service-number",
        "shape",
        (b"AA 00", b"AA00"),
        _compile(
            _B
            + r"(?:PCSO|W?PC|W?PS|DC|DS|SC|DCI?) ?(?P<v>[0-9]{2,5}) +"
            + r"(?=[A-Z](?:[a-z'’]|[A-Z'’]{2})[A-Za-z])"
        ),
        back=2,
    ),
    _Rule(
        "service-number",
        "lower",
        (b"sgt ", b"sergeant ", b"constable ", b"insp "),
        _compile(r"\b(?i:sgt|sergeant|constable|insp) (?P<v>[0-9]{2,5}) +(?=[A-Z][a-z'’])"),
    ),
    _Rule(
        "pay-number",
        "lower",
        (b"payroll", b"pay n", b"staff n", b"staff id", b"employee n", b"employee id"),
        _compile(
            r"\b(?:payroll|pay|staff|employee)"
            + _NUMBER
            + _GAP
            + r"(?P<v>[A-Z]{0,3}[0-9]{4,9})"
            + _E,
            ignore_case=True,
        ),
    ),
    _Rule(
        "vehicle",
        "shape",
        (b"AA00 AAA", b"AA00AAA"),
        _compile(_B + r"[A-HJ-PR-Y][A-HJ-PR-Y](?P<age>[0-9]{2}) ?[A-HJ-PR-Z]{3}" + _E),
        check=_mark_valid,
    ),
    _Rule(
        "vehicle",
        "lower",
        (b"vrm", b"vehicle reg", b"car reg", b"reg no", b"reg. no", b"plate", b"registration"),
        _compile(
            r"\b(?i:vrm|vehicle reg(?:istration)?|car reg(?:istration)?|reg(?:istration)?"
            r"|number plate)\.?"
            r"(?i:[ .]?(?:number|mark|no|plate)\b)?" + _GAP + r"(?P<v>" + _ANY_MARK + r")" + _E
        ),
    ),
    _Rule(
        "ip-address",
        "shape",
        (b".0.", b".00.", b".000."),
        _compile(r"(?<![0-9A-Za-z.=-])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9A-Za-z])(?!\.[0-9])"),
        back=8,
        check=_ip_valid,
    ),
    _Rule(
        "ip-address",
        "lower",
        (b"::", b":0", b"fe80"),
        _compile(
            r"(?<![0-9A-Za-z:.])(?=[0-9a-fA-F:]*[a-fA-F][0-9a-fA-F:]*)(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}"
            r"|(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6})(?![0-9A-Za-z:.])"
        ),
        back=39,
    ),
    _Rule(
        "postcode",
        "shape",
        (b" 0AA",),
        _compile(_B + _POSTCODE % " {1,2}" + _E),
        back=5,
        check=_postcode_valid,
    ),
    _Rule(
        "postcode",
        "shape",
        (b"00AA", b"0A0AA"),
        _compile(r"(?<![A-Za-z0-9/_.-])" + _POSTCODE % "" + r"(?![A-Za-z0-9/_-])"),
        back=4,
        check=_postcode_valid,
    ),
    _Rule(
        "postcode",
        "lower",
        (b"postcode", b"post code"),
        _compile(r"post ?code" + _GAP + r"(?P<v>" + _POSTCODE % " ?" + r")" + _E, ignore_case=True),
        check=_postcode_valid,
    ),
)

_PHONE: Final = re.compile(r"[+(0][0-9 (+][0-9 ()\-./\xa0]{6,17}[0-9]")
_PHONE_LABEL: Final = re.compile(
    r"(?:tel|phone|mob|mobile|telephone)"
    + _NUMBER
    + _GAP
    + r"(?P<v>[127][0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3})"
    + _E,
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


def _rule(rule: _Rule, text: str, data: bytes, claims: _Claims) -> None:
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
        if _phone_valid(match):
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
        for rule in _RULES:
            if rule.kind == "vehicle":
                break
            _rule(rule, text, sources[rule.source], claims)
        _phones(text, lower, claims)
        for rule in _RULES:
            if rule.kind in ("vehicle", "ip-address", "postcode"):
                _rule(rule, text, sources[rule.source], claims)
    return sorted(claims.found, key=lambda found: found.start)
