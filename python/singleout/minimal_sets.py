"""One record's minimal sample uniques: the smallest sets of fields that single it out.

For one record no walk is needed. Each other record differs from it on some of the fields; a set of
fields singles the record out if and only if it holds, for each of the others, a field on which the
two differ. Minimal uniques are so the minimal hitting sets of those sets of fields, for any number
of fields.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from singleout.table import CodedTable

_WORD = 64


def minimal_sets(table: CodedTable, row: int, max_size: int) -> list[tuple[int, ...]]:
    """Return the minimal sets of fields that single a row out.

    Parameters
    ----------
    table : CodedTable
        Every field passed.
    row : int
        Its place, 0 to rows - 1.
    max_size : int
        The largest set.

    Returns
    -------
    list of tuple of int
        Places of fields, by size, then in the table's order. A field on which the row is null is
        in none of them.

    Notes
    -----
    The hitting sets are searched depth first as in algorithm MMCS of Murakami & Uno, "Efficient
    algorithms for dualizing large-scale hypergraphs" (2014): every set is met once.

    Examples
    --------
    >>> from singleout.table import code_table
    >>> import pyarrow as pa
    >>> data = pa.table({"rank": ["PC", "PC", "Sergeant"], "station": ["A", "B", "B"]})
    >>> coded = code_table(data, None, None, 1)
    >>> [minimal_sets(coded, row, 2) for row in range(3)]
    [[(1,)], [(0, 1)], [(0,)]]
    """
    if table.counts is not None and table.counts[row] > 1:
        return []
    own = [place for place, c in enumerate(table.columns) if c.codes[row]]
    if table.rows == 1:  # whoever is alone in the table is singled out by anything
        return [(place,) for place in own]
    edges = _smallest(_differing(table, own, row))
    found = sorted(
        tuple(own[bit] for bit in _bits(chosen)) for chosen in _hitting_sets(edges, max_size)
    )
    return sorted(found, key=len)


def _differing(table: CodedTable, own: list[int], row: int) -> NDArray[np.uint64]:
    """For each other row the fields on which it differs, as bits; distinct, shape (u, words)."""
    words = max(1, -(-len(own) // _WORD))
    masks = np.zeros((table.rows, words), dtype=np.uint64)
    for bit, place in enumerate(own):
        codes = table.columns[place].codes
        differs = (codes != codes[row]).astype(np.uint64)
        masks[:, bit // _WORD] |= differs << np.uint64(bit % _WORD)
    masks = np.delete(masks, row, axis=0)
    if words == 1:
        return np.unique(masks[:, 0])[:, None]
    return np.unique(masks, axis=0)


def _smallest(masks: NDArray[np.uint64]) -> list[int]:
    """Keep the sets that hold no other, as Python integers, smallest first."""
    bits = np.unpackbits(np.ascontiguousarray(masks).view(np.uint8), axis=1)
    size = bits.sum(axis=1, dtype=np.int64)
    left = masks[np.argsort(size, kind="stable")]
    kept = []
    while len(left):
        first = left[0]
        kept.append(sum(int(word) << (_WORD * i) for i, word in enumerate(first)))
        left = left[((left & first) != first).any(axis=1)]
    return kept


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _hitting_sets(edges: list[int], max_size: int) -> Iterator[int]:
    """Yield every minimal set of at most `max_size` bits that meets all the edges.

    Each step takes an edge that is not met and tries its bits in turn; a bit tried before is
    forbidden below. Every bit chosen must stay the only one to meet some edge: its critical edges.
    """
    everything = 0
    for edge in edges:
        everything |= edge
    holds = {
        bit: sum(1 << i for i, e in enumerate(edges) if e >> bit & 1) for bit in _bits(everything)
    }
    # chosen bits, edges not met, critical edges of each chosen bit, bits that may still be taken
    stack: list[tuple[int, int, tuple[int, ...], int]] = [
        (0, (1 << len(edges)) - 1, (), everything)
    ]
    while stack:
        chosen, unmet, critical, free = stack.pop()
        if not unmet:
            yield chosen
            continue
        if len(critical) == max_size:
            continue
        edge = min((edges[i] & free for i in _bits(unmet)), key=int.bit_count)
        allowed = free & ~edge
        for bit in _bits(edge):
            met = holds[bit]
            rest = tuple(c & ~met for c in critical)
            if all(rest):
                stack.append((chosen | 1 << bit, unmet & ~met, (*rest, unmet & met), allowed))
            allowed |= 1 << bit
