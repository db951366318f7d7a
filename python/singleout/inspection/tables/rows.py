"""What a row of a table stands for: a short table of rules, the first that fits decides.

A column that names or numbers private people makes its rows people, whatever stands beside it.
Rows of a person without a name are cases. A number by labels is a group. What is about an
organisation, a place, money, a vehicle and the like is a thing. What is none of these surely is
unclear, and goes to a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from singleout.identifiers.forms import form_of
from singleout.identifiers.headings import is_heading_word
from singleout.identifiers.meanings import Meaning
from singleout.inspection.tables.columns import Read
from singleout.inspection.tables.homes import homes
from singleout.inspection.tables.imprint import imprint
from singleout.inspection.tables.judgement import Judgement
from singleout.inspection.tables.lists_in_cells import listed
from singleout.inspection.tables.people import (
    across,
    addressed,
    card,
    named,
    numbered,
    pairs,
    points_of_names,
)
from singleout.inspection.tables.statistics import in_series, is_keyed, labels_codes
from singleout.inspection.tables.view import MOST_FIELDS, View, quoted
from singleout.inspection.tables.weights import MAY_NAME, NAMES

_WHERE = (Meaning.UNIT, Meaning.PLACE, Meaning.PREMISES, Meaning.STREET)
_PERSONAL = (
    Meaning.AGE,
    Meaning.SEX,
    Meaning.ETHNICITY,
    Meaning.HEALTH,
    Meaning.BIRTH_DATE,
)
# Fields that a case on its side has at least
_FEWEST = 3
_THING = (Meaning.ORGANISATION, Meaning.PREMISES)
# Signs that stand in no name: tags, formulas, paths
_NO_NAME = re.compile(r"[<>=_\\/{}\[\]%#|@+*^~]|^\W+$").search


# Of posts that are to be filled: a closing date, a vacancy, an advertisement
_OFFERED = (
    "vacanc",
    "closing",
    "advert",
    "recruitment",
    "apply by",
    "swydd wag",
    "poste vacant",
    "stelle",
)
Rule = Callable[[View], Judgement | None]


def judge(view: View) -> Judgement:
    """Return what a table's rows stand for.

    Examples
    --------
    >>> import pyarrow as pa
    >>> judge(View(("Rank", "Officers"), (pa.array(["Sergeant", "Inspector"]),
    ...                                   pa.array(["120", "45"])))).kind
    'counts'
    """
    for rule in RULES:
        found = rule(view)
        if found is not None:
            return found
    return Judgement("things", ("no column tells of people",))


def glossary(view: View) -> Judgement | None:
    """A list of fields with what each means is about fields and no person's values."""
    first = next((read for read in view.reads if not read.column.numeric), None)
    if first is None or view.counting or view.n_rows < 2 or len(view.reads) < 2:
        return None
    if any(read.column.numeric for read in view.reads):
        return None
    if first.column.heading.subject == "people":
        return None  # "Student A", "Student B": words for people under one
    texts = first.column.words[:MOST_FIELDS]
    named = sum(is_heading_word(text) and not form_of(text) for text in texts)
    if named >= max(2, 0.6 * len(texts)):
        why = f"{quoted([first])} lists names of fields, and no row holds a person's values"
        return Judgement("things", (why,))
    return None


def cases(view: View) -> Judgement | None:
    """A row for each event or record of one person who is not named."""
    series = any(read.column.numeric for read in view.reads) and in_series(view.reads)
    if view.counting or series or is_keyed(view.reads):
        return None
    things = view.things_first
    about = [
        read
        for read in view.having(*_PERSONAL)
        # Each value once is a list of codes, not what many rows say of themselves
        if read.meaning in (Meaning.AGE, Meaning.BIRTH_DATE)
        or len(read.column.distinct) < read.column.filled
        or len(view.reads) > 2
    ]
    # Whatever names the row, a sex or a birth date is somebody's
    of_people = [
        read
        for read in about
        if read.column.heading.subject == "people"
        or not things
        or (view.seen and read.meaning in (Meaning.SEX, Meaning.BIRTH_DATE))
    ]
    if of_people:
        return Judgement("cases", (f"{quoted(of_people)} say of each row whom it is about",))
    events = [
        read
        for read in view.labels
        if not read.column.heading.counting
        and (read.column.words or read.column.numeric)  # Not a column of "n/a"
        and (
            read.column.heading.subject == "cases"
            # A topic may be called "Subject" as well as a person
            or (
                read.column.heading.subject == "people"
                and not read.column.heading.attribute
                and (read.naming.shares.things < 0.5 or read.odds.get(Meaning.CODE, 0.0) >= 1.5)
            )
        )
        and read.column.share("yes-no", "code") < 0.6
    ]
    beside = view.having(Meaning.DATE, Meaning.JOB, *_WHERE)
    others = [read for read in beside if read not in events or len(events) > 1]
    whom = [read for read in events if read.column.heading.subject == "people"]
    what = [read for read in events if read.column.heading.subject == "cases"]
    jobs = [read for read in view.having(Meaning.JOB, least=2.0) if not read.column.heading.plural]
    days = [
        read
        for read in view.having(Meaning.DATE)
        if read.column.share("date") >= 0.6
        and not read.column.heading.counting
        and len(read.column.distinct) >= 0.8 * read.column.filled
    ]
    if jobs and days and not things and not _offered(view):
        why = f"{quoted([*jobs, *days])} tell of one holder of a post in each row"
        return Judgement("cases", (why,))
    if (others or (whom and what)) and events and not things:
        return Judgement("cases", (f"{quoted(events)} tell of one case in each row",))
    return None


