"""Names of people inside running text: titled names, ranks, given names, initials, particles.

One pass over the tokens of a text; each is looked at a bounded number of times, so that time grows
with the text's length and no faster.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from singleout.identifiers.evidence import Against, Witness
from singleout.identifiers.leads import PLURAL, holds, lead_at
from singleout.identifiers.lists import Flag
from singleout.identifiers.prose import (
    BUILT,
    SURE,
    THING,
    WRITTEN,
    Case,
    Prose,
    Run,
    case_of,
    roles,
)
from singleout.identifiers.script_mentions import script_mentions
from singleout.identifiers.tokens import TOKEN, Form, forms, listed

__all__ = ["Mention", "Span", "mentions_of", "people_in", "people_in_each", "prose_of"]


@dataclass(frozen=True, slots=True)
class Span:
    """A name of a person in a text.

    Attributes
    ----------
    start, end : int
        Where it stands: ``text[start:end]``, its title or rank with it.
    witness : Witness
        What speaks for it.
    against : Against
        What speaks against it.
    """

    start: int
    end: int
    witness: Witness
    against: Against


def people_in(text: str) -> list[Span]:
    """Return the names of people in a text, in the order in which they stand.

    Parameters
    ----------
    text : str
        Sentences, or a label.

    Returns
    -------
    list of Span

    Examples
    --------
    >>> text = "Sgt Rhys Trevanion of Victoria Road Station was told by Orla McGarrity."
    >>> [text[span.start : span.end] for span in people_in(text)]
    ['Sgt Rhys Trevanion', 'Orla McGarrity']
    """
    return people_in_each([text])[0]


def people_in_each(texts: Sequence[str]) -> list[list[Span]]:
    """Return the names of people in each text; many texts are quicker together than one by one."""
    spots = [[match.span() for match in TOKEN.finditer(text)] for text in texts]
    numbers: dict[str, int] = {}
    words = [
        [numbers.setdefault(text[a:b], len(numbers)) for a, b in places]
        for text, places in zip(texts, spots, strict=True)
    ]
    known = _Known(list(numbers))
    result = []
    for text, places, mine in zip(texts, spots, words, strict=True):
        spans: list[Span] = []
        if any(known.speaks[n] for n in mine):
            spans = [
                Span(places[m.start][0], places[m.end - 1][1], m.witness, m.against)
                for m in mentions_of(known.prose(mine))
            ]
        if any(known.script[n] for n in mine):
            found = script_mentions(text, places, [known.form[n] for n in mine])
            spans = sorted([*spans, *(Span(*one) for one in found)], key=_place)
        result.append(spans)
    return result


def prose_of(words: list[str]) -> Prose:
    """Return the tokens of one text with what is known of each."""
    return _Known(words).prose(range(len(words)))


class _Known:
    """What is known of distinct words."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        form, flags = forms(words), listed(words)
        self._arrays = form, flags
        self.form: list[int] = form.tolist()
        self.flags: list[int] = flags.tolist()
        # Without one of these a text names nobody.
        speaks = ((flags & _SPEAKS) != 0) | ((form & int(Form.INITIAL | Form.PREFIXED)) != 0)
        self.speaks: list[bool] = speaks.tolist()
        self.script: list[bool] = ((form & int(Form.CASELESS)) != 0).tolist()
        self._roles: dict[Case, list[int]] = {}

    def prose(self, numbers: Sequence[int]) -> Prose:
        form = [self.form[n] for n in numbers]
        case = case_of(form)
        if case not in self._roles:
            self._roles[case] = roles(self.words, *self._arrays, case)
        role = self._roles[case]
        words, flags = [self.words[n] for n in numbers], [self.flags[n] for n in numbers]
        return Prose(words, form, flags, [role[n] for n in numbers], case)


def _place(span: Span) -> tuple[int, int]:
    return span.start, span.end


_SPEAKS: Final = int(Flag.TITLE | Flag.RANK | Flag.JOB | Flag.GIVEN | Flag.PARTICLE)
_NOTHING: Final = Against(0)


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens from `start` up to `end`; without a witness it is no person and is passed over."""

    start: int
    end: int
    witness: Witness
    against: Against = _NOTHING
    plural: bool = False  # Messrs, Sergeants: more names follow


def mentions_of(prose: Prose) -> Iterator[Mention]:
    """Yield the mentions of people among a text's tokens."""
    end = 0
    for i in prose.starts():
        if i < end:
            continue
        found = _titled(prose, i) or _named(prose, i)
        while found is not None:
            end = found.end
            if found.witness:
                yield found
            found = _chained(prose, found.end, found.witness) if found.plural else None


# ---------------------------------------------------------------- with a title, rank or job


def _titled(prose: Prose, i: int) -> Mention | None:
    """A title, rank or job that starts here, and the name after it."""
    lead = lead_at(prose, i)
    if lead is None:
        return None
    j = lead.end
    if prose.is_form(j, int(Form.AMPERSAND)) and prose.has(j + 1, int(Flag.TITLE)):
        j += 2  # Mr & Mrs
    run = prose.run(j)
    named = run.words and holds(prose, run, lead) and not prose.thing_follows(run.end)
    if named and not prose.listed_place(i, run.end):
        witness = Witness.RANK if lead.rank or not lead.strong else Witness.TITLE
        if run.initials:
            witness |= Witness.INITIALS
        if len(run.words) > 1 and any(prose.given(k) for k in run.words):
            witness |= Witness.GIVEN
        return Mention(i, _with_comma(prose, run), witness, plural=lead.plural)
    telephone = prose.is_form(lead.end, int(Form.DIGITS))
    if (
        lead.number
        and lead.rank
        and not run.words
        and _collar(prose, i, lead.end)
        and not telephone
    ):
        return Mention(i, lead.end, Witness.RANK_NUMBER)
    return None


