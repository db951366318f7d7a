"""Fonts, number formats and cell formats of a workbook stream, as the XML that they stand for."""

from __future__ import annotations

import struct

from lxml import etree

from singleout.draft.biff_records import Substream
from singleout.draft.biff_strings import Texts
from singleout.draft.xlsb_records import element, number
from singleout.draft.xlsx_styles import Styles, read_styles

FONT, FONTS, FONT_COLOUR = 0x31, (0x31, 0x0231), 0x45
FORMATS, XFS, XF_EXT, PALETTE = (0x1E, 0x041E), (0x43, 0x0243, 0x0443, 0xE0), 0x087D, 0x92
CF = 0x01B1
# Icv: text and window colour of the system, as the palette of SpreadsheetML numbers them
_SYSTEM = {0x40: 64, 0x41: 65, 0x4D: 64, 0x4E: 65, 0x51: 64, 0x7FFF: 64}
# What FullColorExt may colour in a cell format, by the extension's number (ExtProp)
_FILL_FORE, _FILL_BACK, _INK = 4, 5, 13
# Indents of more than 15, which the format itself cannot hold
_INDENT = 15
# 2.5.167 HorizAlign
ALIGNED = ("general", "left", "center", "right", "fill", "justify", "centerContinuous",
           "distributed")  # fmt: skip


def read_styles_of(sub: Substream, texts: Texts) -> tuple[Styles, etree._Element]:
    """Read what each cell format does.

    Parameters
    ----------
    sub : Substream
        The substream with the formats: the globals, or the sheet before BIFF5.
    texts : Texts
        How its texts are stored.

    Returns
    -------
    styles : Styles
        What each format hides or holds.
    root : lxml.etree._Element
        The formats, to which a conditional format can be compared.
    """
    root = element(None, "styleSheet")
    formats, fonts, fills, xfs = (
        element(root, name) for name in ("numFmts", "fonts", "fills", "cellXfs")
    )
    dxfs = element(root, "dxfs")
    _palette(sub, root)
    extended = _extended(sub) if texts.version == 8 else {}
    listed, seen = 0, 0
    for _, kind, body in sub.each(*FONTS, FONT_COLOUR, *FORMATS, *XFS):
        try:
            if kind in FONTS:
                _font(fonts, body, texts.version)
            elif kind == FONT_COLOUR:
                for colour in fonts[-1:]:
                    _indexed(colour, "color", struct.unpack_from("<H", body)[0])
            elif kind in FORMATS:
                _format(formats, body, texts, listed)
                listed += 1
            else:
                _cell_format((fonts, fills, xfs), body, kind, extended.get(seen, {}))
                seen += 1
        except (struct.error, IndexError, ValueError):
            if kind in XFS:
                element(xfs, "xf")
                seen += 1
    del dxfs
    return read_styles(root, None), root


def _palette(sub: Substream, root: etree._Element) -> None:
    body = sub.first(PALETTE)
    if body is None or len(body) < 2:
        return
    made = element(element(root, "colors"), "indexedColors")
    base = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
    for colour in base:
        element(made, "rgbColor", rgb=f"FF{colour}")
    for at in range(2, min(len(body) - 3, 2 + 4 * 56), 4):
        element(made, "rgbColor", rgb=f"FF{body[at : at + 3].hex().upper()}")


def _indexed(parent: etree._Element, name: str, index: int) -> None:
    element(parent, name, indexed=_SYSTEM.get(index, index))


def _font(fonts: etree._Element, body: bytes, version: int) -> None:
    """2.4.122; index 4 is used by no font, so that later ones stand one higher (FontIndex)."""
    height, _ = struct.unpack_from("<HH", body)
    if len(fonts) == 4:
        element(fonts, "font")
    made = element(fonts, "font")
    element(made, "sz", val=height / 20)
    if version > 2:
        _indexed(made, "color", struct.unpack_from("<H", body, 4)[0])


