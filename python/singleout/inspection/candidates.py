"""Which of many texts may hold an identifier or a name, told by whole arrays at once."""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from singleout.identifiers.lists import Flag, lookup

Bools = npt.NDArray[np.bool_]

# What the patterns of `identifiers.direct` need to match anything, loosely; RE2, linear in time.
_LABELS: Final = (
    r"passport|account|acct|a/c|acc n|sort.?code|iban|card|nhs|h&c|hsc|chi|collar|warrant"
    r"|shoulder|badge"
    r"|service n|officer n|officer id|payroll|pay n|staff n|staff id|employee|vrm|reg|plate"
    r"|post ?code"
    r"|tel|phone|mob"
)
_BIRTHS: Final = (
    r"\bb\.|\*|birth|born|d\.?\s?o\.?\s?b|d/b|gan(?:wy|e)d|geni|breith|rugadh|\bn[ée]e?s?\b|geb|nacid|nac\.|nacim"
    r"|\bur\.|urodz|naissance|\bnat[oa]\b|nasci|出生|生于|生日|ميلاد|ولد|مواليد|پیدائش"
)
IDENTIFIER: Final = "|".join(
    (
        "@",
        r"(?i:\b[a-z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[a-d]\b)",
        r"[A-Z9]{5}\d{6}[A-Z9]",
        r"\d{2}/\d{7}[A-Za-z]\b|\b\d{1,6}/\d{2}[A-Za-z]\b",
        r"\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}|GB\d{2} ?[A-Z]{4}|\d{2}-\d{2}-\d{2}[ ,;/\t]{1,3}\d{8}",
        r"(?:\+|\b0[1-9]|\b00|\(0)[\d (][\d ()./-]{6,}\d",
        r"\d{3}[ -]\d{3}[ -]\d{4}|\b\d{10}\b",
        rf"(?i:(?:{_BIRTHS})\D{{0,40}}[\d\p{{Nd}}])|[日号\d]\s?(?:出?生)|\d\W{{1,3}}(?i:dob|born|geb)",
        rf"(?i:\b(?:{_LABELS})\D{{0,24}}\d)",
        r"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|[0-9a-fA-F]:[0-9a-fA-F]{0,4}:",
        r"\b[A-HJ-PR-Y]{2}\d{2} ?[A-HJ-PR-Z]{3}\b",
        r"\b(?:PCSO|W?P[CS]|D[CS]|SC|DCI?|(?i:sgt|sergeant|constable|insp)) ?\d{2,5} ",
    )
)
POSTCODE: Final = r"\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b"
ADDRESS: Final = (
    r"\d[A-Za-z]?,? (?:[A-Z][\w’'.-]* ){1,4}(?i:close|drive|avenue|crescent|grove|gardens|mews"
    r"|terrace|rise|croft"
    r"|garth|dene|fold|glade|heights|view|walk|meadow|orchard|paddock|villas|cottage|copse|ridge|street|road|lane"
    r"|way|place|square|row|hill|court|parade|green|wharf|quay|bank|brow|gate|yard|passage|alley|boulevard|circus"
    r"|cres|ave|dr|cl|gdns|tce|ter|gr|st|rd|ln|pl|sq|ct|blvd)\b"
    r"|(?i:straße|strasse|str\.|weg|gasse|allee|platz|ring|damm|ufer|steig) \d"
    r"|\d\D{1,8}(?i:rue|avenue|boulevard|allée|impasse|chemin|place|quai|cours|heol|ffordd|stryd"
    r"|bóthar|sráid|ascaill|rathad|sràid) "
    r"|(?i:\b(?:ul\.|al\.|os\.|pl\.|calle|c/|avda|avenida|plaza|paseo|via)) ?\D{2,60}\d"
    r"|[路街道巷弄]\d"
)
LIVES: Final = (
    r"(?i:\b(?:liv(?:es|ed|ing)|resid|home|dwell|domicil|lodg|moved to|house at|flat|staying at"
    r"|tenant|occupi"
    r"|byw|cartref|c[hó]naí|baile|fuireach|dachaigh|habit|demeur|résid|wohn|gemeldet|viv|zam|mieszka))"
    r"|يسكن|يقيم|مقيم|المنزل|住|家庭|居住|رہائش"
)
_OTHER_SCRIPTS: Final = (
    r"[\p{Han}\p{Arabic}\p{Cyrillic}\p{Devanagari}\p{Hangul}\p{Hebrew}\p{Greek}\p{Bengali}"
    r"\p{Gurmukhi}]"
)


def matches(texts: pa.Array, pattern: str) -> Bools:
    """Tell which texts a pattern of RE2 is found in."""
    found: Bools = pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False)
    return found


def may_identify(texts: pa.Array) -> Bools:
    """Tell which texts may hold a direct identifier other than an address.

    Parameters
    ----------
    texts : pyarrow.Array of string, length n
        No nulls.

    Returns
    -------
    bool array, shape (n,)

    Examples
    --------
    >>> may_identify(pa.array(["born 4 July 1980", "contract 2020", "a@b.uk"])).tolist()
    [True, False, True]
    """
    return matches(texts, IDENTIFIER)


