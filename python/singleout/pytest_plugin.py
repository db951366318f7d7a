"""pytest plugin: each draft is a test, and its reasons are the failure's text.

    [tool.pytest.ini_options]
    singleout_drafts = ["drafts"]
    singleout_policy = "policy.toml"

This module is loaded by every pytest run where singleout is installed: it imports nothing of the
package until a draft is reviewed.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from singleout.policy import Policy
    from singleout.verdict import Review

Releasable = Callable[..., "Review"]
# Settings that nobody makes who does not want drafts reviewed
_SETTINGS = ("singleout_policy", "singleout_require_approval", "singleout_trusted")
_CONFIGURATIONS = (
    "pytest.toml",
    ".pytest.toml",
    "pytest.ini",
    ".pytest.ini",
    "pyproject.toml",
    "tox.ini",
    "setup.cfg",
)
# Options with which somebody chooses among the tests
_CHOICES = ("-k", "-m", "--deselect", "--lf", "--last-failed", "--sw", "--stepwise")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the settings; paths are from the folder of the configuration file."""
    parser.addini(
        "singleout_drafts", "patterns of drafts to review, each a test", "linelist", default=None
    )
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
    asked = [name for name in _SETTINGS if config.getini(name)]
    if config.getoption("--singleout-policy"):
        asked.append("--singleout-policy")
        if config.getini("singleout_drafts") is None:
            _look_for_another(config)
    if asked or config.getini("singleout_drafts") is not None:
        config.pluginmanager.register(_Drafts(config, asked), "singleout-drafts")


def _look_for_another(config: pytest.Config) -> None:
    """Raise where a configuration of drafts in or above the working folder was not read.

    A policy that is given as a word of its own is one of the paths that pytest tells its root from.
    """
    here = Path(config.invocation_params.dir)
    for folder in (here, *here.parents):
        for name in _CONFIGURATIONS:
            path = folder / name
            if path == config.inipath or not path.is_file():
                continue
            if b"singleout_drafts" in path.read_bytes():
                raise pytest.UsageError(
                    f"{path} names drafts (singleout_drafts), but pytest read "
                    f"{config.inipath or 'no configuration'}: no draft would be reviewed. Write "
                    "--singleout-policy=FILE with the equals sign, or name the file with -c"
                )


class _Drafts:
    """Adds the drafts that the configuration names to what was collected, each once."""

    def __init__(self, config: pytest.Config, asked: list[str]) -> None:
        self._root = _folder(config)
        self._asked = asked
        self._made: list[pytest.Item] = []
        self._not_run = 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        if config.getini("singleout_drafts") is not None:
            self._made = list(self._items(session, config))
        elif not self._in_tests(config, items):
            words = f"{', '.join(self._asked)} given, but no singleout_drafts, and no test uses "
            self._made = [_stopped(session, "singleout", f"{words}releasable: nothing is reviewed")]
        items.extend(self._made)

    def _in_tests(self, config: pytest.Config, items: list[pytest.Item]) -> bool:
        """Whether tests do the reviewing, or the run names other tests than those that do."""
        if any("releasable" in getattr(item, "fixturenames", ()) for item in items):
            return True
        named = config.args_source is pytest.Config.ArgsSource.ARGS
        return named and "--singleout-policy" not in self._asked

    def _items(self, session: pytest.Session, config: pytest.Config) -> Iterator[pytest.Item]:
        from singleout.base.files import found_by
        from singleout.base.printable import printable

        seen: set[Path] = set()
        patterns = config.getini("singleout_drafts")
        if not patterns:
            yield _stopped(session, "singleout_drafts", "singleout_drafts: names no pattern")
        for pattern in patterns:
            found = list(found_by(pattern, self._root))
            if not found:
                words = f"singleout_drafts: no file matches {pattern!r}"
                yield _stopped(session, pattern, words)
            for path, problem in found:
                if path in seen or (not problem and _approves(path, config)):
                    continue
                seen.add(path)
                if not _asked_for(path, config):
                    continue
                shown = printable(Path(os.path.relpath(path, config.rootpath)).as_posix())
                node = f"{shown}::singleout"
                if problem:
                    yield _stopped(session, shown, f"{shown}: {problem}")
                else:
                    yield DraftItem.from_parent(session, name="singleout", nodeid=node, draft=path)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Compare what is configured with what will run."""
        kept = set(session.items)
        self._not_run = sum(item not in kept for item in self._made)
        if self._made and self._not_run == len(self._made) and not _chosen(session.config):
            raise pytest.UsageError(
                "no draft of singleout_drafts would run: the configuration's own addopts, or a "
                "plugin, deselects every one"
            )

    def _of_policy(self, config: pytest.Config) -> list[str]:
        from singleout.errors import PolicyError
        from singleout.verdict.show import weakness

        try:
            return [*weakness(_policy(config)), *_notices(config)]
        except PolicyError:  # each draft's failure says so
            return []

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how weak the policy is, which was not applied, and what was not reviewed."""
        for words in self._of_policy(terminalreporter.config):
            terminalreporter.write_line(f"singleout: {words}")
        if self._not_run:
            count = f"{self._not_run} draft{'' if self._not_run == 1 else 's'}"
            terminalreporter.write_line(f"singleout: {count} deselected, not reviewed")


