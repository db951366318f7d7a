"""What part each token plays in a short text: title, rank, name, initial, kind of thing, word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from singleout.identifiers.lists import Flag
from singleout.identifiers.runs import (
    after,
    at,
    before_dot,
    first,
    last,
    of_word,
    run_from_end,
    run_from_start,
)
from singleout.identifiers.tokens import Form, Tokens

__all__ = ["KIND", "Roles", "roles_of"]

Truth = NDArray[np.bool_]
Counts = NDArray[np.int64]

_GIVEN: Final = int(Flag.GIVEN)
_NAME: Final = int(Flag.GIVEN | Flag.SURNAME)
_SURE: Final = int(Flag.GIVEN_SURE | Flag.SURNAME_SURE)
# Words that say what kind of thing a name is of.
KIND: Final = int(
    Flag.STREET
    | Flag.ORGANISATION
    | Flag.PREMISES
    | Flag.AREA
    | Flag.UNIT
    | Flag.SUBJECT
    | Flag.MONTH
    | Flag.WEEKDAY
    | Flag.JOB
    | Flag.FUNCTION
    | Flag.DEMONYM
    | Flag.VERB
)
_WORDS: Final = int(Flag.WORD) | KIND
_LEAD: Final = int(Flag.TITLE | Flag.RANK | Flag.RANK_PART)
_LETTERS: Final = int(
    Form.CAPITAL | Form.UPPER | Form.LOWER | Form.CASELESS | Form.PREFIXED | Form.POSSESSIVE
)


@dataclass(frozen=True, slots=True, eq=False)
class Roles:
    """One element a text; "core" is what is left without titles, ranks and letters after the name.

    Attributes ending in words or initials are numbers of tokens, the others tell whether.
    """

    words: Counts
    core_words: Counts
    initials: Counts
    commas: Counts
    double: Counts  # core words that are a name in a list and an ordinary word or kind
    namelike: Truth  # the core holds nothing but words like names, initials and particles
    solid: Truth  # a core word that is no ordinary word, place or kind
    solid_or_sure: Truth  # or one that is a sure name
    late_initial: Truth  # an initial with a full stop, two of them, or one after H
    comma_form: Truth
    given_beside: Truth
    particle_form: Truth
    titled: Truth
    title_is_word: Truth
    ranked: Truth
    rank_number: Truth
    first_given: Truth
    first_surname: Truth
    street: Truth
    place: Truth
    area: Truth
    organisation: Truth
    premises: Truth
    only_words: Truth
    product: Truth
    sentence: Truth
    month: Truth
    job: Truth
    named_after: Truth
    soft_kind: Truth  # given name and a word that is a surname as well as a kind: David Lane


def roles_of(tokens: Tokens, count: int) -> Roles:
    """Return the parts that the tokens of each text play.

    Parameters
    ----------
    tokens : Tokens
    count : int
        Texts.
    """
    form, flags, text = tokens.form, tokens.flags, tokens.text
    initial_only = (form & int(Form.INITIAL)) != 0

    def has(flag: int) -> Truth:
        return np.asarray((flags & flag) != 0)

    def is_form(one: int) -> Truth:
        return np.asarray((form & one) != 0)

    def number(where: Truth) -> Counts:
        return np.bincount(text[where], minlength=count).astype(np.int64)

    def some(where: Truth) -> Truth:
        return number(where) > 0

    def spread(per_text: Truth) -> Truth:
        return per_text[text]

    word = is_form(_LETTERS) & ~initial_only
    words = number(word)
    cased = is_form(int(Form.CAPITAL | Form.UPPER))
    all_lower = ~some(
        cased | (initial_only & of_word([w.isupper() for w in tokens.unique], tokens))
    ) & some(is_form(int(Form.LOWER)))
    written = cased | is_form(int(Form.CASELESS)) | (is_form(int(Form.LOWER)) & spread(all_lower))

    namely = has(int(Flag.NAMELY))
    ordinary = has(_WORDS) & ~namely
    named = has(_NAME)
    only_word = ordinary & ~named
    sure = has(_SURE) | namely
    particle = has(int(Flag.PARTICLE)) & ~(named & cased & ~ordinary)

    # Titles and ranks at the front, letters and ranks at the end.
    punctuation = is_form(int(Form.DOT | Form.JOINT | Form.COMMA))
    number_token = is_form(int(Form.DIGITS | Form.MIXED))
    leads = has(_LEAD) & (written | is_form(int(Form.LOWER)))
    soft = punctuation | (number_token & after(leads, tokens))
    lead = run_from_start(leads | soft, tokens, count)
    trails = has(int(Flag.POSTNOMINAL | Flag.RANK | Flag.RANK_PART)) & written
    trail = run_from_end(trails | punctuation | number_token, tokens, count)
    trail &= spread(some(trail & trails & ~lead))
    # A title that is a given name too is the name if nothing else is ("Dean Marshall").
    eaten = (number(word & ~lead & ~trail) == 0) & (words >= 2)
    keep = spread(eaten) & has(_GIVEN | int(Flag.SURNAME)) & sure & ~has(int(Flag.RANK_PART))
    held = spread(number(keep & word) >= 2)
    lead &= ~held
    trail &= ~held
    outside = lead | trail
    core = ~outside

    core_word = word & core & ~particle
    core_words = number(core_word)
    initials = number(core & initial_only & ~particle)
    unknown = word & (flags == 0)
    town = has(int(Flag.PLACE)) & (~sure | has(int(Flag.PLACE_SURE)))
    pure = named & ~ordinary & ~town
    nameish = written & word & (unknown | named | namely | (has(int(Flag.PLACE)) & ~ordinary))
    # HMS, NHS, BMW: a few capitals beside words that are written otherwise.
    short = of_word([len(w) <= 4 for w in tokens.unique], tokens)
    acronym = is_form(int(Form.UPPER)) & unknown & short & spread(some(is_form(int(Form.CAPITAL))))
    nameish &= ~acronym
    solid_token = nameish & (unknown | pure | namely)
    double = core_word & named & ordinary
    broken = core & ~(
        (core_word & nameish)
        | (particle & word)
        | initial_only
        | punctuation
        | is_form(int(Form.UNDERSCORE))
    )
    brackets = number(core & is_form(int(Form.PUNCTUATION | Form.AMPERSAND)))
    namelike = ~some(broken) & (brackets == 0) & (core_words >= 1) & (core_words <= 5)

    solid = some(core_word & solid_token)
    solid_or_sure = solid | some(core_word & named & sure & ~has(int(Flag.WORD_FREQUENT)))
    dotted = some(core & initial_only & before_dot(tokens))
    late = some(core & initial_only & of_word([w.upper() > "H" for w in tokens.unique], tokens))
    late_initial = dotted | late | (initials >= 2)

    # Surname, forename.
    comma = core & is_form(int(Form.COMMA))
    commas = number(comma)
    after_comma = after(comma, tokens)
    left = number(core_word & ~after_comma)
    right = number((core_word | (core & initial_only)) & after_comma)
    right_place = number(core_word & after_comma & has(int(Flag.PLACE)) & ~has(_GIVEN))
    right_good = some(core & after_comma & (initial_only | (core_word & (has(_GIVEN) | unknown))))
    comma_form = (
        (left >= 1) & (left <= 3) & (right >= 1) & (right <= 3) & (right_place == 0) & right_good
    )
    comma_form &= some(core_word & solid_token)

    # A given name beside another word like a name: either of the two must be nothing else.
    given_pure = core_word & nameish & has(_GIVEN) & (~ordinary | namely) & ~town
    given_any = core_word & nameish & has(_GIVEN)
    pures, anys = number(given_pure), number(given_any)
    solids = number(core_word & solid_token)
    fair = number(core_word & nameish & (solid_token | sure | has(int(Flag.PLACE))))
    given_beside = ((pures >= 1) & (fair >= 2)) | ((anys >= 1) & (solids >= 1) & (core_words >= 2))

    prefixed = core_word & is_form(int(Form.PREFIXED))
    joins = particle & core & word & ~has(int(Flag.VERB))
    strict = some(joins & ~has(int(Flag.FUNCTION | Flag.AREA | Flag.STREET | Flag.WORD)))
    loose = some(joins) & (core_words >= 2)
    # Jan van der Berg: a given name and a particle in small letters.
    joined = some(joins & is_form(int(Form.LOWER))) & ~all_lower
    opening = at(core_word & named & has(_GIVEN), first(core_word, tokens, count))
    given_beside |= (core_words >= 2) & opening & (strict | joined)
    particle_form = some(prefixed) | ((strict | loose) & (solid | given_beside))

    titled_token = lead & has(int(Flag.TITLE)) & word
    titled_token |= lead & initial_only & has(int(Flag.TITLE)) & before_dot(tokens)
    titled_token &= ~(
        has(int(Flag.RANK | Flag.RANK_PART)) & spread(some(lead & has(int(Flag.RANK))))
    )
    titled = some(titled_token)
    title_is_word = titled & ~some(titled_token & ~has(int(Flag.WORD | Flag.FUNCTION)))
    rank_token = outside & has(int(Flag.RANK)) & word
    ranked = some(rank_token)
    digits = number(number_token & outside)
    collar = of_word([2 <= sum(map(str.isdigit, w)) <= 6 for w in tokens.unique], tokens)
    rank_number = (
        ranked & (core_words == 0) & (initials == 0) & (digits == 1) & some(outside & collar)
    )

    whole = core_word | (particle & core & word)
    final = last(whole, tokens, count)
    end, start = at(flags, final), at(flags, first(whole, tokens, count))
    first_given = (start & _GIVEN) != 0
    first_surname = ((start & int(Flag.SURNAME)) != 0) & ((start & (_WORDS | int(Flag.PLACE))) == 0)

    def kind_at(flag: Flag) -> Truth:
        ends = ((end & int(flag)) != 0) & ((end & int(Flag.NAMELY)) == 0)
        begins = ((start & int(flag)) != 0) & ((start & (_NAME | int(Flag.NAMELY))) == 0)
        return np.asarray((ends | begins) & (words >= 2))

    strict_kind = has(int(Flag.ORGANISATION | Flag.UNIT)) & ~named & word
    ampersand = some(is_form(int(Form.AMPERSAND)))
    street = kind_at(Flag.STREET)
    organisation = some(strict_kind & ~lead) & (words >= 1) | ampersand | kind_at(Flag.ORGANISATION)
    soft_kind = (core_words == 2) & some(given_pure) & ((end & _SURE) != 0)
    premises = kind_at(Flag.PREMISES) | some(core & word & has(int(Flag.PREMISES)) & ~named)
    area = kind_at(Flag.AREA) & ~(given_beside & particle_form)
    only_place = has(int(Flag.PLACE)) & ~pure
    place = (words >= 1) & (number(core_word & only_place) == core_words) & (core_words >= 1)
    place |= (core_words == 1) & some(core_word & has(int(Flag.PLACE)))
    wordy = word & core & (ordinary | has(int(Flag.PARTICLE)))
    only_words = (number(wordy) == number(word & core)) & (core_words >= 1) & some(wordy)
    only_words &= ~(given_beside | particle_form | ((initials >= 1) & late_initial))
    place &= initials == 0
    named_after = (core_words >= 2) & some(core_word & nameish) & at(only_word, final)
    mixed = some(is_form(int(Form.MIXED)) & core) | some(is_form(int(Form.DIGITS)) & core)
    functions = number(
        word & core & has(int(Flag.FUNCTION | Flag.VERB)) & is_form(int(Form.LOWER)) & ~particle
    )
    sentence = (
        (words > 8)
        | ((words >= 4) & (functions >= 2))
        | (
            (words >= 3)
            & some(core & word & has(int(Flag.VERB)) & is_form(int(Form.LOWER)))
            & ~all_lower
        )
    )
    month_token = word & has(int(Flag.MONTH | Flag.WEEKDAY))
    month = some(month_token) & (number(core_word & ~ordinary & ~month_token) == 0)
    month &= ~given_beside
    job = (core_words == 0) & some(outside & word) & ~rank_number
    job |= some(core & word & has(int(Flag.JOB)) & ~named) & ~namelike
    job &= words >= 1
    return Roles(
        words, core_words, initials, commas, number(double), namelike, solid, solid_or_sure,
        late_initial, comma_form, given_beside, particle_form, titled, title_is_word, ranked,
        rank_number, first_given, first_surname, street, place, area, organisation, premises,
        only_words, mixed, sentence, month, job, named_after, soft_kind,
    )  # fmt: skip
