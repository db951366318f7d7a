"""The streams and storages of a workbook's compound file that are known ([MS-XLS] 2.1.7)."""

from __future__ import annotations

import re
from typing import NamedTuple


class Known(NamedTuple):
    """A stream or storage that is known.

    `pattern` matches its path below the workbook's storage, parts joined by ``/``; `code` is the
    finding it gives, if any; `whole` says that one finding stands for all that the storage holds;
    `searched` that its texts are given to the detectors; `reason` says what it is.
    """

    pattern: re.Pattern[str]
    code: str | None
    whole: bool
    searched: bool
    reason: str


def _known(
    pattern: str, code: str | None, reason: str, *, whole: bool = False, searched: bool = True
) -> Known:
    return Known(re.compile(pattern, re.IGNORECASE), code, whole, searched, reason)


KNOWN: tuple[Known, ...] = (
    _known("workbook|book", None, "the workbook: read", searched=False),
    _known("\x05(document)?summaryinformation", None, "properties: read", searched=False),
    _known("\x01compobj", None, "class of the object that the file is"),
    _known("\x01ole", None, "flags of an embedded object, and where a linked one comes from"),
    _known("\x03objinfo", None, "flags of an embedded object", searched=False),
    _known("\x03ocxname", "control", "name of a control"),
    _known("\x03vbframe", "control", "form of a macro"),
    _known("\x03linkinfo", None, "where a linked object comes from"),
    _known("\x02olepres\\d+", "picture", "picture of an embedded object"),
    _known("\x03eprint|\x03meta", "picture", "picture of an embedded object"),
    _known("ctls", "control", "state of form controls"),
    _known("xcb", "custom-ui", "toolbars"),
    _known("etextdata", None, "settings that WPS Office adds, in records of its own: searched"),
    _known("revision log|user names", None, "shared workbook: read", searched=False),
    _known("_sx_db(_cur)?/.*", None, "pivot caches: read", searched=False),
    _known("list data", "data-connection", "lists of a server with unsent changes"),
    _known("xml", "xml-map", "map of cells to an XML schema"),
    _known("_signatures", "signature", "digital signature"),
    _known("_xmlsignatures/.*", "signature", "digital signature", whole=True),
    _known("_vba_project(_cur)?/.*", "macro", "macros", whole=True, searched=False),
    _known("msodatastore/.*", None, "custom XML: read", searched=False),
    _known("mbd[0-9a-f]+/.*|lnk[0-9a-f]+/.*", None, "embedded object: opened", searched=False),
    _known("encryption", "encrypted", "properties and streams that are encrypted"),
    _known("\tdrmcontent|encryptedpackage|encryptioninfo", "encrypted", "encrypted package"),
    _known("\x06dataspaces/.*", None, "how a package is encrypted"),
)


def known_stream(path: str) -> Known | None:
    """Return the entry of a stream, None if it is not known.

    Examples
    --------
    >>> known_stream("Workbook").reason, known_stream("Payload")
    ('the workbook: read', None)
    """
    return next((known for known in KNOWN if known.pattern.fullmatch(path)), None)
