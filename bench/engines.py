"""The engines that bench/combinations.py compares: each makes its frame, then answers combinations.

A peer gets the fields by their places and gives, for each combination, classes, people singled out,
people below 5, the smallest and the largest class and the entropy in bits.
"""

from __future__ import annotations

import contextlib
import platform
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

Chosen = Sequence[tuple[int, ...]]
Work = Callable[[Chosen], Any]
THRESHOLD = 5


def memory() -> int:
    """Bytes that this process holds now; its peak starts here."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) * 1024
    raise OSError("no VmRSS")


def peak_memory() -> int:
    """The most bytes that this process held since `memory`."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def versions() -> str:
    """What ran, in one line."""
    from importlib.metadata import version

    names = ("singleout", "numpy", "pandas", "polars", "duckdb", "pyarrow")
    return f"CPython {platform.python_version()}; " + ", ".join(f"{n} {version(n)}" for n in names)


def figures(sizes: Any) -> tuple[float, ...]:
    """What is compared, from the sizes of one combination's classes."""
    sizes = np.asarray(sizes)
    n = sizes.sum()
    return (
        len(sizes),
        int((sizes == 1).sum()),
        int(sizes[sizes < THRESHOLD].sum()),
        int(sizes.min()),
        int(sizes.max()),
        float(np.log2(n) - (sizes * np.log2(sizes)).sum() / n),
    )


def numpy_engine(table: pa.Table, largest: int) -> Work:
    """Integer codes, one mixed-radix key a combination, numpy.unique."""

    def work(chosen: Chosen) -> Any:
        codes, radix = [], []
        for column in table.columns:
            values, inverse = np.unique(column.to_numpy().astype(str), return_inverse=True)
            codes.append(inverse.astype(np.int64))
            radix.append(len(values))
        found = []
        for fields in chosen:
            key, span = codes[fields[0]], radix[fields[0]]
            for f in fields[1:]:
                if span > 2**62 // radix[f]:
                    key = np.unique(key, return_inverse=True)[1]
                    span = len(key)
                key = key * radix[f] + codes[f]
                span *= radix[f]
            found.append(figures(np.unique(key, return_counts=True)[1]))
        return found

    return work


def pandas_engine(table: pa.Table, largest: int) -> Work:
    """GroupBy over categories, observed only."""
    frame = table.to_pandas()

    def work(chosen: Chosen) -> Any:
        coded = frame.apply(lambda column: column.astype("category").cat.codes)
        names = list(coded.columns)
        found = []
        for fields in chosen:
            groups = coded.groupby([names[f] for f in fields], sort=False)
            found.append(figures(groups.size().to_numpy()))
        return found

    return work


def polars_engine(table: pa.Table, largest: int) -> Work:
    """group_by over categories."""
    import polars as pl

    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)

    def work(chosen: Chosen) -> Any:
        coded = frame.select(pl.all().rank("dense").cast(pl.UInt32))
        names = coded.columns
        return [
            figures(coded.group_by([names[f] for f in fields]).len()["len"].to_numpy())
            for fields in chosen
        ]

    return work


def duckdb_engine(table: pa.Table, largest: int) -> Work:
    """GROUP BY in SQL, one query a combination, figures in SQL."""
    import duckdb

    def work(chosen: Chosen) -> Any:
        base = duckdb.connect()
        base.execute("set threads to 2")
        base.register("incoming", table)
        ranked = ", ".join(
            f'cast(dense_rank() over (order by "{name}") as integer) as f{i}'
            for i, name in enumerate(table.column_names)
        )
        base.execute(f"create table coded as select {ranked} from incoming")
        found = []
        for fields in chosen:
            by = ", ".join(f"f{f}" for f in fields)
            row = base.execute(
                "select count(*), count(*) filter (k = 1), coalesce(sum(k) filter (k < 5), 0), "
                "min(k), max(k), log2(sum(k)) - sum(k * log2(k)) / sum(k) "
                f"from (select count(*) as k from coded group by {by})"
            ).fetchone()
            found.append(tuple(float(value) for value in row))
        return found

    return work


def pyarrow_engine(table: pa.Table, largest: int) -> Work:
    """Table.group_by over dictionary indices."""
    import pyarrow.compute as pc

    def work(chosen: Chosen) -> Any:
        columns = [
            pc.dictionary_encode(column.combine_chunks()).indices for column in table.columns
        ]
        names = [f"f{i}" for i in range(len(columns))]
        coded = pa.table(columns, names=names)
        return [
            figures(
                coded.group_by([names[f] for f in fields])
                .aggregate([([], "count_all")])["count_all"]
                .to_numpy()
            )
            for fields in chosen
        ]

    return work


def _singleout(make: Callable[[pa.Table], Any]) -> Callable[[pa.Table, int], Work]:
    def engine(table: pa.Table, largest: int) -> Work:
        import singleout as so

        frame = make(table)

        def work(chosen: Chosen) -> Any:
            return so.score(frame, max_size=largest, identifiers="include").combinations

        return work

    return engine


def _pandas(table: pa.Table) -> Any:
    return table.to_pandas()


def _polars(table: pa.Table) -> Any:
    import polars as pl

    return pl.from_arrow(table)


def walk_engine(table: pa.Table, largest: int) -> Work:
    """The core alone: codes in memory to figures in memory."""
    import singleout as so
    from singleout.walk import Walk

    walk = so.score(table, max_size=largest, identifiers="include")._walk

    def work(chosen: Chosen) -> Any:
        fresh = Walk(walk.table, walk.options)
        return fresh, fresh.figures

    return work


def walk_seconds(table: pa.Table, largest: int, runs: int) -> float:
    """The median time of the core alone."""
    work = walk_engine(table, largest)
    seconds = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        work(())
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds[1:])


PEERS: dict[str, Callable[[pa.Table, int], Work]] = {
    "numpy": numpy_engine,
    "pandas": pandas_engine,
    "polars": polars_engine,
    "duckdb": duckdb_engine,
    "pyarrow": pyarrow_engine,
}
ENGINES: dict[str, Callable[[pa.Table, int], Work]] = {
    "singleout engine alone": walk_engine,
    "singleout from pyarrow": _singleout(lambda table: table),
    "singleout from pandas": _singleout(_pandas),
    "singleout from polars": _singleout(_polars),
    **PEERS,
}
COLUMNS = (
    "classes",
    "unique_records",
    "records_below_threshold",
    "smallest_class",
    "largest_class",
    "entropy_bits",
)
SAMPLES = (1, 4, 8, 10, 40, 64, 80, 160, 256)


def digest(found: Any, count: int, every: int) -> dict[str, list[float]]:
    """Column sums by sample: an engine that did one combination in 8 can be compared too."""
    if isinstance(found, list):
        return {str(every): np.array(found).sum(axis=0).tolist()}
    if isinstance(found, tuple):
        from singleout.walk import bits_of

        walk, array = found
        names = ("classes", "unique", "below", "smallest", "largest")
        columns = [array[name].astype(float) for name in names]
        columns.append(bits_of(array, walk.table.people))
    else:
        columns = [np.asarray(found[name], dtype=float) for name in COLUMNS]
    return {str(n): [float(column[::n].sum()) for column in columns] for n in SAMPLES}