def _chained(prose: Prose, i: int, witness: Witness) -> Mention | None:
    """The next of "Sergeants Trevanion, Haldane and Novak"."""
    link = prose.comma(i) or prose.is_form(i, int(Form.AMPERSAND))
    if not link and not (prose.has(i, int(Flag.FUNCTION)) and len(prose.words[i]) <= 4):
        return None
    run = prose.run(i + 1)
    if run.words and holds(prose, run, PLURAL) and not prose.thing_follows(run.end):
        return Mention(i + 1, run.end, witness, plural=True)
    return None


def _collar(prose: Prose, i: int, end: int) -> bool:
    """Tell whether a rank's short form is followed by a number of two to six digits."""
    digits = sum(map(str.isdigit, prose.words[end - 1]))
    lower = prose.is_form(i, int(Form.LOWER)) and not prose.small
    return len(prose.words[i]) <= 4 and not lower and 2 <= digits <= 6


def _with_comma(prose: Prose, run: Run) -> int:
    """Return where "Sgt Trevanion, Rhys" ends."""
    surname = len(run.words) == 1 and not prose.given(run.words[0])
    if surname and prose.comma(run.end) and prose.pure_given(run.end + 1):
        return run.end + 2
    return run.end


# ---------------------------------------------------------------- without


def _named(prose: Prose, i: int) -> Mention | None:
    """A name without a title that starts here."""
    if not (prose.nameish(i) or prose.initial(i)):
        return None
    run = prose.run(i)
    if not run.words:
        return None
    if prose.thing_follows(run.end) or prose.thing_before(i):
        return Mention(i, run.end, Witness(0))
    witness = _evidence(prose, i, run)
    if witness and prose.listed_place(i, run.end):
        witness = Witness(0)
    if not witness:
        end = _comma_form(prose, run)
        if end:
            return Mention(i, end, Witness.COMMA | Witness.GIVEN)
    return Mention(i, run.end, witness)


def _evidence(prose: Prose, i: int, run: Run) -> Witness:
    first, last = run.words[0], run.words[-1]
    # The run itself ends with the word for a thing, or starts with one or with "North".
    if prose.has(last, BUILT) and not prose.has(last, int(Flag.NAMELY)):
        return Witness(0)
    if prose.has(first, int(Flag.DIRECTION)) and not prose.pure_given(first):
        return Witness(0)
    if len(run.words) > 1 and prose.has(first, THING) and not prose.given(first):
        return Witness(0)
    witness = Witness(0)
    solid = [k for k in run.words if prose.solid(k)]
    given = [k for k in run.words if prose.given(k)]
    if len(run.words) > 1 and given:
        fair = sum(prose.solid(k) or prose.sure(k) for k in run.words)
        pure = any(prose.pure_given(k) for k in given) and fair > 1
        if pure or (solid and any(prose.has(k, int(Flag.GIVEN_SURE)) for k in given)):
            witness |= Witness.GIVEN
    if run.joined and solid and len(run.words) > 1:
        witness |= Witness.PARTICLE
    if run.joined and prose.has(first, int(Flag.GIVEN_SURE)) and not prose.one_case:
        witness |= Witness.PARTICLE | Witness.GIVEN
    frequent = run.initials > 1 and prose.has(last, SURE)
    if run.initials and (solid or frequent) and _initials_hold(prose, i, run.end):
        witness |= Witness.INITIALS
    return witness


def _initials_hold(prose: Prose, i: int, end: int) -> bool:
    """Tell initials from letters of a series: one with a stop before a name, or two of them."""
    letters = [k for k in range(i, end) if prose.initial(k)]
    dotted = any(prose.dot(k + 1) for k in letters)
    if len(letters) > 1 or (dotted and letters[0] == i):
        return True
    if letters[0] == i:  # "K Novak", but not "A Novak" nor "Annex B Novak"
        before = prose.is_form(i - 1, WRITTEN)
        if prose.is_form(end - 1, int(Form.PREFIXED)):
            return not before
        return prose.words[i].upper() not in ("A", "I", "O", "Y", "E") and not before
    listed = prose.has(i, int(Flag.GIVEN | Flag.SURNAME))
    return listed and prose.words[letters[0]].upper() > "H"


def _comma_form(prose: Prose, run: Run) -> int:
    """Return where "Surname, Forename" ends, 0 where it is none."""
    if len(run.words) > 2 or run.initials or not prose.comma(run.end):
        return 0
    if not all(prose.solid(k) and not prose.given(k) for k in run.words):
        return 0
    given = run.end + 1
    if not prose.pure_given(given) or prose.has(given, int(Flag.SURNAME_SURE)):
        return 0
    more = prose.run(given)
    return more.end if len(more.words) == 1 else 0
