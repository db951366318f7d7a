"""pytest plugin: each draft is a test, and its reasons are the failure's text.

    [tool.pytest.ini_options]
    singleout_drafts = ["drafts/*.xlsx", "drafts/*.csv"]
    singleout_policy = "policy.toml"

This module is loaded by every pytest run where singleout is installed: it imports nothing of the
package until a draft is reviewed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from singleout.policy import Policy
    from singleout.verdict import Review

Releasable = Callable[..., "Review"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the settings; paths are from the folder of the configuration file."""
    parser.addini("singleout_drafts", "patterns of drafts to review, each a test", "linelist")
    parser.addini("singleout_policy", "a policy file or a preset's name (foi-strict)")
    parser.addini(
        "singleout_require_approval",
        "drafts must also have an approval that holds (false); one lets a review pass",
        "bool",
    )
    parser.addini(
        "singleout_trusted", "public keys of approvers (the policy's trusted_keys)", "linelist"
    )
    parser.addini("singleout_as_of", "the day on which acceptances are judged (today)")
    parser.getgroup("singleout").addoption(
        "--singleout-policy", metavar="P", help="a policy file or a preset's name"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Announce the marker; collect drafts only where some are named."""
    config.addinivalue_line(
        "markers",
        "singleout_accept(code, reason, expires, file=None, place=None, at_most=None): let the "
        "`releasable` fixture accept a finding until a date",
    )
    _as_of(config)
    if config.getini("singleout_drafts"):
        config.pluginmanager.register(_Drafts(config), "singleout-drafts")


class _Drafts:
    """Adds the drafts that the configuration names to what was collected, each once."""

    def __init__(self, config: pytest.Config) -> None:
        self._root = config.rootpath

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        items.extend(self._items(session, config))

    def _items(self, session: pytest.Session, config: pytest.Config) -> Iterator[pytest.Item]:
        seen: set[Path] = set()
        for pattern in config.getini("singleout_drafts"):
            found = sorted(path for path in self._root.glob(pattern) if path.is_file())
            if not found:
                node = f"{pattern}::singleout"
                yield Nothing.from_parent(session, name="singleout", nodeid=node, pattern=pattern)
            for path in found:
                if path in seen or path.name.endswith(".approval.json"):
                    continue
                seen.add(path)
                if _asked_for(path, config):
                    node = f"{path.relative_to(self._root).as_posix()}::singleout"
                    yield DraftItem.from_parent(session, name="singleout", nodeid=node, draft=path)


def _asked_for(path: Path, config: pytest.Config) -> bool:
    """Whether a run that names files or folders on its command line names this draft."""
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        return True
    named = [
        Path(config.invocation_params.dir, word.split("::")[0]).resolve() for word in config.args
    ]
    return any(one == path or one in path.parents for one in named)


class NotReleased(Exception):
    """A draft that its policy stops, or that is not approved; the text says why.

    Parameters
    ----------
    text : str
        The reasons.
    by_review : bool
        Whether all that is asked for is that a person checks.
    sha256 : str
        Of the bytes that were reviewed, in hexadecimal.
    """

    def __init__(self, text: str, *, by_review: bool = False, sha256: str = "") -> None:
        super().__init__(text)
        self.by_review = by_review
        self.sha256 = sha256


class DraftItem(pytest.Item):
    """One draft as a test."""

    def __init__(self, *, draft: Path, **rest: Any) -> None:
        super().__init__(**rest)
        self.draft = draft

    def runtest(self) -> None:
        """Review the draft; only a release passes."""
        try:
            reviewed = check(self.draft, _policy(self.config), _as_of(self.config)).draft.sha256
        except NotReleased as stopped:
            # A person has checked what the policy leaves to a person; a refusal stays one.
            if not stopped.by_review or not self.config.getini("singleout_require_approval"):
                raise
            reviewed = stopped.sha256
        if self.config.getini("singleout_require_approval"):
            _approved(self.draft, self.config, reviewed)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """Return the reasons, without a traceback."""
        from singleout.errors import SingleoutError

        if isinstance(excinfo.value, (NotReleased, SingleoutError)):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the draft's path and the item's name."""
        return self.draft, None, self.nodeid


class Nothing(pytest.Item):
    """A pattern that no file matches: a gate that looks at nothing must not be green."""

    def __init__(self, *, pattern: str, **rest: Any) -> None:
        super().__init__(**rest)
        self.pattern = pattern

    def runtest(self) -> None:
        """Fail."""
        raise NotReleased(f"singleout_drafts: no file matches {self.pattern!r}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """Return what was not found."""
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the root folder and the item's name."""
        return self.config.rootpath, None, self.nodeid


def check(path: Path, policy: Policy, as_of: dt.date | None) -> Review:
    """Review a draft and raise where it is not a release.

    Raises
    ------
    NotReleased
        If the policy stops it, or a person must check it.
    """
    from singleout.verdict import review

    result = review(path, policy, as_of=as_of)
    if result.verdict != "release":
        by_review = result.verdict == "review"
        raise NotReleased(str(result), by_review=by_review, sha256=result.draft.sha256)
    return result


def _approved(path: Path, config: pytest.Config, reviewed: str) -> None:
    """Raise where what was reviewed has no approval that holds, by keys that are trusted here."""
    from singleout.evidence.verify import verify

    named = _policy_name(config)
    keys = [config.rootpath / key for key in config.getini("singleout_trusted")]
    found = verify(path, keys, policy=named, allow_review=True)
    if found.code:
        said = [f"{one.part}: {one.words}" for one in found.failures] or [found.error]
        raise NotReleased(f"{path.name}: not approved: {'; '.join(said)}")
    if found.sha256 != reviewed:
        raise NotReleased(f"{path.name}: changed between its review and its approval's check")


def _policy_name(config: pytest.Config) -> str | Path | None:
    from singleout.policy import PRESETS

    wanted = config.getoption("--singleout-policy") or config.getini("singleout_policy") or None
    return wanted if wanted is None or wanted in PRESETS else config.rootpath / wanted


def _policy(config: pytest.Config) -> Policy:
    from singleout.policy import load

    return load(_policy_name(config))


def _as_of(config: pytest.Config) -> dt.date | None:
    text = config.getini("singleout_as_of")
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise pytest.UsageError(f"singleout_as_of: {text!r} is no date like 2026-12-31") from None


@pytest.fixture
def releasable(request: pytest.FixtureRequest) -> Releasable:
    """Assert that a draft may leave: ``releasable(path, policy=None, as_of=None) -> Review``.

    What `singleout_accept` markers name on the test is accepted. Fails with the reasons where the
    verdict is not a release.
    """

    def assert_releasable(
        path: str | Path, policy: Any = None, *, as_of: dt.date | None = None
    ) -> Review:
        from singleout.policy import load

        rules = _policy(request.config) if policy is None else load(policy)
        marks = [_acceptance(mark) for mark in request.node.iter_markers("singleout_accept")]
        day = _as_of(request.config) if as_of is None else as_of
        try:
            return check(Path(path), rules.accepting(marks) if marks else rules, day)
        except NotReleased as stopped:
            pytest.fail(str(stopped), pytrace=False)

    return assert_releasable


def _acceptance(mark: pytest.Mark) -> dict[str, Any]:
    names = ("code", "reason", "expires", "file", "place", "at_most")
    return {**dict(zip(names, mark.args, strict=False)), **mark.kwargs}
