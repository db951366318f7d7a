"""Whether a number or a date that looks like an identifier can be one: check digits, ranges."""

from __future__ import annotations

import re
from datetime import date
from typing import Final


def digits_of(text: str) -> str:
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


def iban_valid(text: str) -> bool:
    compact = "".join(text.split()).upper()
    moved = compact[4:] + compact[:4]
    return len(compact) >= 15 and int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


_PNC_LETTERS: Final = "ZABCDEFGHJKLMNPQRTUVWXY"


def pnc_valid(match: re.Match[str]) -> bool:
    number = int(match["year"][-2:] + match["serial"].zfill(7))
    return _PNC_LETTERS[number % 23] == match["letter"].upper()


def cro_valid(match: re.Match[str]) -> bool:
    number = int(match["year"] + match["serial"].zfill(6))
    return _PNC_LETTERS[number % 23] == match["letter"].upper()


MONTHS: Final = (
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


def birth_valid(match: re.Match[str]) -> bool:
    if match["month"]:
        day, month, year = (
            match["day"],
            str(MONTHS.index(match["month"].lower()[:3]) + 1),
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


def ip_valid(match: re.Match[str]) -> bool:
    parts = [int(part) for part in match[0].split(".")]
    version = parts[2:] == [0, 0] or parts[0] == 0
    return all(part <= 255 for part in parts) and not version


def phone_valid(match: re.Match[str]) -> bool:
    text = match[0]
    digits = digits_of(text.replace("(0)", ""))
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


def postcode_valid(match: re.Match[str]) -> bool:
    return match["area"].upper() in _AREAS


def mark_valid(match: re.Match[str]) -> bool:
    return 2 <= int(match["age"]) % 50 <= 30
