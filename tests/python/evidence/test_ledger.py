"""The ledger's file: what is in it, who can read it, and that nothing is lost."""

from __future__ import annotations

import ctypes
import os
import resource
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from singleout.errors import InputError
from singleout.evidence.errors import EvidenceError
from singleout.evidence.ledger import Ledger, new_key

from .conftest import python
from .people import columns, staff, values, write_csv

TABLE = staff(200)


def names(ledger: Ledger) -> list[str]:
    return [one.name for one in ledger.releases]


def change(path: Path, statement: str, *parameters: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement, parameters)


def test_a_release_is_held(ledger_path: Path, key: Path) -> None:
    with Ledger(ledger_path, key) as ledger:
        assert ledger.add(TABLE, name="march", link={"rank": "grade"}) == 1
    with Ledger(ledger_path, key) as ledger:
        (one,) = ledger.releases
        assert (one.id, one.name, one.rows) == (1, "march", 200)
        assert one.fields == ("surname", "station", "rank", "start")
        assert ledger.verify() == ()


def test_no_value_is_in_the_file(ledger_path: Path, key: Path) -> None:
    with Ledger(ledger_path, key) as ledger:
        ledger.add(TABLE, name="march")
        ledger.add(columns(TABLE, "surname", "rank"), name="april")
        ledger.remove(2)
        ledger.rotate(key.with_name("next.key"))
    for path in ledger_path.parent.iterdir():
        data = path.read_bytes()
        for value in values(TABLE):
            assert value.encode() not in data
            assert value.encode("utf-16-le") not in data


def test_the_key_is_not_in_the_file(ledger_path: Path, key: Path) -> None:
    with Ledger(ledger_path, key) as ledger:
        ledger.add(TABLE, name="march")
        ledger.rotate(key.with_name("next.key"))
    data = ledger_path.read_bytes()
    assert key.read_bytes() not in data
    assert key.with_name("next.key").read_bytes() not in data


def test_files_are_their_owners_alone(ledger_path: Path, key: Path) -> None:
    with Ledger(ledger_path, key) as ledger:
        ledger.backup(ledger_path.with_name("copy"))
    for path in (ledger_path, key, ledger_path.with_name("copy")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_codes_depend_on_the_key(tmp_path: Path, ledger_path: Path, key: Path) -> None:
    other, other_key = tmp_path / "other.ledger", tmp_path / "other.key"
    Ledger.new(other, other_key)
    found = []
    for path, its_key in ((ledger_path, key), (other, other_key)):
        with Ledger(path, its_key) as ledger:
            ledger.add(TABLE, name="march")
        with closing(sqlite3.connect(path)) as connection:
            found.append(connection.execute("SELECT codes FROM field WHERE place = 0").fetchone())
    assert found[0] != found[1]


def test_rows_and_values_are_not_in_the_releases_order(ledger_path: Path, key: Path) -> None:
    turned = {name: column[::-1] for name, column in TABLE.items()}
    with Ledger(ledger_path, key) as ledger:
        ledger.add(TABLE, name="march")
        with pytest.raises(EvidenceError, match="already, as release 1"):
            ledger.add(turned, name="the same rows in another order")
        assert names(ledger) == ["march"]


def test_a_wrong_key_is_refused(tmp_path: Path, ledger_path: Path, key: Path) -> None:
    before = ledger_path.read_bytes()
    wrong = tmp_path / "wrong.key"
    new_key(wrong)
    with pytest.raises(
        EvidenceError, match=r"wrong\.key is not its key; nothing was read or changed"
    ):
        Ledger(ledger_path, wrong)
    wrong.unlink()
    wrong.write_bytes(b"short")
    wrong.chmod(0o600)
    with pytest.raises(EvidenceError, match="not a ledger key"):
        Ledger(ledger_path, wrong)
    assert ledger_path.read_bytes() == before


def test_a_key_that_others_can_read_is_refused(ledger_path: Path, key: Path) -> None:
    key.chmod(0o640)
    with pytest.raises(EvidenceError, match="chmod 600"):
        Ledger(ledger_path, key)


def test_making_a_ledger_spares_what_is_there(ledger_path: Path, key: Path) -> None:
    before = ledger_path.read_bytes(), key.read_bytes()
    with pytest.raises(EvidenceError, match="is there already"):
        Ledger.new(ledger_path, key)
    with pytest.raises(EvidenceError, match="is there already"):
        Ledger.new(ledger_path, key.with_name("another.key"))
    assert (ledger_path.read_bytes(), key.read_bytes()) == before
    assert not key.with_name("another.key").exists()


@pytest.mark.parametrize("content", [b"", b"rank\nConstable\n", b"SQLite format 3\0" + bytes(200)])
def test_what_is_no_ledger_is_refused(tmp_path: Path, key: Path, content: bytes) -> None:
    new_key(key)
    path = tmp_path / "other.db"
    path.write_bytes(content)
    with pytest.raises(EvidenceError, match=r"no ledger there|not a ledger|damaged"):
        Ledger(path, key)
    assert path.read_bytes() == content


def test_another_sqlite_file_is_refused(tmp_path: Path, key: Path) -> None:
    new_key(key)
    change(tmp_path / "other.db", "CREATE TABLE meta (name, value)")
    with pytest.raises(EvidenceError, match="not a ledger of singleout"):
        Ledger(tmp_path / "other.db", key)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE release SET name = 'april'", "release 1 was changed"),
        ("UPDATE release SET rows = 1", "release 1 was changed"),
        ("UPDATE field SET name = 'grade' WHERE place = 2", "release 1 was changed"),
        ("UPDATE field SET link = 'grade' WHERE place = 2", "release 1 was changed"),
        (
            "UPDATE field SET codes = zeroblob(length(codes)) WHERE place = 0",
            "release 1 was changed",
        ),
        ("UPDATE field SET codes = x'00' WHERE place = 0", "release 1 was changed"),
        (
            "UPDATE field SET cells = zeroblob(length(cells)) WHERE place = 0",
            "release 1 was changed",
        ),
        ("DELETE FROM field WHERE place = 3", "release 1 was changed"),
        ("DELETE FROM release WHERE id = 2", "the list of releases was changed"),
        ("UPDATE meta SET value = x'00' WHERE name = 'seal'", "the list of releases was changed"),
    ],
)
def test_changes_without_the_key_are_found(
    ledger_path: Path, key: Path, statement: str, fault: str
) -> None:
    with Ledger(ledger_path, key) as ledger:
        ledger.add(TABLE, name="march")
        ledger.add(columns(TABLE, "rank", "station"), name="other")
    change(ledger_path, statement)
    with Ledger(ledger_path, key) as ledger:
        assert any(fault in one for one in ledger.verify())
        with pytest.raises(EvidenceError, match="changed without the ledger's key"):
            ledger.check(TABLE)