def _format(formats: etree._Element, body: bytes, texts: Texts, listed: int) -> None:
    """2.4.126; before BIFF4 formats are numbered by their order, before BIFF8 lengths are bytes."""
    if texts.version >= 4:
        (number,) = struct.unpack_from("<H", body)
        text, _ = texts.read(body, 2, wide_length=texts.version == 8)
        number = number if texts.version >= 5 else listed
    else:
        number, (text, _) = listed, texts.read(body, 0, wide_length=False)
    element(
        formats, "numFmt", numFmtId=number, formatCode="".join(c for c in text if c.isprintable())
    )


def _cell_format(
    lists: tuple[etree._Element, etree._Element, etree._Element],
    body: bytes,
    kind: int,
    extended: dict[int, dict[str, object]],
) -> None:
    """2.4.353; a fill of its own for each, since the record holds it inline."""
    fonts, fills, xfs = lists
    fore = back = pattern = 0
    if kind == 0xE0:
        font, form, flags = struct.unpack_from("<3H", body)
        if len(body) >= 20:
            pattern = struct.unpack_from("<I", body, 14)[0] >> 26
            (colours,) = struct.unpack_from("<H", body, 18)
        else:
            (colours, area) = struct.unpack_from("<HH", body, 8)
            pattern = area & 0x3F
        fore, back, hidden = colours & 0x7F, colours >> 7 & 0x7F, flags & 2
    elif kind == 0x43:
        font, form, hidden = body[0], body[2] & 0x3F, body[2] & 0x80
    else:
        font, form = body[0], body[1]
        (flags,) = struct.unpack_from("<H", body, 2)
        (area,) = struct.unpack_from("<H", body, 6)
        pattern, fore, back, hidden = area & 0x3F, area >> 6 & 0x1F, area >> 11 & 0x1F, flags & 2
        # The system's colours stand at 24 and 25 in these versions, at 64 and 65 later
        fore, back = (colour + 40 if colour in (24, 25) else colour for colour in (fore, back))
    name = {0: "none", 1: "solid"}.get(pattern, "other")
    fill = element(element(fills, "fill"), "patternFill", patternType=name)
    if _FILL_FORE in extended:
        element(fill, "fgColor", **extended[_FILL_FORE])
    else:
        _indexed(fill, "fgColor", fore)
    _indexed(fill, "bgColor", back)
    if _INK in extended and font < len(fonts):
        font = _recoloured(fonts, font, extended[_INK])
    made = element(xfs, "xf", numFmtId=form, fontId=font, fillId=len(fills) - 1)
    if kind == 0xE0:
        _alignment(made, body, extended)
    if hidden:
        element(made, "protection", hidden=1)


def _alignment(xf: etree._Element, body: bytes, extended: dict[int, dict[str, object]]) -> None:
    """2.5.20 CellXF; before BIFF8 there are no indents, and only whole turns."""
    (across,) = struct.unpack_from("<H", body, 6)
    told: dict[str, object] = {"horizontal": ALIGNED[across & 7]}
    if across & 8:
        told["wrapText"] = 1
    if len(body) >= 20:
        indent = extended.get(_INDENT, {}).get("indent", body[8] & 15)
        told |= {"textRotation": across >> 8, "indent": indent, "shrinkToFit": body[8] >> 4 & 1}
    elif across & 0x0300:
        told["textRotation"] = 90
    element(xf, "alignment", **told)


def _recoloured(fonts: etree._Element, font: int, colour: dict[str, object]) -> int:
    """A font like this one in the colour that a format's extension gives."""
    made = element(fonts, "font")
    for entry in fonts[font]:
        if not str(entry.tag).endswith("color"):
            made.append(etree.fromstring(etree.tostring(entry)))
    element(made, "color", **colour)
    return len(fonts) - 1


