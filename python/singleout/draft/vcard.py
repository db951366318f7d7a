"""Address cards (vCard: RFC 6350, and 2.1 and 3.0 before it) as rows, one a card."""

from __future__ import annotations

import quopri
import re

from singleout.draft.collector import Collector
from singleout.draft.grid import Grid
from singleout.draft.model import Place

# A line that begins with a blank goes on from the one before (RFC 6350, 3.2)
_FOLD = re.compile(r"\n[ \t]")
_LINE = re.compile(r'(?:[\w-]+\.)?([\w-]+)((?:;[^:"]*(?:"[^"]*"[^:"]*)*)?):(.*)')
_ESCAPED = re.compile(r"\\([\\,;nN])")
_PARTS = re.compile(r"(?<!\\);")
# 6.1 to 6.9: what a property's name means
_MEANING = {
    "FN": "full name",
    "N": "name",
    "NICKNAME": "nickname",
    "BDAY": "date of birth",
    "ANNIVERSARY": "anniversary",
    "GENDER": "gender",
    "ADR": "address",
    "LABEL": "address",
    "TEL": "telephone",
    "EMAIL": "email",
    "TITLE": "job title",
    "ROLE": "role",
    "ORG": "organisation",
    "NOTE": "note",
    "RELATED": "related person",
}


def is_vcard(text: bytes) -> bool:
    """Tell whether a text begins as an address card does.

    Examples
    --------
    >>> is_vcard(b"begin:vcard\\nFN:Ash\\n"), is_vcard(b"begin,end\\n")
    (True, False)
    """
    return text.lstrip()[:11].upper() == b"BEGIN:VCARD"


def cards(text: str) -> list[dict[str, str]]:
    """Return each card's properties by their meaning, those of the same name one after another.

    Examples
    --------
    >>> cards("BEGIN:VCARD\\nN:Ash;Jo\\nTEL;TYPE=home:1\\nTEL:2\\nEND:VCARD")
    [{'name': 'Ash Jo', 'telephone': '1', 'telephone 2': '2'}]
    """
    found: list[dict[str, str]] = []
    for line in _FOLD.sub("", text).split("\n"):
        match = _LINE.match(line)
        if match is None:
            continue
        name, parameters, value = match[1].upper(), match[2].upper(), match[3]
        if name == "BEGIN":
            found.append({})
        elif name in ("END", "VERSION", "PRODID", "REV") or not found:
            continue
        else:
            if "QUOTED-PRINTABLE" in parameters:
                value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
            parts = [_ESCAPED.sub(_plain, part).strip() for part in _PARTS.split(value)]
            _add(found[-1], _MEANING.get(name, name.lower()), " ".join(filter(None, parts)))
    return [card for card in found if card]


def _plain(escaped: re.Match[str]) -> str:
    return "\n" if escaped[1] in "nN" else escaped[1]


def _add(card: dict[str, str], name: str, value: str) -> None:
    key, number = name, 1
    while key in card:
        number += 1
        key = f"{name} {number}"
    card[key] = value


def read(text: bytes, collector: Collector) -> None:
    """Report the cards of a file as a table.

    Parameters
    ----------
    text : bytes
        The file in UTF-8, ``\\n`` as line end.
    collector : Collector
        Where to report.
    """
    found = cards(text.decode("utf-8", "replace"))
    if not found:
        collector.unread(None, "its address cards are empty or damaged")
        return
    names = list(dict.fromkeys(name for card in found for name in card))
    rows: list[list[str | None]] = [list(names)]
    rows += [[card.get(name) for name in names] for card in found]
    collector.budget.charge_cells(sum(map(len, found)))
    collector.grid(Grid.from_rows(rows), Place())
