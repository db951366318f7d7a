"""The `singleout` program."""

from singleout.cli.program import main

__all__ = ["main"]