def _extended(sub: Substream) -> dict[int, dict[int, dict[str, object]]]:
    """What formats have beyond their records (2.4.355 XFExt): format -> extension -> attributes."""
    found: dict[int, dict[int, dict[str, object]]] = {}
    for _, _, body in sub.each(XF_EXT):
        if len(body) < 20:
            continue
        index, _, count = struct.unpack_from("<3H", body, 14)
        at = 20
        for _ in range(count):
            if at + 4 > len(body):
                break
            kind, size = struct.unpack_from("<HH", body, at)
            if kind in (_FILL_FORE, _FILL_BACK, _INK) and at + 12 <= len(body):
                colour, tint, value = struct.unpack_from("<HhI", body, at + 4)
                made: dict[str, object] = {"tint": tint / 32767}
                if colour == 2:
                    made["rgb"] = f"FF{body[at + 8 : at + 11].hex().upper()}"
                elif colour == 3:
                    made["theme"] = value
                elif colour == 1:
                    made["indexed"] = _SYSTEM.get(value, value)
                else:
                    made["auto"] = 1
                found.setdefault(index, {})[kind] = made
            elif kind == _INDENT and at + 6 <= len(body):
                (indent,) = struct.unpack_from("<H", body, at + 4)
                found.setdefault(index, {})[kind] = {"indent": indent}
            at += max(size, 4)
    return found


def read_rule(body: bytes, texts: Texts) -> tuple[etree._Element, etree._Element]:
    """Read a conditional format (2.4.42 CF) as the rule and the format that it stands for.

    Parameters
    ----------
    body : bytes
        The record's content.
    texts : Texts
        How its texts are stored.

    Returns
    -------
    rule, look : lxml.etree._Element
        `cfRule` without the number of its format, and the format (`dxf`).
    """
    kind, sign, one, two, flags, more = struct.unpack_from("<BBHHIH", body)
    at = 12
    look = element(None, "dxf")
    if flags & 1 << 25:
        if more & 1:
            (size,) = struct.unpack_from("<H", body, at)
            text, _ = texts.read(body, at + 2)
            element(look, "numFmt", formatCode="".join(c for c in text if c.isprintable()))
            at += size
        else:
            at += 2
    if flags & 1 << 26:
        (ink,) = struct.unpack_from("<i", body, at + 80)
        if ink >= 0:
            _indexed(element(look, "font"), "color", ink)
        at += 118
    at += 8 * bool(flags & 1 << 27) + 8 * bool(flags & 1 << 28)
    if flags & 1 << 29:
        # DXFPat: a solid pattern shows its background colour in a differential format
        (bits,) = struct.unpack_from("<I", body, at)
        made = element(element(look, "fill"), "patternFill", patternType="solid")
        _indexed(made, "bgColor", bits >> 23 & 0x7F)
    first = len(body) - one - two
    rule = element(None, "cfRule", type={1: "cellIs", 2: "expression"}.get(kind, ""))
    rule.set("operator", _OPERATORS.get(sign, ""))
    for start, stop in ((first, first + one), (first + one, len(body))):
        if stop > start:
            element(rule, "formula").text = constant(body[start:stop], texts)
    return rule, look


# 2.4.42: how a cell's value is compared
_OPERATORS = {
    1: "between",
    2: "notBetween",
    3: "equal",
    4: "notEqual",
    5: "greaterThan",
    6: "lessThan",
    7: "greaterThanOrEqual",
    8: "lessThanOrEqual",
}


def constant(tokens: bytes, texts: Texts) -> str:
    r"""Return a formula of one constant as SpreadsheetML holds it; a question mark for any other.

    Parameters
    ----------
    tokens : bytes
        The formula (2.5.198.3 rgce).
    texts : Texts
        How its texts are stored.

    Examples
    --------
    >>> constant(b"\x1e\x05\x00", Texts()), constant(b"\x1d\x01", Texts()), constant(b"", Texts())
    ('5', 'TRUE', '?')
    """
    kind, size = tokens[:1], len(tokens)
    if kind == b"\x1e" and size == 3:
        return str(int.from_bytes(tokens[1:], "little"))
    if kind == b"\x1f" and size == 9:
        return number(struct.unpack("<d", tokens[1:])[0])
    if kind == b"\x1d" and size == 2:
        return "TRUE" if tokens[1] else "FALSE"
    if kind == b"\x17":
        if texts.version == 12:
            text = tokens[3:].decode("utf-16-le", "replace")
            end = 3 + 2 * int.from_bytes(tokens[1:3], "little")
        else:
            text, end = texts.read(tokens, 1, wide_length=False)
        if end == size:
            return '"' + "".join(c for c in text if c.isprintable()).replace('"', '""') + '"'
    return "?"
