"""Strategies that make tables of people, of cases and clean ones, headed in six languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from hypothesis import strategies as st

LANGUAGES = ("en", "cy", "de", "fr", "es", "pl")
# Each meaning's headings by language; of English every synonym
HEADINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "name": {
        "en": ("Name", "Full name", "Employee name", "Officer name", "Staff member"),
        "cy": ("Enw", "Enw llawn"),
        "de": ("Name", "Vollständiger Name"),
        "fr": ("Nom", "Nom et prénom"),
        "es": ("Nombre", "Nombre y apellidos"),
        "pl": ("Imię i nazwisko",),
    },
    "surname": {
        "en": ("Surname", "Last name", "Family name"),
        "cy": ("Cyfenw",),
        "de": ("Nachname", "Familienname"),
        "fr": ("Nom de famille",),
        "es": ("Apellido", "Apellidos"),
        "pl": ("Nazwisko",),
    },
    "forename": {
        "en": ("Forename", "First name", "Given name"),
        "cy": ("Enw cyntaf",),
        "de": ("Vorname",),
        "fr": ("Prénom",),
        "es": ("Nombre de pila",),
        "pl": ("Imię",),
    },
    "birth date": {
        "en": ("Date of birth", "DOB", "Birth date"),
        "cy": ("Dyddiad geni",),
        "de": ("Geburtsdatum",),
        "fr": ("Date de naissance",),
        "es": ("Fecha de nacimiento",),
        "pl": ("Data urodzenia",),
    },
    "job": {
        "en": ("Rank", "Job title", "Grade", "Role"),
        "cy": ("Rheng", "Swydd"),
        "de": ("Dienstgrad",),
        "fr": ("Grade", "Fonction"),
        "es": ("Rango", "Cargo"),
        "pl": ("Stopień", "Stanowisko"),
    },
    "station": {
        "en": ("Station", "Unit", "Town", "Location"),
        "cy": ("Gorsaf", "Uned"),
        "de": ("Dienststelle", "Ort"),
        "fr": ("Ville", "Service"),
        "es": ("Ciudad", "Unidad"),
        "pl": ("Miasto", "Jednostka"),
    },
    "days": {
        "en": ("Days lost", "Sick days", "Days absent"),
        "cy": ("Diwrnodau",),
        "de": ("Krankheitstage",),
        "fr": ("Jours d'absence",),
        "es": ("Días de baja",),
        "pl": ("Dni nieobecności",),
    },
    "date": {
        "en": ("Date", "Date of incident", "Date received"),
        "cy": ("Dyddiad",),
        "de": ("Datum",),
        "fr": ("Date",),
        "es": ("Fecha",),
        "pl": ("Data",),
    },
    "age": {
        "en": ("Age", "Age of victim"),
        "cy": ("Oed", "Oedran"),
        "de": ("Alter",),
        "fr": ("Âge",),
        "es": ("Edad",),
        "pl": ("Wiek",),
    },
    "sex": {
        "en": ("Sex", "Gender", "Sex of victim"),
        "cy": ("Rhyw",),
        "de": ("Geschlecht",),
        "fr": ("Sexe",),
        "es": ("Sexo",),
        "pl": ("Płeć",),
    },
    "town": {
        "en": ("Town", "District", "Area", "Locality"),
        "cy": ("Tref", "Ardal"),
        "de": ("Ort", "Bezirk"),
        "fr": ("Ville", "Commune"),
        "es": ("Ciudad", "Distrito"),
        "pl": ("Miasto", "Powiat"),
    },
    "officers": {
        "en": ("Officers", "Number of officers", "Headcount", "Staff"),
        "cy": ("Nifer y swyddogion", "Nifer"),
        "de": ("Anzahl",),
        "fr": ("Nombre", "Effectif"),
        "es": ("Número de agentes", "Cantidad"),
        "pl": ("Liczba",),
    },
    "supplier": {
        "en": ("Supplier", "Contractor", "Supplier name", "Company"),
        "cy": ("Cyflenwr",),
        "de": ("Lieferant", "Firma"),
        "fr": ("Fournisseur",),
        "es": ("Proveedor", "Empresa"),
        "pl": ("Dostawca", "Firma"),
    },
    "service": {
        "en": ("Service", "Category", "Description"),
        "cy": ("Gwasanaeth",),
        "de": ("Leistung",),
        "fr": ("Service",),
        "es": ("Servicio",),
        "pl": ("Usługa",),
    },
    "amount": {
        "en": ("Amount (£)", "Cost (£)", "Value (£)"),
        "cy": ("Cost (£)", "Swm (£)"),
        "de": ("Betrag (£)",),
        "fr": ("Montant (£)",),
        "es": ("Importe (£)",),
        "pl": ("Kwota (£)",),
    },
    "opens": {
        "en": ("Opens", "Opening time", "Open from"),
        "cy": ("Amser agor",),
        "de": ("Öffnungszeit",),
        "fr": ("Heure d'ouverture",),
        "es": ("Hora de apertura",),
        "pl": ("Godzina otwarcia",),
    },
    "fault": {
        "en": ("Fault", "Defect", "Fault type"),
        "cy": ("Nam",),
        "de": ("Mangel",),
        "fr": ("Défaut",),
        "es": ("Avería",),
        "pl": ("Usterka",),
    },
    "vehicle": {
        "en": ("Vehicle type", "Type of vehicle", "Vehicle"),
        "cy": ("Math o gerbyd",),
        "de": ("Fahrzeugtyp",),
        "fr": ("Type de véhicule",),
        "es": ("Tipo de vehículo",),
        "pl": ("Typ pojazdu",),
    },
}
# What a system of records calls them
SHORT = {
    "name": ("emp_nm", "full_nm", "EMPNAME"),
    "surname": ("LNAME", "emp_sname", "LAST_NM"),
    "forename": ("FNAME", "first_nm"),
    "birth date": ("DOB", "BIRTH_DT", "d.o.b."),
    "job": ("job_desc", "RANK_CD", "Job"),
    "station": ("stn", "Dept", "LOC"),
    "days": ("days_lost", "sick_dys"),
    "date": ("dt", "INC_DT", "date_rec"),
    "age": ("AGE", "vic_age"),
    "sex": ("SEX_CD", "gend", "sex"),
    "town": ("TOWN", "dist", "loc"),
    "officers": ("off_cnt", "No. off", "n"),
    "supplier": ("SUPP_NM", "vendor", "supp"),
    "service": ("svc", "cat", "desc"),
    "amount": ("AMT_GBP", "amt (£)"),
    "opens": ("OPEN_TM", "open"),
    "fault": ("FLT_DESC", "fault_cd"),
    "vehicle": ("VEH_TYPE", "veh"),
}

# Given names and surnames, a culture each
NAMES = (
    (("Oliver", "Charlotte", "Thomas", "Emily"), ("Harrison", "Whitfield", "Marsh", "Ashworth")),
    (("Rhys", "Angharad", "Gareth", "Bethan"), ("Llewellyn", "Pritchard", "Probert", "ap Huw")),
    (("Siobhán", "Cormac", "Niamh", "Declan"), ("O'Sullivan", "Ní Bhriain", "Gallagher", "Doyle")),
    (("Katarzyna", "Tomasz", "Agnieszka"), ("Wójcik", "Kowalczyk", "Szymańska", "Nowak")),
    (("Chidi", "Ngozi", "Oluwaseun"), ("Okonkwo", "Adeyemi", "Eze", "Balogun")),
    (("Harpreet", "Gurdeep", "Priya"), ("Singh", "Kaur Gill", "Dhillon", "Sharma")),
    (("Farah", "Imran", "Ayesha"), ("Siddiqui", "Hussain", "Chaudhry", "Malik")),
    (("Wei", "Xiu Ying", "Jian"), ("Zhang", "Huang", "Chen", "Zhou")),
    (("Carmen", "Alejandro", "Lucía"), ("García López", "Fernández", "Ortega", "Ruiz")),
    (("Jürgen", "Annelise", "Matthias"), ("Schneider", "Vogel", "Hoffmann", "von Arnim")),
    (("Aurélie", "Thierry", "Sylvie"), ("Lefèvre", "Moreau", "Dubois", "de la Croix")),
    (("Abdi", "Hodan", "Faisal"), ("Warsame", "Abdullahi", "Farah", "Jama")),
)
TOWNS = (
    "Hexham",
    "Morpeth",
    "Alnwick",
    "Berwick",
    "Amble",
    "Ashington",
    "Blyth",
    "Rothbury",
    "Kendal",
    "Penrith",
    "Carlisle",
    "Whitehaven",
)
RANKS = ("Constable", "Sergeant", "Inspector", "Chief Inspector", "Superintendent")
SUPPLIERS = (
    "Oakmere Cleaning Ltd",
    "Northfield Motors Ltd",
    "Brackwell Print plc",
    "Harland & Sons Ltd",
    "Tyne Office Supplies Ltd",
    "Greenacre Landscapes LLP",
    "Apex Security Systems Ltd",
    "Riverside Catering Ltd",
)
SERVICES = ("Cleaning", "Repairs", "Printing", "Catering", "Security", "Grounds maintenance")
FAULTS = ("Flat battery", "Worn tyres", "Broken lamp", "Oil leak", "Cracked windscreen")
VEHICLES = ("Van", "Saloon car", "Estate car", "Minibus", "Motorcycle", "Lorry")

Row = tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """A table: what each column means, its headings (none where removed), and its body."""

    meanings: tuple[str, ...]
    heads: tuple[str, ...] | None
    body: tuple[Row, ...]

    @property
    def rows(self) -> list[Row]:
        """The headings, if any, and the body."""
        return [*([self.heads] if self.heads is not None else []), *self.body]

    def ordered(self, columns: list[int]) -> Made:
        """The same columns in another order."""
        heads = None if self.heads is None else tuple(self.heads[j] for j in columns)
        body = tuple(tuple(row[j] for j in columns) for row in self.body)
        return Made(tuple(self.meanings[j] for j in columns), heads, body)


def headed(meanings: tuple[str, ...], body: list[Row]) -> Made:
    """A table under plain English headings."""
    return Made(meanings, tuple(HEADINGS[one]["en"][0] for one in meanings), tuple(body))


def _date(first: int, last: int) -> st.SearchStrategy[str]:
    days = st.dates(dt.date(first, 1, 1), dt.date(last, 12, 28))
    return days.map(lambda day: day.strftime("%d/%m/%Y"))


@st.composite
def people(draw: st.DrawFn) -> Made:
    """A list of staff: names in one or two columns, and what else is known of each."""
    cultures = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True))
    pairs = [
        (given, surname)
        for givens, surnames in cultures
        for given in givens
        for surname in surnames
    ]
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=4, max_size=10, unique=True))
    form = draw(st.sampled_from(("whole", "comma", "parts")))
    others = draw(
        st.lists(
            st.sampled_from(("birth date", "job", "station", "days")),
            min_size=1,
            max_size=3,
            unique=True,
        )
    )
    values: dict[str, st.SearchStrategy[str]] = {
        "birth date": _date(1958, 2003),
        "job": st.sampled_from(RANKS),
        "station": st.sampled_from(TOWNS),
        "days": st.integers(1, 90).map(str),
    }
    body: list[Row] = []
    for given, surname in chosen:
        name = {
            "whole": (f"{given} {surname}",),
            "comma": (f"{surname}, {given}",),
            "parts": (surname, given),
        }[form]
        body.append((*name, *(draw(values[one]) for one in others)))
    names = ("surname", "forename") if form == "parts" else ("name",)
    return headed((*names, *others), body)


@st.composite
def cases(draw: st.DrawFn) -> Made:
    """A row for each victim: when, how old, which sex, where; no name."""
    size = draw(st.integers(4, 12))
    body = [
        (
            draw(_date(2022, 2024)),
            str(draw(st.integers(9, 88))),
            draw(st.sampled_from(("F", "M"))),
            draw(st.sampled_from(TOWNS)),
        )
        for _ in range(size)
    ]
    return headed(("date", "age", "sex", "town"), body)


@st.composite
def counts(draw: st.DrawFn) -> Made:
    """Officers by town, none of them few."""
    towns = draw(st.lists(st.sampled_from(TOWNS), min_size=4, max_size=10, unique=True))
    return headed(("town", "officers"), [(town, str(draw(st.integers(21, 900)))) for town in towns])


@st.composite
def spending(draw: st.DrawFn) -> Made:
    """Payments to firms."""
    firms = draw(st.lists(st.sampled_from(SUPPLIERS), min_size=4, max_size=8, unique=True))
    body = [
        (firm, draw(st.sampled_from(SERVICES)), f"{draw(st.integers(500, 90_000))}.50")
        for firm in firms
    ]
    return headed(("supplier", "service", "amount"), body)


@st.composite
def opening(draw: st.DrawFn) -> Made:
    """When stations open."""
    towns = draw(st.lists(st.sampled_from(TOWNS), min_size=4, max_size=10, unique=True))
    hours = st.integers(7, 10).map(lambda hour: f"{hour:02}:00")
    return headed(("station", "opens"), [(town, draw(hours)) for town in towns])


@st.composite
def faults(draw: st.DrawFn) -> Made:
    """Faults of vehicles."""
    body = [
        (draw(_date(2022, 2024)), draw(st.sampled_from(VEHICLES)), draw(st.sampled_from(FAULTS)))
        for _ in range(draw(st.integers(4, 12)))
    ]
    return headed(("date", "vehicle", "fault"), body)


def disclosing() -> st.SearchStrategy[Made]:
    """Tables of people or of cases."""
    return st.one_of(people(), cases())


def clean() -> st.SearchStrategy[Made]:
    """Tables that any public body would send."""
    return st.one_of(counts(), spending(), opening(), faults())


def _styled(text: str) -> tuple[str, str, str]:
    words = "".join(c if c.isalnum() else " " for c in text).split()
    camel = "".join(word.capitalize() for word in words)
    return "_".join(words).lower(), "_".join(words).upper(), camel[:1].lower() + camel[1:]


@st.composite
def renamed(draw: st.DrawFn, made: Made) -> Made:
    """The table under other headings: synonyms, another language, abbreviations, or as in code."""
    how = draw(st.sampled_from(("synonyms", "language", "short", "code")))
    language = draw(st.sampled_from(LANGUAGES[1:]))
    heads: list[str] = []
    for one in made.meanings:
        if how == "short":
            heads.append(draw(st.sampled_from(SHORT[one])))
            continue
        head = draw(st.sampled_from(HEADINGS[one][language if how == "language" else "en"]))
        heads.append(draw(st.sampled_from(_styled(head))) if how == "code" else head)
    return replace(made, heads=tuple(heads))


def cased(made: Made, change: Callable[[str], str]) -> Made:
    """The table in other case, headings and body."""
    heads = None if made.heads is None else tuple(change(head) for head in made.heads)
    return Made(made.meanings, heads, tuple(tuple(change(v) for v in row) for row in made.body))
