"""What a column means: what its heading's words and all of its values say, added up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from singleout.detect import scan
from singleout.identifiers.meanings import Meaning
from singleout.identifiers.person_names import Against
from singleout.inspection.tables.naming import Naming, Shares, naming_of
from singleout.inspection.tables.profile import Column

# Meanings that the detectors of direct identifiers speak for
_DETECTED = {
    "national-insurance": Meaning.PERSON_NUMBER,
    "nhs-number": Meaning.PERSON_NUMBER,
    "passport": Meaning.PERSON_NUMBER,
    "driving-licence": Meaning.PERSON_NUMBER,
    "pnc": Meaning.PERSON_NUMBER,
    "cro": Meaning.PERSON_NUMBER,
    "service-number": Meaning.PERSON_NUMBER,
    "pay-number": Meaning.PERSON_NUMBER,
    "card": Meaning.PERSON_NUMBER,
    "iban": Meaning.PERSON_NUMBER,
    "birth-date": Meaning.BIRTH_DATE,
    "email": Meaning.EMAIL,
    "phone": Meaning.PHONE,
}
_NO_NAMES = Naming({}, Shares())
_SURE = 3.0
_SCANNED = 2_000
# No direct identifier is a number shorter than this
_SHORT = 1e7


@dataclass(frozen=True)
class Read:
    """A column with what it means.

    Parameters
    ----------
    column : Column
        Its heading and values.
    naming : Naming
        How surely it names people.
    odds : mapping of Meaning to float
        Log-odds of each meaning for which anything speaks, heading and values added.
    """

    column: Column
    naming: Naming
    odds: Mapping[Meaning, float]

    @cached_property
    def meaning(self) -> Meaning:
        """The likeliest meaning; other text where nothing speaks for any."""
        best = max(self.odds, key=lambda m: (self.odds[m], m.name), default=Meaning.TEXT)
        return best if self.odds.get(best, 0.0) > 0 else Meaning.TEXT

    def odds_of(self, *meanings: Meaning) -> float:
        """The best of some meanings' log-odds; 0 where nothing is known of them."""
        return max((self.odds.get(meaning, 0.0) for meaning in meanings), default=0.0)

    @property
    def name(self) -> str:
        """The heading."""
        return self.column.name


def read_column(column: Column) -> Read:
    """Return what a column means."""
    if not column.name and column.empty:
        return Read(column, _NO_NAMES, {})  # Two far cells may have thousands of such between them
    odds: dict[Meaning, float] = dict(column.heading.evidence)
    values = _number_odds(column) if column.numeric else _text_odds(column)
    for meaning, weight in values.items():
        odds[meaning] = odds.get(meaning, 0.0) + weight
    return Read(column, naming_of(column), odds)


def _number_odds(column: Column) -> dict[Meaning, float]:
    numbers = column.numbers[~np.isnan(column.numbers)]
    if not len(numbers):
        return {}
    odds: dict[Meaning, float] = {}
    if _years(column):
        odds[Meaning.PERIOD] = 3.0
    if not column.whole:
        odds[Meaning.RATE] = 1.0
    if runs_on(column):
        odds[Meaning.CODE] = 3.0
    elif is_order(column):
        odds[Meaning.SCORE] = 3.0
    elif like_codes(column):
        odds[Meaning.CODE] = 1.0
        odds[Meaning.PERSON_NUMBER] = 0.5
    detected = _detected(column)
    for meaning, weight in detected.items():
        odds[meaning] = odds.get(meaning, 0.0) + weight
    return odds


def _years(column: Column) -> bool:
    numbers = column.numbers[~np.isnan(column.numbers)]
    whole = (numbers == np.floor(numbers)).all()
    return bool(whole and ((numbers >= 1900) & (numbers <= 2100)).all()) and len(numbers) >= 1


def runs_on(column: Column) -> bool:
    """Tell whether numbers count the rows: each once, from 0 or 1 on with none left out; in a
    column that is not the first, of so many rows that it is no chance."""
    values = column.values
    if len(values) < (3 if column.index == 0 else 10) or np.isnan(values).any():
        return False
    ordered = np.sort(values)
    return bool(ordered[0] in (0.0, 1.0) and (np.diff(ordered) == 1).all())


def is_order(column: Column) -> bool:
    """Tell whether numbers are places in an order: nearly all of 1 to n once, of many rows."""
    values = column.values[~np.isnan(column.values)]
    if len(values) < 20 or not column.whole or values.min() < 1:
        return False
    different = len(np.unique(values))
    return different >= 0.95 * len(values) and values.max() <= 1.05 * len(values)


