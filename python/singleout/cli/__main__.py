"""`python -m singleout.cli`, as `singleout`."""

import sys

from singleout.cli import main

if __name__ == "__main__":
    sys.exit(main())
