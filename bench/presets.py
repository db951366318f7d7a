"""What each preset makes of the files of ../shared/drafts: how many, and for each file why.

python bench/presets.py                 # the table and each file's worst reason
python bench/presets.py --write         # the same into docs/presets.md
python bench/presets.py --check         # fails when docs/presets.md is not what this prints
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections import Counter
from pathlib import Path

from singleout import inspect, review
from singleout.policy import PRESETS, Policy
from singleout.verdict import Review

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("SINGLEOUT_SHARED", ROOT.parent / "shared"))
PAGE = ROOT / "docs" / "presets.md"
AS_OF = dt.date(2026, 11, 24)
VERDICTS = ("release", "refuse", "review")
WORDS = {"release": "released", "refuse": "refused", "review": "to a person"}

HEAD = """# What each preset makes of real files

These are the files of `../shared/drafts`: test files of Apache POI and calamine, chosen for what is
hidden in them, not a sample of what public bodies send. The table shows how the presets differ.
Made by `python bench/presets.py --write`.
"""


def verdicts(drafts: Path) -> dict[str, dict[str, Review]]:
    """Review every file under every preset; each file is read once."""
    files = sorted(path for path in drafts.glob("*/*") if path.is_file())
    policies = {name: Policy.load(name) for name in PRESETS}
    found: dict[str, dict[str, Review]] = {}
    for file in files:
        draft = inspect(file)
        found[file.relative_to(drafts).as_posix()] = {
            name: review(draft, policy, as_of=AS_OF) for name, policy in policies.items()
        }
    return found


def table(found: dict[str, dict[str, Review]]) -> str:
    """Return how many files each preset releases, refuses and sends to a person."""
    lines = ["| preset | " + " | ".join(WORDS[v] for v in VERDICTS) + " |", "|---|---:|---:|---:|"]
    for name in PRESETS:
        counts = Counter(reviews[name].verdict for reviews in found.values())
        lines.append(f"| `{name}` | " + " | ".join(str(counts[v]) for v in VERDICTS) + " |")
    authors = [
        reviews["foi-strict"]
        for reviews in found.values()
        if {f.code for f in reviews["foi-strict"].draft.findings} <= {"author-property"}
        and reviews["foi-strict"].draft.tables
    ]
    alone = Counter(one.verdict for one in authors)
    lines += [
        "",
        f"{len(found)} files. Of the {len(authors)} with a table and no finding but an author "
        f"property (or none), `foi-strict` releases {alone['release']}.",
    ]
    return "\n".join(lines)


def why(found: dict[str, dict[str, Review]]) -> str:
    """Return each file's verdicts, and the reasons of the first preset."""
    lines = [
        "| file | " + " | ".join(f"`{name}`" for name in PRESETS) + " | why, under `foi-strict` |",
        "|---" * (len(PRESETS) + 2) + "|",
    ]
    for file, reviews in found.items():
        reasons = list(dict.fromkeys(one.code for one in reviews["foi-strict"].reasons))
        shown = ", ".join(reasons[:4]) + (f" and {len(reasons) - 4} more" if reasons[4:] else "")
        cells = " | ".join(WORDS[reviews[name].verdict] for name in PRESETS)
        name = file.replace("|", "\\|")
        lines.append(f"| {name} | {cells} | {shown or 'nothing that it stops'} |")
    return "\n".join(lines)


def page(found: dict[str, dict[str, Review]]) -> str:
    """Return the page of the documentation."""
    return f"{HEAD}\n{table(found)}\n\n## Each file\n\n{why(found)}\n"


def main() -> int:
    """Print or write the tables."""
    parser = argparse.ArgumentParser(description="What each preset makes of the shared drafts.")
    parser.add_argument("--drafts", type=Path, default=SHARED / "drafts")
    parser.add_argument("--write", action="store_true", help="write docs/presets.md")
    parser.add_argument("--check", action="store_true", help="fail when docs/presets.md differs")
    options = parser.parse_args()
    if not options.drafts.is_dir():
        print(f"{options.drafts}: no such folder; set SINGLEOUT_SHARED", file=sys.stderr)
        return 2
    found = verdicts(options.drafts)
    if options.write:
        PAGE.write_text(page(found), "utf-8")
    if options.check:
        same = PAGE.read_text("utf-8") == page(found)
        print("docs/presets.md is current" if same else "docs/presets.md differs: run with --write")
        return 0 if same else 1
    print(f"{table(found)}\n\n{why(found)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