def like_codes(column: Column) -> bool:
    """Tell whether whole numbers look like codes: as many digits each, hardly one twice."""
    numbers = column.numbers[~np.isnan(column.numbers)]
    if len(numbers) < 3 or not column.whole or len(numbers) < 0.9 * column.filled:
        return False
    digits = np.floor(np.log10(np.maximum(numbers, 1))) + 1
    return bool(digits.min() == digits.max() and digits.min() >= 4)


_FORMS = {
    "date": (Meaning.DATE, 3.0),
    "time": (Meaning.TIME, 3.0),
    "period": (Meaning.PERIOD, 3.0),
    "money": (Meaning.MONEY, 4.0),
    "percentage": (Meaning.PERCENTAGE, 4.0),
    "sex": (Meaning.SEX, 3.0),
    "ethnicity": (Meaning.ETHNICITY, 2.5),
    "email": (Meaning.EMAIL, 4.0),
    "phone": (Meaning.PHONE, 3.0),
    "postcode": (Meaning.ADDRESS, 2.0),
    "district": (Meaning.PLACE, 1.5),
    "code": (Meaning.CODE, 2.0),
    "yes-no": (Meaning.CODE, 1.0),
}
_NO_FORM = (Meaning.TEXT, 0.0)
_AGAINST = {
    Against.STREET: (Meaning.STREET, 3.0),
    Against.PLACE: (Meaning.PLACE, 2.5),
    Against.ORGANISATION: (Meaning.ORGANISATION, 3.0),
    Against.PREMISES: (Meaning.PREMISES, 3.0),
    Against.SENTENCE: (Meaning.NARRATIVE, 3.0),
    Against.JOB: (Meaning.JOB, 3.0),
}


def _text_odds(column: Column) -> dict[Meaning, float]:
    odds: dict[Meaning, float] = {}
    unstated = min(0.5, column.share("unstated"))
    for form in column.forms:
        meaning, weight = _FORMS.get(form, _NO_FORM)
        if form == "date" and column.heading.evidence.get(Meaning.BIRTH_DATE, 0.0) >= 1.0:
            meaning = Meaning.BIRTH_DATE  # Dates under "Born" are that, whatever else they may be
        if weight and column.share(form) + unstated >= 0.6:
            odds[meaning] = odds.get(meaning, 0.0) + weight
    if _one_length(column) or _series(column):
        odds[Meaning.CODE] = odds.get(Meaning.CODE, 0.0) + 2.0
    if column.words:
        against = column.names.against
        for flag, (meaning, weight) in _AGAINST.items():
            part = float(((against & int(flag)) != 0).mean())
            if part >= 0.3:
                odds[meaning] = odds.get(meaning, 0.0) + weight * part
        if column.length > 45:
            odds[Meaning.NARRATIVE] = odds.get(Meaning.NARRATIVE, 0.0) + 2.5
    for meaning, weight in _detected(column).items():
        odds[meaning] = odds.get(meaning, 0.0) + weight
    return odds


def _series(column: Column) -> bool:
    """Whether texts are one word and a letter or number each: Student A, Student B."""
    parts = [text.rpartition(" ") for text in column.words]
    if len(parts) < 3 or len({start.casefold() for start, _, _ in parts}) != 1 or not parts[0][0]:
        return False
    return all((len(end) == 1 and end.isalpha()) or end.isdigit() for _, _, end in parts)


def _one_length(column: Column) -> bool:
    """Whether single words of capitals have mostly one length, up to four: codes."""
    words = [text for text in column.words if len(text) <= 4 and text.isalpha() and text.isupper()]
    if len(words) < max(4, 0.7 * len(column.words)):
        return False
    lengths = [len(word) for word in words]
    return max(map(lengths.count, set(lengths))) >= 0.9 * len(lengths)


def _detected(column: Column) -> dict[Meaning, float]:
    """Meanings that the detectors see in a fifth of the values or more."""
    texts = column.words
    if not texts:
        numbers = column.numbers[~np.isnan(column.numbers)]
        if not len(numbers) or np.abs(numbers).max() < _SHORT:
            return {}
        texts = [str(text) for text in column.distinct.slice(0, _SCANNED).to_pylist()]
    if not scan("\n".join(texts)):
        return {}
    seen: dict[Meaning, int] = {}
    for text in texts:
        for kind in {hit.kind for hit in scan(text)}:
            if kind in _DETECTED:
                meaning = _DETECTED[kind]
                seen[meaning] = seen.get(meaning, 0) + 1
    return {m: _SURE for m, n in seen.items() if n >= max(1, 0.2 * len(texts))}
