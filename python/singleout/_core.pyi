"""The C core, as `csrc/python` binds it. Buffers are C-contiguous; see csrc/singleout.h."""

from collections.abc import Buffer, Callable
from typing import final

MAX_FIELDS: int
MAX_PEOPLE: int

@final
class Table:
    """Coded columns, each (codes, distinct, nullable): uint32 codes, 0 for null, else 1..distinct."""

    def __new__(
        cls,
        columns: tuple[tuple[Buffer, int, bool], ...],
        rows: int,
        counts: Buffer | None = None,
    ) -> Table: ...
    def combinations(
        self,
        figures: Buffer,
        max_size: int,
        threshold: int,
        nulls: int,
        threads: int,
        progress: Callable[[float], object] | None,
        /,
    ) -> None: ...
    def unique_records(
        self,
        unique_in: Buffer,
        first: Buffer,
        max_size: int,
        nulls: int,
        threads: int,
        progress: Callable[[float], object] | None,
        /,
    ) -> None: ...
    def classes(self, class_of: Buffer | None, size_of: Buffer, nulls: int, /) -> None: ...
    def memory(self, max_size: int, nulls: int, threads: int, /) -> int: ...

def count_combinations(fields: int, max_size: int, /) -> int: ...
def list_combinations(
    fields: int, max_size: int, offsets: Buffer, members: Buffer, n_members: int, /
) -> None: ...
def entropy_bits(
    figures: Buffer, out: Buffer, count: int, people: int, reciprocal: bool, /
) -> None: ...
