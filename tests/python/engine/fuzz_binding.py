"""Call every entry of `_core` and `_keyed` with anything, under AddressSanitizer and UBSan.

usage: python tests/python/engine/fuzz_binding.py [SECONDS] [SEED]      (600, by the clock)

Both modules are built with gcc's sanitizers below tests/c/build, and a Python that has these loaded
calls them. A memory error ends it at once; so does an exception of a kind that no caller is told to
expect, and an entry of the modules for which there is no call here.
"""

from __future__ import annotations

import importlib.util
import os
import random
import subprocess
import sys
import sysconfig
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import ExtensionFileLoader
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
BUILD = ROOT / "tests" / "c" / "build" / "python"
SANITIZE = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer")
EDGES = (-(2**63), -1, 0, 1, 2, 3, 2**31, 2**32 - 1, 2**32, 2**58, 2**61, 2**62, 2**63 - 1, 2**64)
FIGURES = np.dtype([(name, np.uint64) for name in "abcdefgh"])


def build(name: str) -> Path:
    """Compile one module with the sanitizers; where it is."""
    keyed = name == "_keyed"
    sources = [
        path for path in sorted(ROOT.glob("csrc/*.c")) if path.name.startswith("keyed") == keyed
    ]
    sources += sorted(ROOT.glob(f"csrc/python/{name[1:]}*.c"))
    BUILD.mkdir(parents=True, exist_ok=True)
    newest = max(path.stat().st_mtime for path in ROOT.glob("csrc/**/*.h"))
    include = (f"-I{sysconfig.get_path('include')}", f"-I{ROOT / 'csrc'}")
    compile_one = ["gcc", "-std=c11", "-O1", "-g", "-fPIC", "-pthread", "-D_GNU_SOURCE", *SANITIZE]
    compile_one += [*include, "-DPy_LIMITED_API=0x030b0000", "-c"]
    objects = [BUILD / f"{path.stem}.o" for path in sources]
    old = [
        (source, made)
        for source, made in zip(sources, objects, strict=True)
        if not made.exists() or made.stat().st_mtime < max(newest, source.stat().st_mtime)
    ]

    def compiled(pair: tuple[Path, Path]) -> None:
        subprocess.run([*compile_one, str(pair[0]), "-o", str(pair[1])], check=True)

    with ThreadPoolExecutor() as pool:
        list(pool.map(compiled, old))
    made = BUILD / f"{name}.so"
    link = ["gcc", "-shared", "-pthread", *SANITIZE, *map(str, objects), "-o", str(made), "-lm"]
    subprocess.run([*link, *(["-lcrypto"] if keyed else [])], check=True)
    return made


