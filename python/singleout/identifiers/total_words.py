"""Labels of totals, in the languages whose headings are known."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from singleout.identifiers.word_sets import one_of

# English, Welsh, Irish, Scottish Gaelic, French, German, Spanish, Polish, Arabic, Chinese: the
# words of statistical tables for a total, a total of a part, a total of everything.
_TOTAL = one_of(
    "total|totals|totalled|cyfanswm|cyfansymiau|iomlán|iomláin|iomlan|uile-iomlán|totaux|totale|"
    "gesamt|insgesamt|gesamtsumme|gesamtzahl|summe|summen|suma|sumy|sumas|totales|ogółem|razem|"
    "łącznie|المجموع|مجموع|الإجمالي|الاجمالي|إجمالي|اجمالي|"
    "合计|合計|总计|總計|总数|總數|共计|共計|总和"
)
_PART = re.compile(
    r"\b(?:sub|sous|fo|is|part|partial|parcial|partiel|partielle)[\s-]*(?:totals?|totaux|iomlán|"
    r"iomlan|gyfanswm|totales?)\b|zwischensumme|teilsumme|suma częściowa|podsuma|الفرعي|الجزئي|"
    r"小计|小計"
)
_ALL = re.compile(
    r"\b(?:grand|overall|général|générale|general|gesamtsumme|mawr|terfynol|foriomlán|mór|"
    r"końcowa|całkowita)\b|العام|الكلي|总计|總計"
)
# Words that head a total as often as they head something else; sums must bear them out.
_MAYBE = re.compile(
    r"^(?:all|overall|sum|both|everyone|everybody|persons|people|whole|combined|pawb|holl|y cyfan|"
    r"(?:full |whole )?year|annual|"
    r"gach duine|gach|uile|an uile|na h-uile|ensemble|tous|toutes|tout|alle|beide|zusammen|todos|"
    r"todas|todo|ambos|conjunto|wszyscy|wszystkie|wszystko|كل|جميع|全部|所有|总)(?:\b|$)|"
    r"\b(?:combined|ensemble|zusammen|overall)$"
)
_CJK_TOTAL = re.compile("[合总總共][计計数數]")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST = 120


class Total(IntEnum):
    """How surely, and of how much, a label is that of a total."""

    NO = 0
    MAYBE = 1
    PART = 2
    TOTAL = 3
    GRAND = 4


@lru_cache(maxsize=4096)
def total_of(label: str) -> Total:
    """Tell whether a row's or a column's label is that of a total.

    Examples
    --------
    >>> total_of("Sub-total").name, total_of("Grand Total").name, total_of("Cyfanswm").name
    ('PART', 'GRAND', 'TOTAL')
    >>> total_of("All ranks").name, total_of("Sergeant").name
    ('MAYBE', 'NO')
    """
    text = " ".join(label[:_LONGEST].split()).casefold()
    if not text:
        return Total.NO
    if _PART.search(text):
        return Total.PART
    words = _WORDS.findall(text)
    if not _TOTAL.isdisjoint(words) or any(
        word.startswith(("合计", "合計", "总计", "總計", "总数", "共计"))
        or word.endswith(("合计", "总计"))
        for word in words
    ):
        return Total.GRAND if _ALL.search(text) else Total.TOTAL
    return Total.MAYBE if _MAYBE.search(text) else Total.NO
