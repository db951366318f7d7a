"""The C core, as `csrc/python` binds it. Buffers are C-contiguous; see csrc/singleout.h."""

from collections.abc import Callable
from typing import Any, final

from numpy.typing import NDArray

Array = NDArray[Any]

MAX_FIELDS: int
MAX_PEOPLE: int
FIXED: int
FLOATS: int
TEXT_32: int
TEXT_64: int
VIEWS: int

@final
class Table:
    """Coded columns, each (codes, distinct, nullable): codes uint32, 0 null, else 1..distinct."""

    def __new__(
        cls,
        columns: tuple[tuple[Array, int, bool], ...],
        rows: int,
        counts: Array | None = None,
    ) -> Table: ...
    def combinations(
        self,
        figures: Array,
        max_size: int,
        threshold: int,
        nulls: int,
        threads: int,
        progress: Callable[[float], object] | None,
        /,
    ) -> None: ...
    def unique_records(
        self,
        unique_in: Array,
        first: Array,
        max_size: int,
        nulls: int,
        threads: int,
        progress: Callable[[float], object] | None,
        /,
    ) -> None: ...
    def minimal(
        self,
        sets: Array | None,
        score: Array | None,
        part: Array | None,
        by_size: Array | None,
        weights: Array,
        max_size: int,
        threads: int,
        progress: Callable[[float], object] | None,
        /,
    ) -> None: ...
    def exposure(
        self,
        out: Array,
        max_size: int,
        nulls: int,
        threads: int,
        progress: Callable[[float], object] | None,
        /,
    ) -> None: ...
    def risk(
        self,
        out: Array,
        unwalked: Array,
        chances: Array,
        most: int,
        seldom: float,
        max_size: int,
        nulls: int,
        threads: int,
        progress: Callable[[float], object] | None,
        /,
    ) -> None: ...
    def classes(self, class_of: Array | None, size_of: Array, nulls: int, /) -> None: ...
    def memory(self, max_size: int, nulls: int, threads: int, /) -> int: ...
    def minimal_memory(self, max_size: int, nulls: int, threads: int, /) -> int: ...
    def risk_memory(self, most: int, max_size: int, nulls: int, threads: int, /) -> int: ...

def code_columns(
    columns: tuple[
        tuple[
            tuple[tuple[int, int, int, int, Any, Any, tuple[Any, ...]], ...],
            Array,
            Array,
        ],
        ...,
    ],
    seed: int,
    threads: int,
    /,
) -> list[tuple[int, int] | None]: ...
def count_combinations(fields: int, max_size: int, /) -> int: ...
def list_combinations(
    fields: int, max_size: int, offsets: Array, members: Array, n_members: int, /
) -> None: ...
def entropy_bits(
    figures: Array, out: Array, count: int, people: int, reciprocal: bool, /
) -> None: ...
