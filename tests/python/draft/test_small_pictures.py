"""A logo on a cover is a note; a picture in which a list can be read is for a person."""

from __future__ import annotations

import io
import struct
import zlib

import docx
import pytest
import xlsxwriter
from builders import xls
from builders.docx import Document, paragraph
from builders.ods_made import frame, made_drawn
from builders.posing import PLACES
from builders.xls_features import drawing, escher, options
from builders.xlsx import RELATIONS, TYPES, Sheet, Workbook, relations
from docx.shared import Mm

from singleout.draft import Draft, inspect
from singleout.formats.metafiles import look_into
from singleout.formats.picture_size import size_of

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = zlib.compress((b"\x00" + bytes(width)) * height)
    parts = [(b"IHDR", head), *chunks, (b"IDAT", lines), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )


def jpeg(width: int, height: int, *segments: tuple[int, bytes]) -> bytes:
    frame_ = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8"
        + b"".join(
            bytes([0xFF, mark]) + struct.pack(">H", len(body) + 2) + body
            for mark, body in (*segments, (0xC0, frame_))
        )
        + b"\xff\xd9"
    )


def emf(*records: bytes) -> bytes:
    head = struct.pack("<II", 1, 108) + bytes(32) + b" EMF" + bytes(64)
    return head + b"".join(records) + struct.pack("<IIIII", 14, 20, 0, 0, 20)


def emf_text(text: str) -> bytes:
    letters = text.encode("utf-16-le")
    letters += bytes(-len(letters) % 4)
    return struct.pack("<II36xII24x", 84, 76 + len(letters), len(text), 76) + letters


def emf_bitmap(width: int, height: int) -> bytes:
    body = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return struct.pack("<II40xIIII16x", 81, 80 + len(body), 80, 40, 0, 0) + body


def severity(draft: Draft, code: str = "picture") -> list[str]:
    return [f.severity for f in draft.findings if f.code == code]


def workbook(image: bytes, scale: float = 1.0, wide: float | None = None, **more: object) -> Draft:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["rank", "officers"])
        sheet.write_row(1, 0, ["sergeant", 120])
        if wide is not None:
            sheet.set_column(3, 9, wide)
        settings = {"image_data": io.BytesIO(image), "x_scale": scale, "y_scale": scale}
        sheet.insert_image(3, 3, "a.png", {**settings, **more})
    return inspect(stream.getvalue(), name="a.xlsx")


@pytest.mark.parametrize("placed", [1, 2, 3])
def test_logo_on_a_sheet(placed: int) -> None:
    position = {"object_position": placed}
    assert severity(workbook(png(200, 100), **position)) == ["note"]
    # 2,000 dots, but as wide as a screen; 90,000 dots, but as wide as a stamp
    assert severity(workbook(png(200, 10), 5, **position)) == ["review"]
    assert severity(workbook(png(300, 300), 0.2, **position)) == ["review"]
    assert severity(workbook(png(226, 120), **position)) == ["review"]


def test_columns_of_their_own_width() -> None:
    """A picture between two cells is as large as the columns and rows between them."""

    def placed(columns: str) -> Draft:
        corner = "<xdr:{0}><xdr:col>{1}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{2}</xdr:row>"
        corner += "<xdr:rowOff>0</xdr:rowOff></xdr:{0}>"
        corners = corner.format("from", 3, 8) + corner.format("to", 4, 11)
        link = '<xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill>'
        body = f"<xdr:twoCellAnchor>{corners}<xdr:pic>{link}</xdr:pic></xdr:twoCellAnchor>"
        sheet = Sheet("Counts", before=columns, after='<drawing r:id="rId1"/>')
        sheet.relations = [("rId1", "drawing", "../drawings/drawing1.xml")]
        drawn = f'<xdr:wsDr xmlns:xdr="{_DRAWING}/spreadsheetDrawing" '
        drawn += f'xmlns:a="{_DRAWING}/main" xmlns:r="{RELATIONS}">{body}</xdr:wsDr>'
        links = relations([("rId1", "image", "../media/image1.png")])
        parts = {
            "xl/drawings/drawing1.xml": (f"{TYPES}.drawing+xml", drawn.encode()),
            "xl/drawings/_rels/drawing1.xml.rels": ("", links),
            "xl/media/image1.png": ("image/png", png(180, 60)),
        }
        return inspect(Workbook([sheet], parts).bytes(), name="a.xlsx")

    column = '<cols><col min="4" max="4" width="{}" {}/></cols>'
    assert severity(placed("")) == ["note"]
    assert severity(placed(column.format(30, ""))) == ["note"]
    assert severity(placed(column.format(90, ""))) == ["review"]
    assert severity(placed(column.format(30, 'hidden="1"'))) == ["review"]


