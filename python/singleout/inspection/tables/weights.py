"""The weights of signs: how many points each gives that a column names people.

Set by hand beside the drafts of ../shared/trust and ../shared/published: few, most of them whole
quarters, and of signs, never of words.
"""

from __future__ import annotations

from typing import Final

WEIGHTS: Final[dict[str, float]] = {
    "heading": 2.5,
    "heading against": -3.0,
    "titled": 2.75,
    "given": 2.75,
    "form": 2.0,
    "both": 0.75,
    "culture": 2.0,
    "given only": 1.25,
    "surname only": 1.0,
    "login": 2.25,
    "shape": 0.75,
    "things": -2.0,
    "sentence": -3.0,
    "partner": 1.25,
    "number of a person": 1.5,
    "birth date": 1.5,
    "contact": 1.0,
    "attribute": 1.0,
    "rank or job": 0.75,
    "pay": 0.5,
    "where": 0.25,
}
# Points from which a column names people, and from which it may
NAMES: Final = 2.2
MAY_NAME: Final = 1.2
