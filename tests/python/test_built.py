"""The built extensions: hardened, and without a folder of the machine that built them."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from types import ModuleType

import pytest

from singleout import _core, _keyed

GNU_STACK, GNU_RELRO, LOAD, DYNAMIC = 0x6474E551, 0x6474E552, 1, 2
STRTAB, SYMTAB, RPATH, BIND_NOW, RUNPATH, FLAGS, FLAGS_1 = 5, 6, 15, 24, 29, 30, 0x6FFFFFFB


class Elf:
    """What is asked of a shared object of 64 bits (System V ABI, chapters 4 and 5)."""

    def __init__(self, data: bytes) -> None:
        assert data[:5] == b"\x7fELF\x02"
        self.data = data
        self.order = "<" if data[5] == 1 else ">"
        (start,) = self.unpack("Q", 32)
        size, count = self.unpack("HH", 54)
        # type, flags, offset, address, -, size in the file
        self.segments = [self.unpack("IIQQQQ", start + size * i) for i in range(count)]
        self.dynamic: dict[int, int] = {}
        at = next(one[2] for one in self.segments if one[0] == DYNAMIC)
        while (entry := self.unpack("QQ", at))[0]:
            self.dynamic[entry[0]] = entry[1]
            at += 16

    def unpack(self, kinds: str, at: int) -> tuple[int, ...]:
        return struct.unpack_from(self.order + kinds, self.data, at)

    def flags(self, kind: int) -> int | None:
        return next((one[1] for one in self.segments if one[0] == kind), None)

    def strings(self) -> bytes:
        """The names of all that it takes and gives."""
        at = self.dynamic[STRTAB]
        for kind, _, offset, address, _, size in self.segments:
            if kind == LOAD and address <= at < address + size:
                return self.data[offset + at - address : offset + size]
        raise AssertionError("no names")


@pytest.fixture(params=[_core, _keyed], ids=["core", "keyed"])
def elf(request: pytest.FixtureRequest) -> Elf:
    module: ModuleType = request.param
    assert module.__file__
    return Elf(Path(module.__file__).read_bytes())


def test_the_stack_is_guarded_and_not_run(elf: Elf) -> None:
    assert b"__stack_chk_fail\0" in elf.strings()
    flags = elf.flags(GNU_STACK)
    assert flags is not None
    assert not flags & 1


def test_copies_are_checked(elf: Elf) -> None:
    """_FORTIFY_SOURCE: the library's functions that know the size of what they write to."""
    assert re.search(rb"\0__(mem|str|st|sn|v)[a-z]*_chk\0", elf.strings())


def test_the_tables_of_the_linker_are_read_only_from_the_start(elf: Elf) -> None:
    assert elf.flags(GNU_RELRO) is not None
    now = BIND_NOW in elf.dynamic or elf.dynamic.get(FLAGS, 0) & 8
    assert now or elf.dynamic.get(FLAGS_1, 0) & 1


def test_libraries_are_looked_for_where_the_system_has_them(elf: Elf) -> None:
    assert RUNPATH not in elf.dynamic
    assert RPATH not in elf.dynamic
