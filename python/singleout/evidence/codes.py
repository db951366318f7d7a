"""A table -> keyed codes of its cells, every distinct value coded once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from singleout import _keyed
from singleout.coding import code
from singleout.evidence.errors import EvidenceError
from singleout.evidence.normal import normalise

CODE_BYTES = 16


@dataclass(frozen=True, slots=True, eq=False)
class KeyedColumn:
    """One column as keyed codes.

    Parameters
    ----------
    name : str
        The column's name.
    link : str
        The name under which it meets columns of other releases.
    codes : ndarray of uint8, shape (distinct, 16)
        The codes of its values, in rising order.
    cells : ndarray of uint32, shape (rows,)
        0 for nothing, else 1 + the place of the cell's code.
    """

    name: str
    link: str
    codes: NDArray[np.uint8]
    cells: NDArray[np.uint32]


class Coder:
    """Makes the codes of a ledger.

    Parameters
    ----------
    chain : sequence of Secret
        The coding secrets, the first ledger key's first: a code under a later key is the code of
        the code under the one before, so that a key can be replaced without the values.
    threads : int
        How many threads make codes.
    """

    def __init__(self, chain: Sequence[_keyed.Secret], threads: int) -> None:
        self._chain = tuple(chain)
        self._threads = threads

    def code_table(self, table: pa.Table, links: Mapping[str, str]) -> list[KeyedColumn]:
        """Code every column of a table.

        Parameters
        ----------
        table : pyarrow.Table
            The columns.
        links : mapping of str to str
            The link name of each column whose link name is not its own.

        Returns
        -------
        list of KeyedColumn
            In the table's order; the same for every number of threads.

        Raises
        ------
        EvidenceError
            If libcrypto lacks HMAC-SHA-256 or fails.
        """
        names = table.column_names

        def one(place: int) -> tuple[pa.Array, NDArray[np.uint32]]:
            return _distinct(names[place], table.column(place))

        if self._threads > 1 and table.num_rows > 50_000:
            with ThreadPoolExecutor(self._threads) as pool:
                plain = list(pool.map(one, range(len(names))))
        else:
            plain = [one(place) for place in range(len(names))]
        return [
            self._keyed(name, links.get(name, name), values, cells)
            for name, (values, cells) in zip(names, plain, strict=True)
        ]

    def _keyed(
        self, name: str, link: str, values: pa.Array, cells: NDArray[np.uint32]
    ) -> KeyedColumn:
        data, offsets = text_buffers(values)
        codes = self.codes(link, data, offsets)
        return in_order(KeyedColumn(name, link, codes, cells))

    def codes(self, link: str, data: Any, offsets: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Return the codes, shape (n, 16), of values laid out as Arrow lays out text."""
        try:
            made = self._chain[0].codes(link_bytes(link), data, offsets, self._threads)
            for secret in self._chain[1:]:
                made = recode(secret, link, made, self._threads)
        except _keyed.Error as problem:
            raise EvidenceError(str(problem)) from None
        return np.frombuffer(made, np.uint8).reshape(-1, CODE_BYTES)


def recode(secret: _keyed.Secret, link: str, codes: bytes, threads: int) -> bytes:
    """Return the codes of codes under the next key."""
    offsets = np.arange(0, len(codes) + 1, CODE_BYTES, dtype=np.int64)
    return secret.codes(link_bytes(link), codes, offsets, threads)


def link_bytes(link: str) -> bytes:
    """Return a link name as it goes into a code: trimmed, letter case folded, UTF-8."""
    return link.strip().casefold().encode("utf-8")


def read_links(words: Sequence[str]) -> dict[str, str]:
    """Read ``FIELD=NAME`` words.

    Raises
    ------
    EvidenceError
        If one is not of that form.

    Examples
    --------
    >>> read_links(["rank=grade"])
    {'rank': 'grade'}
    """
    links = {}
    for word in words:
        field, sign, name = word.partition("=")
        if not sign or not field.strip() or not name.strip():
            raise EvidenceError("--link takes FIELD=NAME, such as --link rank=grade")
        links[field.strip()] = name.strip()
    return links


def _distinct(name: str, column: Any) -> tuple[pa.Array, NDArray[np.uint32]]:
    """The normal forms of a column's distinct values, and of each cell 1 + which it is, or 0."""
    coded = code(name, column)
    text = normalise(coded.values)
    if not text.null_count:
        return text, coded.codes
    kept = pc.is_valid(text).to_numpy(zero_copy_only=False)
    place = np.zeros(coded.distinct + 1, np.uint32)
    place[1:][kept] = np.arange(1, int(kept.sum()) + 1, dtype=np.uint32)
    return text.drop_null(), place[coded.codes]


def text_buffers(values: pa.Array) -> tuple[Any, NDArray[np.int64]]:
    """Return a large_string array's bytes and its offsets, without a copy of the bytes."""
    _, offsets, data = values.buffers()
    start, n = values.offset, len(values)
    if offsets is None or n == 0:
        return b"", np.zeros(1, np.int64)
    ends = np.frombuffer(offsets, np.int64, count=start + n + 1)[start:]
    return (b"" if data is None else data), ends


def in_order(column: KeyedColumn) -> KeyedColumn:
    """Put the codes in rising order, each once, so that they do not tell the order of the values.

    Values that are written differently and have one normal form have one code.
    """
    if not len(column.codes):
        return column
    halves = np.ascontiguousarray(column.codes).view(">u8").astype(np.uint64)
    order = np.argsort(halves[:, 0], kind="stable")
    first = halves[order, 0]
    if (first[1:] == first[:-1]).any():
        order = np.lexsort((halves[:, 1], halves[:, 0]))
    ranked = halves[order]
    new = np.ones(len(order), bool)
    new[1:] = (ranked[1:] != ranked[:-1]).any(axis=1)
    place = np.zeros(len(order) + 1, np.uint32)
    place[order + 1] = np.cumsum(new, dtype=np.uint32)
    return KeyedColumn(column.name, column.link, column.codes[order[new]], place[column.cells])


def shuffled(columns: Sequence[KeyedColumn]) -> list[KeyedColumn]:
    """Put the rows in the order of their codes, so that they do not tell the release's order."""
    if not columns or not len(columns[0].cells):
        return list(columns)
    order = np.lexsort([column.cells for column in reversed(columns)])
    return [KeyedColumn(c.name, c.link, c.codes, c.cells[order]) for c in columns]