def _offered(view: View) -> bool:
    """Whether posts are advertised, and nobody holds them yet."""
    said = " ".join((*view.titles, *view.names)).lower()
    return any(word in said for word in _OFFERED)


def cases_aside(view: View) -> Judgement | None:
    """Cases on their side: the fields in the rows, one column a case, with values that fit."""
    turned = view.turned
    if turned is None or len(turned.reads) < _FEWEST or view.counting or turned.things_first:
        return None
    fitting = []
    for read in turned.reads:
        for meaning in _PERSONAL:
            said = read.column.heading.evidence.get(meaning, 0.0)
            fits = read.odds.get(meaning, 0.0) - said >= 1.5
            if fits or (meaning is Meaning.AGE and said >= 2.0 and read.column.numeric):
                fitting.append(read)
                break
    dated = any(read.column.share("date") >= 0.6 for read in turned.reads)
    if fitting and (dated or len(fitting) > 1):
        return Judgement("cases", (f"rows {quoted(fitting)} say of each column whom it is about",))
    return None


def may_name(view: View) -> Judgement | None:
    """A column that may name people: one witness, no second."""
    if view.by_area and all(read.naming.heading < NAMES for read in view.reads):
        return None
    found = [
        read
        for read in view.telling
        if points_of_names(read, view) >= MAY_NAME
        and read.naming.values > 0.3
        and not labels_codes(read, view.reads)
    ]
    if found:
        why = f"column {quoted(found)} may name people: one sign speaks for it and no other"
        return Judgement("unclear", (why,))
    unknown = [read for read in view.labels if _unknown(read)]
    if unknown and not view.counting and not view.things_first:
        why = f"neither the heading of column {quoted(unknown)} nor its values are understood"
        return Judgement("unclear", (why,))
    said = [
        read
        for read in view.telling
        if read.naming.heading >= 1.1
        and not read.column.numeric
        and read.odds.get(Meaning.CODE, 0.0) < 1.5
        and read.naming.shares.things + read.naming.shares.sentence < 0.6
    ]
    if said:
        return Judgement("unclear", (f"the heading of column {quoted(said)} speaks of people",))
    return None


def _unknown(read: Read) -> bool:
    """Whether nothing is known of a column: its heading says nothing, its values are in no list."""
    column, heading = read.column, read.column.heading
    if heading.evidence or heading.subject is not None or not column.words or column.numeric:
        return False
    if 2 * sum(_NO_NAME(word) is not None for word in column.words) > len(column.words):
        return False
    different = len(column.distinct) >= max(3, 0.8 * column.filled)
    return different and read.naming.shares.unknown >= 0.6 and not read.odds


def groups(view: View) -> Judgement | None:
    """A number by labels."""
    if not any(one.kind != "label" for one in view.numbers):
        return None
    counting = [view.reads[one.index] for one in view.counting]
    if counting:
        return Judgement("counts", (f"{quoted(counting)} count, by what stands beside",))
    return Judgement("counts", ("numbers by what stands beside them",))


def posts(view: View) -> Judgement | None:
    """Ranks or jobs with where they are: a row may be the one person who holds the post."""
    if any(one.kind in ("count", "amount", "share") for one in view.numbers):
        return None
    if _offered(view):
        return None
    jobs = view.having(Meaning.JOB)
    where = [read for read in view.having(*_WHERE) if read not in jobs]
    if jobs and where:
        why = f"{quoted([*jobs, *where])} may tell of one person in each row"
        return Judgement("unclear", (why,))
    return None


RULES: tuple[Rule, ...] = (
    imprint,
    named,
    numbered,
    listed,
    across,
    card,
    pairs,
    addressed,
    cases_aside,
    glossary,
    homes,
    cases,
    may_name,
    groups,
    posts,
)
