"""Rules by which a row stands for a person: names, numbers, cards, forms, mail addresses."""

from __future__ import annotations

import re

import numpy as np

from singleout.identifiers.headings import is_heading_word
from singleout.identifiers.local_parts import is_role
from singleout.identifiers.meanings import Meaning
from singleout.inspection.tables.columns import Read, like_codes, read_column
from singleout.inspection.tables.judgement import Judgement
from singleout.inspection.tables.naming import Naming, points_of
from singleout.inspection.tables.profile import Column
from singleout.inspection.tables.view import View, names_field, quoted
from singleout.inspection.tables.weights import MAY_NAME, NAMES

# A share of numbers from which a row does not hold the names of a card
_MIXED = 0.2
# Rows with one value from which it tells nobody apart
_MANY = 20


def named(view: View) -> Judgement | None:
    """A column of names of people: two independent witnesses, of which the heading may be one."""
    least = NAMES if view.seen else MAY_NAME
    found = [read for read in view.telling if points_of_names(read, view) >= least]
    if not found:
        return _side_by_side(view) or _scattered(view)
    found = [read for read in found if not _called_after(read, view)]
    if not found:
        return None
    best = max(found, key=lambda read: (points_of_names(read, view), -read.column.index))
    why = "; ".join(best.naming.why) or "its values look like names"
    return Judgement("people", (f"column {quoted([best])} names people: {why}",))


def _called_after(read: Read, view: View) -> bool:
    """Whether things may be called after people: rows of things, under a heading that says nothing,
    with no title and nothing that only a person has."""
    shares, signs = read.naming.shares, view.signs(read)
    if not view.seen or not read.name or read.naming.heading > 0.0 or shares.titled or shares.both:
        return False
    own = any(signs.get(sign) for sign in ("number of a person", "birth date", "contact", "pay"))
    return not own and view.things_first and read is not view.labels[0]


def _side_by_side(view: View) -> Judgement | None:
    """Several columns that may each name people: the members of teams, a plan of seats."""
    found = [read for read in view.telling if read.naming.shares.given >= 0.4]
    texts = sum(read.naming.shares.texts for read in found)
    given = sum(read.naming.shares.given * read.naming.shares.texts for read in found)
    if len(found) > 1 and texts >= 5 and given >= 0.6 * texts:
        return Judgement("people", (f"columns {quoted(found)} hold names of people",))
    return None


def _scattered(view: View) -> Judgement | None:
    """People by their titles, or with the surname first, among firms or units."""
    for read in view.telling:
        shares = read.naming.shares
        sure = max(shares.titled, shares.both)
        some = sure >= 0.25 and sure * shares.texts >= 3
        if not read.column.numeric and some and read.naming.heading > -1.0:
            why = f"some of what column {quoted([read])} holds are names of people"
            return Judgement("unclear", (why,))
    return None


def points_of_names(read: Read, view: View) -> float:
    """Points of a column as one of names, with what the rest of the row says."""
    signs = view.signs(read)
    # Its heading speaks of the numbers, not of a text among them; or each row has the same, which
    # is the body that made the list; or the children of an area are areas. "Surname" is no such.
    doubtful = read.naming.heading < NAMES and read.naming.values <= 0.3
    mute = doubtful and (view.by_area or _is_constant(read.column))
    if read.column.numeric or mute:
        signs["heading"] = 0.0
    return points_of(signs)


def _is_constant(column: Column) -> bool:
    """Whether many rows have one value and no row another."""
    return len(column.distinct) == 1 and column.filled >= _MANY


def numbered(view: View) -> Judgement | None:
    """A column of people's numbers, or of numbers beside what only a person has."""
    claims = [
        r for r in view.telling if r.column.numeric and r.odds.get(Meaning.PERSON_NUMBER, 0) >= 2
    ]
    rows = view.labels[0] if view.labels else None
    # Rolls of pupils, by year or side by side, are counts
    rolls = len(claims) > 1 or (rows is not None and rows.meaning is Meaning.PERIOD)
    for read in view.telling:
        if read.column.numeric and rolls:
            continue
        heading, column = read.column.heading, read.column
        if column.filled == 0 or heading.measure not in ("none", "count"):
            continue
        different = len(column.distinct) >= 0.8 * column.filled
        coded = like_codes(column) if column.numeric else column.share("code") >= 0.6
        odds = read.odds.get(Meaning.PERSON_NUMBER, 0.0)
        said = heading.evidence.get(Meaning.PERSON_NUMBER, 0.0)
        if not heading.counting and different and odds >= 2.0 and _like_numbers(column):
            return Judgement("people", (f"column {quoted([read])} holds numbers of people",))
        # One who was complained of twice has two rows
        again = not column.numeric and said >= 2.0 and len(column.distinct) > 2
        coded = coded and (different or again) and not _running(column)
        if not column.numeric and coded and heading.subject == "people" and not heading.attribute:
            return Judgement("people", (f"column {quoted([read])} holds numbers of people",))
        if said < 0.5 or heading.counting or not coded:
            continue
        # "Collar" says whose number it is, "ID" does not
        if heading.evidence.get(Meaning.CODE, 0.0) <= 0:
            return Judgement("people", (f"column {quoted([read])} holds numbers of people",))
        if _employed(view, read):
            why = f"column {quoted([read])} numbers rows that say what only a person has"
            return Judgement("people", (why,))
    return None


