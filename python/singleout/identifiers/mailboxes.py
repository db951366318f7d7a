"""Whose a mail address is: an office's, an official's at the body's own domain, or a person's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

from singleout.identifiers.local_parts import PARTS, is_role, learn, names_somebody
from singleout.identifiers.mailbox_words import (
    NOBODYS_OWN,
    PROVIDERS,
    PUBLIC_DOMAINS,
    PUBLIC_TOPS,
    SECOND_LEVEL,
)

# Domains that can be a body's own at once, with those of its ombudsman and its web pages
_FEW: Final = 3
Owner = Literal["office", "staff", "private"]

_ADDRESS: Final = re.compile(
    r"(?<![\w.!#$%&'*+/=?^`{|}~-])([\w.!#$%&'*+/=?^`{|}~-]{1,64})@((?:[A-Za-z0-9-]{1,63}\.){1,8}\w{2,24})"
)
_LINK: Final = re.compile(
    r"(?i)\b(?:https?://(?:www\.)?|www\.)([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})"
)


@lru_cache(1024)
def registered(domain: str) -> str:
    """Return the part of a domain that its owner registered.

    Examples
    --------
    >>> registered("www.police.example.uk"), registered("mail.cumbria.gov.uk")
    ('example.uk', 'cumbria.gov.uk')
    """
    labels = domain.lower().strip(".").split(".")
    deep = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL
    return ".".join(labels[-3 if deep else -2 :])


@lru_cache(1024)
def is_public(domain: str) -> bool:
    """Tell whether a registry keeps a domain's suffix for public bodies.

    Examples
    --------
    >>> is_public("hmrc.gsi.gov.uk"), is_public("nhs.net"), is_public("police.example.uk")
    (True, True, False)
    """
    labels = domain.lower().strip(".").split(".")
    below = len(labels) > 1 and (len(labels[-1]) == 2 or labels[-1] in PUBLIC_TOPS)
    return labels[-1] in PUBLIC_DOMAINS or (below and labels[-2] in PUBLIC_DOMAINS)


@dataclass(frozen=True, slots=True)
class Bodies:
    """The domains that a draft shows to be its body's own.

    Parameters
    ----------
    domains : frozenset of str
        As registered.

    Examples
    --------
    >>> bodies = Bodies.shown_by(["Write to foi@northmoor.example"])
    >>> bodies.owner("jane.smith@northmoor.example"), bodies.owner("jane.smith@other.example")
    ('staff', 'private')
    """

    domains: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def shown_by(cls, texts: Iterable[str]) -> Bodies:
        """Take the domains of offices' mailboxes and of web pages that the texts name.

        One of many says nothing (a list of firms has a mailbox each): a domain counts when it is
        named more than half as often as the one named most, and few are.
        """
        mailboxes: Counter[str] = Counter()
        pages: Counter[str] = Counter()
        for text in texts:
            found = _ADDRESS.findall(text)
            learn([word.lower() for local, _ in found for word in PARTS.findall(local)])
            for local, domain in found:
                if is_role(local):
                    mailboxes[registered(domain)] += 1
            for host in _LINK.findall(text):
                pages[registered(host)] += 1
        own = set()
        for counts in (mailboxes, pages):
            often = [d for d in counts if d.split(".")[0] not in NOBODYS_OWN]
            most = max((counts[d] for d in often), default=0)
            top = {d for d in often if 2 * counts[d] > most}
            own |= top if len(top) <= _FEW else set()
        return cls(frozenset(own))

    def owner(self, address: str) -> Owner:
        """Tell whose an address is.

        Parameters
        ----------
        address : str
            ``local@domain``.

        Returns
        -------
        {"office", "staff", "private"}
            A mailbox of an office; an official's at the body's own domain, or at one that a
            registry keeps for public bodies; anybody else's.
        """
        local, _, domain = address.rpartition("@")
        if is_role(local):
            return "office"
        labels = set(domain.lower().split("."))
        public = is_public(domain)
        if labels & PROVIDERS and not public:
            return "private"
        if local.lower() in labels or not names_somebody(local):
            return "office"
        return "staff" if public or registered(domain) in self.domains else "private"
