"""Whether a telephone number is a private person's or an office's, by its form and its words."""

from __future__ import annotations

import re
from typing import Final, Literal

Line = Literal["mobile", "office", "other"]

# Mobile numbers by country (ITU-T E.164 national plans): United Kingdom 07 without 070 (personal)
# and 076 (pagers), Ireland 08, France 06 and 07, Germany 015 to 017, Spain 6 and 7, Poland 4 to 8,
# India, Pakistan 03, China 1.
_MOBILE: Final = re.compile(
    r"44(?:7[1-57-9])|353(?:8[35-9])|33[67]|49(?:1[567])|34[67]|48(?:[4-8])|91[6-9]|923|861[3-9]|31(?:6)|32(?:4)"
    r"|39(?:3)|351(?:9)|41(?:7[4-9])|43(?:6[4-9])|46(?:7)|47(?:[49])|45(?:[2-9])|61(?:4)|234(?:[789])|880(?:1)"
)
# Numbers that only bodies have: 03 (public bodies), 08, 09 and 0845 (services), and the short ones
_SERVICE: Final = re.compile(
    r"44(?:3|8|9|55|56)|353(?:1[58]|818)|33(?:8)|49(?:800|180)|34(?:90|80)|48(?:80)|1?8(?:00|88|77|66)"
)


def line(number: str) -> Line:
    """Tell what line a number is of, by how it begins.

    Parameters
    ----------
    number : str
        As written; a number without ``+`` or ``00`` is taken for a British one.

    Examples
    --------
    >>> line("07700 900617"), line("+353 86 123 4567"), line("0300 123 1234"), line("01632 960101")
    ('mobile', 'mobile', 'office', 'other')
    """
    digits = "".join(re.findall(r"\d", number.replace("(0)", "")))
    if number.lstrip("( ").startswith("+"):
        whole = digits
    elif digits.startswith("00"):
        whole = digits[2:]
    elif re.match(r"08[35-9]", digits) and len(digits) == 10:
        whole = "353" + digits[1:]
    elif digits[:1] == "0" and len(digits) == 10 and re.match(r"0\d[ .]\d\d[ .]", number):
        whole = "33" + digits[1:]
    elif len(digits) == 9 and digits[0] != "0":
        whole = ("34" if digits[0] in "67" and number.count(" ") != 2 else "48") + digits
    elif (
        digits.startswith("01")
        and len(digits) >= 11
        and re.match(r"01[567]\d", digits)
        and "/" in number
    ):
        whole = "49" + digits[1:]
    else:
        whole = "44" + digits.lstrip("0")
    if _MOBILE.match(whole):
        return "mobile"
    return "office" if _SERVICE.match(whole) else "other"


# National forms that `detect` does not know: France, Germany, Ireland; Spain, Poland beside a word
_NATIONAL: Final = re.compile(
    r"(?<=[:=])0[1-9]\d{8,9}(?!\d)"
    r"|(?<![\d+(/.-])(?:0[1-79](?:[ .]\d\d){4}|01[567]\d[ /-]?\d{3,4}[ -]?\d{3,4}"
    r"|08[35-9][ -]?\d{3}[ -]?\d{4}"
    r"|(?:(?i:tel|teléf|móvil|movil|llam|kom|zadzwo|numer)[^\W\d_]{0,20}\.?:?"
    r"(?: [^\W\d_]{1,20}){0,3} ?)"
    r"(?P<v>[4-9]\d{2}[ -]?\d{3}[ -]?\d{3}|[6-9]\d{2}(?: \d\d){3}))(?![\d/])"
)


def national(text: str) -> list[tuple[int, int]]:
    """Find telephone numbers in the forms of France, Germany, Ireland, Spain and Poland.

    >>> national("Tél. 06 12 34 56 78, tel. 601 234 567")
    [(5, 19), (26, 37)]
    """
    return [match.span("v") if match["v"] else match.span() for match in _NATIONAL.finditer(text)]


# Words of an office's line beside a number
_OFFICE: Final = re.compile(
    r"(?i)\b(?:switchboard|press|media|office|duty|desk|helpline|hotline|help ?line|help ?desk"
    r"|enquir\w*"
    r"|inquir\w*|out of hours|out-of-hours|customer|reception|general|freephone|text(?:phone"
    r"| relay| service)"
    r"|minicom|typetalk|fax|team|unit|department|business (?:line|hours|number)|work (?:number"
    r"|phone|mobile)|emergency|non-emergency|control room"
    r"|swyddfa|ymholiadau|switsfwrdd|llinell|oifig|preas|oifis|standard|accueil|presse|zentrale|bürger\w*"
    r"|hotline|pressestelle|centralita|oficina|prensa|centrala|biuro|infolinia|sekretariat)\b"
    r"|مكتب|بدالة|总机|办公室|热线|دفتر"
)
# Words that say that a number is somebody's own
_OWN: Final = re.compile(
    r"(?i)\b(?:home|private|personal|own|his|her|their|my|next of kin|evenings?|mobile number"
    r"|cartref|personol|baile|privat\w*|privé\w*|domicile|personnel\w*|casa|particular|domow\w*|prywatn\w*)\b"
    r"|منزل|شخصي|家庭|私人|手机|گھر|ذاتی"
)


def speaks_of_office(text: str) -> bool:
    """Tell whether words beside a number make it an office's.

    >>> speaks_of_office("Press office:"), speaks_of_office("ring me on")
    (True, False)
    """
    return bool(_OFFICE.search(text))


def speaks_of_own(text: str) -> bool:
    """Tell whether words beside a number make it a person's own.

    >>> speaks_of_own("her home number is"), speaks_of_own("Tel:")
    (True, False)
    """
    return bool(_OWN.search(text))
