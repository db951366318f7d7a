"""What a review gives: the verdict, its reasons, what was accepted and what was not checked."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NoReturn

from singleout.base.exit_codes import of_verdict
from singleout.base.printable import printable_data
from singleout.draft.model import Draft, Place
from singleout.policy.model import Policy
from singleout.verdict.codes import HEADLINES
from singleout.verdict.reasons import Accepted, Reason, grouped
from singleout.verdict.settled import Settled
from singleout.verdict.standing import Measured

if TYPE_CHECKING:
    from pathlib import Path

Verdict = Literal["release", "refuse", "review"]


@dataclass(frozen=True, slots=True, repr=False)
class Review:
    """May this file leave under this policy, and if not, why.

    Parameters
    ----------
    verdict : {"release", "refuse", "review"}
        What the policy makes of the file; people read the headline.
    reasons : tuple of Reason
        Worst first.
    accepted : tuple of Accepted
        What would have stopped it and was let pass by the policy.
    not_checked : tuple of str
        What this verdict says nothing about.
    policy : Policy
        With everything that it extends.
    draft : Draft
        What the file holds.
    as_of : datetime.date
        The day on which acceptances were judged.
    measured : tuple of Measured
        What the engine said of each table of people.
    settled : tuple of Settled
        Unclear tables of which the policy or the caller says what their rows are.
    notices : tuple of str
        What is to be known before the verdict is read, such as a policy that was not applied.
    show_values : bool
        Whether what a person reads shows names of files, sheets and parts that look like a person
        or a path; `to_dict` and `to_json` show them only when asked themselves.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...]
    accepted: tuple[Accepted, ...]
    not_checked: tuple[str, ...]
    policy: Policy
    draft: Draft
    as_of: dt.date
    measured: tuple[Measured, ...] = ()
    settled: tuple[Settled, ...] = ()
    show_values: bool = False
    notices: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 release, 1 refuse, 3 review."""
        return of_verdict(self.verdict)

    @property
    def releasable(self) -> bool:
        """Whether the verdict is ``release``."""
        return self.verdict == "release"

    def __bool__(self) -> NoReturn:
        """Raise: a review is no answer by itself, and ``if review(...)`` would always be taken.

        Raises
        ------
        TypeError
            Always, with what to write instead.
        """
        raise TypeError(
            "a review is neither true nor false: ask review.releasable, or "
            'review.verdict == "release"'
        )

    @property
    def name(self) -> str:
        """The file's name, masked where it looks like a person or a path."""
        return self.shown()

    def shown(self, show_values: bool = False) -> str:
        """Return the file's name, masked where it looks like a person or a path unless asked."""
        return Place(part=self.draft.name).text(not show_values)

    @property
    def headline(self) -> str:
        """One sentence to read aloud."""
        return self.say(show_values=self.show_values)

    def say(self, *, show_values: bool = False) -> str:
        """Return the headline, with names that look like a person or a path if asked."""
        start = HEADLINES[self.verdict]
        joint = ": " if self.reasons else "; "
        rest = self.because(show_values=show_values)
        return f"{start}{joint}{rest if self.reasons else rest[:1].lower() + rest[1:]}"

    def because(self, *, show_values: bool = False) -> str:
        """Return the headline's second half: the worst reason, or how much was not checked."""
        unchecked = len(self.not_checked)
        if not self.reasons:
            things = "1 thing was" if unchecked == 1 else f"{unchecked} things were"
            return f"{things[:1].upper()}{things[1:]} not checked; the list says which."
        worst = self.reasons[0].sentence(show_values=show_values)
        more = len(grouped(self.reasons)) - 1
        if not more:
            return f"{worst}."
        return f"{worst}. There {'is 1 more reason' if more == 1 else f'are {more} more reasons'}."

    def to_dict(self, *, show_values: bool = False) -> dict[str, Any]:
        """Return the review as plain data; the same file and policy give the same data.

        Parameters
        ----------
        show_values : bool
            Show names of files, sheets and parts that look like a person or a path.
        """
        from singleout import __version__

        data = {
            "tool": {"name": "singleout", "version": __version__},
            "file": {
                "name": self.shown(show_values),
                "format": self.draft.format,
                "size": self.draft.size,
                "sha256": self.draft.sha256,
                "complete": self.draft.complete,
            },
            "policy": {
                "name": self.policy.name,
                "title": self.policy.title,
                "sha256": self.policy.sha256,
            },
            "weaker": {
                "than": self.policy.preset,
                "settings": [
                    {"setting": one.setting, "here": one.here, "there": one.there}
                    for one in self.policy.lowered
                ],
            },
            "notices": list(self.notices),
            "as_of": self.as_of.isoformat(),
            "taken_as_said": [s.to_dict(show_values=show_values) for s in self.settled],
            "verdict": self.verdict,
            "headline": self.say(show_values=show_values),
            "reasons": [r.to_dict(show_values=show_values) for r in self.reasons],
            "accepted": [a.to_dict(show_values=show_values) for a in self.accepted],
            "not_checked": list(self.not_checked),
            "measured": [m.to_dict(show_values=show_values) for m in self.measured],
        }
        printed: dict[str, Any] = printable_data(data)
        return printed

    def to_json(self, *, show_values: bool = False) -> str:
        """Return `to_dict` as JSON: sorted keys, so that equal reviews are equal bytes."""
        data = self.to_dict(show_values=show_values)
        return json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n"

    def to_markdown(self, *, show_values: bool | None = None) -> str:
        """Return the review for a case file."""
        from singleout.verdict.show import markdown

        return markdown(self, show_values=self._shown(show_values))

    def to_html(self, *, show_values: bool | None = None) -> str:
        """Return the report: one page of HTML that needs nothing else."""
        from singleout.report import page

        return page([self], show_values=self._shown(show_values))

    def save(self, path: str | Path, *, show_values: bool | None = None) -> None:
        """Write the report; a name that ends in .md or .json gives that format, else HTML."""
        from pathlib import Path as File

        show = self._shown(show_values)
        kind = File(path).suffix.lower()
        writers = {".md": self.to_markdown, ".json": self.to_json}
        File(path).write_text(writers.get(kind, self.to_html)(show_values=show), "utf-8")

    def _shown(self, asked: bool | None) -> bool:
        return self.show_values if asked is None else asked

    def __str__(self) -> str:
        from singleout.verdict.show import plain

        return plain(self, show_values=self.show_values)

    def __repr__(self) -> str:
        return f"<Review of {self.name}: {self.say()}>"

    def _repr_html_(self) -> str:
        from singleout.verdict.show import notebook

        return notebook(self, show_values=self.show_values)
