"""Damage real drafts at random and inspect them: `python fuzz_inspect.py FOLDER SECONDS [SEED]`.

Half of the damage is inside parts of a ZIP that is packed again with right checksums, so that it
reaches the readers. Stops with the damaged file's seed at the first exception, at a wait of more
than 10 s, or at more than 1 GB of memory.
"""

from __future__ import annotations

import io
import random
import resource
import sys
import time
import zipfile
from pathlib import Path

from singleout.draft import inspect

PIECES = (b"99999999999", b"-1", b"<a>", b'"', b"&x;", b"1048577", b"\xff\xfe", b"\x00" * 8)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with one to forty changes, or the first part of them."""
    content = bytearray(data)
    for _ in range(chance.choice([1, 1, 5, 40])):
        if not content:
            break
        at, what = chance.randrange(len(content)), chance.random()
        if what < 0.5:
            content[at] = chance.randrange(256)
        elif what < 0.7:
            del content[at : at + chance.randrange(1, 20)]
        elif what < 0.85:
            content[at:at] = content[at : at + chance.randrange(1, 200)]
        else:
            content[at:at] = chance.choice(PIECES)
    return bytes(
        content[: chance.randrange(len(content) + 1)] if chance.random() < 0.1 else content
    )


def repacked(data: bytes, chance: random.Random) -> bytes:
    """Return a ZIP with one member damaged, its checksum right; other files damaged as they are."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {info.filename: archive.read(info) for info in archive.infolist()}
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError):
        return damaged(data, chance)
    if not members:
        return damaged(data, chance)
    name = chance.choice(sorted(members))
    members[name] = damaged(members[name], chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return stream.getvalue()


def main() -> int:
    """Run until the time is over."""
    folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ""]
    end, runs, longest = time.monotonic() + seconds, 0, 0.0
    while time.monotonic() < end:
        chance = random.Random(f"{seed}-{runs}")
        path = chance.choice(files)
        content = path.read_bytes()
        data = repacked(content, chance) if chance.random() < 0.5 else damaged(content, chance)
        start = time.monotonic()
        try:
            draft = inspect(data, name=path.name)
            draft.to_dict()
        except Exception as problem:
            print(f"run {runs} of seed {seed}, {path.name}: {type(problem).__name__}")
            raise
        longest = max(longest, time.monotonic() - start)
        runs += 1
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        if longest > 10 or memory > 1024:
            print(f"run {runs} of seed {seed}, {path.name}: {longest:.1f} s, {memory} MB")
            return 1
    print(f"{runs} files, longest {longest:.2f} s, {memory} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
