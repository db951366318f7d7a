"""The table of finding codes: what each is, what a reader could do to see it, and the remedy.

A code is for ever: policies, SARIF files and old approvals name it. Severities here are the default;
a reader of a format may lower or raise one for a single finding (a chart's cached values that equal
visible cells are a note).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["note", "review", "refuse"]
SEVERITIES: tuple[Severity, ...] = ("refuse", "review", "note")


class Code(NamedTuple):
    """One kind of finding.

    `title` names it, `how` says what a reader could do to see it, `remedy` what to do, one sentence
    each; `counts` says what the count counts.
    """

    severity: Severity
    title: str
    counts: str
    how: str
    remedy: str


_SAFE_COPY = "Send a new file that holds only what was asked for, such as a CSV of the counts."

CODES: dict[str, Code] = {
    # What is reported of tables and of the file as a whole
    "unseen-people-table": Code(
        "refuse",
        "table of people out of sight",
        "rows",
        "Unhide, expand or extract the place named here: the rows are in the file.",
        _SAFE_COPY,
    ),
    "people-table": Code(
        "note",
        "visible table of people",
        "rows",
        "Open the file.",
        "Send it only when every row and column was meant to leave.",
    ),
    "unseen-table": Code(
        "review",
        "table out of sight",
        "rows",
        "Unhide, expand or extract the place named here.",
        "Delete it from the draft, or send a new file that holds only the visible tables.",
    ),
    "unseen-identifier": Code(
        "refuse",
        "direct identifier in unseen content",
        "values",
        "Search the unpacked file for the value.",
        "Delete the content named here, or send a new file made from the visible cells.",
    ),
    "small-count": Code(
        "note",
        "small counts in a table of counts",
        "cells",
        "Read the table: a count from 1 to 10 may stand for people who can be recognised.",
        "Check whether the policy asks for rounding or suppression.",
    ),
    "unexpected-table": Code(
        "review",
        "not what was asked for: a table",
        "rows",
        "Open the file.",
        "Take out what was not asked for.",
    ),
    "unexpected-column": Code(
        "review",
        "not what was asked for: a column",
        "columns",
        "Open the file.",
        "Take out the column, or add it to what is expected.",
    ),
    "missing-column": Code(
        "review",
        "asked for but not there: a column",
        "columns",
        "Compare the visible tables with the request.",
        "Add the column, or correct what is expected.",
    ),
    "empty-file": Code(
        "review",
        "nothing in the file",
        "files",
        "Open the file.",
        "Check that the right file was given.",
    ),
    # Not known, not read
    "unknown-part": Code(
        "review",
        "content that this program does not know",
        "items",
        "Unpack the file (it is a ZIP or OLE container) and read the part.",
        "Find out what it is, or send a new file made from the visible content.",
    ),
    "unsupported-format": Code(
        "review",
        "format that is not read",
        "files",
        "Open it in the program that made it.",
        "Convert it to XLSX, DOCX, ODS or CSV and inspect that.",
    ),
    "unreadable": Code(
        "review",
        "file that cannot be opened",
        "files",
        "A repair tool may still show what is in it.",
        "Save the draft again from the program that made it and inspect the new file.",
    ),
    "not-fully-read": Code(
        "review",
        "could not be read fully",
        "parts",
        "Another program may read what this one could not.",
        "Save the draft again from the program that made it and inspect the new file.",
    ),
    "encrypted": Code(
        "review",
        "encrypted content",
        "parts",
        "Anyone with the password, or who guesses it, reads everything.",
        "Inspect the draft without its password.",
    ),
    "external-entity": Code(
        "review",
        "XML entity or external reference in markup",
        "items",
        "Unpack the file and read the part.",
        "Save the draft again from the program that made it.",
    ),
    "unsafe-path": Code(
        "review",
        "member name that leaves the archive",
        "members",
        "List the archive's names.",
        "Do not unpack it; save the draft again from the program that made it.",
    ),
    "leftover-data": Code(
        "review",
        "leftover bytes of earlier saves",
        "bytes",
        "Read the file in a hex viewer.",
        "Save as a new file in a current format.",
    ),
    "oversized": Code(
        "review",
        "file far larger than its visible content",
        "bytes",
        "Unpack the file and look at its largest parts.",
        "Find the large part, or send a new file made from the visible cells.",
    ),
    # Sheets, rows, columns, cells
    "hidden-sheet": Code(
        "review",
        "hidden sheet",
        "sheets",
        "Right-click any sheet tab and choose Unhide.",
        "Delete the sheet.",
    ),
    "very-hidden-sheet": Code(
        "review",
        "very hidden sheet",
        "sheets",
        "Set the sheet's Visible property in the macro editor (Alt+F11), or unpack the file.",
        "Delete the sheet.",
    ),
    "hidden-row": Code(
        "review",
        "hidden rows with content",
        "cells",
        "Select the rows around them and choose Unhide.",
        "Delete the rows.",
    ),
    "hidden-column": Code(
        "review",
        "hidden columns with content",
        "cells",
        "Select the columns around them and choose Unhide.",
        "Delete the columns.",
    ),
    "zero-size-row": Code(
        "review",
        "rows of no height with content",
        "cells",
        "Drag the row's border, or set its height.",
        "Delete the rows.",
    ),
    "zero-size-column": Code(
        "review",
        "columns of no width with content",
        "cells",
        "Drag the column's border, or set its width.",
        "Delete the columns.",
    ),
    "collapsed-group": Code(
        "review",
        "collapsed outline group with content",
        "cells",
        "Click the plus sign beside the rows or above the columns.",
        "Delete the collapsed rows or columns.",
    ),
    "filtered-row": Code(
        "review",
        "rows hidden by a filter",
        "cells",
        "Clear the filter.",
        "Copy the visible rows to a new sheet, and delete this one.",
    ),
    "far-cells": Code(
        "review",
        "cells far outside the main table or the print area",
        "cells",
        "Press Ctrl+End, or scroll.",
        "Delete the cells, or move them to where they are seen.",
    ),
    "hiding-format": Code(
        "review",
        "number format that shows nothing",
        "cells",
        "Click the cell and read the formula bar.",
        "Delete the cells' content.",
    ),
    "invisible-text": Code(
        "review",
        "text in the colour of its background",
        "cells",
        "Select the cells, or change the font's colour.",
        "Delete the cells' content.",
    ),
    "tiny-font": Code(
        "review",
        "text too small to read",
        "cells",
        "Zoom in, or change the font's size.",
        "Delete the cells' content.",
    ),
    "covered-cells": Code(
        "review",
        "cells under a picture, chart or shape",
        "cells",
        "Move the object.",
        "Delete the cells' content, or move the object away.",
    ),
    "merged-cells": Code(
        "review",
        "content under merged cells",
        "cells",
        "Unmerge the cells.",
        "Unmerge, and delete what appears.",
    ),
    "orphan-string": Code(
        "review",
        "text of deleted cells left in the file",
        "strings",
        "Unpack the file and read the shared strings.",
        "Save the workbook again in Excel, or send a new file.",
    ),
    "phonetic-text": Code(
        "note",
        "phonetic readings of names",
        "strings",
        "Choose Show Phonetic Field.",
        "Clear the phonetic text if the cells do not show it.",
    ),
    "hidden-formula": Code(
        "note",
        "protected cells with hidden formulas",
        "cells",
        "Copy the cells to another workbook.",
        "Replace the formulas by their values.",
    ),
    # Names, links, data from elsewhere
    "hidden-name": Code(
        "review",
        "hidden defined name",
        "names",
        "List names with a macro, or unpack the file.",
        "Delete the name in Name Manager after making it visible.",
    ),
    "stale-name": Code(
        "note",
        "defined name that refers to nothing",
        "names",
        "Open Formulas > Name Manager.",
        "Delete the name.",
    ),
    "constant-name": Code(
        "review",
        "defined name that holds text or numbers itself",
        "names",
        "Open Formulas > Name Manager.",
        "Delete the name.",
    ),
    "external-link": Code(
        "note", "link to another file", "links", "Open Data > Edit Links.", "Break the links."
    ),
    "external-link-cache": Code(
        "review",
        "cells of another workbook kept in this file",
        "cells",
        "Unpack the file, or write a formula that refers to the other workbook.",
        "Break the links in Data > Edit Links and save.",
    ),
    "pivot-cache": Code(
        "review",
        "source rows kept behind a pivot table",
        "records",
        "Double-click a total in the pivot table: the rows appear on a new sheet.",
        "Copy the pivot table and paste its values into a new file.",
    ),
    "pivot-items": Code(
        "review",
        "values of the source kept in a pivot table or slicer",
        "items",
        "Open the field's filter list in the pivot table or slicer.",
        "Copy the pivot table and paste its values into a new file.",
    ),
    "slicer": Code(
        "note",
        "slicer or timeline",
        "items",
        "Look at the slicer, or at its settings.",
        "Delete the slicer.",
    ),
    "chart-cache": Code(
        "review",
        "values kept behind a chart",
        "points",
        "Unpack the file, or choose Edit Data.",
        "Paste the chart as a picture, or delete it.",
    ),
    "data-model": Code(
        "review",
        "data model (Power Pivot) with its rows",
        "parts",
        "Open Power Pivot > Manage, or unpack the file.",
        "Remove the data model, or send a new file made from the visible cells.",
    ),
    "data-connection": Code(
        "review",
        "connections to data sources",
        "parts",
        "Open Data > Queries & Connections.",
        "Delete the connections.",
    ),
    "query": Code(
        "review",
        "Power Query",
        "queries",
        "Open Data > Get Data > Launch Power Query Editor.",
        "Delete the queries.",
    ),
    "query-table": Code(
        "note",
        "range filled by a query",
        "ranges",
        "Open Data > Queries & Connections.",
        "Unlink the range from its query.",
    ),
    "query-rows": Code(
        "review",
        "rows typed into a Power Query",
        "rows",
        "Open the query's first step in the Power Query editor.",
        "Delete the query.",
    ),
    "rich-data": Code(
        "review",
        "record behind a cell (rich value)",
        "values",
        "Click the icon in the cell, or write a formula like =A1.Field.",
        "Convert the cells to text.",
    ),
    "web-query": Code(
        "review",
        "web publishing or web query settings",
        "items",
        "Unpack the file.",
        "Delete the web query.",
    ),
    # People and notes about the document
    "author-property": Code(
        "note",
        "name of an author, manager or company",
        "properties",
        "Open File > Info.",
        "Run File > Info > Inspect Document.",
    ),
    "document-property": Code(
        "note",
        "title, subject, keywords or other property",
        "properties",
        "Open File > Info > Properties.",
        "Run File > Info > Inspect Document.",
    ),
    "custom-property": Code(
        "review",
        "custom document property",
        "properties",
        "Open File > Info > Properties > Advanced.",
        "Delete the property.",
    ),
    "sensitivity-label": Code(
        "note",
        "sensitivity label",
        "labels",
        "Open File > Info > Properties > Advanced.",
        "Check that the label allows the disclosure.",
    ),
    "comment": Code(
        "review",
        "comments or notes",
        "comments",
        "Point at the cell's corner, or open Review > Show Comments.",
        "Delete the comments.",
    ),
    "person": Code(
        "review",
        "list of people who commented or were mentioned",
        "people",
        "Unpack the file.",
        "Run File > Info > Inspect Document.",
    ),
    "custom-xml": Code(
        "review",
        "custom XML data",
        "parts",
        "Unpack the file.",
        "Run File > Info > Inspect Document and remove custom XML.",
    ),
    "xml-map": Code(
        "note",
        "map of cells to an XML schema",
        "parts",
        "Open Developer > Source.",
        "Delete the map.",
    ),
    "revision-log": Code(
        "review",
        "log of earlier edits",
        "revisions",
        "Open Review > Track Changes, or unpack the file.",
        "Unshare the workbook, or send a new file.",
    ),
    "revision-id": Code(
        "note", "revision identifiers", "parts", "Unpack the file.", "Nothing to do."
    ),
    "tracked-deletion": Code(
        "review",
        "deleted text kept by change tracking",
        "deletions",
        "Open Review > All Markup.",
        "Accept all changes and stop tracking.",
    ),
    "tracked-change": Code(
        "review",
        "tracked changes with author and time",
        "changes",
        "Open Review > All Markup.",
        "Accept all changes and stop tracking.",
    ),
    "hidden-text": Code(
        "review", "hidden text", "runs", "Show hidden characters.", "Delete the hidden text."
    ),
    "document-variable": Code(
        "review",
        "document variables",
        "variables",
        "Unpack the file, or list them with a macro.",
        "Delete the variables with a macro, or send a new file.",
    ),
    "mail-merge": Code(
        "review",
        "mail-merge source",
        "sources",
        "Open Mailings > Edit Recipient List.",
        "Turn the document into a normal one.",
    ),
    "glossary": Code(
        "review",
        "building blocks stored in the document",
        "blocks",
        "Open Insert > Quick Parts.",
        "Send a new file made from the visible text.",
    ),
    "alternate-chunk": Code(
        "review",
        "another document merged in at opening",
        "parts",
        "Open the document.",
        "Open and save the document in Word, and inspect the new file.",
    ),
    "saved-version": Code(
        "review",
        "earlier versions kept in the file",
        "versions",
        "Open File > Versions.",
        "Delete the versions.",
    ),
    "linked-table": Code(
        "review",
        "cells of another file kept in this one",
        "cells",
        "Unpack the file.",
        "Break the links and save.",
    ),
    # Things embedded
    "macro": Code("review", "macros", "projects", "Press Alt+F11.", "Save without macros."),
    "embedded-object": Code(
        "review",
        "embedded file or object",
        "objects",
        "Double-click the object: the whole file opens.",
        "Replace the object by a picture of it.",
    ),
    "picture": Code(
        "review",
        "picture",
        "pictures",
        "Open the file; a photo of a person identifies them.",
        "Look at the picture; delete it unless it was meant to leave.",
    ),
    "picture-metadata": Code(
        "review",
        "camera data in a picture",
        "fields",
        "Extract the picture and read its EXIF data.",
        "Remove the metadata from the picture before inserting it.",
    ),
    "picture-location": Code(
        "refuse",
        "place where a photo was taken",
        "pictures",
        "Extract the picture and read its EXIF data.",
        "Remove the metadata from the picture before inserting it.",
    ),
    "cropped-picture": Code(
        "review",
        "cropped-away part of a picture",
        "pictures",
        "Choose Crop or Reset Picture.",
        "Choose Compress Pictures and delete cropped areas.",
    ),
    "hidden-object": Code(
        "review",
        "hidden drawing object",
        "objects",
        "Open Home > Find & Select > Selection Pane.",
        "Delete the object.",
    ),
    "thumbnail": Code(
        "review",
        "picture of the first page",
        "pictures",
        "Show the file's preview.",
        "Save without a preview picture.",
    ),
    "ink": Code(
        "review", "ink or handwriting", "parts", "Open the file, or unpack it.", "Delete the ink."
    ),
    "alt-text": Code(
        "review",
        "alternative text of an object",
        "texts",
        "Open the object's alt text.",
        "Rewrite or delete the alternative text.",
    ),
    "web-extension": Code(
        "review",
        "web add-in with its settings",
        "parts",
        "Open Insert > My Add-ins, or unpack the file.",
        "Remove the add-in.",
    ),
    "control": Code(
        "review",
        "form control or ActiveX data",
        "controls",
        "Open Developer > Design Mode.",
        "Delete the controls.",
    ),
    "printer-settings": Code(
        "note",
        "printer settings",
        "parts",
        "Unpack the file: they may name a printer or a user.",
        "Nothing to do in most cases.",
    ),
    "custom-ui": Code(
        "note",
        "custom ribbon or toolbar",
        "parts",
        "Unpack the file.",
        "Nothing to do in most cases.",
    ),
    "signature": Code(
        "review",
        "digital signature naming its signer",
        "parts",
        "Open File > Info > View Signatures.",
        "Remove the signature if the signer is not to be named.",
    ),
    # Layout and settings
    "validation-list": Code(
        "review",
        "list of allowed values typed into a cell's rule",
        "values",
        "Click the cell's arrow, or open Data > Data Validation.",
        "Clear the rule.",
    ),
    "scenario": Code(
        "review",
        "scenarios with their values",
        "scenarios",
        "Open Data > What-If Analysis > Scenario Manager.",
        "Delete the scenarios.",
    ),
    "custom-view": Code(
        "note", "custom views", "views", "Open View > Custom Views.", "Delete the views."
    ),
    "header-footer": Code(
        "review",
        "text in headers or footers",
        "texts",
        "Open Print Preview.",
        "Check the text, or clear it.",
    ),
    "cell-link": Code(
        "review", "links in cells", "links", "Point at the cell.", "Remove the links."
    ),
    "conditional-hiding": Code(
        "review",
        "conditional format that hides cells",
        "rules",
        "Select the cell and read the formula bar.",
        "Clear the rule and delete what appears.",
    ),
    "filter-value": Code(
        "review",
        "values kept in a filter's settings",
        "values",
        "Open the filter's list, or unpack the file.",
        "Clear the filter.",
    ),
    "path": Code(
        "review",
        "file path, server or user name",
        "paths",
        "Open Data > Edit Links, or unpack the file.",
        "Break the link or delete the path.",
    ),
    "name-in-place": Code(
        "review",
        "name of a person in a file, sheet or member name",
        "names",
        "Read the name.",
        "Rename it.",
    ),
    "system-file": Code(
        "review",
        "file left by an operating system or editor",
        "members",
        "List the archive's names.",
        "Delete it from the archive.",
    ),
    # CSV
    "formula-injection": Code(
        "review",
        "cells that a spreadsheet would run as formulas",
        "cells",
        "Open the file in a spreadsheet.",
        "Put an apostrophe before the cell's text.",
    ),
    "zero-width": Code(
        "review",
        "invisible characters",
        "characters",
        "Show the text's code points.",
        "Delete the characters.",
    ),
    "ragged-row": Code(
        "review",
        "rows with more columns than the header",
        "rows",
        "Open the file in a text editor.",
        "Remove the extra columns.",
    ),
}


def code(name: str) -> Code:
    """Return the entry of a finding code.

    Raises
    ------
    KeyError
        If no such code is published: add it to `CODES` first.

    Examples
    --------
    >>> code("hidden-sheet").severity
    'review'
    """
    return CODES[name]