def may_address(texts: pa.Array) -> Bools:
    """Tell which texts may hold a postal address with a house's number.

    >>> may_address(pa.array(["lives at 3 Larch Close", "Larch Close"])).tolist()
    [True, False]
    """
    return matches(texts, ADDRESS)


def may_name(texts: pa.Array) -> Bools:
    """Tell which texts may name a person: a given name, a title or a rank beside another word.

    Parameters
    ----------
    texts : pyarrow.Array of string, length n
        No nulls.

    Returns
    -------
    bool array, shape (n,)

    Examples
    --------
    >>> may_name(pa.array(["Rhys Jones left", "two lanes closed", "PC 12 Ash"])).tolist()
    [True, False, True]
    """
    found = matches(texts, _OTHER_SCRIPTS).copy()
    split = pc.utf8_split_whitespace(texts)
    words = split.flatten().dictionary_encode()
    if not len(words):
        return found
    number = words.indices.to_numpy(zero_copy_only=False)
    parents = pc.list_parent_indices(split).to_numpy(zero_copy_only=False)
    kinds = _kinds(words.dictionary)[number]
    after = np.zeros(len(kinds), np.uint8)
    together = parents[1:] == parents[:-1]
    after[:-1][together] = kinds[1:][together]
    before = np.zeros(len(kinds), np.uint8)
    before[1:][together] = kinds[:-1][together]
    named = ((kinds & _GIVEN) > 0) & (
        ((after & _NAMELIKE) > 0) | ((before & (_NAMELIKE | _COMMA)) == (_NAMELIKE | _COMMA))
    )
    led = ((kinds & _LEAD) > 0) & ((after & (_NAMELIKE | _DIGIT)) > 0)
    initial = ((kinds & _INITIAL) > 0) & (((after | before) & _NAMELIKE) > 0)
    found[parents[named | led | initial]] = True
    return found


# What a word is for `may_name`
_GIVEN, _LEAD, _INITIAL, _NAMELIKE, _COMMA, _DIGIT = (1 << bit for bit in range(6))
_NOT_A_NAME: Final = int(
    Flag.STREET
    | Flag.ORGANISATION
    | Flag.PREMISES
    | Flag.AREA
    | Flag.UNIT
    | Flag.MONTH
    | Flag.WEEKDAY
    | Flag.FUNCTION
)


def _kinds(words: pa.Array) -> npt.NDArray[np.uint8]:
    """What each distinct word is."""
    kinds = np.zeros(len(words), np.uint8)
    kinds[matches(words, r"^[#(]?[0-9]")] |= _DIGIT
    at = np.flatnonzero(matches(words, r"^[^\p{L}\p{Nd}]*\p{Lu}"))
    if not len(at):
        return kinds
    whole = words.take(pa.array(at)).to_pylist()
    bare = [_bare(word) for word in whole]
    flags = lookup(bare)
    single = np.fromiter(
        (len(word) == 1 or bool(_INITIALS.fullmatch(word)) for word in bare), np.bool_, len(bare)
    )
    possible = (flags & _NOT_A_NAME == 0) | (flags & int(Flag.NAMELY) > 0)
    ends = np.fromiter((word.endswith((",", "،")) for word in whole), np.bool_, len(whole))
    mine = np.zeros(len(at), np.uint8)
    mine[(flags & int(Flag.GIVEN)) > 0] |= _GIVEN
    mine[(flags & int(Flag.TITLE | Flag.RANK | Flag.RANK_PART)) > 0] |= _LEAD
    mine[single] |= _INITIAL
    mine[possible & ~single] |= _NAMELIKE
    mine[ends] |= _COMMA
    kinds[at] |= mine
    return kinds


def titled(texts: pa.Array) -> Bools:
    """Tell which texts have a word of a title, a rank or a number before a name in them.

    >>> titled(pa.array(["Dr Lee", "PC 12 Ash", "Lee Ash"])).tolist()
    [True, True, False]
    """
    first = pc.utf8_trim_whitespace(texts)
    heads = pc.extract_regex(first, r"(?P<w>^[\p{L}.]+) ?").field("w").dictionary_encode()
    known = [_bare(word) for word in heads.dictionary.to_pylist()]
    sure = (lookup(known) & int(Flag.TITLE | Flag.RANK | Flag.RANK_PART)) > 0
    codes = heads.indices.to_numpy(zero_copy_only=False)
    found = np.zeros(len(texts), np.bool_)
    there = ~np.isnan(codes) if codes.dtype.kind == "f" else np.ones(len(texts), np.bool_)
    found[there] = sure[codes[there].astype(np.int64)]
    return found


_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.){1,3}[^\W\d_]?")
_AROUND: Final = re.compile(r"\A[\W_]+|[\W_]+\Z")


def _bare(word: Any) -> str:
    """A word without the marks around it and without what follows an apostrophe or a hyphen."""
    text = _AROUND.sub("", str(word))
    for mark in ("'s", "’s", "/", ",", "(", ":"):
        text = text.split(mark, 1)[0]
    return text
