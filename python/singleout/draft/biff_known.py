"""The records that are known ([MS-XLS] 2.3; BIFF2 to BIFF5 as OpenOffice.org's documentation of
the Excel file format lists them), each with the reason why it is read, searched or passed over.

0x086D, 0x0873, 0x0881 and 0x08C0 to 0x08CB are in Microsoft's older "Excel 97-2007 Binary File
Format", by SheetJS's and oledump's copies of its list (secondary sources).
"""

from __future__ import annotations

# fmt: off
# Read: a reader of this package takes their content
READ: dict[int, str] = {
    0x0006: "formula", 0x0206: "formula", 0x0406: "formula", 0x0007: "text of a formula",
    0x0207: "text of a formula", 0x000A: "end", 0x0014: "header", 0x0015: "footer",
    0x0017: "links of formulas", 0x0018: "name", 0x0218: "name", 0x001C: "comment",
    0x001E: "number format", 0x041E: "number format", 0x0022: "dates from 1904",
    0x0023: "name in another workbook", 0x0223: "name in another workbook", 0x002F: "encryption",
    0x0031: "font", 0x0231: "font", 0x0045: "font colour", 0x003C: "continuation",
    0x003D: "window", 0x0042: "code page", 0x0055: "default width", 0x0059: "cells of another file",
    0x005A: "cells of another file", 0x005B: "user who reserved it", 0x005C: "last user",
    0x005D: "object", 0x007D: "columns", 0x007F: "picture", 0x0085: "sheet", 0x008F: "sheet",
    0x0092: "palette", 0x009B: "filter", 0x009D: "filter", 0x009E: "filter", 0x087E: "filter",
    0x00AF: "scenario", 0x00BD: "cells", 0x00D6: "cell", 0x00E5: "merged cells",
    0x00E9: "background picture", 0x00EB: "pictures", 0x00EC: "drawing", 0x00FC: "shared strings",
    0x00FD: "cell", 0x0043: "cell format", 0x0243: "cell format", 0x0443: "cell format",
    0x00E0: "cell format", 0x087D: "cell format", 0x01AA: "custom view", 0x01AB: "custom view",
    0x01A9: "custom view", 0x01AE: "another workbook", 0x01B0: "conditional format",
    0x01B1: "conditional format", 0x01B6: "text of an object", 0x01B8: "link",
    0x0800: "tip of a link", 0x01BE: "data validation", 0x0203: "cell", 0x0204: "cell",
    0x0205: "cell", 0x0208: "row", 0x0225: "default height", 0x027E: "cell", 0x089C: "headers",
    0x0041: "panes", 0x023E: "window",
    0x0866: "picture in a header", 0x004D: "printer", 0x0009: "begin", 0x0209: "begin",
    0x0409: "begin", 0x0809: "begin", 0x00D3: "macros are kept", 0x01BD: "macros are not kept",
    0x1051: "source of a chart", 0x1065: "kept values of a chart",
}
# Searched: they may hold text that nothing shows; the detectors of identifiers run over it
SEARCHED: dict[int, str] = {
    0x0050: "consolidation", 0x0051: "source of consolidation", 0x0052: "source of consolidation",
    0x01B5: "source of consolidation", 0x00AE: "scenario settings", 0x00B0: "pivot table",
    0x00B1: "pivot field", 0x00B2: "pivot item", 0x00C5: "pivot data field", 0x00B6: "pivot page",
    0x00B8: "routing slip", 0x00B9: "recipient", 0x00CD: "text of a query or pivot table",
    0x00D0: "pivot source", 0x00D1: "pivot source", 0x00D2: "pivot source",
    0x00DC: "query", 0x00F0: "pivot rule", 0x00F1: "pivot table", 0x0100: "pivot field",
    0x01AD: "query table", 0x0801: "web publishing", 0x0802: "query table", 0x0803: "query",
    0x0804: "text of a query", 0x0805: "text query", 0x0806: "query table field",
    0x0807: "query table field", 0x080A: "connection", 0x080B: "web options",
    0x080C: "pivot table", 0x080D: "pivot hierarchy", 0x080E: "pivot page", 0x080F: "pivot field",
    0x0810: "pivot table", 0x0812: "continuation", 0x0813: "real-time data",
    0x0858: "pivot chart's source", 0x0864: "pivot addition", 0x0867: "feature",
    0x0868: "feature: smart tags, protected ranges", 0x0871: "feature", 0x0872: "table",
    0x0874: "filter buttons", 0x0875: "continuation", 0x0876: "connection", 0x0877: "table",
    0x0878: "table", 0x0879: "conditional format", 0x087A: "conditional format",
    0x087B: "conditional format", 0x087F: "continuation", 0x0884: "cube metadata",
    0x0885: "cube metadata", 0x0886: "cube metadata", 0x0887: "cube metadata",
    0x0888: "cube metadata", 0x0889: "cube metadata", 0x088A: "cube metadata",
    0x0893: "published name", 0x0894: "comment of a name", 0x0895: "sort", 0x0090: "sort",
    0x0418: "long name", 0x043C: "continuation", 0x0851: "wrapped record",
    0x100D: "chart text", 0x08A4: "chart shapes", 0x08A5: "chart text",
    0x08A6: "chart text", 0x089E: "chart", 0x089F: "continuation", 0x015F: "labels of ranges",
    0x01B9: "label of a formula", 0x00C2: "menu", 0x00C3: "menu", 0x0088: "edition",
    0x0089: "edition", 0x0091: "edition", 0x0096: "sound", 0x0094: "from another program",
    0x0095: "from another program", 0x00DF: "chart format", 0x0013: "password's hash",
    0x0898: "function group", 0x0899: "function group", 0x009A: "function group",
    0x0293: "cell style", 0x0892: "cell style", 0x01BA: "code name",
    0x01A5: "user who reserved it", 0x001D: "selection", 0x086D: "feature", 0x0873: "feature",
    0x0881: "pivot addition", 0x08C0: "web publishing", 0x08C1: "list", 0x08C2: "list",
    0x08C3: "list", 0x08C4: "list", 0x08C5: "list", 0x08C6: "query", 0x08C7: "query",
    # Excel for Mac
    0x08C8: "page view", 0x08C9: "lines", 0x08CA: "markers", 0x08CB: "chart colours",
}
# Passed over: settings of how the file looks, prints or calculates; nothing of its contents
HARMLESS: dict[int, str] = {
    0x000C: "calculation", 0x000D: "calculation", 0x000E: "calculation", 0x000F: "calculation",
    0x0010: "calculation", 0x0011: "calculation", 0x005E: "calculation", 0x005F: "calculation",
    0x01C1: "calculation", 0x08A3: "calculation", 0x089A: "calculation", 0x0160: "calculation",
    0x01C2: "calculation", 0x0012: "protection", 0x0019: "protection", 0x0063: "protection",
    0x00DD: "protection", 0x01AF: "protection", 0x01BC: "protection", 0x0086: "protection",
    0x0016: "count", 0x001A: "page breaks", 0x001B: "page breaks", 0x0026: "margin",
    0x0027: "margin", 0x0028: "margin", 0x0029: "margin", 0x002A: "printing", 0x002B: "printing",
    0x0033: "printing", 0x0083: "printing", 0x0084: "printing", 0x00A1: "printing",
    0x0098: "printing", 0x0082: "printing", 0x0040: "backup", 0x0060: "template",
    0x0061: "international macro sheet", 0x0080: "outline gutters", 0x0081: "sheet options",
    0x0087: "add-in", 0x008C: "country", 0x008D: "shown objects", 0x0097: "synchronised scrolling",
    0x0099: "column width", 0x009C: "count", 0x00A0: "zoom", 0x00A9: "corners of a polygon",
    0x00AB: "column widths", 0x00B4: "pivot layout", 0x00B5: "pivot layout", 0x00BC: "formula",
    0x04BC: "formula", 0x00BE: "empty cells", 0x00BF: "toolbar header", 0x00C0: "toolbar end",
    0x00C1: "menus", 0x00D5: "number of a pivot cache", 0x00D7: "places of rows",
    0x00DA: "options", 0x00DE: "shown part of an object", 0x00E1: "code page of the interface",
    0x00E2: "end of the interface", 0x00E3: "kind of a pivot source", 0x00EA: "sheet identifier",
    0x00ED: "selected shapes", 0x00EF: "phonetic settings", 0x00F2: "pivot rule",
    0x00F4: "pivot format", 0x00F5: "pivot rule", 0x00F7: "pivot selection", 0x00FB: "pivot format",
    0x00FF: "places of strings", 0x013D: "sheet identifiers", 0x0161: "two streams",
    0x0162: "two streams",
    0x01B2: "count of rules", 0x01B7: "refresh", 0x01C0: "version", 0x0200: "used range",
    0x0000: "used range", 0x0201: "empty cell", 0x0001: "empty cell", 0x020B: "places of rows",
    0x000B: "places of rows", 0x0221: "formula", 0x0021: "formula", 0x0236: "table of results",
    0x0036: "table of results", 0x0037: "table of results", 0x003E: "window",
    0x0862: "tab", 0x0863: "options", 0x0865: "error of saving", 0x086A: "chart label",
    0x086B: "chart label", 0x086C: "watched cell", 0x087C: "checksum", 0x088B: "page view",
    0x088C: "compatibility", 0x088D: "format of a table style", 0x088E: "table styles",
    0x088F: "table style", 0x0890: "table style", 0x0896: "theme", 0x0897: "library identifier",
    0x089B: "compression", 0x089D: "chart layout", 0x08A7: "chart layout", 0x0850: "chart version",
    0x0852: "chart block", 0x0853: "chart block", 0x0854: "chart block", 0x0855: "chart block",
    0x0856: "chart axis", 0x0857: "chart axis", 0x0859: "pivot chart", 0x085A: "chart fonts",
    0x008E: "place of sheets", 0x0024: "column width", 0x0025: "row height", 0x0020: "columns",
    0x001F: "count", 0x0056: "count", 0x0032: "font", 0x0044: "format", 0x0034: "printing",
    0x0053: "other program",
}
# Charts ([MS-XLS] 2.4): layout, formats and axes of a chart, no values
_CHART = {
    *range(0x1001, 0x1004), 0x1006, 0x1007, *range(0x1009, 0x100D), *range(0x1014, 0x1023),
    *range(0x1024, 0x1028), *range(0x1032, 0x1036), 0x103A, *range(0x103C, 0x1042),
    *range(0x1043, 0x1047), 0x1048, 0x104A, 0x104B, 0x104E, 0x104F, 0x1050,
    *range(0x105B, 0x105E), *range(0x105F, 0x1065), *range(0x1066, 0x1069),
}
# fmt: on
# Before BIFF3 these numbers are cells; the cell reader takes them
OLD_READ = frozenset({0x0002, 0x0003, 0x0004, 0x0005, 0x0008})


