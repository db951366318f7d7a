"""`python -m singleout.cli`, as `singleout`."""

import sys

from singleout.cli.start import program

if __name__ == "__main__":
    sys.exit(program())
