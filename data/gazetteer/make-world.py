#!/usr/bin/env python3
"""Makes countries.tsv and subdivisions.tsv from Debian's iso-codes.

    make-world.py /usr/share/iso-codes/json /usr/share/locale [OUTPUT-DIRECTORY]

README.md beside this script says what the columns mean and where the sources come from.
"""

import gettext
import json
import pathlib
import re
import sys
import unicodedata

LANGUAGES = (
    "de fr es ko ja it pt nl ru zh_CN zh_TW pl tr ar he th vi id ms sv da nb fi cs el uk hi bg hr hu ro sk sl sr lt lv et"
).split()
# Names of subdivisions are kept in the languages that are read far beyond one country ...
WIDE = "de fr es it pt nl ko ja zh_CN".split()
# ... and in those of their own country.
OWN = {
    "AT": "de", "BE": "nl fr", "BG": "bg", "BR": "pt", "BY": "ru", "CH": "de fr it", "CN": "zh_CN zh_TW", "CY": "el tr",
    "CZ": "cs", "DK": "da", "EE": "et", "EG": "ar", "FI": "fi sv", "GR": "el", "HK": "zh_TW", "HR": "hr", "HU": "hu",
    "ID": "id", "IL": "he ar", "IN": "hi", "JO": "ar", "KZ": "ru", "KG": "ru", "LB": "ar", "LT": "lt", "LV": "lv",
    "MA": "ar", "MY": "ms", "NL": "nl", "NO": "nb", "PL": "pl", "PT": "pt", "QA": "ar", "RO": "ro", "RS": "sr",
    "RU": "ru", "SA": "ar", "SE": "sv", "SI": "sl", "SK": "sk", "TH": "th", "TN": "ar", "TR": "tr", "TW": "zh_TW",
    "UA": "uk ru", "VN": "vi", "AE": "ar", "DZ": "ar", "IQ": "ar", "KW": "ar", "OM": "ar", "SY": "ar", "YE": "ar",
}  # fmt: skip
# Not in ISO 3166-1, but in use: user-assigned codes.
EXTRA = [{"alpha_2": "XK", "alpha_3": "XKX", "name": "Kosovo", "official_name": "Republic of Kosovo"}]
EXTRA_NAMES = {
    "XK": "Kosova Kosovë Косово 코소보 コソボ 科索沃 Κοσσυφοπέδιο Κόσοβο كوسوفو קוסובו Kosowo Kosova कोसोवो โคโซโว".split()
}
WITHOUT_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def catalogues(locale, domain):
    """The translations of a domain by language; a language without one is left out."""
    found = {}
    for language in LANGUAGES:
        path = locale / language / "LC_MESSAGES" / f"{domain}.mo"
        if path.exists():
            with path.open("rb") as file:
                found[language] = gettext.GNUTranslations(file)
    return found


def comparable(name):
    """About what the reader of these files compares names by."""
    text = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in text if not unicodedata.combining(c) and (c.isalnum() or ord(c) > 0x2FF))


def spellings(name):
    """The name, and forms in which it is also written."""
    name = name.strip(" *")
    yield name
    # "Korea, Republic of" is "Republic of Korea"; "Moldova, Republic of" is "Moldova" only by a common name.
    turned = re.fullmatch(r"([^,]+), ((?:.*\b)?(?:of|of the))", name)
    if turned:
        yield f"{turned[2]} {turned[1]}"
    # "Falkland Islands (Malvinas)" without the brackets, and "Moscow [Moskva]" as both.
    bare = re.sub(r"\s*[(\[][^)\]]*[)\]]", "", name).strip(" ,")
    if bare and bare != name:
        yield bare
        for inner in re.findall(r"\[([^\]]*)\]", name):
            yield inner


def distinct(names, taken=frozenset()):
    """The names in all their spellings, each once, without those that are taken."""
    seen, kept = set(taken), []
    for name in names:
        for part in name.split(";"):
            for form in spellings(unicodedata.normalize("NFC", " ".join(part.split()))):
                key = comparable(form)
                if key and key not in seen:
                    seen.add(key)
                    kept.append(form)
    return kept


def english_names(entry):
    return [entry[key] for key in ("common_name", "name", "official_name") if key in entry]


def translated_names(entry, translations, languages=None):
    for language, catalogue in translations.items():
        if languages is None or language in languages:
            for name in english_names(entry):
                translated = catalogue.gettext(name)
                if translated != name:
                    yield translated
                    # Keyboards without umlauts: "Suedkorea".
                    if language == "de" and re.search("[äöüÄÖÜ]", translated):
                        yield translated.translate(WITHOUT_UMLAUTS)


def kind_of(kind):
    """ISO's word for a kind of subdivision in the few that the table knows."""
    word = kind.lower()
    if word == "country":
        return word
    for part, ours in [
        ("outlying", "territory"), ("territory", "territory"), ("overseas", "territory"), ("dependency", "territory"),
        ("county", "county"), ("parish", "parish"), ("borough", "borough"), ("district", "district"),
        ("municipality", "place"), ("city", "place"), ("town", "place"), ("commune", "place"), ("council", "place"),
    ]:  # fmt: skip
        if part in word:
            return ours
    return "state"


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    json_directory, locale = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    target = pathlib.Path(sys.argv[3] if len(sys.argv) == 4 else pathlib.Path(__file__).parent)

    countries = json.loads((json_directory / "iso_3166-1.json").read_text("utf-8"))["3166-1"] + EXTRA
    translations = catalogues(locale, "iso_3166-1")
    lines = ["# Made by make-world.py; see README.md."]
    country_names = set()
    for entry in sorted(countries, key=lambda entry: entry["alpha_2"]):
        extra = EXTRA_NAMES.get(entry["alpha_2"], [])
        names = distinct([*english_names(entry), *translated_names(entry, translations), *extra])
        country_names.update(map(comparable, names))
        lines.append("\t".join([entry["alpha_2"], entry["alpha_3"], *names]))
    (target / "countries.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    subdivisions = json.loads((json_directory / "iso_3166-2.json").read_text("utf-8"))["3166-2"]
    known = {entry["code"] for entry in subdivisions}
    translations = catalogues(locale, "iso_3166-2")
    lines = ["# Made by make-world.py; see README.md."]
    for entry in sorted(subdivisions, key=lambda entry: entry["code"]):
        country = entry["code"][:2]
        languages = None if country == "US" else WIDE + OWN.get(country, "").split()
        # Some entries write the parent's code without its country.
        parent = entry.get("parent", "")
        parent = parent if parent in known else f"{country}-{parent}" if f"{country}-{parent}" in known else ""
        names = english_names(entry)
        if country in ("AT", "CH", "DE"):
            names += [name.translate(WITHOUT_UMLAUTS) for name in names]
        names = distinct(names)
        # iso-codes translates by the English word alone, so that Georgia (US) is "Georgien" and "Грузия" too.
        # What is a country's name in another language stays with the country.
        taken = country_names | set(map(comparable, names))
        names += distinct(translated_names(entry, translations, languages), taken)
        lines.append("\t".join([entry["code"], kind_of(entry["type"]), parent, *names]))
    (target / "subdivisions.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