def test_damage_is_found(ledger_path: Path, key: Path) -> None:
    with Ledger(ledger_path, key) as ledger:
        ledger.add(TABLE, name="march")
    data = bytearray(ledger_path.read_bytes())
    page = 4096
    data[page + 8 : page + 200] = bytes(192)
    ledger_path.write_bytes(data)
    with pytest.raises(EvidenceError), Ledger(ledger_path, key) as ledger:  # noqa: PT012
        faults = ledger.verify()
        raise EvidenceError(faults[0])


def test_removing_leaves_no_trace(ledger_path: Path, key: Path) -> None:
    with Ledger(ledger_path, key) as ledger:
        ledger.add(TABLE, name="march")
        with closing(sqlite3.connect(ledger_path)) as connection:
            codes = [row[0] for row in connection.execute("SELECT codes FROM field")]
        ledger.remove(1)
        assert names(ledger) == []
        assert ledger.verify() == ()
        with pytest.raises(EvidenceError, match="no release 1"):
            ledger.remove(1)
        assert ledger.add(TABLE, name="again") == 2
        ledger.remove(2)
    data = ledger_path.read_bytes()
    assert not any(c[at : at + 16] in data for c in codes for at in range(0, len(c), 16))


def test_the_key_can_be_replaced(ledger_path: Path, key: Path) -> None:
    second, third = key.with_name("second.key"), key.with_name("third.key")
    with Ledger(ledger_path, key) as ledger:
        ledger.add(columns(TABLE, "surname", "station"), name="march")
        before = ledger.check(columns(TABLE, "station", "rank"))
        ledger.rotate(second)
        assert ledger.check(columns(TABLE, "station", "rank")) == before
    with pytest.raises(EvidenceError, match="is not its key"):
        Ledger(ledger_path, key)
    with Ledger(ledger_path, second) as ledger:
        ledger.rotate(third)
        with pytest.raises(EvidenceError, match="already"):
            ledger.rotate(third)
    with Ledger(ledger_path, third) as ledger:
        assert ledger.verify() == ()
        assert ledger.check(columns(TABLE, "station", "rank")) == before
        ledger.add(columns(TABLE, "station", "rank"), name="april")
        with pytest.raises(EvidenceError, match="already"):
            ledger.add(columns(TABLE, "surname", "station"), name="march once more")


