"""Whether each regular expression of the package takes time that grows with the text.

``python bench/patterns.py [NAME ...]`` compiles every pattern of the package, makes texts from its
own structure (what it repeats, many times over, and then something that does not match), and prints
those whose time for ten times the text is more than ``--most`` times as long: the least of five. A
pattern whose callers bound what they hand it says so in ``BOUNDED`` and is tried up to that.
Exit code 1 where there is one.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import pkgutil
import re
import signal
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from types import FrameType, ModuleType
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent / "python" / "singleout"
SIZE, TIMES, SECONDS = 2_000, 5, 5
# Below this no ratio is told from noise
LEAST = 0.02
SEARCHING = frozenset({"search", "finditer", "findall", "sub", "subn", "split", "scanner"})
# Patterns whose callers hand them no more characters than this
BOUNDED: dict[str, int] = {
    "draft.named_lines._BREAK": 200,
    "draft.named_lines._LEAD": 200,
    "draft.xml._DECLARATION": 200,
    "identifiers.called_like_people._STARTS": 12,
}


class Slow(Exception):
    """A pattern took longer than it may."""


def _alarm(number: int, frame: FrameType | None) -> None:
    raise Slow


def modules() -> Iterator[ModuleType]:
    """Import every module of the package."""
    for one in pkgutil.walk_packages([str(PACKAGE)], "singleout."):
        if ".abi3" not in one.name and not one.name.endswith((".__main__", ".pytest_plugin")):
            yield importlib.import_module(one.name)


def found_in(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns that a value holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, dict):
        for one in value.values():
            yield from found_in(one, depth + 1)
    elif depth < 4 and isinstance(value, (list, tuple, set, frozenset)):
        for one in value:
            yield from found_in(one, depth + 1)
    elif depth < 4 and isinstance(getattr(value, "pattern", None), re.Pattern):
        yield value.pattern


def patterns() -> Iterator[tuple[str, re.Pattern[Any], bool]]:
    """Yield each pattern once with its name and whether it is searched for, not only matched."""
    seen: set[tuple[Any, int]] = set()
    for module in modules():
        searched = _searched(module)
        for name, value in sorted(vars(module).items()):
            for i, pattern in enumerate(found_in(value)):
                if (pattern.pattern, pattern.flags) in seen or _elsewhere(module, name, value):
                    continue
                seen.add((pattern.pattern, pattern.flags))
                label = f"{module.__name__.removeprefix('singleout.')}.{name}"
                anywhere = name in searched if isinstance(value, re.Pattern) else bool(searched)
                yield label + (f"[{i}]" if i else ""), pattern, anywhere


def _elsewhere(module: ModuleType, name: str, value: Any) -> bool:
    """Whether a name is imported from another module."""
    path = getattr(module, "__file__", None)
    if not path:
        return True
    tree = ast.parse(Path(path).read_text("utf-8"))
    taken = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return name in taken


def _searched(module: ModuleType) -> set[str]:
    """Names of patterns that a module searches for; public ones are taken to be searched for."""
    path = str(module.__file__)
    if not path.endswith(".py"):
        return set()
    text = Path(path).read_text("utf-8")
    calls = "|".join(sorted(SEARCHING))
    own = set(re.findall(rf"\b([A-Za-z_]\w*)\.(?:{calls})\b", text))
    public = {name for name, value in vars(module).items() if isinstance(value, re.Pattern)}
    return own | {name for name in public if not name.startswith("_")}


def pieces(pattern: re.Pattern[Any]) -> list[str]:
    """Return short texts that parts of a pattern match: what it repeats, how it begins."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        source = pattern.pattern
        if isinstance(source, bytes):
            source = source.decode("latin-1")
        tree = _parser.parse(source, pattern.flags & ~re.DEBUG)
    found: dict[str, None] = {}
    for sample in _repeated(tree):
        if sample:
            found[sample] = None
    for sign in "a0 -.,A_(\t":
        found[sign] = None
    return list(found)[:40]