# A future record of Excel for Mac that no document has: in every file of the corpus its header and
# one small number follow its own number, and that holds nothing
_MAC, _MAC_HEADER = 0x08D6, b"\xd6\x08" + bytes(10)
# LibreOffice writes it, empty, in the place of a colour scale, which the format does not have
_NONE = 0xFFFF


def holds_nothing(kind: int, body: bytes) -> bool:
    """Tell whether a record of an unknown number is too small to hold anything.

    Examples
    --------
    >>> holds_nothing(0x08D6, b"\\xd6\\x08" + bytes(10) + b"\\x02\\x00\\x00\\x00")
    True
    >>> holds_nothing(0x08D6, b"\\xd6\\x08" + bytes(10) + b"text"), holds_nothing(0x0FFF, b"")
    (False, False)
    """
    if kind == _NONE:
        return not body
    return kind == _MAC and len(body) == 16 and body[:12] == _MAC_HEADER and body[13:] == bytes(3)


def is_known(kind: int, version: int) -> bool:
    """Tell whether a record's number is in the tables.

    Examples
    --------
    >>> is_known(0x00FD, 8), is_known(0x0FFF, 8)
    (True, False)
    """
    if kind in OLD_READ:
        return version == 2
    if kind == 0 and version == 8:
        return False
    return kind in READ or kind in SEARCHED or kind in HARMLESS or kind in _CHART
