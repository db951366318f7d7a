"""The ledger believes nothing in its file: what was changed without the key is never sealed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from singleout.evidence.errors import EvidenceError
from singleout.evidence.ledger import Ledger

from .conftest import Run
from .people import columns, staff

TABLE = staff(60)
MARCH, APRIL = columns(TABLE, "surname", "station"), columns(TABLE, "rank", "station")
OLD = Path(__file__).resolve().parents[2] / "data" / "ledger"


@pytest.fixture
def held(ledger_path: Path, key: Path) -> Path:
    """A ledger of two releases."""
    with Ledger(ledger_path, key) as ledger:
        ledger.add(MARCH, name="march")
        ledger.add(APRIL, name="april")
    return ledger_path


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def rewritten_schema(statement: str) -> tuple[str, ...]:
    return ("PRAGMA writable_schema = ON", statement)


ROWS = {
    "deleted": ("PRAGMA foreign_keys = ON", "DELETE FROM release WHERE id = 1"),
    "renamed": ("UPDATE release SET name = 'may' WHERE id = 2",),
    "of other cells": ("UPDATE field SET cells = zeroblob(length(cells)) WHERE place = 0",),
    "of columns of nobody": ("INSERT INTO field VALUES (77, 0, 'a', 'a', x'', x'')",),
    "with more in meta": ("INSERT INTO meta VALUES ('more', x'00')",),
    "with other numbers to come": ("UPDATE sqlite_sequence SET seq = 7",),
    "with numbers of nothing": ("INSERT INTO sqlite_sequence VALUES ('meta', 7)",),
    "without a chain": ("DELETE FROM meta WHERE name = 'earlier'",),
    "with another chain": ("UPDATE meta SET value = zeroblob(16) WHERE name = 'earlier'",),
    "of version 1": ("PRAGMA user_version = 1",),
    "of a name that is no text": ("UPDATE release SET name = CAST(x'ff' AS TEXT) WHERE id = 2",),
    "of a column that is no text": ("UPDATE field SET name = CAST(x'ff' AS TEXT)",),
}
SCHEMA = {
    "a trigger": ("CREATE TRIGGER t AFTER INSERT ON release BEGIN DELETE FROM release; END",),
    "a view": ("CREATE VIEW v AS SELECT 1",),
    "an index": ("CREATE INDEX i ON release (lower(name))",),
    "a table": ("CREATE TABLE t (a)",),
    "a table that is a view": (
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET type = 'view', rootpage = 0, "
        "sql = 'CREATE VIEW meta AS SELECT 1 AS name' WHERE name = 'meta'",
    ),
    "another default": (
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, 'approval TEXT NOT NULL', "
        "'approval TEXT NOT NULL DEFAULT 1') WHERE name = 'release'",
    ),
    "a word that is no text": (
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = sql || CAST(x'2d2dff' AS TEXT) WHERE name = 'release'",
    ),
    "a name that is no text": (
        "PRAGMA writable_schema = ON",
        "INSERT INTO sqlite_schema VALUES ('table', CAST(x'ff' AS TEXT), 'x', 3, 'CREATE TABL')",
    ),
    "another way of keeping a journal": ("PRAGMA journal_mode = WAL",),
}


@pytest.mark.parametrize("how", ROWS)
def test_what_was_changed_is_not_sealed_anew(
    held: Path, key: Path, tmp_path: Path, how: str
) -> None:
    change(held, *ROWS[how])
    before = held.read_bytes()
    actions: list[Callable[[Ledger], object]] = [
        lambda ledger: ledger.add(TABLE, name="may"),
        lambda ledger: ledger.remove(2),
        lambda ledger: ledger.rotate(tmp_path / "next.key"),
        lambda ledger: ledger.check(TABLE),
        lambda ledger: ledger.releases,
        lambda ledger: ledger.backup(tmp_path / "copy.ledger"),
    ]
    for action in actions:
        with pytest.raises(EvidenceError, match="go back to a backup"), Ledger(held, key) as ledger:
            action(ledger)
        assert held.read_bytes() == before
    assert not (tmp_path / "copy.ledger").exists()


@pytest.mark.parametrize("what", SCHEMA)
def test_nothing_stands_beside_our_tables(held: Path, key: Path, what: str) -> None:
    change(held, *SCHEMA[what])
    before = held.read_bytes()
    with pytest.raises(EvidenceError, match="go back to a backup"):
        Ledger(held, key)
    assert held.read_bytes() == before


@pytest.mark.parametrize("what", SCHEMA)
def test_what_comes_while_it_is_open_is_noticed(held: Path, key: Path, what: str) -> None:
    with Ledger(held, key) as ledger:
        change(held, *SCHEMA[what])
        with pytest.raises(EvidenceError, match="go back to a backup"):
            ledger.add(TABLE, name="may")


def test_a_row_of_other_types_is_damage(held: Path, key: Path) -> None:
    """STRICT holds for those who write through SQLite; bytes say what they like."""
    data = held.read_bytes()
    # The record of release 2 has a head of kinds: the name is a text of five bytes; make it a blob.
    kinds = data.rindex(bytes([8, 0, 13 + 2 * 5, 1]), 0, data.index(b"april<2"))
    changed = bytearray(data)
    changed[kinds + 2] = 12 + 2 * 5
    held.write_bytes(changed)
    with pytest.raises(EvidenceError, match="go back to a backup"), Ledger(held, key) as ledger:
        ledger.add(TABLE, name="may")


def test_an_older_copy_put_back_is_noticed(tmp_path: Path, singleout: Run) -> None:
    where = ("--ledger", "l.db", "--key", "l.key")
    assert singleout("ledger", "new", *where)[0] == 0
    seals = []
    for number in range(3):
        table = tmp_path / f"{number}.csv"
        table.write_text(f"rank,station\nConstable,{number}\n")
        code, out, err = singleout("ledger", "add", *where, table)
        assert code == 0, err
        seals.append(out.rsplit(" ", 1)[1].strip())
        shutil.copy(tmp_path / "l.db", tmp_path / f"{number}.db")
    assert len(set(seals)) == 3
    for seal in seals:
        assert singleout("ledger", "verify", *where, "--after", seal)[0] == 0
    code, out, _ = singleout("ledger", "verify", *where)
    assert f"3 releases; seal {seals[2]}" in out
    shutil.copy(tmp_path / "1.db", tmp_path / "l.db")
    assert singleout("ledger", "verify", *where)[0] == 0
    assert singleout("ledger", "verify", *where, "--after", seals[1])[0] == 0
    code, out, _ = singleout("ledger", "verify", *where, "--after", seals[2])
    assert (code, "an older copy, or another ledger" in out) == (1, True)
    # What is added to the older copy does not make it come after what it never saw.
    for name in ("a", "b", "c"):
        (tmp_path / "more.csv").write_text(f"rank,station\nConstable,{name}\n")
        assert singleout("ledger", "add", *where, "more.csv", "--name", name)[0] == 0
    assert singleout("ledger", "verify", *where, "--after", seals[2])[0] == 1
    assert singleout("ledger", "verify", *where, "--after", seals[1].upper())[0] == 0
    code, _, err = singleout("ledger", "verify", *where, "--after", "7")
    assert (code, "32 hexadecimal digits" in err) == (2, True)


def test_the_chain_outlives_removing_and_a_new_key(held: Path, key: Path, tmp_path: Path) -> None:
    with Ledger(held, key) as ledger:
        assert ledger.seal == ""
        assert ledger.verify() == ()
        seals = [ledger.seal]
        ledger.remove(2)
        seals.append(ledger.seal)
        ledger.rotate(tmp_path / "next.key")
        seals.append(ledger.seal)
    with Ledger(held, tmp_path / "next.key") as ledger:
        assert [ledger.verify(after=seal) for seal in seals] == [(), (), ()]
        assert len(set(seals)) == 3


@pytest.fixture
def old(tmp_path: Path) -> tuple[Path, Path]:
    """A ledger of version 1 and its key."""
    path, key = tmp_path / "old.ledger", tmp_path / "old.key"
    shutil.copyfile(OLD / "version-1.ledger", path)
    shutil.copyfile(OLD / "version-1.key", key)
    key.chmod(0o600)
    return path, key


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_a_ledger_of_version_1_is_read_and_upgraded_by_a_change(old: tuple[Path, Path]) -> None:
    path, key = old
    before = path.read_bytes()
    people = staff(12)
    with Ledger(path, key) as ledger:
        assert ledger.verify() == ()
        assert [one.name for one in ledger.releases] == ["march", "april"]
        found = ledger.check(people)
        first = ledger.seal
        assert path.read_bytes() == before
        with pytest.raises(EvidenceError, match="already"):
            ledger.add(columns(people, "surname", "station"), name="march again")
        assert path.read_bytes() == before
        ledger.add(columns(people, "start"), name="may")
        assert ledger.verify(after=first) == ()
    assert version(path) == 2
    with Ledger(path, key) as ledger:
        now = {one.release: one.matched for one in ledger.check(people).joined}
        assert {one.release: one.matched for one in found.joined}.items() <= now.items()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE release SET name = 'may' WHERE id = 2",
        "DELETE FROM field WHERE place = 1",
        "INSERT INTO meta VALUES ('earlier', x'')",
        "PRAGMA user_version = 2",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = 3",
    ],
)
def test_a_changed_ledger_of_version_1_is_not_upgraded(
    old: tuple[Path, Path], statement: str
) -> None:
    path, key = old
    change(path, statement)
    before = path.read_bytes()
    with (
        pytest.raises(EvidenceError, match=r"go back to a backup|of another version"),
        Ledger(path, key) as ledger,
    ):
        ledger.add(TABLE, name="may")
    assert path.read_bytes() == before
