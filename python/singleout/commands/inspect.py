"""`singleout inspect FILE...`: what is in a file, unseen things first."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Literal


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a draft: xlsx, xls, ods, docx, csv, zip ..."
    )
    parser.add_argument("--format", choices=("table", "json", "sarif"), default="table")
    parser.add_argument(
        "--expect",
        metavar="WHAT",
        help="what was asked for: 'counts', or names of columns (a,b,c); all else is a finding",
    )
    parser.add_argument(
        "--show-values",
        action="store_true",
        help="show names of sheets and parts that look like a person or a path",
    )


def run(options: argparse.Namespace) -> int:
    """Inspect each file and print what it holds.

    Returns
    -------
    int
        0 when every file was read fully and gave notes at most; 1 when a finding refuses; 3 when a
        person must check, or a file could not be read fully.
    """
    from singleout.draft import inspect

    asked: str | None = options.expect
    expect: Literal["counts"] | list[str] | None = None
    if asked is not None:
        expect = "counts" if asked == "counts" else [name.strip() for name in asked.split(",")]
    drafts = [inspect(file, expect=expect) for file in options.files]
    show = bool(options.show_values)
    if options.format == "json":
        json.dump(
            [d.to_dict(show_values=show) for d in drafts], sys.stdout, indent=1, ensure_ascii=False
        )
        print()
    elif options.format == "sarif":
        from singleout.draft.show import sarif

        json.dump(sarif(drafts, show_values=show), sys.stdout, indent=1, ensure_ascii=False)
        print()
    else:
        from rich.console import Console

        from singleout.draft.show import tree

        console = Console(highlight=False)
        for draft in drafts:
            console.print(tree(draft, show_values=show))
    if any(finding.severity == "refuse" for draft in drafts for finding in draft.findings):
        return 1
    return 0 if all(draft.clean for draft in drafts) else 3
