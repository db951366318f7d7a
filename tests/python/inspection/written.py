"""Rows of cells as files of several formats."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence

import docx
import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

Rows = Sequence[Sequence[str]]
_NUMBER = re.compile(r"\d{1,9}(?:\.\d+)?")


def as_csv(*tables: Rows) -> bytes:
    """Tables below each other, an empty line between."""
    file = io.StringIO()
    writer = csv.writer(file)
    for i, rows in enumerate(tables):
        if i:
            writer.writerow([])
        writer.writerows(rows)
    return file.getvalue().encode()


def as_xlsx(*tables: Rows) -> bytes:
    """A sheet for each table."""
    book = openpyxl.Workbook()
    for i, rows in enumerate(tables):
        sheet = book.active if i == 0 else book.create_sheet()
        for row in rows:
            sheet.append([float(v) if _NUMBER.fullmatch(v) else v or None for v in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_ods(*tables: Rows) -> bytes:
    """A sheet for each table."""
    book = OpenDocumentSpreadsheet()
    for i, rows in enumerate(tables):
        sheet = Table(name=f"Sheet{i + 1}")
        for row in rows:
            line = TableRow()
            for value in row:
                if _NUMBER.fullmatch(value):
                    cell = TableCell(valuetype="float", value=value)
                else:
                    cell = TableCell(valuetype="string")
                cell.addElement(P(text=value))
                line.addElement(cell)
            sheet.addElement(line)
        book.spreadsheet.addElement(sheet)
    file = io.BytesIO()
    book.write(file)
    return file.getvalue()


def as_docx(*tables: Rows) -> bytes:
    """Tables of a document, a line between."""
    document = docx.Document()
    for i, rows in enumerate(tables):
        if i:
            document.add_paragraph("The next table follows.")
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(rows, table.rows, strict=True):
            for value, cell in zip(row, cells.cells, strict=True):
                cell.text = value
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


FORMATS: dict[str, Callable[..., bytes]] = {
    "csv": as_csv,
    "xlsx": as_xlsx,
    "ods": as_ods,
    "docx": as_docx,
}
