"""The table of reasons that a review adds to the draft's findings: what, why, what to do.

A code is for ever, as a finding's is: policies, SARIF files and approvals name it.
"""

from __future__ import annotations

from typing import NamedTuple


class Known(NamedTuple):
    """A kind of reason: its name, why it matters and what to do, and how bad beside others.

    `rank` orders reasons of one effect: lower is worse.
    """

    rank: int
    title: str
    why: str
    remedy: str


# fmt: off
REASONS: dict[str, Known] = {
    "undeclared-people-table": Known(10, "table of people that the policy does not allow",
        "Each row is about one person, and everyone who is sent the file can read it.",
        "Send counts instead, or declare in the policy every column that may leave."),
    "direct-identifier": Known(11, "direct identifier among the columns",
        "A name or a number of a person says who the row is about.",
        "Take the column out, or let it leave by the policy with `release = true` and a purpose."),
    "field-not-released": Known(12, "column that the policy keeps back",
        "The policy says that this column does not leave.",
        "Take the column out."),
    "identifiers-with-sensitive": Known(13, "people named beside sensitive facts",
        "Whoever gets hold of the file learns the sensitive fact about a named person.",
        "Split the extract: names in one file, sensitive columns in another."),
    "sensitive-value": Known(14, "value whose presence alone gives something away",
        "The policy lists the value as one that must not be seen at all.",
        "Replace the value by a wider one, or take the rows out."),
    "below-threshold": Known(20, "people who stand out",
        "Someone who knows these facts of a person finds their row among very few, or alone.",
        "Drop or coarsen the fields named here, or send counts."),
    "record-risk": Known(21, "risk of one record above the limit",
        "Someone who knows these facts of the person picks the right row with this chance.",
        "Drop or coarsen fields until the smallest group is large enough."),
    "mean-risk": Known(22, "mean risk above the limit",
        "Over all rows, someone who knows these facts picks the right row with this chance.",
        "Drop or coarsen fields."),
    "same-sensitive-value": Known(23, "groups that give the sensitive value away",
        "Everyone in the group has too few different values, so finding the group is enough.",
        "Coarsen the fields that form the groups, or take the sensitive column out."),
    "no-purpose": Known(24, "columns without a stated purpose",
        "What the recipient does not need only adds to what can go wrong.",
        "State the purpose in the policy, or take the columns out."),
    "derivable-count": Known(30, "small counts that can be worked out",
        "A total less the other cells gives the count that was kept back.",
        "Keep back or round a second cell in the same row and column, or the total."),
    "narrowed-count": Known(31, "small counts that can be narrowed to a few numbers",
        "Totals, the other cells and what the mark says leave so few numbers that whoever knows a "
        "little more knows which it is.",
        "Keep back or round further cells in the same rows and columns, or the total."),
    "unproved-count": Known(34, "kept-back counts that could not be shown to be safe",
        "Totals that do not add up or are rounded, or too many cells at once, leave open whether "
        "the counts that were kept back follow from them.",
        "Check the totals; have someone work through the sums, or take the totals out."),
    "small-count": Known(31, "small counts",
        "A count this small may stand for people whom those around them recognise.",
        "Judge whether someone could be recognised; if so merge categories or keep cells back."),
    "zero-count": Known(32, "cells of zero",
        "Zero says that nobody has this property, which is a fact about everybody.",
        "Merge the categories, or keep the cells back."),
    "unrounded-count": Known(33, "counts that are not rounded",
        "Exact counts can be subtracted from others to get at a few people.",
        "Round each count, totals after they have been added up."),
    "not-checkable": Known(40, "sums or means whose contributors are not in the file",
        "One large contributor may be worked out from a sum, and the table cannot show it.",
        "Have someone with the underlying rows check dominance."),
    "linked-release": Known(27, "people who can be followed into an earlier release",
        "Someone who has both files can join them: what was cut out of one, the other puts back.",
        "Leave out or coarsen a field that both have, or one that the draft adds; check again."),
    "linked-chain": Known(28, "people who can be followed through several earlier releases",
        "Someone who has all these files can join them one after another, though no two of them "
        "need have much in common.",
        "Leave out or coarsen the field on which the first step is taken; check again."),
    "differing-versions": Known(29, "differences from an earlier version of the same table",
        "Comparing the two files row by row shows who came, who went and what changed about whom.",
        "Release at longer intervals, round or coarsen the fields that changed, or say in the "
        "policy's acceptance why this may be known."),
    "no-table": Known(50, "no table found",
        "There was nothing to measure, so nothing is known about people in this file.",
        "Check that the right file was given, and read it."),
    "too-large-to-measure": Known(41, "table that could not be measured",
        "What was not measured may single people out.",
        "Declare fewer fields, or set people.max_size."),
}
# fmt: on

HEADLINES = {
    "refuse": "Do not send this file",
    "review": "A person must check this",
    "release": "Nothing found that this policy stops",
    "error": "This file could not be reviewed",
}