def _folder(config: pytest.Config) -> Path:
    """The folder of the configuration file, from which paths in it are."""
    return config.rootpath if config.inipath is None else config.inipath.parent


def _chosen(config: pytest.Config) -> bool:
    """Whether whoever started the run chose among the tests."""
    return any(str(word).startswith(_CHOICES) for word in config.invocation_params.args)


def _stopped(session: pytest.Session, about: str, words: str) -> pytest.Item:
    item: pytest.Item = Stopped.from_parent(
        session, name="singleout", nodeid=f"{about}::singleout", words=words
    )
    return item


def _approves(path: Path, config: pytest.Config) -> bool:
    """Whether a file is the approval of a draft that is there."""
    if not path.name.endswith(".approval.json"):
        return False
    from singleout.evidence.beside import approved_draft

    return approved_draft(path, _trusted(config)) is not None


def _trusted(config: pytest.Config) -> list[Path]:
    return [_folder(config) / key for key in config.getini("singleout_trusted")]


def _asked_for(path: Path, config: pytest.Config) -> bool:
    """Whether a run that names files or folders on its command line names this draft."""
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        return True
    named = {Path(config.invocation_params.dir, word.split("::")[0]) for word in config.args}
    named |= {one.resolve() for one in named}
    return any(
        one == place or one in place.parents for one in named for place in (path, path.resolve())
    )


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
            reviewed = check(
                self.draft, _policy(self.config), _as_of(self.config), _notices(self.config)
            ).draft.sha256
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


class Stopped(pytest.Item):
    """What keeps a gate from being green: a pattern that fits nothing, a file that is not read."""

    def __init__(self, *, words: str, **rest: Any) -> None:
        super().__init__(**rest)
        self.words = words

    def runtest(self) -> None:
        """Fail."""
        raise NotReleased(self.words)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """Return why."""
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the root folder and the item's name."""
        return self.config.rootpath, None, self.nodeid


def check(
    path: Path, policy: Policy, as_of: dt.date | None, notices: tuple[str, ...] = ()
) -> Review:
    """Review a draft and raise where it is not a release; `notices` are told first.

    Raises
    ------
    NotReleased
        If the policy stops it, or a person must check it.
    """
    from singleout.verdict import review

    result = replace(review(path, policy, as_of=as_of), notices=notices)
    if result.verdict != "release":
        by_review = result.verdict == "review"
        raise NotReleased(str(result), by_review=by_review, sha256=result.draft.sha256)
    return result


def _approved(path: Path, config: pytest.Config, reviewed: str) -> None:
    """Raise where what was reviewed has no approval that holds, by keys that are trusted here."""
    from singleout.evidence.verify import verify

    named = _policy_name(config)
    found = verify(path, _trusted(config), policy=named, allow_review=True)
    if found.code:
        said = [f"{one.part}: {one.words}" for one in found.failures] or [found.error]
        raise NotReleased(f"{path.name}: not approved: {'; '.join(said)}")
    if found.sha256 != reviewed:
        raise NotReleased(f"{path.name}: changed between its review and its approval's check")


def _policy_name(config: pytest.Config) -> str | Path | None:
    """The policy: of the command line from the working folder, else of the configuration."""
    from singleout.policy import PRESETS

    for wanted, folder in (
        (config.getoption("--singleout-policy"), Path(config.invocation_params.dir)),
        (config.getini("singleout_policy"), _folder(config)),
    ):
        if wanted:
            return str(wanted) if wanted in PRESETS else folder / wanted
    return None


def _notices(config: pytest.Config) -> tuple[str, ...]:
    """What is said first where no policy is named: that one lies about which was not applied."""
    from singleout.policy.unapplied import not_applied

    words = "" if _policy_name(config) is not None else not_applied(_folder(config))
    return (words,) if words else ()


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
            notices = _notices(request.config) if policy is None else ()
            return check(Path(path), rules.accepting(marks) if marks else rules, day, notices)
        except NotReleased as stopped:
            pytest.fail(str(stopped), pytrace=False)

    return assert_releasable


def _acceptance(mark: pytest.Mark) -> dict[str, Any]:
    names = ("code", "reason", "expires", "file", "place", "at_most")
    return {**dict(zip(names, mark.args, strict=False)), **mark.kwargs}
