"""Postal addresses in running text, and whether they are homes or premises."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

Kind = Literal["home", "residential", "street", "premises"]


class Address(NamedTuple):
    """An address: ``text[start:end]`` from the house's number on.

    `kind` is ``home`` where words say that somebody lives there, ``residential`` by its street or
    a flat's number, ``premises`` where words name a body, a building or a floor, else ``street``.
    """

    start: int
    end: int
    kind: Kind
    postcode: bool


# Kinds of streets on which there are few but homes, and those on which there is anything
_HOMES: Final = (
    "close|drive|avenue|crescent|grove|gardens|mews|terrace|rise|croft|garth|dene|fold|glade|heights|view|walk"
    "|meadows?|orchard|paddock|villas|cottages?|copse|ridge|cres|ave|dr|cl|gdns|tce|ter|gr"
)
_STREETS: Final = (
    "street|road|lane|way|place|square|row|hill|court|parade|green|wharf|quay|bank|brow|gate|yard|passage|alley"
    "|boulevard|circus|st|rd|ln|pl|sq|ct|blvd"
)
_SUFFIX: Final = rf"(?P<type>(?P<homes>{_HOMES})|(?:{_STREETS}))(?![\w’'])"
_NAME: Final = r"(?:[A-Z][\w’'.-]{0,24} ){1,4}"
_FLAT: Final = (
    r"(?:(?P<flat>flat|apartment|apt|fflat|árasán|appartement|wohnung|piso|puerta"
    r"|m\.)\.? ?\d{1,4}[A-Za-z]?"
    r"(?:[, /]{1,3}))"
)
_NUMBER: Final = r"(?<![\w/.,-])(?:no\.? ?)?\d{1,4}[A-Za-z]?(?:[-\u2013/]\d{1,4}[A-Za-z]?)?"
_ENGLISH: Final = re.compile(rf"(?:(?i:{_FLAT}))?{_NUMBER},? {_NAME}(?i:{_SUFFIX})")
_ABROAD: Final = re.compile(
    # number first: "14 bis, rue des Lilas"; "12 Heol y Bryn", "5 Bóthar na Trá"
    rf"{_NUMBER}(?: ?(?:bis|ter))?,? (?i:rue|avenue|boulevard|allée|impasse|chemin|place|quai"
    rf"|cours|heol|ffordd"
    r"|stryd|bóthar|sráid|ascaill|rathad|sràid)(?: (?:de|du|des|la|le|les|d'|y|yr|na|an|nam|nan"
    r"|[Ll]'))*"
    r" ?[^\W\d_][\w’'-]{1,24}(?: [A-ZÀ-Ž][\w’'-]{1,24}){0,3}"
    # number last: "Lindenweg 5", "Hauptstraße 12a", "ul. Lipowa 7/12", "calle Mayor 3"
    r"|\b[A-ZÄÖÜ][\w’'-]{1,30}(?:straße|strasse|str\.|weg|gasse|allee|platz|ring|damm|ufer|steig)"
    r" \d{1,4} ?[a-z]?\b"
    r"|\b[A-ZÄÖÜ][\w’'-]{1,30}[ -](?:Straße|Strasse|Str\.|Weg|Gasse|Allee|Platz|Ring|Damm"
    r"|Ufer) \d{1,4} ?[a-z]?\b"
    r"|\b(?i:ul\.|al\.|os\.|pl\.|calle|c/|avda\.?|avenida|plaza|paseo|via)"
    r" ?(?:(?:de|del|la|los|las) )*[A-ZÀ-Ž][\w’'.-]{1,24}"
    r"(?: [A-ZÀ-Ž][\w’'.-]{1,24}){0,3},? (?:n[º°.] ?)?\d{1,4}[a-z]?(?:[/ ]\d{1,3})?\b"
    r"|[\u4e00-\u9fff]{2,12}[路街道巷弄]\d{1,5}号(?:\d{1,4}[室栋单元]){0,3}"
)
_POSTCODE: Final = re.compile(
    r"\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b|\b[A-Z]\d[\dW] ?[A-Z\d]{4}\b|\b\d{2}-\d{3}\b|\b\d{5}\b"
)
_LIVES: Final = re.compile(
    r"(?i)(?<!\w)(?:liv(?:es|ed|ing)|resid(?:es?|ed|ing|ent)|home address|home|dwell\w*"
    r"|domicil\w*|lodg\w*|moved to"
    r"|house at|flat at|staying at|tenants? (?:of|at)|occupi\w+ (?:of|at)|of no fixed"
    r"|yn byw|byw yn|cyfeiriad cartref|cartref|ina c[hó]+naí|cónaí|seoladh baile|a' fuireach"
    r"|dachaigh"
    r"|habit\w*|demeur\w*|résid\w*|wohn\w*|gemeldet|vive|viven|residente|domicilio|zam\.?|zamieszka\w*"
    r"|mieszka\w*)(?!\w)|يسكن|يقيم|مقيم|عنوان المنزل|住在|住址|家庭地址|居住|رہائش|مقیم"
)
_PREMISES: Final = re.compile(
    r"(?:\b(?:Unit|Suite|Floor|Room|Block|PO Box|P\.O\. Box|Building|House|Hall|Centre|Center"
    r"|Park|Estate|Works"
    r"|Depot|Mill|Offices?|Headquarters|HQ|Station|School|College|Academy|Hospital|Surgery|Practice|Clinic|Church"
    r"|Library|Court House|Council|Police|University|Hotel|Inn|Arms|Pub|Bar|Store|Shop|Bank"
    r"|Trust|Authority"
    r"|Department|Directorate|Team|Service|Services|Agency|Ministry|Ltd|Limited|plc|PLC|LLP|Inc|GmbH|Foundation"
    r"|Association|Society|Museum|Theatre|Embassy|Consulate|Registry|Tribunal|Commission|Commissioner|Government"
    r"|Fire|Ambulance|Heddlu|Cyngor|Swyddfa|Llywodraeth|Neuadd|Oifig|Comhairle|Ministère|Mairie|Préfecture|Hôtel"
    r"|Rathaus|Amt|Ministerium|Polizei|Polizeipräsidium|Ayuntamiento|Ministerio|Urząd|Ministerstwo|Komenda"
    r"|Solicitors|Partners|Group|Bureau|Company|Co\.)\b)"
    r"|(?i:\b(?:registered office|head office|offices? at|based at|write to (?:us|the)"
    r"|our address|premises|venue"
    r"|polling|meeting at|held at|licensed)\b)|公司|局|处|委员会|医院|学校|شركة|وزارة|مكتب|دفتر"
)

# "Phase 2 Recruitment Drive": the number is of what stands before it
_COUNTED: Final = re.compile(
    r"(?:^|[^\w])(?!(?:At|Of|In|From|To|Near|On|Outside|Property|Address|Home)\b)[A-Z][\w’'-]*[ ]$"
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d\b")


def addresses_in(text: str) -> list[Address]:
    """Find the addresses with a house's number in a text, and tell what they are.

    Parameters
    ----------
    text : str
        A paragraph, or the lines of a block one below the other.

    Returns
    -------
    list of Address
        In order of place.

    Examples
    --------
    >>> text = "Ann Lee lives at 31 Brampton Close, Keswick. Write to Skiddaw House, 2 Lake Road."
    >>> [(text[a.start : a.end], a.kind) for a in addresses_in(text)]
    [('31 Brampton Close', 'home'), ('2 Lake Road', 'premises')]
    """
    found = []
    for match in [*_ENGLISH.finditer(text), *_ABROAD.finditer(text)]:
        groups = match.re.groupindex
        homely = "homes" in groups and bool(match["homes"] or match["flat"])
        start, end = match.span()
        before = _clause(text, start)
        if _COUNTED.search(before) or _YEAR.match(match[0]):
            continue
        code = bool(_POSTCODE.search(text[end : end + 60].split("\n\n")[0]))
        if _LIVES.search(before[-48:]) or _LIVES.search(match[0]):
            kind: Kind = "home"
        elif _PREMISES.search(before):
            kind = "premises"
        elif homely:
            kind = "residential"
        else:
            kind = "street"
        found.append(Address(start, end, kind, code))
    return sorted(found)


def _clause(text: str, end: int) -> str:
    """What stands before an address in its sentence, at most 120 characters."""
    before = text[max(0, end - 120) : end]
    stops = list(re.finditer(r"[.;!?]\s+(?=[A-ZÀ-Ž])|\n\n", before))
    return before[stops[-1].end() :] if stops else before
