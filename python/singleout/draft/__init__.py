"""Open a draft as the public will, and find every table and name in it, seen or not."""

from singleout.draft.inspect import inspect
from singleout.draft.model import Draft, DraftTable, Finding, Place

__all__ = ["Draft", "DraftTable", "Finding", "Place", "inspect"]
