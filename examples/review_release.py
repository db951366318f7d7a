"""Review what is about to be published: python examples/review_release.py drafts/*.xlsx"""

import sys

import singleout as so

reviews = [so.review(path, policy="foi-strict") for path in sys.argv[1:]]
for review in reviews:
    print(review)
sys.exit(0 if reviews and all(review.verdict == "release" for review in reviews) else 1)
