"""The patterns of direct identifiers, each with the cheap signs without which it cannot match."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from singleout.detect_checks import (
    MONTHS,
    birth_valid,
    cro_valid,
    digits_of,
    iban_valid,
    ip_valid,
    luhn_valid,
    mark_valid,
    nhs_valid,
    pnc_valid,
    postcode_valid,
)
from singleout.identifiers.unmet import Unmet


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, and the cheap signs without which it cannot match."""

    kind: str
    source: str  # where the signs are looked for: "shape", "lower" (labels) or "raw"
    signs: tuple[bytes, ...]
    expression: Unmet
    back: int = 0  # the pattern may start this many characters before the sign
    ahead: int = 64  # and must end before this many characters after it
    check: Callable[[re.Match[str]], bool] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled."""
        return self.expression.pattern


BEGIN: Final = r"(?<![A-Za-z0-9])"
END: Final = r"(?![A-Za-z0-9])"
GAP: Final = r"[ \t\xa0:;,#.=()-]{0,6}"
NUMBER: Final = r"(?:[ ._-]?(?:number|num|no|nr|id|ref)\b)?"
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
).replace("MONTH", "|".join(MONTHS))
_ANY_MARK: Final = (
    r"[A-Z]{2}[0-9]{2} ?[A-Z]{3}|[A-Z][0-9]{1,3} ?[A-Z]{3}"
    r"|[A-Z]{3} ?[0-9]{1,4}[A-Z]?|[A-Z]{1,2} ?[0-9]{1,4}"
)


def _as(written: str, *, ignore_case: bool = False) -> Unmet:
    return Unmet(written, re.IGNORECASE if ignore_case else re.NOFLAG)


_NI_SIGNS: Final = tuple(
    form.replace("A", letter).encode()
    for letter in "Aa"
    for form in ("AA000000", "AA 00 00 00", "AA 000000", "AA-00-00-00")
)

RULES: Final = (
    Rule(
        "iban",
        "raw",
        (b"GB",),
        _as(BEGIN + r"GB[0-9]{2}(?: ?[A-Z]{4})(?: ?[0-9]){14}" + END),
        check=lambda match: iban_valid(match[0]),
    ),
    Rule(
        "iban",
        "lower",
        (b"iban",),
        _as(
            r"iban" + NUMBER + GAP + r"(?P<v>[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30})" + END,
            ignore_case=True,
        ),
        check=lambda match: iban_valid(match["v"]),
    ),
    Rule(
        "card",
        "shape",
        (b"0000 0000 0000 0000", b"0000-0000-0000-0000"),
        _as(r"(?<![0-9-])[2-6][0-9]{3}(?:[ -][0-9]{4}){3}(?![0-9-])"),
        check=lambda match: luhn_valid(digits_of(match[0])),
    ),
    Rule(
        "card",
        "lower",
        (b"card",),
        _as(r"\bcard" + NUMBER + GAP + r"(?P<v>[2-6][0-9]{12,18})" + END, ignore_case=True),
        check=lambda match: luhn_valid(match["v"]),
    ),
    Rule("national-insurance", "shape", _NI_SIGNS, _as(BEGIN + _NI + END, ignore_case=True)),
    Rule(
        "driving-licence",
        "shape",
        (b"000000A",),
        _as(
            BEGIN + r"(?=[A-Z])[A-Z9]{5}[0-9](?:[05][1-9]|[16][0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]"
            r"[A-Z][A-Z9][A-Z0-9] ?[A-Z]{2}(?: ?[0-9]{2})?" + END
        ),
        back=5,
    ),
    Rule(
        "pnc",
        "shape",
        (b"00/0000000A", b"00/0000000a"),
        _as(
            r"(?<![0-9A-Za-z/])(?P<year>(?:19|20)?[0-9]{2})/(?P<serial>[0-9]{7})(?P<letter>[A-Za-z])"
            + END
        ),
        back=2,
        check=pnc_valid,
    ),
    Rule(
        "cro",
        "shape",
        (b"0/00A", b"0/00a"),
        _as(
            r"(?<![0-9A-Za-z/])(?P<serial>[0-9]{1,6})/(?P<year>[0-9]{2})(?P<letter>[A-Za-z])" + END
        ),
        back=5,
        check=cro_valid,
    ),
    Rule(
        "nhs-number",
        "shape",
        (b"000 000 0000",),
        _as(r"(?<![0-9A-Za-z.,+-])[0-9]{3} [0-9]{3} [0-9]{4}(?![0-9A-Za-z])(?! [0-9])"),
        check=lambda match: nhs_valid(digits_of(match[0])),
    ),
    Rule(
        "nhs-number",
        "lower",
        (b"nhs", b"h&c n", b"hsc n", b"chi n"),
        _as(
            r"\b(?:nhs|h&c|hsc|chi)"
            + NUMBER
            + GAP
            + r"(?P<v>[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4})"
            + END,
            ignore_case=True,
        ),
        check=lambda match: nhs_valid(digits_of(match["v"])),
    ),
    Rule(
        "birth-date",
        "lower",
        (b"dob", b"d.o.b", b"birth", b"born"),
        _as(
            r"(?:\bdob|\bd\.o\.b\.?|birth|\bborn)(?: date| on| was| is)*"
            + GAP
            + _DATE
            + r"(?![0-9])",
            ignore_case=True,
        ),
        check=birth_valid,
    ),
    Rule(
        "passport",
        "lower",
        (b"passport",),
        _as(r"passport" + NUMBER + GAP + r"(?P<v>[A-Z]{0,2}[0-9]{6,9})" + END, ignore_case=True),
    ),
    Rule(
        "bank-account",
        "lower",
        (b"account", b"acct", b"a/c", b"acc n"),
        _as(
            r"\b(?:account|acct|a/c|acc)" + NUMBER + GAP + r"(?P<v>[0-9]{8})(?![0-9A-Za-z])",
            ignore_case=True,
        ),
    ),
    Rule(
        "sort-code",
        "lower",
        (b"sort",),
        _as(
            r"\bsort[ -]?code"
            + NUMBER
            + GAP
            + r"(?P<v>[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2})(?![0-9])",
            ignore_case=True,
        ),
    ),
    Rule(
        "sort-code",
        "shape",
        (b"00-00-00",),
        _as(
            r"(?<![0-9A-Za-z-])(?P<v>[0-9]{2}-[0-9]{2}-[0-9]{2})(?=[ ,;/\t]{1,3}[0-9]{8}(?![0-9]))"
        ),
    ),
    Rule(
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
        _as(
            r"\b(?:collar|warrant(?:[ -]card)?|shoulder|badge|service|officer)"
            + NUMBER
            + GAP
            + r"(?P<v>(?:[A-Z]{1,3}[ -]?)?[0-9]{2,7})"
            + END,
            ignore_case=True,
        ),
    ),
    Rule(
        "service-number",
        "shape",
        (b"AA 00", b"AA00"),
        _as(
            BEGIN
            + r"(?:PCSO|W?PC|W?PS|DC|DS|SC|DCI?) ?(?P<v>[0-9]{2,5}) +"
            + r"(?=[A-Z](?:[a-z'’]|[A-Z'’]{2})[A-Za-z])"
        ),
        back=2,
    ),
    Rule(
        "service-number",
        "lower",
        (b"sgt ", b"sergeant ", b"constable ", b"insp "),
        _as(r"\b(?i:sgt|sergeant|constable|insp) (?P<v>[0-9]{2,5}) +(?=[A-Z][a-z'’])"),
    ),
    Rule(
        "pay-number",
        "lower",
        (b"payroll", b"pay n", b"staff n", b"staff id", b"employee n", b"employee id"),
        _as(
            r"\b(?:payroll|pay|staff|employee)"
            + NUMBER
            + GAP
            + r"(?P<v>[A-Z]{0,3}[0-9]{4,9})"
            + END,
            ignore_case=True,
        ),
    ),
    Rule(
        "vehicle",
        "shape",
        (b"AA00 AAA", b"AA00AAA"),
        _as(BEGIN + r"[A-HJ-PR-Y][A-HJ-PR-Y](?P<age>[0-9]{2}) ?[A-HJ-PR-Z]{3}" + END),
        check=mark_valid,
    ),
    Rule(
        "vehicle",
        "lower",
        (b"vrm", b"vehicle reg", b"car reg", b"reg no", b"reg. no", b"plate", b"registration"),
        _as(
            r"\b(?i:vrm|vehicle reg(?:istration)?|car reg(?:istration)?|reg(?:istration)?"
            r"|number plate)\.?"
            r"(?i:[ .]?(?:number|mark|no|plate)\b)?" + GAP + r"(?P<v>" + _ANY_MARK + r")" + END
        ),
    ),
    Rule(
        "ip-address",
        "shape",
        (b".0.", b".00.", b".000."),
        _as(r"(?<![0-9A-Za-z.=-])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9A-Za-z])(?!\.[0-9])"),
        back=8,
        check=ip_valid,
    ),
    Rule(
        "ip-address",
        "lower",
        (b"::", b":0", b"fe80"),
        _as(
            r"(?<![0-9A-Za-z:.])(?=[0-9a-fA-F:]*[a-fA-F][0-9a-fA-F:]*)(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}"
            r"|(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6})(?![0-9A-Za-z:.])"
        ),
        back=39,
    ),
    Rule(
        "postcode",
        "shape",
        (b" 0AA",),
        _as(BEGIN + _POSTCODE % " {1,2}" + END),
        back=5,
        check=postcode_valid,
    ),
    Rule(
        "postcode",
        "shape",
        (b"00AA", b"0A0AA"),
        _as(r"(?<![A-Za-z0-9/_.-])" + _POSTCODE % "" + r"(?![A-Za-z0-9/_-])"),
        back=4,
        check=postcode_valid,
    ),
    Rule(
        "postcode",
        "lower",
        (b"postcode", b"post code"),
        _as(r"post ?code" + GAP + r"(?P<v>" + _POSTCODE % " ?" + r")" + END, ignore_case=True),
        check=postcode_valid,
    ),
)