def load(name: str) -> Any:
    """Import a module that was built."""
    path = str(BUILD / f"{name}.so")
    loader = ExtensionFileLoader(f"singleout.{name}", path)
    spec = importlib.util.spec_from_file_location(f"singleout.{name}", path, loader=loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


class Dice(random.Random):
    """What one call is made of; two in three calls are as a caller should make them."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.wild = self.random() < 0.33

    def rarely(self, chance: float) -> bool:
        """Whether to do what no caller should."""
        return self.wild and self.random() < chance


def number(dice: Dice, usual: int = 4, least: int = 0) -> int:
    """A small number, or one at an edge."""
    return dice.choice(EDGES) if dice.rarely(0.1) else dice.randint(least, usual)


def buffer(dice: Dice, items: int, kind: Any, most: int = 3) -> Any:
    """What was asked for, mostly; else of another length, kind, place or nature."""
    kind, items = np.dtype(kind), max(0, min(items, 4000))
    how = dice.random() if dice.wild else 0.5
    if how < 0.05:
        items = max(0, items + dice.choice((-1, 1, 7)))
    if how > 0.97:
        return dice.choice(
            (None, b"", bytes(items * kind.itemsize), "text", 7, [1.0], bytearray(9))
        )
    if 0.05 < how < 0.08:
        kind = np.dtype(dice.choice(("f4", "f8", "u1", ">u4", "i4", "u8", "u4", "V4", "O")))
    if 0.08 < how < 0.11:
        raw = np.zeros(items * kind.itemsize + 1, np.uint8)
        return raw[1:].view(kind) if kind.hasobject is False else raw
    if kind.names or kind.hasobject or kind.kind == "V":
        array = np.zeros(items, kind)
    else:
        numbers = [dice.randint(0, most) for _ in range(min(items, 50))] or [0]
        array = np.resize(np.array(numbers), items).astype(kind)
    if 0.11 < how < 0.13:
        array.flags.writeable = False
    if 0.13 < how < 0.15:
        return np.zeros(2 * items, kind)[::2]
    return array


def usable(array: Any, kind: Any) -> bool:
    """Whether a buffer is of the kind, and may be written to."""
    ours = isinstance(array, np.ndarray) and array.dtype == kind
    return bool(ours and len(array) and array.flags.writeable)


def shape(dice: Dice) -> tuple[Any, list[Any], int, int]:
    """A table's columns, tuples and arrays, and how many rows and fields."""
    fields = dice.choice((0, 1, 2, 3, 5, 9, 45))
    rows = dice.choice((0, 1, 2, 9, 30, 200 if fields < 6 else 3))
    arrays, columns = [], []
    for _ in range(fields):
        distinct = dice.randint(1, max(1, min(rows, 40)))
        nullable = dice.random() < 0.3
        codes = buffer(dice, rows, np.uint32)
        if usable(codes, np.uint32):
            low = 0 if nullable else 1
            most = 2**32 - 1 if dice.rarely(0.05) else distinct
            values = [dice.randint(low, most) for _ in range(40)]
            codes[:] = np.resize(np.array(values, np.uint32), len(codes))
        distinct = 0 if rows == 0 else number(dice) if dice.rarely(0.02) else distinct
        arrays.append(codes)
        columns.append((codes,) if dice.rarely(0.01) else (codes, distinct, nullable))
    return tuple(columns), arrays, rows, fields


def progress(dice: Dice, table: Any, arrays: list[Any]) -> Any:
    """A progress function that meddles, or none."""
    how = dice.randint(0, 5) if dice.wild else dice.choice((0, 3))

    def meddle(done: float) -> None:
        if how == 1:
            raise KeyError("stop")
        for one in arrays:
            if isinstance(one, np.ndarray) and one.flags.writeable and one.dtype != object:
                one.view(np.uint8)[...] = 0xA5
        if how == 2:
            table.classes(None, np.zeros(3, np.uint32), 0)

    return (None, meddle, meddle, meddle, "no function", None)[how]


Call = Callable[[Dice], object]


def core_calls(core: Any) -> dict[str, Call]:
    """A call of each entry of `_core`."""

    def made(dice: Dice) -> tuple[Any, list[Any], int, int]:
        columns, arrays, rows, fields = shape(dice)
        counts = None
        if dice.random() < 0.2:
            counts = buffer(dice, rows, np.uint32)
            if usable(counts, np.uint32):
                counts += 1
        asked = number(dice) if dice.rarely(0.05) else rows
        return core.Table(columns, asked, counts), arrays, rows, fields

    def count(fields: int, size: int) -> int:
        try:
            return int(core.count_combinations(fields, size))
        except (OverflowError, ValueError):  # here only; fuzz() looks at what others raise
            return 9

    def combinations(dice: Dice) -> None:
        table, arrays, _, fields = made(dice)
        size = number(dice, 3 if fields < 10 else 2, 1)
        out = buffer(dice, count(fields, size), FIGURES)
        more = (number(dice, 9), number(dice, 2), number(dice, 3))
        table.combinations(out, size, *more, progress(dice, table, arrays))

    def unique_records(dice: Dice) -> None:
        table, arrays, rows, _ = made(dice)
        out = buffer(dice, rows, np.uint64), buffer(dice, rows, np.uint32)
        more = (number(dice, 2, 1), number(dice, 2), number(dice, 3))
        table.unique_records(*out, *more, progress(dice, table, [*arrays, *out]))

    def classes(dice: Dice) -> None:
        table, _, rows, _ = made(dice)
        of = buffer(dice, rows, np.uint32) if dice.random() < 0.7 else None
        table.classes(of, buffer(dice, rows, np.uint32), number(dice, 2))

    def minimal(dice: Dice) -> None:
        table, arrays, rows, fields = made(dice)
        size = number(dice, min(fields, 2), min(fields, 1))
        kinds = ((rows, "u4"), (rows, "f8"), (rows * fields, "f8"), (size + 1, "u8"))
        out = [buffer(dice, n, kind) if dice.random() < 0.8 else None for n, kind in kinds]
        weights = buffer(dice, size + 1, np.float64)
        call = progress(dice, table, [*arrays, *out, weights])
        table.minimal(*out, weights, size, number(dice, 3), call)

    def exposure(dice: Dice) -> None:
        table, arrays, rows, fields = made(dice)
        size = number(dice, min(fields, 2), min(fields, 1))
        out = buffer(dice, rows * (size + 1), np.uint64)
        call = progress(dice, table, [*arrays, out])
        table.exposure(out, size, number(dice, 2), number(dice, 3), call)

    def risk(dice: Dice) -> None:
        table, arrays, rows, fields = made(dice)
        out = buffer(dice, rows, np.float64), buffer(dice, rows, np.float64)
        chances = buffer(dice, fields, np.float64, 1)
        if usable(chances, np.float64):
            chances[0] = dice.choice((0.5, 1e-300, 0.25))
            if dice.rarely(0.3):
                chances[-1] = dice.choice((np.nan, -1.0, np.inf, 2.0))
        seldom = dice.choice((0.0, 0.1, 1e-9))
        if dice.rarely(0.3):
            seldom = dice.choice((-1.0, np.nan, 2.0))
        more = (number(dice), seldom, number(dice, 3, 1), number(dice, 2), number(dice, 3))
        table.risk(*out, chances, *more, progress(dice, table, [*arrays, chances]))

    def memory(name: str, numbers: int) -> Call:
        def call(dice: Dice) -> None:
            sizes = [number(dice, 2, 1) for _ in range(numbers - 1)]
            getattr(made(dice)[0], name)(*sizes, number(dice))

        return call

    def list_combinations(dice: Dice) -> None:
        fields, size = number(dice, 8), number(dice, 8)
        total = min(count(fields, size), 4000)
        members = sum(s * count_of(fields, s) for s in range(1, min(size, fields, 8) + 1))
        members = number(dice) if dice.rarely(0.1) else members
        out = buffer(dice, total + 1, np.uint32), buffer(dice, members, np.uint32)
        core.list_combinations(fields, size, *out, members)

    def count_of(fields: int, size: int) -> int:
        return count(fields, size) - count(fields, size - 1) if 0 < fields < 20 else 0

    def entropy_bits(dice: Dice) -> None:
        items = number(dice, 6)
        figures = buffer(dice, items, FIGURES)
        if usable(figures, FIGURES):
            for name in FIGURES.names or ():
                figures[name] = abs(number(dice, 9)) % 2**64
        people = abs(number(dice, 9))
        core.entropy_bits(
            figures, buffer(dice, items, np.float64), items, people, dice.random() < 0.5
        )

    def chunk(dice: Dice, rows: int) -> Any:
        cells, start = number(dice, 4), number(dice, 3)
        width = dice.choice((1, 4, 8, 16))
        text = tuple(dice.randbytes(dice.randint(0, 40)) for _ in range(dice.choice((0, 1, 1, 2))))
        valid = dice.choice((None, dice.randbytes((rows + 11) // 8)))
        if cells in (2, 3):
            offsets = sorted(dice.randint(0, 40) for _ in range(rows + 5))
            values: Any = np.array(offsets, "i4" if cells == 2 else "i8").tobytes()
        elif cells == 4:
            values = np.array([dice.randint(0, 20) for _ in range(4 * (rows + 4))], "i4").tobytes()
        else:
            values = dice.randbytes((rows + 4) * width)
        if dice.rarely(0.1):
            values = values[: dice.randint(0, len(values))] or None
        whole = (cells, width, start, rows, valid, values, text)
        return whole[:-1] if dice.rarely(0.02) else whole

    def code_columns(dice: Dice) -> None:
        columns = []
        for _ in range(dice.randint(0, 4)):
            sizes = [dice.randint(0, 30) for _ in range(dice.randint(0, 3))]
            out = [buffer(dice, sum(sizes), np.uint32) for _ in range(2)]
            columns.append((tuple(chunk(dice, rows) for rows in sizes), *out))
        core.code_columns(tuple(columns), dice.getrandbits(64), number(dice, 3))

    return {
        "Table": lambda dice: made(dice),
        "Table.combinations": combinations,
        "Table.unique_records": unique_records,
        "Table.classes": classes,
        "Table.minimal": minimal,
        "Table.exposure": exposure,
        "Table.risk": risk,
        "Table.memory": memory("memory", 3),
        "Table.minimal_memory": memory("minimal_memory", 3),
        "Table.risk_memory": memory("risk_memory", 4),
        "count_combinations": lambda dice: core.count_combinations(
            number(dice, 40), number(dice, 9)
        ),
        "list_combinations": list_combinations,
        "entropy_bits": entropy_bits,
        "code_columns": code_columns,
    }


def keyed_calls(keyed: Any) -> dict[str, Call]:
    """A call of each entry of `_keyed`, but for what changes this process."""
    key = keyed.PrivateKey.generate()
    pem, sealed = bytes(key.to_pem(None)), bytes(keyed.PrivateKey.generate().to_pem(b"word"))
    public, signature = key.public(), key.sign(b"text")
    public_pem = bytes(keyed.public_to_pem(public))
    secret = keyed.Secret(bytes(range(32)))
    wrapped = secret.wrap(secret)

    def data(dice: Dice, *whole: bytes) -> Any:
        """Bytes near to those, or others, or none."""
        if dice.rarely(0.1):
            return dice.choice((None, "text", 7, np.zeros(8)[::2], memoryview(b"")))
        found = bytearray(dice.choice(whole) if whole else dice.randbytes(dice.randint(0, 90)))
        for _ in range(dice.choice((0, 1, 3)) if found and dice.wild else 0):
            found[dice.randrange(len(found))] = dice.randrange(256)
        return found[: dice.randint(0, len(found))] if dice.rarely(0.2) else found

    def codes(dice: Dice) -> None:
        text = dice.randbytes(dice.randint(0, 200))
        ends = sorted(dice.randint(0, len(text)) for _ in range(dice.randint(0, 20)))
        offsets = np.array([0, *ends], np.int64)
        if dice.rarely(0.3):
            offsets[dice.randrange(len(offsets))] = dice.choice(EDGES[:-1])
        if dice.rarely(0.3):
            secret.codes(data(dice), text, buffer(dice, 4, np.int64), number(dice))
        secret.codes(data(dice), text, offsets, number(dice))

    def from_pem(dice: Dice) -> None:
        if dice.random() < 0.05:  # deriving the key takes its time
            keyed.PrivateKey.from_pem(data(dice, sealed), data(dice, b"word"))
        keyed.PrivateKey.from_pem(data(dice, pem))

    def to_pem(dice: Dice) -> None:
        key.to_pem(None if dice.random() < 0.95 else data(dice, b"word"))

    def sha256_file(dice: Dice) -> None:
        with open(__file__, "rb") as file:
            keyed.sha256_file(
                dice.choice((-1, 2**31 - 1, 2**31)) if dice.rarely(0.5) else file.fileno()
            )

    return {
        "Secret": lambda dice: keyed.Secret(data(dice, bytes(32))),
        "Secret.derive": lambda dice: secret.derive(data(dice), data(dice)),
        "Secret.hmac": lambda dice: secret.hmac(data(dice)),
        "Secret.wrap": lambda dice: secret.wrap(
            dice.choice((key, None)) if dice.rarely(0.5) else secret
        ),
        "Secret.unwrap": lambda dice: secret.unwrap(data(dice, wrapped)),
        "Secret.codes": codes,
        "PrivateKey": lambda dice: keyed.PrivateKey(*([data(dice)] * dice.randint(0, 1))),
        "PrivateKey.generate": lambda _: keyed.PrivateKey.generate(),
        "PrivateKey.from_pem": from_pem,
        "PrivateKey.to_pem": to_pem,
        "PrivateKey.public": lambda _: key.public(),
        "PrivateKey.sign": lambda dice: key.sign(data(dice)),
        "sha256": lambda dice: keyed.sha256(data(dice)),
        "sha256_file": sha256_file,
        "random": lambda dice: keyed.random(number(dice, 99)),
        "equal": lambda dice: keyed.equal(data(dice, b"ab"), data(dice, b"ab", b"ac")),
        "cleanse": lambda dice: keyed.cleanse(data(dice)),
        "verify": lambda dice: keyed.verify(
            data(dice, public), data(dice, b"text"), data(dice, signature)
        ),
        "public_from_pem": lambda dice: keyed.public_from_pem(data(dice, public_pem)),
        "public_to_pem": lambda dice: keyed.public_to_pem(data(dice, public)),
        "library": lambda _: keyed.library(),
        "forbid_core_files": lambda _: keyed.forbid_core_files(),
    }


def entries(module: Any) -> set[str]:
    """Every function, type and method of a module that can be called."""
    found = set()
    for name, one in vars(module).items():
        if name.startswith("_") or not callable(one) or isinstance(one, type(KeyError)) is False:
            if not name.startswith("_") and callable(one):
                found.add(name)
            continue
        if issubclass(one, Exception):
            continue
        found.add(name)
        found |= {f"{name}.{method}" for method in vars(one) if not method.startswith("_")}
    return found


def fuzz(seconds: float, seed: int) -> None:
    """Call them all until the time is up; print how often each was refused."""
    core, keyed = load("_core"), load("_keyed")
    calls = {**core_calls(core), **keyed_calls(keyed)}
    missing = (entries(core) | entries(keyed)) - set(calls)
    assert not missing, f"no call of {sorted(missing)} here"
    expected = (
        ValueError,
        TypeError,
        OverflowError,
        MemoryError,
        BufferError,
        OSError,
        KeyError,  # the progress functions' own
        keyed.Error,
    )
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        dice = Dice(seed)
        name = dice.choice(list(calls))
        Path(BUILD / "last").write_text(f"{seed} {name}\n")
        try:
            calls[name](dice)
        except expected:
            refused[name] += 1
        done[name] += 1
        seed += 1
    for name in calls:
        print(f"{done[name]:8,} {refused[name]:8,} refused  {name}")
    never = [n for n in calls if n != "PrivateKey" and done[n] > 50 and done[n] == refused[n]]
    assert not never, f"always refused: {never}"
    print(f"{done.total():,} calls; the next seed is {seed}")


def main() -> int:
    """Build, and call in a Python that has the sanitizers; a child does that."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 600
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns() // 1000
    if "libasan" in os.environ.get("LD_PRELOAD", ""):
        fuzz(seconds, seed)
        return 0
    for name in ("_core", "_keyed"):
        build(name)
    libraries = [
        subprocess.check_output(["gcc", f"-print-file-name=lib{one}.so"], text=True).strip()
        for one in ("asan", "ubsan")
    ]
    options = "detect_leaks=0:allocator_may_return_null=1:max_allocation_size_mb=256"
    environment = {
        **os.environ,
        "LD_PRELOAD": ":".join(libraries),
        "ASAN_OPTIONS": options,
        "UBSAN_OPTIONS": "print_stacktrace=1",
        "PYTHONMALLOC": "malloc",  # each object a piece of its own, for the sanitizer to watch
    }
    command = [sys.executable, __file__, str(seconds), str(seed)]
    code = subprocess.run(command, env=environment).returncode
    if code:
        last = (BUILD / "last").read_text().strip()
        print(f"failed (code {code}) at seed and entry {last}: run again with this seed")
    return 1 if code else 0


if __name__ == "__main__":
    sys.exit(main())
