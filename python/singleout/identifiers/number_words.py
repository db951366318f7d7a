"""Small whole numbers as words, in the languages whose headings are known.

The cardinals of everyday writing from nought to twenty, in English to ninety-nine, as the spell-out
rules of the Unicode CLDR (https://cldr.unicode.org, Unicode License v3) give them, with the forms
that stand before a noun.
Words for "none" and the German "null" are left out: in a cell they say as often that nothing is
known.
"""

from __future__ import annotations

# One entry a number from 0 on; several ways of writing it are divided by "/".
_BY_LANGUAGE: dict[str, str] = {
    "English": "zero/nought one two three four five six seven eight nine ten eleven "
    "twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
    "Welsh": "sero un dau/dwy tri/tair pedwar/pedair pump/pum chwech/chwe saith wyth naw "
    "deg/deng un-ar-ddeg deuddeg tri-ar-ddeg pedwar-ar-ddeg pymtheg un-ar-bymtheg "
    "dau-ar-bymtheg deunaw pedwar-ar-bymtheg ugain",
    "Irish": "náid aon dó/dhá trí ceathair/ceithre cúig sé seacht ocht naoi deich "
    "aon-déag dó-dhéag trí-déag ceathair-déag cúig-déag sé-déag seacht-déag ocht-déag "
    "naoi-déag fiche",
    "Scottish Gaelic": "neoni aon/aonan dà/dhà/dithis trì/triùir ceithir/ceathrar còig/còignear "
    "sia/sianar seachd/seachdnar ochd/ochdnar naoi/naoinear deich/deichnear aon-deug dà-dheug "
    "trì-deug ceithir-deug còig-deug sia-deug seachd-deug ochd-deug naoi-deug fichead",
    "French": "zéro un/une deux trois quatre cinq six sept huit neuf dix onze "
    "douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt",
    "German": "zero eins/ein/eine zwei drei vier fünf sechs sieben acht neun zehn elf "
    "zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig",
    "Spanish": "cero uno/un/una dos tres cuatro cinco seis siete ocho nueve diez "
    "once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte",
    "Polish": "zero jeden/jedna/jedno dwa/dwie/dwóch/dwoje trzy/trzech/troje "
    "cztery/czterech/czworo pięć/pięciu/pięcioro sześć/sześciu siedem/siedmiu osiem/ośmiu "
    "dziewięć/dziewięciu dziesięć/dziesięciu jedenaście dwanaście trzynaście czternaście "
    "piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście dwadzieścia",
    "Arabic": "صفر واحد/واحدة اثنان/اثنين/اثنتان ثلاثة/ثلاث أربعة/أربع خمسة/خمس ستة/ست سبعة/سبع "
    "ثمانية/ثمان تسعة/تسع عشرة/عشر",
    "Chinese": "零/\u3007 一 二/两 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 "
    "十九 二十",
}

_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
# A word that is two numbers in two languages is none: nobody can say which is meant.
_FOUND: dict[str, set[int]] = {}
for _words in _BY_LANGUAGE.values():
    for _number, _ways in enumerate(_words.split()):
        for _way in _ways.split("/"):
            _FOUND.setdefault(_way.replace("-", " "), set()).add(_number)

for _ten, _name in enumerate(_TENS, 2):
    _FOUND.setdefault(_name, set()).add(10 * _ten)
    for _unit, _small in enumerate(_UNITS, 1):
        _FOUND.setdefault(f"{_name} {_small}", set()).add(10 * _ten + _unit)

NUMBER_WORDS: dict[str, int] = {
    word: next(iter(numbers)) for word, numbers in _FOUND.items() if len(numbers) == 1
}
# What a text that begins with a number in words begins with
FIRST_WORDS = frozenset(word.split()[0] for word in NUMBER_WORDS)
LONGEST = max(map(len, NUMBER_WORDS))


def number_in_words(text: str) -> int | None:
    """Return the number from 0 to 20 that words alone give.

    Examples
    --------
    >>> number_in_words("Three"), number_in_words("dix-sept"), number_in_words("many")
    (3, 17, None)
    """
    if len(text) > LONGEST + 4:
        return None
    return NUMBER_WORDS.get(" ".join(text.casefold().replace("-", " ").split()))