def _like_numbers(column: Column) -> bool:
    """Whether numbers may be people's: a count of people differs in how many digits it has."""
    if not column.numeric:
        return any(map(str.isdigit, "".join(column.words[:20]))) and column.length <= 30
    numbers = column.numbers[~np.isnan(column.numbers)]
    if not column.whole or (numbers < 1).any():
        return False
    digits = np.floor(np.log10(numbers))
    return bool(digits.max() - digits.min() <= 1) and len(numbers) == len(column.distinct)


def _running(column: Column) -> bool:
    """Whether codes only number the rows from 1 on: they tell nobody who is who."""
    numbers = [re.sub(r"\D+", "", text) for text in column.words]
    found = sorted(int(number) for number in numbers if number and len(number) < 10)
    return 0 < len(found) == len(column.words) and found == list(range(1, len(found) + 1))


def _employed(view: View, but: Read) -> bool:
    """Whether another column holds what staff have: a rank or job, a salary."""
    for read in view.telling:
        if read is but or read.column.heading.counting:
            continue
        if read.meaning is Meaning.JOB and read.odds_of(Meaning.JOB) >= 1.5:
            return True
        if read.meaning is Meaning.MONEY and read.odds.get(Meaning.JOB, 0.0) >= 1.0:
            return True  # The heading speaks of pay
    return False


def across(view: View) -> Judgement | None:
    """People across the top: a name above each column."""
    for heads in view.heads:
        if not 2 <= len(heads.column.words) == len(heads.column.texts):
            continue
        points = heads.naming.values + max(0.0, min(heads.naming.heading, 0.6))
        if heads.naming.values >= 1.5 and points >= NAMES - 0.3:
            return Judgement("people", ("a person's name stands above each column",))
    return None


def card(view: View) -> Judgement | None:
    """People on their side: the fields in the rows, one column a person."""
    turned = view.turned
    if turned is None:
        return None
    for read in turned.reads:
        if not names_field(read.name):
            continue
        naming: Naming = read.naming
        # A rank is a value as often as a field's name
        least = 0.3 if is_heading_word(read.name) else 2.0
        said = naming.heading > 0 or read.column.heading.subject == "people"
        # Numbers beside the names: the row is one of a table, and its label no field
        said = said and float((~np.isnan(read.column.values)).mean()) < _MIXED
        if said and naming.values > least and points_of_names(read, turned) >= NAMES:
            return Judgement("people", (f"row {quoted([read])} names people",))
        odds = read.odds.get(Meaning.PERSON_NUMBER, 0.0)
        detected = odds - read.column.heading.evidence.get(Meaning.PERSON_NUMBER, 0.0)
        if detected >= 2.0 and not read.column.heading.counting:
            return Judgement("people", (f"row {quoted([read])} holds numbers of people",))
    return None


def pairs(view: View) -> Judgement | None:
    """A field's name and, to its right, its value: forms, cards and pages of report writers."""
    for label, values in view.pairs.items():
        read = read_column(Column(0, label, values))
        naming = read.naming
        if naming.values > 0.3 and naming.points >= NAMES - 0.4:
            return Judgement("people", ("a person's name stands beside the name of its field",))
        evidence = read.column.heading.evidence.get(Meaning.PERSON_NUMBER, 0.0)
        if read.odds.get(Meaning.PERSON_NUMBER, 0.0) - evidence >= 2.0:
            return Judgement("people", ("a person's number stands beside the name of its field",))
    return None


def addressed(view: View) -> Judgement | None:
    """A column of mail addresses that are people's own, not an office's."""
    for read in view.telling:
        if read.column.share("email") < 0.5:
            continue
        owners = [text.partition("@")[0] for text in read.column.words if "@" in text]
        private = [local for local in owners if not is_role(local)]
        if 2 * len(private) > len(owners) and len(private) >= 2:
            return Judgement("people", (f"column {quoted([read])} holds people's mail addresses",))
    return None