def letter(image: bytes, wide: float, *, header: bool = False) -> Draft:
    made = docx.Document()
    made.add_paragraph("Officers by rank")
    holder = made.sections[0].header.paragraphs[0] if header else made.add_paragraph()
    holder.add_run().add_picture(io.BytesIO(image), width=Mm(wide))
    stream = io.BytesIO()
    made.save(stream)
    return inspect(stream.getvalue(), name="a.docx")


@pytest.mark.parametrize("header", [False, True])
def test_logo_in_a_letter(header: bool) -> None:
    assert severity(letter(png(200, 100), 50, header=header)) == ["note"]
    assert severity(letter(png(200, 100), 70, header=header)) == ["review"]
    assert severity(letter(png(400, 200), 50, header=header)) == ["review"]


def test_picture_shown_twice_is_as_large_as_its_largest() -> None:
    made = docx.Document()
    for wide in (30, 150):
        made.add_picture(io.BytesIO(png(200, 100)), width=Mm(wide))
    stream = io.BytesIO()
    made.save(stream)
    assert severity(inspect(stream.getvalue(), name="a.docx")) == ["review"]


def test_older_markup_of_shapes() -> None:
    def shaped(style: str) -> bytes:
        shape = f'<v:shape style="{style}"><v:imagedata r:id="rIdX"/></v:shape>'
        return Document(
            paragraph(f"<w:r><w:pict>{shape}</w:pict></w:r>"),
            parts={"word/media/image1.png": ("image/png", png(100, 50))},
            relations=[("rIdX", "image", "media/image1.png")],
        ).bytes()

    for style, found in (
        ("width:100pt;height:50pt", "note"),
        ("position:absolute; width: 1.5in; height: 2cm", "note"),
        ("width:300pt;height:50pt", "review"),
        ("width:50%;height:50pt", "review"),
        ("", "review"),
        ("width:100pt;height:1pt", "review"),
    ):
        assert severity(inspect(shaped(style), name="a.docx")) == [found]


def test_logo_in_opendocument() -> None:
    for size, found in (
        ('svg:width="1.65in" svg:height="0.75in"', "note"),
        ('svg:width="6.5cm" svg:height="2cm"', "review"),
        ('svg:width="5cm" svg:height="2cm" draw:transform="scale(9)"', "review"),
        ("", "review"),
    ):
        made = made_drawn(frame(size), image=png(200, 100)).bytes()
        assert severity(inspect(made, name="a.ods")) == [found]


def test_logo_in_an_old_workbook() -> None:
    def kept(columns: int, uses: int = 1) -> bytes:
        image = png(100, 50)
        blip = escher(0xF01E, bytes(16) + b"\xff" + image, 0x6E0)
        entry = struct.pack("<BB16xHIIIBBBB", 6, 6, 0xFF, len(blip), uses, 0, 0, 0, 0, 0)
        store = escher(0xF001, escher(0xF007, entry + blip, 6), 1, container=True)
        anchor = struct.pack("<9H", 0, 0, 0, 9, 0, columns, 0, 12, 0)
        shape = drawing(8, options((0x4104, 1)), 9)
        old = struct.pack("<9H", 0, 0, 0, 9, 0, 4, 0, 13, 0)
        assert old in shape
        sheet = xls.Sheet("Counts", after=shape.replace(old, anchor))
        group = xls.rec(0xEB, escher(0xF000, store, container=True))
        return xls.Book([sheet], extra=group).bytes()

    assert severity(inspect(kept(2), name="a.xls")) == ["note"]
    assert severity(inspect(kept(6), name="a.xls")) == ["review"]
    assert severity(inspect(kept(2, uses=2), name="a.xls")) == ["review"]


