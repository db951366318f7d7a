"""The closed set of what a column of a table can mean, and what its heading can speak of."""

from __future__ import annotations

from enum import Enum
from typing import Literal

# Whom or what a word of a heading is about.
Subject = Literal["people", "cases", "things"]


class Meaning(Enum):
    """What the values of a column are; the value is how it is said in a sentence."""

    PERSON_NAME = "names of people"
    NAME_PART = "parts of people's names"
    PERSON_NUMBER = "numbers of people"
    BIRTH_DATE = "dates of birth"
    AGE = "ages"
    SEX = "sex or gender"
    ETHNICITY = "ethnicity, nationality or religion"
    HEALTH = "health or disability"
    JOB = "ranks, grades or jobs"
    UNIT = "units, teams or departments"
    PLACE = "places"
    STREET = "streets"
    ORGANISATION = "organisations"
    PREMISES = "premises"
    DATE = "dates"
    TIME = "times of day"
    MONEY = "sums of money"
    COUNT_PEOPLE = "counts of people"
    COUNT_THINGS = "counts of things"
    RATE = "rates or averages"
    PERCENTAGE = "percentages"
    SCORE = "scores or positions in an order"
    PERIOD = "years, quarters, months or weeks"
    CODE = "codes"
    EMAIL = "e-mail addresses"
    PHONE = "telephone numbers"
    ADDRESS = "addresses"
    NARRATIVE = "sentences"
    TEXT = "other text"