def test_replacing_the_key_changes_every_code(ledger_path: Path, key: Path) -> None:
    def codes() -> set[bytes]:
        with closing(sqlite3.connect(ledger_path)) as connection:
            blobs = [row[0] for row in connection.execute("SELECT codes FROM field")]
        return {blob[at : at + 16] for blob in blobs for at in range(0, len(blob), 16)}

    with Ledger(ledger_path, key) as ledger:
        ledger.add(TABLE, name="march")
        before = codes()
        ledger.rotate(key.with_name("second.key"))
    after = codes()
    assert len(before) == len(after)
    assert not before & after


def test_a_ledger_open_elsewhere_notices_a_new_key(ledger_path: Path, key: Path) -> None:
    with Ledger(ledger_path, key) as stale, Ledger(ledger_path, key) as ledger:
        ledger.rotate(key.with_name("second.key"))
        with pytest.raises(EvidenceError, match="its key was replaced meanwhile"):
            stale.add(TABLE, name="march")
        assert names(ledger) == []


def test_a_backup_is_a_whole_ledger(ledger_path: Path, key: Path) -> None:
    copy = ledger_path.with_name("copy.ledger")
    with Ledger(ledger_path, key) as ledger:
        ledger.add(TABLE, name="march")
        ledger.backup(copy)
        with pytest.raises(EvidenceError, match="is there already"):
            ledger.backup(copy)
    ledger_path.unlink()
    with Ledger(copy, key) as ledger:
        assert ledger.verify() == ()
        assert names(ledger) == ["march"]


def test_bad_tables_add_nothing(ledger_path: Path, key: Path) -> None:
    with Ledger(ledger_path, key) as ledger:
        with pytest.raises(InputError, match="did you mean 'rank'"):
            ledger.add(TABLE, name="x", link={"ranks": "grade"})
        with pytest.raises(EvidenceError, match="same link name"):
            ledger.add(TABLE, name="x", link={"rank": "Station"})
        with pytest.raises(EvidenceError, match="what to call"):
            ledger.add(TABLE)
        with pytest.raises(InputError, match="no column"):
            ledger.add(TABLE, name="x", fields=["zzz"])
        with pytest.raises(EvidenceError, match="no rows"):
            ledger.add({"rank": []}, name="x")
        assert names(ledger) == []


def test_a_read_only_ledger_can_be_checked_and_not_changed(
    ledger_path: Path, key: Path, tmp_path: Path
) -> None:
    with Ledger(ledger_path, key) as ledger:
        ledger.add(columns(TABLE, "surname", "station"), name="march")
    before = ledger_path.read_bytes()
    ledger_path.chmod(0o444)
    tmp_path.chmod(0o555)
    program = (
        "import sys\n"
        "from singleout.evidence.ledger import Ledger\n"
        "from singleout.evidence.errors import EvidenceError\n"
        "with Ledger(sys.argv[1], sys.argv[2]) as ledger:\n"
        "    print(len(ledger.check({'station': ['Zxstation01q']}).joined))\n"
        "    try:\n"
        "        ledger.add({'station': ['one']}, name='april')\n"
        "    except EvidenceError as problem:\n"
        "        print(problem)\n"
    )
    powers = without_powers if os.geteuid() == 0 else None
    try:
        process = python("-c", program, str(ledger_path), str(key), preexec_fn=powers)
        out, err = process.communicate(timeout=60)
    finally:
        tmp_path.chmod(0o755)
    assert process.returncode == 0, err
    lines = out.decode().splitlines()
    assert lines[0] == "1"
    assert "read-only" in lines[1]
    assert ledger_path.read_bytes() == before


def without_powers() -> None:
    """Root may write everything: give that up for the program that is started next."""
    libc = ctypes.CDLL(None)
    for capability in range(41):
        libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


def with_small_files() -> None:
    """No file may grow past 64 KiB: what a full disk looks like."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16))


def test_a_full_disk_loses_nothing(ledger_path: Path, key: Path, tmp_path: Path) -> None:
    with Ledger(ledger_path, key) as ledger:
        ledger.add(columns(TABLE, "rank"), name="march")
    before = ledger_path.read_bytes()
    big = write_csv(tmp_path / "big.csv", staff(5000))

    arguments = ("--ledger", str(ledger_path), "--key", str(key), str(big))
    process = python(
        "-m", "singleout.cli", "ledger", "add", *arguments, preexec_fn=with_small_files
    )
    out, err = process.communicate(timeout=60)
    assert process.returncode == 2, out
    assert b"the disk is full" in err
    assert b"nothing was changed" in err
    with Ledger(ledger_path, key) as ledger:
        assert ledger.verify() == ()
        assert names(ledger) == ["march"]
    assert ledger_path.read_bytes() == before
