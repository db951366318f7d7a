"""`singleout score FILE`: which combinations of fields single people out."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from singleout.base import exit_codes
from singleout.base.printable import printable
from singleout.cli.inputs import Given, add_files, given
from singleout.cli.streams import write_utf8
from singleout.errors import InputError, SingleoutError

if TYPE_CHECKING:
    from rich.table import Table

    from singleout.assessment import Assessment

SIZES = {1: "one field", 2: "two fields", 3: "three fields"}
EACH = 5  # combinations shown of each size


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_files(parser, "a CSV, TSV, Parquet or Arrow file of people")
    parser.add_argument(
        "--fields",
        nargs="+",
        metavar="FIELD",
        help="the fields that leave together (a b c or a,b,c); all columns when left out",
    )
    parser.add_argument(
        "--threshold",
        type=int,
        default=5,
        metavar="K",
        help="count records in classes smaller than this (5)",
    )
    parser.add_argument(
        "--max-size", type=int, metavar="N", help="combine at most N fields at a time"
    )
    parser.add_argument(
        "--counts", metavar="FIELD", help="the column that says how many people a row stands for"
    )
    parser.add_argument(
        "--identifiers",
        choices=("separate", "include"),
        default="separate",
        help="keep a field that is unique by itself out of larger combinations (separate)",
    )
    parser.add_argument(
        "--nulls",
        choices=("value", "drop", "any"),
        default="value",
        help="an empty cell is a value, or drops the row, or matches any value (value)",
    )
    parser.add_argument("--threads", type=int, metavar="N", help="how many threads walk")
    parser.add_argument("--format", choices=("table", "csv", "json", "parquet"), default="table")
    parser.add_argument(
        "--show-values",
        action="store_true",
        help="show headings that look like values: the first row of a file without headings",
    )
    parser.epilog = (
        "Exit codes: 0 measured (which is no verdict), 2 error. Another format than table takes "
        "one file."
    )


def run(options: argparse.Namespace) -> int:
    """Score each file and print every combination, or the worst small ones.

    Returns
    -------
    int
        0: measuring is no verdict; 2 where a file cannot be measured.
    """
    files = given(options.files, options.name)
    if options.format != "table" and len(files) > 1:
        raise InputError(f"--format {options.format} is of one file; {len(files)} were given")
    code = exit_codes.DONE
    for number, file in enumerate(files):
        if number:
            print()
        try:
            _score(file, options)
        except SingleoutError as problem:
            if len(files) == 1:
                raise
            sys.stderr.write(f"singleout: {problem}\n")
            code = exit_codes.ERROR
    return code


def _score(file: Given, options: argparse.Namespace) -> None:
    from singleout.cli.headings import without_values
    from singleout.files import read_bytes, read_file
    from singleout.scoring import score

    if file.problem:
        raise InputError(f"{printable(file.shown)}: {file.problem}")
    fields, counts = _split(options.fields), options.counts
    source = read_file(file.path or "") if file.data is None else read_bytes(file.data, file.name)
    if not options.show_values:
        source, named = without_values(source)
        fields = None if fields is None else [named.get(name, name) for name in fields]
        counts = named.get(counts, counts)
    assessment = score(
        source,
        fields,
        max_size=options.max_size,
        threshold=options.threshold,
        counts=counts,
        identifiers=options.identifiers,
        nulls=options.nulls,
        threads=options.threads,
    )
    if options.format == "table":
        _print(assessment)
    else:
        _write(assessment.combinations, options.format)


def _split(fields: list[str] | None) -> list[str] | None:
    if fields is None:
        return None
    return [name.strip() for words in fields for name in words.split(",") if name.strip()]


def _write(combinations: Any, kind: str) -> None:
    """All combinations to standard output, as a program reads them."""
    import pyarrow as pa

    if kind == "parquet":
        from pyarrow import parquet

        if sys.stdout.isatty():
            raise InputError("Parquet is not for the screen: redirect it to a file (> out.parquet)")
        sink = pa.BufferOutputStream()
        parquet.write_table(combinations, sink)
        sys.stdout.buffer.write(sink.getvalue())
    elif kind == "json":
        import json

        rows = combinations.to_pylist()
        write_utf8(json.dumps(rows, indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    else:
        from pyarrow import csv

        names = pa.array(["+".join(fields) for fields in combinations["fields"].to_pylist()])
        sink = pa.BufferOutputStream()
        csv.write_csv(combinations.set_column(0, "fields", names), sink)
        sys.stdout.buffer.write(sink.getvalue())


def _print(assessment: Assessment) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    console.print(assessment.summary(), soft_wrap=not console.is_terminal, markup=False)
    console.print()
    console.print(_worst(assessment))


def _worst(assessment: Assessment) -> Table:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from singleout.summary import percent

    table = Table(title="What singles out most", title_justify="left", box=None, pad_edge=False)
    table.add_column("fields", overflow="fold")
    under = f"in classes under {assessment.threshold}"
    for name in (f"{assessment.noun} singled out", "share", under):
        table.add_column(name, justify="right")
    size = 0
    for worst in assessment.worst(EACH, max(SIZES)):
        if len(worst.fields) != size:
            size = len(worst.fields)
            table.add_row(f"[dim]{SIZES[size]}[/]")
        table.add_row(
            Padding(Text(" + ".join(worst.fields)), (0, 0, 0, 2)),
            f"{worst.unique_records:,}",
            percent(worst.unique_records, assessment.people),
            f"{worst.records_below_threshold:,}",
        )
    return table