def _repeated(tree: Any) -> Iterator[str]:
    for op, value in tree:
        if op in (c.MAX_REPEAT, c.MIN_REPEAT, getattr(c, "POSSESSIVE_REPEAT", None)):
            sample = _sample(value[2])
            if sample:
                yield sample
                yield sample[0]
            yield from _repeated(value[2])
        elif op is c.SUBPATTERN:
            yield from _repeated(value[3])
        elif op is c.BRANCH:
            for branch in value[1]:
                yield _sample(branch)
                yield from _repeated(branch)
        elif op in (c.ASSERT, c.ASSERT_NOT):
            yield from _repeated(value[1])
    whole = _sample(tree)
    if whole:
        yield whole
        yield whole + " "


def _sample(tree: Any) -> str:
    """A short text that a part matches, nearly."""
    text = ""
    for op, value in tree:
        if op is c.LITERAL:
            text += chr(value)
        elif op is c.NOT_LITERAL:
            text += "a" if value != ord("a") else "b"
        elif op is c.ANY:
            text += "a"
        elif op is c.IN:
            text += _of_set(value)
        elif op in (c.MAX_REPEAT, c.MIN_REPEAT, getattr(c, "POSSESSIVE_REPEAT", None)):
            text += _sample(value[2]) * max(1, min(int(value[0]), 5))
        elif op is c.SUBPATTERN:
            text += _sample(value[3])
        elif op is c.BRANCH:
            text += _sample(value[1][0])
    return text


def _of_set(parts: Any) -> str:
    negated = parts[0][0] is c.NEGATE
    if negated:
        held = {chr(value) for op, value in parts if op is c.LITERAL}
        return next(sign for sign in "a0 -.A_x" if sign not in held)
    op, value = parts[0]
    if op is c.LITERAL:
        return chr(value)
    if op is c.RANGE:
        return chr(value[0])
    names = {c.CATEGORY_DIGIT: "0", c.CATEGORY_SPACE: " ", c.CATEGORY_WORD: "a"}
    return names.get(value, "-")


def seconds(pattern: re.Pattern[Any], text: str, anywhere: bool) -> float:
    """Return the least time of a few to look for a pattern in a text."""
    data: Any = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
    call = pattern.search if anywhere else pattern.fullmatch
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        call(data)
        times.append(time.perf_counter() - start)
        if times[-1] > 0.5:
            break
    return min(times)


def worst(name: str, pattern: re.Pattern[Any], anywhere: bool) -> tuple[float, float, str]:
    """Return the largest ratio of the times of ten times the text, the time, and the text."""
    most = (0.0, 0.0, "")
    bound = BOUNDED.get(name)
    for piece in pieces(pattern):
        for prefix in ("", _begin(pattern)):
            for suffix in ("\x00", ""):
                large = (bound or 10 * SIZE) // len(piece) + 1
                signal.setitimer(signal.ITIMER_REAL, SECONDS)
                try:
                    short = seconds(pattern, prefix + piece * (large // 10) + suffix, anywhere)
                    long = seconds(pattern, prefix + piece * large + suffix, anywhere)
                except Slow:
                    return float("inf"), SECONDS, prefix + piece + "..." + suffix
                finally:
                    signal.setitimer(signal.ITIMER_REAL, 0)
                if long >= LEAST and long / max(short, 1e-7) > most[0]:
                    most = (long / max(short, 1e-7), long, prefix + piece + "..." + suffix)
    return most


def _begin(pattern: re.Pattern[Any]) -> str:
    return next((piece for piece in pieces(pattern) if len(piece) > 1), "")


def main() -> int:
    """Try all patterns, or those whose names hold one of the words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--most", type=float, default=15.0)
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, _alarm)
    tried, slow = 0, 0
    for name, pattern, anywhere in patterns():
        if options.names and not any(word in name for word in options.names):
            continue
        tried += 1
        ratio, taken, text = worst(name, pattern, anywhere)
        for _ in range(3):  # Another program beside this one is no fault of the pattern's
            if ratio <= options.most or ratio == float("inf"):
                break
            ratio, taken, text = min((ratio, taken, text), worst(name, pattern, anywhere))
        bounded = name in BOUNDED and taken < 0.05
        if ratio > options.most and not bounded:
            slow += 1
            print(f"{ratio:8.1f}x {taken * 1000:8.1f} ms  {name}  {text[:60]!r}", flush=True)
    print(f"{tried} patterns, {slow} of them too slow")
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
