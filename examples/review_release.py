"""Review what is about to be published: python examples/review_release.py drafts/*.xlsx"""

import sys

import singleout as so

codes = set() if sys.argv[1:] else {2}  # 0 release, 1 do not send, 2 error, 3 a person must check
for path in sys.argv[1:]:
    try:
        print(review := so.review(path, policy="foi-strict"))
        codes.add(review.exit_code)
    except so.InputError as problem:
        print(problem, file=sys.stderr)
        codes.add(2)
sys.exit(next(code for code in (1, 2, 3, 0) if code in codes))
