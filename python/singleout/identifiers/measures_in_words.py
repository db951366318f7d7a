"""Words that, behind a number, say that it is measured and not counted."""

from __future__ import annotations

from singleout.identifiers.word_sets import one_of

# Times, lengths, areas, weights, volumes, money, shares, months, and the words of ranges, in the
# languages whose headings are known.
MEASURES = one_of(
    "am|pm|uhr|h|hr|hrs|hour|hours|min|mins|minute|minutes|s|sec|secs|second|"
    "seconds|ms|day|days|week|weeks|month|months|year|years|yr|yrs|quarter|quarters|"
    "decade|decades|km|m|cm|mm|mi|mile|miles|yard|yards|yd|ft|foot|feet|inch|"
    "inches|ha|acre|acres|hectare|hectares|kg|g|mg|t|tonne|tonnes|ton|tons|lb|lbs|"
    "stone|oz|l|ml|litre|litres|kwh|mwh|kw|mw|w|v|mb|gb|kb|percent|pct|per|"
    "cent|percentage|point|points|pence|p|pound|pounds|euro|euros|eur|gbp|usd|"
    "dollar|dollars|k|m|bn|million|millions|billion|thousand|thousands|degrees|degree|"
    "mph|kph|january|february|march|april|may|june|july|august|september|october|"
    "november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|monday|"
    "tuesday|wednesday|thursday|friday|saturday|sunday|st|nd|rd|th|bis|to|and|or|"
    "of|in|on|at|x|stunde|stunden|minuten|tag|tage|woche|wochen|monat|monate|jahr|"
    "jahre|prozent|tausend|heure|heures|jour|jours|semaine|semaines|mois|an|ans|"
    "année|années|pour|mille|millions|hora|horas|día|días|semana|semanas|mes|meses|"
    "año|años|por|mil|godzina|godziny|godzin|dzień|dni|tydzień|tygodnie|miesiąc|"
    "miesiące|rok|lata|lat|procent|tys|awr|oriau|diwrnod|diwrnodau|wythnos|wythnosau|"
    "mis|misoedd|blwyddyn|blynyddoedd|y|cant|uair|uaireanta|lá|laethanta|seachtain|"
    "míosa|bliain|bliana|faoin|gcéad|سنة|سنوات|شهر|أشهر|يوم|أيام|ساعة|دقيقة|بالمئة"
)
# The first sign behind a number in Chinese or Japanese that says so.
CJK_MEASURES = frozenset("年月日时時分秒点點岁歲元块%\uff05号號季周週天度米里亩斤吨届期楼")