def test_previews_of_the_first_page() -> None:
    for image, found in (
        (png(256, 180), "note"),
        (jpeg(395, 512), "note"),
        (png(1200, 900), "review"),
        (emf(emf_text("Officers by Adeyemi")), "review"),
    ):
        for place in ("docx thumbnail", "ods thumbnail"):
            draft = inspect(PLACES[place](image), name=f"a.{place[:4].strip()}")
            assert severity(draft, "thumbnail") == [found]


def test_drawings_of_lines() -> None:
    logo = emf(emf_bitmap(113, 113), struct.pack("<II", 59, 8 + 992) + bytes(992))
    size = size_of(logo, "emf")
    assert size is not None
    assert (size.pixels, size.drawn, size.texts) == (113 * 113, 1000, 0)
    assert severity(letter_vector(logo)) == ["note"]
    assert severity(letter_vector(emf(emf_text("Adeyemi")))) == ["review"]
    assert severity(letter_vector(emf(emf_bitmap(900, 500)))) == ["review"]
    assert severity(letter_vector(logo[:-20])) == ["review"]
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/>%s</svg>'
    assert severity(letter_vector(svg % b"")) == ["note"]
    assert severity(letter_vector(svg % b"<text>Adeyemi</text>")) == ["review"]
    assert severity(letter_vector(svg % b"<image href='a.png'/>")) == ["review"]


def letter_vector(image: bytes) -> Draft:
    shape = '<v:shape style="width:100pt;height:50pt"><v:imagedata r:id="rIdX"/></v:shape>'
    made = Document(
        paragraph(f"<w:r><w:pict>{shape}</w:pict></w:r>"),
        parts={"word/media/image1.emf": ("image/x-emf", image)},
        relations=[("rIdX", "image", "media/image1.emf")],
    )
    return inspect(made.bytes(), name="a.docx")


def test_texts_of_metafiles_are_read() -> None:
    inside = look_into(emf(emf_text("Adeyemi"), emf_text("sergeant")), "emf")
    assert inside is not None
    assert inside.texts == ["Adeyemi", "sergeant"]
    assert look_into(b"\x01\x00\x00\x00" + bytes(80), "emf") is None


@pytest.mark.parametrize(
    ("kind", "content", "sides"),
    [
        ("png", png(30, 20), 600),
        ("jpeg", jpeg(30, 20), 600),
        ("gif", b"GIF89a" + struct.pack("<HH", 30, 20), 600),
        ("bmp", b"BM" + bytes(12) + struct.pack("<Iii", 40, 30, -20), 600),
        ("bmp", b"BM" + bytes(12) + struct.pack("<IHH", 12, 30, 20), 600),
        ("bmp", struct.pack("<IiiH", 40, 30, 20, 1), 600),
        (
            "tiff",
            b"II*\x00" + struct.pack("<IHHHIIHHIII", 8, 2, 256, 3, 1, 30, 257, 4, 1, 20, 0),
            600,
        ),
        ("webp", b"RIFF    WEBPVP8X" + bytes(8) + b"\x1d\x00\x00\x13\x00\x00", 600),
        ("png", b"\x89PNG\r\n\x1a\n", None),
        ("jpeg", b"\xff\xd8\xff\xe0\x00\x02", None),
    ],
)
def test_sizes_by_header(kind: str, content: bytes, sides: int | None) -> None:
    size = size_of(content, kind)
    assert (None if size is None else size.pixels) == sides


XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b"<r:Description %s/></r:RDF></x:xmpmeta>"
)
TOOL = XMP % b'xmlns:p="http://ns.adobe.com/xap/1.0/" p:CreatorTool="a" p:CreateDate="2024"'
AUTHOR = XMP % b'xmlns:d="http://purl.org/dc/elements/1.1/" d:creator="Adeyemi"'
GPS = XMP % b'xmlns:e="http://ns.adobe.com/exif/1.0/" e:GPSLatitude="54,35N"'
ADOBE = b"http://ns.adobe.com/xap/1.0/\x00"


@pytest.mark.parametrize(
    ("image", "found"),
    [
        (jpeg(9, 9), []),
        (jpeg(9, 9, (0xE1, ADOBE + TOOL)), ["note"]),
        (jpeg(9, 9, (0xE1, ADOBE + AUTHOR)), ["review"]),
        (jpeg(9, 9, (0xFE, b"CREATOR: gd-jpeg v1.0 (using IJG JPEG v62)")), ["note"]),
        (jpeg(9, 9, (0xFE, b"taken at the scene")), ["review"]),
        (png(9, 9, (b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + TOOL)), ["note"]),
        (png(9, 9, (b"tEXt", b"Comment\x00Created with GIMP")), ["note"]),
        (png(9, 9, (b"tEXt", b"Author\x00Adeyemi")), ["review"]),
        (png(9, 9, (b"tEXt", b"Software\x00a program")), []),
    ],
)  # fmt: skip
def test_what_programs_write_into_pictures(image: bytes, found: list[str]) -> None:
    assert severity(inspect(PLACES["docx picture"](image)), "picture-metadata") == found


def test_place_in_a_picture_s_texts() -> None:
    draft = inspect(PLACES["docx picture"](jpeg(9, 9, (0xE1, ADOBE + GPS))))
    assert severity(draft, "picture-location") == ["refuse"]


def test_picture_that_is_a_metafile_in_a_metafile() -> None:
    """A crest as a metafile that holds the same picture twice, as Office writes it."""
    inner = emf(emf_bitmap(113, 113))
    image = struct.pack("<IIII", 0xDBC01002, 2, 3, len(inner)) + inner
    record = struct.pack("<HHII", 0x4008, 0x0500, 12 + len(image), len(image)) + image
    comment = b"EMF+" + record
    comment += bytes(-len(comment) % 4)
    whole = emf(struct.pack("<III", 70, 12 + len(comment), len(comment)) + comment)
    size = size_of(whole, "emf")
    assert size is not None
    assert (size.pixels, size.texts) == (113 * 113, 0)


def test_previews_of_old_workbooks() -> None:
    """Excel for Windows keeps dots in a metafile, Excel for Mac a PICT."""
    pict = struct.pack(">H4h", 0, 0, 0, 77, 128) + b"\x00\x11\x02\xff" + bytes(300)
    wide = struct.pack(">H4h", 0, 0, 0, 900, 1200) + b"\x00\x11\x02\xff" + bytes(300)
    for image, found in (
        (emf(emf_bitmap(128, 90)), "note"),
        (emf(emf_bitmap(1200, 900)), "review"),
        (emf(emf_text("Adeyemi")), "review"),
        (pict, "note"),
        (wide, "review"),
    ):
        draft = inspect(PLACES["xls thumbnail"](image), name="a.xls")
        assert severity(draft, "thumbnail") == [found]
        assert draft.complete


def test_first_page_drawn_with_the_words_that_the_document_shows() -> None:
    for words, found in (("Officers by rank", "note"), ("Officers by Adeyemi", "review")):
        made = Document(paragraph("Officers by rank"))
        kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
        made.parts["docProps/thumbnail.emf"] = ("image/x-emf", emf(emf_text(words)))
        made.root.append(("rIdT", kind, "docProps/thumbnail.emf"))
        assert severity(inspect(made.bytes(), name="a.docx"), "thumbnail") == [found]
