"""Paths of files that a workbook takes values from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from singleout.draft.codes import Severity
from singleout.draft.model import names_person

# A folder that is called after its user, on Windows, Unix and a server of profiles
_USER = re.compile(r"(?i)[\\/](?:users|home|documents and settings|profiles?|personal)[\\/]+[^\\/]")
# Kinds of relationships of a workbook to another one
_LINKS = """
externalLinkPath externalLinkLongPath xlExternalLinkPath xlPathMissing xlStartup xlLibrary
xlAlternateStartup alternateStartup
"""
LINKED_FILES = frozenset(_LINKS.split())


def severity_of_linked(paths: Iterable[str]) -> Severity | None:
    """Return the severity of paths of linked files: a note where no folder names a person.

    That the workbook is linked is told, and so are the cells kept of the other one: which folder
    of which server it is in is part of the link.

    Parameters
    ----------
    paths : iterable of str
        The paths.

    Examples
    --------
    >>> severity_of_linked(["file://server/statistics/returns.xlsx"])
    'note'
    >>> severity_of_linked(["file:///C:/Users/jash/returns.xlsx"])
    """
    for path in paths:
        text = unquote(path)
        if _USER.search(text) or any(map(names_person, re.split(r"[\\/.]+", text))):
            return None
    return "note"
