"""The report: one page of HTML that needs nothing else, for a screen, a printer and a case file."""

from singleout.report.page import page

__all__ = ["page"]
