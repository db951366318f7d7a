"""Review what is about to be published: python examples/review_release.py drafts/*.xlsx

Exits with 0 only if every file may leave; 1: one must not be sent; 3: a person must check one;
2: one could not be read, or there was none.
"""

import sys

import singleout as so

codes = set()
for path in sys.argv[1:]:
    try:
        review = so.review(path, policy="foi-strict")
    except so.InputError as problem:  # no such file, no permission, a folder
        print(f"{path!r}: {problem}", file=sys.stderr)
        codes.add(2)
    else:
        print(review)
        codes.add(review.exit_code)  # 0, 1 or 3
# A file that must not be sent outweighs one that could not be read; nothing reviewed is no release.
sys.exit(next((code for code in (1, 2, 3, 0) if code in codes), 2))
