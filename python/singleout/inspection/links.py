"""What the address of a link says: mailboxes, and the names and values in its path and query."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from singleout.identifiers.named_people import mentions_in

_SCHEME: Final = re.compile(r"(?i)[a-z][a-z0-9+.-]{1,20}:")
_PAGE: Final = re.compile(r"(?i)\.(?:aspx?|html?|php|pdf|docx?|xlsx?|csv|jsp|ods|odt|zip)\Z")
# Fields of a query that hold a name, whatever the value looks like
_NAME_FIELD: Final = re.compile(
    r"(?i)(?:\A|[_.-])(?:sur|fore|first|last|given|family|full|user|display|staff|officer|client|patient)?_?"
    r"(?:name|nm)\Z|\A(?:n|surname|forename|nom|prenom|apellidos?|nombre|nazwisko|imie|enw|cyfenw|employee"
    r"|officer|person|patient|subject_name)\Z"
)


class LinkText(NamedTuple):
    """What a link's address says: `words`, a text to be judged; `named`, whether it names a "
    "person."""

    words: str
    named: bool


def link_text(target: str) -> LinkText:
    """Turn a link's address into a text: ``surname=Lee&dob=1/2/1970`` into ``surname: Lee`` ...

    Parameters
    ----------
    target : str
        The address, with or without its scheme.

    Returns
    -------
    LinkText

    Examples
    --------
    >>> link_text("https://x.example/hr?surname=Trevanion&dob=22/11/1972")
    LinkText(words='surname: Trevanion\\ndob: 22/11/1972', named=True)
    """
    target = target.strip()
    if "@" in target.split("?", 1)[0] and not re.match(r"(?i)https?:|ftp:|file:|\\\\", target):
        return _mail(target)
    try:
        parts = urlsplit(target if _SCHEME.match(target) else f"//{target}")
    except ValueError:
        return LinkText(unquote(target), False)
    fields = parse_qsl(parts.query, keep_blank_values=False) + parse_qsl(parts.fragment)
    named = any(_NAME_FIELD.search(key) and _is_name(value) for key, value in fields)
    named = named or any(_names(value) for _, value in fields if " " in value)
    steps = [unquote(step) for step in parts.path.split("/") if step]
    named = named or any(_names(_PAGE.sub("", step)) for step in steps)
    words = [f"{key}: {value}" for key, value in fields]
    words += [step for step in steps if "@" in step or sum(map(str.isdigit, step)) >= 6]
    if parts.username:
        words.append(f"{unquote(parts.username)}@{parts.hostname}")
    return LinkText("\n".join(words), named)


def _mail(target: str) -> LinkText:
    """A mailto: its mailboxes, copies, subject and body."""
    head, _, query = re.sub(r"(?i)\Amailto:", "", target).partition("?")
    lines = [unquote(box) for box in re.split(r"[;,]", head)]
    lines += [f"{key}: {value}" for key, value in parse_qsl(query)]
    return LinkText("\n".join(line.strip() for line in lines if line.strip()), False)


def _names(label: str) -> bool:
    """Whether a step of a path or a value names a person: ``rhys-trevanion``."""
    words = re.sub(r"[-_+.]+", " ", label).strip()
    if not 1 <= words.count(" ") <= 5:
        return False
    shown = words.title() if words.islower() or words.isupper() else words
    return bool(mentions_in([shown])[0])


def _is_name(value: str) -> bool:
    words = re.findall(r"[^\W\d_]+", value)
    return bool(words) and len(words) <= 4 and max(map(len, words)) > 1
