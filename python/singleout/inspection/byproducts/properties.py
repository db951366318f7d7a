"""Custom properties that programs write by themselves, and values that say nothing of anyone.

A property that somebody made is for a person; identifiers, dates and the like, and the properties
of document libraries, labels and reporting programs, are by-products of saving. Whatever they are,
their values are searched as every text is.
"""

from __future__ import annotations

import re

from singleout.draft.codes import Severity
from singleout.identifiers.headings import read_heading
from singleout.identifiers.meanings import Meaning

_GUID = r"\{?[0-9A-Fa-f]{8}-?(?:[0-9A-Fa-f]{4}-?){3}[0-9A-Fa-f]{12}\}?"
# Values by their form: they name nobody and tell nothing
_FORMS = re.compile(
    rf"""(?ix)
    | true | false | yes | no
    | [-+]? \d+ (?: [.,] \d+ )*                                  # numbers, versions
    | \d{{1,5}} - \d+ (?: \. \d+ )+                              # language and version
    | \d{{4}} - \d\d - \d\d (?: [T ] [\d:.]+ (?: Z | [-+]\d\d:?\d\d )? )?
    | \d\d? / \d\d? / \d{{4}} (?: ,? \s \d\d?:\d\d (?: :\d\d )? (?: \s [ap]m )? )?
    | {_GUID} (?: [\s,;|]+ {_GUID} )*
    | 0x [0-9A-F]+ | [0-9A-F]{{16,}}                             # identifiers, digests
    | [A-Z0-9]{{6,}} - \d+ - \d+                                 # a library's document number
    """
)
# Terms of a managed vocabulary: a label, a bar, the term's identifier; several with numbers
_TERMS = re.compile(rf"(?:(?:\d+;#)?[^|;]{{1,200}}\|{_GUID}(?:;#)?)+")

# Names of properties -> why they are known
_KNOWN: tuple[tuple[str, str], ...] = (
    (r"Objective-.*", "Objective, a document library: identifiers, owner, folder, versions"),
    (r"_dlc_DocId(ItemGuid|Url|PersistId)?", "SharePoint: the document's number"),
    (r"ContentType(Id)?|MediaService\w*|MediaLengthInSeconds|ComplianceAssetId", "SharePoint"),
    (r"TaxCatchAll(Label)?|TaxKeyword(TaxHTField)?", "SharePoint: terms of a vocabulary"),
    (r"[a-z][0-9a-f]{31}\d?", "SharePoint: the hidden field behind a term"),
    (r"xd_(ProgID|Signature)|TemplateUrl|Order|TriggerFlowInfo|IconOverlay", "SharePoint"),
    (r"_(SourceUrl|SharedFileIndex|CopySource|ColorHex|ColorTag|Emoji)", "SharePoint"),
    (r"display_urn[:_].*(Author|Editor)", "SharePoint: author and editor"),
    (
        r"_((Previous)?AdHocReviewCycleID|NewReviewCycle|ReviewCycleID|ReviewingToolsShownOnce"
        r"|Email(Subject|EntryID|StoreIDs?\d*)|AuthorEmail(DisplayName)?)",
        "Outlook: sent for review",
    ),
    (r"Business Objects Context Information.*", "SAP BusinessObjects: the report's identifiers"),
    (r"BExAnalyzer_\w+|SAPBEX\w*", "SAP Business Explorer"),
    (r"_AMO_\w+", "SAS Add-In for Microsoft Office"),
    (r"KSO\w+|ICV", "WPS Office"),
    (r"(meta|dc|gsf|msole):[\w.-]+", "Gnumeric: copies of other properties"),
    (
        r"AppVersion|DocSecurity|HyperlinksChanged|LinksUpToDate|ScaleCrop|Share(d)?Doc|Company"
        r"|Manager|HyperlinkBase|PresentationFormat|OOXMLCoreProperty\w+",
        "LibreOffice: copies of the extended properties",
    ),
    (r"Generator", "the program's name"),
    (r"Mendeley .*|ZOTERO_[BP]REF_\w+|EN\.\w+", "managers of citations"),
    (r"MT(WinEqns|MacEqns|Equation\w*|Preferences\w*)", "MathType"),
    (r"GrammarlyDocumentId|WorkbookGuid|_MarkAsFinal|_Template(ID|Version)", "identifiers, flags"),
)
_LABELS: tuple[tuple[str, str], ...] = (
    (r"MSIP_Label_.*|ClassificationContentMarking\w*", "Microsoft Purview"),
    (r"bj(Document(SecurityLabel|LabelXML(-\d+)?)|Saver|ClsUserRVM|Label\w*)", "Boldon James"),
    (r"docIndexRef", "Boldon James"),
    (r"(?i)titus\w*|\w*classification|\w*(protective|security)[ _]?marking", "Titus and others"),
    (r"janusNET\w*|PM_\w+", "Janusseal"),
)
_MOST_LABEL = 60
# What a property's name may say that makes a number or a date one of a person
_OF_PEOPLE = (Meaning.PERSON_NUMBER, Meaning.BIRTH_DATE, Meaning.AGE, Meaning.PHONE)


def says_nothing(value: str) -> bool:
    """Tell whether a value is empty, a number, a date, an identifier or a term of a vocabulary.

    Examples
    --------
    >>> says_nothing("16.0300"), says_nothing("{D5CDD505-2E9C-101B-9397-08002B2CF9AE}")
    (True, True)
    >>> says_nothing("DCI Ash"), says_nothing("2021-01-01T12:00:00Z")
    (False, True)
    """
    text = value.strip()
    return bool(_FORMS.fullmatch(text) or _TERMS.fullmatch(text))


def is_known(name: str) -> bool:
    """Tell whether a property is one that a program writes by itself.

    Examples
    --------
    >>> is_known("ContentTypeId"), is_known("Objective-Owner"), is_known("SIO")
    (True, True, False)
    """
    return any(re.fullmatch(pattern, name) for pattern, _ in _KNOWN)


def is_label(name: str, value: str) -> bool:
    """Tell whether a property is a label of sensitivity or a protective marking.

    Examples
    --------
    >>> is_label("bjDocumentSecurityLabel", "OFFICIAL"), is_label("Case", "OFFICIAL")
    (True, False)
    """
    found = next((i for i, (pattern, _) in enumerate(_LABELS) if re.fullmatch(pattern, name)), None)
    # The names that anybody may give are of labels only with something as short as a label
    return found is not None and (found != 3 or len(value) <= _MOST_LABEL)


def judge_property(name: str, value: str) -> tuple[str, Severity | None]:
    """Return the code of a custom property, and a severity where it is not the code's own.

    Parameters
    ----------
    name, value : str
        The property.

    Examples
    --------
    >>> judge_property("SIO", "DCI Ash")
    ('custom-property', None)
    >>> judge_property("ContentTypeId", "0x010100D41F"), judge_property("MSIP_Label_5_Name", "a")
    (('custom-property', 'note'), ('sensitivity-label', None))
    """
    if is_label(name, value):
        return "sensitivity-label", None
    if is_known(name) or not value.strip():
        return "custom-property", "note"
    if says_nothing(value) and not _speaks_of_people(name):
        return "custom-property", "note"
    return "custom-property", None


def _speaks_of_people(name: str) -> bool:
    evidence = read_heading(name).evidence
    return any(evidence.get(meaning, 0) >= 2 for meaning in _OF_PEOPLE)
