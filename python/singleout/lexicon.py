"""What a column's name says the column is: a lexicon for personnel, police and survey data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from singleout.identifiers.unmet import Unmet

__all__ = ["LEXICON", "ROLES", "SENSITIVE_WORDS", "Entry", "Role", "look_up", "words_of"]

Role = Literal["direct identifier", "quasi-identifier", "sensitive", "neither"]

ROLES: Final[tuple[Role, ...]] = ("direct identifier", "quasi-identifier", "sensitive", "neither")
"""What a column can be."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a column.

    Attributes
    ----------
    meaning : str
        Short name of the meaning, which attacker models refer to.
    role : str
        One of `ROLES`.
    says : str
        The meaning in plain English.
    expression : Unmet
        Its pattern is searched in the column's name as `words_of` gives it.
    """

    meaning: str
    role: Role
    says: str
    expression: Unmet


_NUMBER: Final = r"(numbers?|num|no|nr|ids?|ref|reference|code)"
_DIRECT: Final = "direct identifier"
_QUASI: Final = "quasi-identifier"
_SENSITIVE: Final = "sensitive"
_NEITHER: Final = "neither"

# meaning, role, in plain English, pattern (whole words; # stands for number, no, id ...).
# The first that matches counts, so what is told by two words stands before what one tells.
_ENTRIES: Final[tuple[tuple[str, Role, str, str], ...]] = (
    ("row-number", _NEITHER, "a row number",
     r"^(row|line|seq|sequence|index|idx)( #)?$|^unnamed( \d+)*$"),
    ("extract", _NEITHER, "when or how the data were extracted",
     r"(extract|snapshot|report|export|download|print|refresh)(ed|ion)? (date|time|on|name)|"
     r"as (at|of)"),
    ("sampling-weight", _NEITHER, "a sampling weight",
     r"(sampl\w+|survey|design|final|grossing) (weight|wt)|fnlwgt"),
    ("email", _DIRECT, "e-mail address", r"e ?mails?"),
    ("phone", _DIRECT, "telephone number",
     r"(tele)?phones?|mobile( #)?|cell( #)?|tel|fax|pager|extension"),
    ("national-insurance", _DIRECT, "National Insurance number",
     r"national ins\w*|nino|ni #|ssn|social security"),
    ("nhs-number", _DIRECT, "health service number",
     r"nhs( #)?|chi #|h ?c #|hsc #|(hospital|patient) #"),
    ("document", _DIRECT, "passport, licence or visa number",
     r"passport|driv\w+ licen[cs]e|licen[cs]e #|visa #"),
    ("vehicle", _DIRECT, "vehicle registration mark",
     r"vr[mn]|(vehicle|car) (reg\w*|mark|plate|#)|number plate|reg(istration)? (#|mark|plate)"),
    ("device", _DIRECT, "device or network address",
     r"ip( v ?[46])?( addr\w*)?|mac addr\w*|imei|hostname|device #"),
    ("service-number", _DIRECT, "service, warrant or collar number",
     r"(service|collar|warrant|shoulder|badge|epaulette|officer|constable)s?( card)? #|pnc|cro"),
    ("bank", _DIRECT, "bank details",
     r"iban|sort code|(bank|credit|debit|payment) (account|card)|account #|card #"),
    ("pay-number", _DIRECT, "pay, staff or user number",
     r"(pay|payroll|employees?|emp|staff|personnel|person|people|assignment|hr|sap|oracle|"
     r"member|user|login|student|pupil|prisoner|custody|nominal|client|customer|applicant) #|"
     r"user ?name|log ?in|uid|upn"),
    ("case-number", _DIRECT, "number of a case or record",
     r"(case|crime|incident|offence|complaint|claim|foi|request|ticket|record|urn|unique) #|"
     r"urn|id|guid|uuid"),
    ("post-number", _DIRECT, "number of a post, which one person holds",
     r"(post|position) (numbers?|num|no|ids?|ref)"),
    ("postcode", _QUASI, "postcode", r"post ?codes?|zip( code)?"),
    ("address", _DIRECT, "address or exact place",
     r"address\w*|street|house (name|#)|uprn|lat(itude)?|lon(g|gitude)?|eastings?|northings?|"
     r"grid ref\w*"),
    ("nationality", _QUASI, "nationality, origin or language",
     r"nationalit\w*|citizen\w*|birth ?place|(place|country|town) of birth|native( \w+)?|"
     r"countr(y|ies)|language\w*"),
    ("birth-date", _QUASI, "date or year of birth", r"d ?o ?b|birth\w*|born"),
    ("surname", _DIRECT, "surname",
     r"sur ?names?|(last|family|second|maiden|former|previous) names?|nachname|apellidos?"),
    ("forename", _DIRECT, "forename",
     r"fore ?names?|(first|given|christian|middle|preferred) names?|known as|vorname|prenom"),
    ("initials", _QUASI, "initials", r"initials?"),
    ("name", _DIRECT, "a person's name",
     r"^names?$|(full|officer|employee|staff|person|display|manager|supervisor|victim|suspect|"
     r"witness|customer|client|complainant|applicant|patient|pupil|student|owner|contact|"
     r"holder|member) names?|(nick|pet) ?name|alias(es)?|signature|signed by|(line ?)?manager$|"
     r"supervisor$|next of kin"),
    ("biometric", _DIRECT, "a picture or biometric",
     r"photo\w*|picture|portrait|finger ?print\w*|dna|biometric\w*"),
    ("free-text", _DIRECT, "remarks in free text, which may name people",
     r"notes?|comments?|remarks?|description|narrative|free ?text|details|circumstances|"
     r"summary|justification"),
    ("ethnicity", _SENSITIVE, "ethnic origin", r"ethnic\w*|race|racial"),
    ("religion", _SENSITIVE, "religion or community background",
     r"religio\w*|beliefs?|faith|community background"),
    ("sexuality", _SENSITIVE, "sexual orientation or gender reassignment",
     r"sexual\w*|orientation|trans(gender)?|gender (identity|reassignment)|lgbt\w*"),
    ("health", _SENSITIVE, "health or absence",
     r"disab\w*|health|medical\w*|ill(ness)?|sick\w*|absen\w*|diagnos\w*|icd( ?\d+)?|injur\w*|"
     r"treatments?|medication|pregnan\w*|maternity|paternity|adjustments?|mental\w*|death|"
     r"deceased|neurodiver\w*"),
    ("reason", _SENSITIVE, "a reason, which may be personal", r"reasons?"),
    ("union", _SENSITIVE, "union membership or politics",
     r"(trade )?union|politic\w*|federation member\w*"),
    ("covert", _SENSITIVE, "covert, armed or protected work",
     r"covert|undercover|informants?|chis|protected|armed|firearms|afo|surveillance|"
     r"source handl\w*"),
    ("offence", _SENSITIVE, "offence, conduct or investigation",
     r"offen[cs]es?|offender|crimes?( type)?|convict\w*|cautions?|arrest\w*|charges?|charged|"
     r"sentence\w*|misconduct|disciplin\w*|grievance\w*|complaint\w*|allegation\w*|suspen\w*|"
     r"investigat\w*|dismiss\w*|warnings?|victim\w*|suspect\w*|outcome|verdict|intelligence"),
    ("vetting", _SENSITIVE, "vetting or clearance",
     r"vet(ting|ted)?|clearance|security (level|check|status)|dbs"),
    ("performance", _SENSITIVE, "assessment of a person",
     r"performance|appraisal\w*|ratings?|assessment|attainment"),
    ("pay", _SENSITIVE, "pay or money",
     r"salar(y|ies)|pay|wages?|earn\w*|incomes?|bonus\w*|allowances?|remunerat\w*|pension\w*|"
     r"overtime|spine|increments?|expenses?|debts?|savings|expend\w*|capital (gain|loss)"),
    ("marital", _QUASI, "family",
     r"marital|married|civil partner\w*|depend[ae]nts?|children|relationship|relat|household"),
    ("gender", _QUASI, "gender or sex", r"gender|sex"),
    ("age", _QUASI, "age", r"ages?"),
    ("service", _QUASI, "length of service",
     r"(service|tenure|experience) (bands?|years?|length)|(length|years?) (of|in) \w+|tenure|"
     r"seniority"),
    ("rank", _QUASI, "rank or grade", r"(sub)?ranks?|grades?|band(ing)?"),
    ("dates", _QUASI, "when somebody came, moved or left",
     r"start(ed)?|join\w*|hir(e|ed|ing)|appoint\w*|commence\w*|recruit\w*|promot\w*|"
     r"transfer\w*|leav\w*|left|end( (date|year))?|terminat\w*|retire\w*|last day"),
    ("shift", _QUASI, "shift or roster", r"shifts?|rosters?|rotas?|watch"),
    ("contract", _QUASI, "contract or hours",
     r"contract\w*|(employment|employee|staff|work(ing|er)?) (type|status|group|class|category|"
     r"pattern)|(full|part) time|fte|hours?|permanent|temporary|agency"),
    ("job", _QUASI, "job or duty",
     r"jobs?|roles?|titles?|occupations?|profession\w*|dut(y|ies)|posts?|positions?|functions?|"
     r"speciali[sz]\w*|skills?|trades?|work ?class|designation"),
    ("location", _QUASI, "place of work or home",
     r"(sub )?locations?|stations?|sites?|buildings?|base|regions?|districts?|areas?|count(y|"
     r"ies)|towns?|cit(y|ies)|boroughs?|parish|lsoa|msoa|floor|room|campus|territory|"
     r"geograph\w*|lpa|bcu|neighbou?rhood|village|urb\w*"),
    ("unit", _QUASI, "unit or department",
     r"units?|teams?|squads?|sections?|branch\w*|departments?|dept|divisions?|directorates?|"
     r"commands?|bureau|offices?|organi[sz]ations?|cost ?cent(re|er)s?|business|facult(y|ies)|"
     r"wards?|school|portfolio|employer|force"),
    ("education", _QUASI, "education", r"educat\w*|qualif\w*|degrees?|universit(y|ies)|college"),
    ("appearance", _QUASI, "appearance", r"height|weight|hair|eyes?|build|tattoos?|complexion"),
    ("status", _QUASI, "status", r"status\w*|active|leaver"),
)  # fmt: skip


def _whole(words: str) -> Unmet:
    return Unmet(rf"\b(?:{words.replace('#', _NUMBER)})(?!\w)")


LEXICON: Final = tuple(
    Entry(meaning, role, says, _whole(pattern)) for meaning, role, says, pattern in _ENTRIES
)

SENSITIVE_WORDS: Final = (
    r"(?i)\b(surveillance|source handl\w+|handlers?|covert|undercover|informants?|chis|"
    r"witness protection|close protection|protected persons?|anti.?corruption|"
    r"professional standards|counter.?terror\w*|special branch|intelligence|firearms|armed|"
    r"vetting|liaison secondment|suspended|suspension|maternity|paternity|pregnan\w*|"
    r"sick(ness)?|long.?term sick|restricted duties|ill.?health|misconduct|dismissed|"
    r"career break|hiv|cancer|depress\w+|convicted)\b"
)
"""Words in values that are sensitive by themselves (duties that put people at risk, and states): a
pattern that both Python and RE2 take."""

_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_GAPS: Final = re.compile(r"[\W_]+")


def words_of(name: str) -> str:
    """Return a column's name as small words with single spaces.

    Examples
    --------
    >>> words_of("payrollNumber"), words_of("RANK_OR_GRADE")
    ('payroll number', 'rank or grade')
    """
    return _GAPS.sub(" ", _CAMEL.sub(" ", name)).strip().casefold()


def look_up(name: str) -> Entry | None:
    """Return what a column's name says, or None.

    Parameters
    ----------
    name : str
        The column's name as it stands.

    Returns
    -------
    Entry or None

    Examples
    --------
    >>> look_up("Collar No.").meaning, look_up("station").role, look_up("x1")
    ('service-number', 'quasi-identifier', None)
    """
    words = words_of(name)
    return next((entry for entry in LEXICON if entry.expression.pattern.search(words)), None)
