"""Dates of birth in running text: by the words beside them, in many languages and forms."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple


class Birth(NamedTuple):
    """A date of birth: the date is ``text[start:end]``; `labelled` as on a form (``DOB:``)."""

    start: int
    end: int
    labelled: bool


# Months by how they begin, in the languages of `text_words`; Roman numbers as Polish has them.
_MONTHS: Final = (
    "jan|ion|ean|am faoi|janv|ene|sty|feb|chw|fea|gea|fév|fev|lut|mar|már|maw|mär|mrz|apr|ebr"
    "|aib|gib|avr|abr|kwi"
    "|may|mai|bea|cèi|maj|mayo|jun|meh|mei|ògm|juin|czer|jul|gor|iúi|iuc|juil|lip|aug|aws|lún|lùn|aoû|aou"
    "|ago|sie|sep|med|meá|sul|wrz|oct|hyd|dei|dàm|okt|paź|nov|tac|sam|lis|dec|rha|nol|dùb|déc|dez|dic|gru"
    "|kwie|maj|i{1,3}|iv|vi{0,3}|ix|xi{0,2}"
)
_MONTH: Final = rf"(?:{_MONTHS})[^\W\d_]{{0,9}}\.?"
_YEAR: Final = r"(?:1[89]\d\d|20\d\d)"
_DATE: Final = (
    r"(?P<date>"
    rf"\d{{1,2}}[./-]\s?\d{{1,2}}[./-]\s?(?:{_YEAR}|\d\d)(?!\d)"
    rf"|{_YEAR}[./-]\d{{1,2}}[./-]\d{{1,2}}(?!\d)"
    rf"|\d{{1,2}} \d{{1,2}} {_YEAR}(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|[aº°.])?[ ./-]?\s?(?:(?:of|de|d'|a|o) )?{_MONTH}"
    rf",?[ ./-]\s?(?:(?:de|del) )?(?:{_YEAR}|\d\d)(?!\d)"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}(?!\d)"
    rf"|{_YEAR}\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?[日号]?"
    r"|\d{1,2} [\u0621-\u064a]{3,9}،? \d{4}(?!\d)"
    r"|\d{8}(?!\d))"
)
# Labels of forms; after them any date is one of birth
_LABEL: Final = (
    r"d\.?\s?o\.?\s?b\.?|d/b|date of birth|birth ?date|birthday|birth|dates? of birth"
    r"|dyddiad geni|dáta breithe|ceann-latha breith|latha[- ]breith|date de naissance"
    r"|geburtsdatum|geburtstag|fecha de nacimiento|data urodzenia|data di nascita"
    r"|data de nascimento|geboortedatum|تاريخ الميلاد|تاریخ پیدائش|出生日期|生日|出生"
)
# Words of a sentence; what was born must then be a person
_SAID: Final = (
    r"born|ganwyd|ganed|rugadh|née? le|née?|nés le|geboren|geb\.?|nacid[oa]|nac\."
    r"|urodzon[yaej]{1,2}"
    r"|ur\.|nato|nata|nascid[oa]|مواليد|ولد|ولدت|پیدائش|生于|出生于|\bb\.|\*"
)
_BETWEEN: Final = (
    r"(?:[\s:;,.()=\"'\u2013\uff1a-]|\b(?:on|the|is|was|of|as|ar|y|air|an|le|la|am|el|día|en|dn|dnia|w|roku|in|it)\b"
    r"|[是为为]|في|یوم|بتاريخ){0,8}"
)
# "Ganwyd Mererid Prys ar 3 Mawrth 1970", "date of birth of Ms Lee: ..."
_WHO: Final = r"(?:\s(?:of|for|de|von|y|yr))?(?:\s(?-i:[A-ZÀ-Ž])[\w’'.-]{0,24}){0,4}"
_AFTER: Final = re.compile(
    rf"(?:(?P<label>(?<!\w)(?:{_LABEL}))|(?P<said>(?<!\w)(?:{_SAID})))"
    rf"(?![A-Za-zÀ-ž]){_WHO}{_BETWEEN}(?<![\d/]){_DATE}",
    re.IGNORECASE,
)
# "1980年7月4日出生", "on 4 July 1980 she was born"
_BEFORE: Final = re.compile(
    rf"(?<![\d/]){_DATE}[\s,)]{{0,3}}(?:(?:出生|生(?!效))|(?:\([^\W\d_. ]{{0,3}}(?:dob|birth|born"
    rf"|geb\.?)\)))",
    re.IGNORECASE,
)
_SIGN: Final = re.compile(
    r"(?i)b\.|\*|birth|born|d\.?\s?o\.?\s?b|d/b|gan(?:wy|e)d|geni|breith|rugadh|n[ée]|geb|nac|ur|naissance"
    r"|生|ميلاد|ولد|مواليد|پیدائش|nat[oa]|nasc"
)
_ARABIC: Final = {0x660 + d: str(d) for d in range(10)} | {0x6F0 + d: str(d) for d in range(10)}


def births_in(text: str) -> list[Birth]:
    """Find the dates of birth in a text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Birth
        In order of place. Whether a person is named beside one is not asked.

    Examples
    --------
    >>> text = "Ann Lee (née le 3 mars 1970); the contract began on 4 July 2020"
    >>> [text[b.start : b.end] for b in births_in(text)]
    ['3 mars 1970']
    """
    if not any(char.isdigit() for char in text) or not _SIGN.search(text):
        return []
    plain = text if text.isascii() else text.translate(_ARABIC)
    found = [
        Birth(*match.span("date"), match["label"] is not None)
        for match in _AFTER.finditer(plain)
        if _can_be(match["date"])
    ]
    found += [
        Birth(*match.span("date"), True)
        for match in _BEFORE.finditer(plain)
        if _can_be(match["date"])
    ]
    return sorted(set(found))


Part = Literal["day", "month"]


def _can_be(date: str) -> bool:
    """Whether the numbers of a date can be a day, a month and a year of a person's birth."""
    numbers = [int(number) for number in re.findall(r"\d+", date)]
    if len(numbers) == 1:  # 19720103, or 03011972
        digits = date
        pairs = ((digits[:4], digits[4:6], digits[6:]), (digits[4:], digits[2:4], digits[:2]))
        return any(
            1890 <= int(y) <= 2100 and 1 <= int(m) <= 12 and 1 <= int(d) <= 31 for y, m, d in pairs
        )
    year = next((number for number in numbers if number > 31), numbers[-1])
    rest = list(numbers)
    rest.remove(year)
    if year > 99 and not 1890 <= year <= 2100:
        return False
    return all(1 <= number <= 31 for number in rest) and (len(rest) < 2 or min(rest) <= 12)
