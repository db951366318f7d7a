"""What no policy can wave through, and what it can only with care: data."""

from __future__ import annotations

# Content that could not be read may hold anything.
UNREAD = frozenset(
    {
        "empty-file",
        "encrypted",
        "external-entity",
        "not-fully-read",
        "unreadable",
        "unsupported-format",
    }
)
# A table of people out of sight is never allowed, whatever is declared.
UNSEEN = frozenset({"unseen-people-table"})
# Whoever accepts people says which and how many: another file, or one more person, is not accepted.
ABOUT_PEOPLE = frozenset(
    {
        "below-threshold",
        "case-table",
        "differing-versions",
        "direct-identifier",
        "field-not-released",
        "identifier-in-text",
        "identifiers-with-sensitive",
        "linked-chain",
        "linked-release",
        "mean-risk",
        "people-in-text",
        "people-table",
        "record-risk",
        "same-sensitive-value",
        "sensitive-value",
        "undeclared-people-table",
        "unseen-identifier",
    }
)
