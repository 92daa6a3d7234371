#!/usr/bin/env python3
"""Makes us-divisions.tsv and us-zip.tsv from the two CSV files of US places and ZIP codes.

    make-us.py us-divisions.csv us-zip.csv [OUTPUT-DIRECTORY]

README.md beside this script says what the columns mean and where the sources come from.
"""

import collections
import csv
import math
import pathlib
import re
import sys

SUFFIX = re.compile(
    r" (city and borough|city|town|village|township|borough|plantation|municipality|corporation"
    r"|charter township|unified government|urban county|metropolitan government"
    r"|County|Parish|City and Borough|Borough|Municipality|Census Area|Municipio)$"
)
COUNTY_WORDS = {"LA": "parish", "AK": "borough", "PR": "municipio"}


def base_name(name):
    """The name without the word for its kind; the longest such word goes."""
    for start in range(len(name)):
        if name[start] == " " and SUFFIX.fullmatch(name[start:]):
            return name[:start]
    return name


def slug(name):
    """The last part of an Open Civic Data id, as it follows from most names."""
    return base_name(name).lower().replace(" ", "_").replace(".", "").replace("'", "~")


def short_share(text):
    """'0.5730' as '.573'."""
    return text.lstrip("0").rstrip("0") if "." in text else text


def shares(text, state_fips):
    """'12115:0.573 12081:0.427' as '115:.573 081:.427'; a share of 1 goes without saying."""
    parts = []
    for part in text.split():
        geoid, share = part.split(":")
        code = geoid[2:] if geoid[:2] == state_fips else geoid
        parts.append(code if share == "1" else f"{code}:{short_share(share)}")
    return " ".join(parts)


def make_divisions(rows, path):
    by_state = {}
    for row in rows:
        by_state.setdefault(row["id"].split("/")[0][3:], []).append(row)
    fips_of = {state: rows[0]["geoid"][:2] for state, rows in by_state.items()}
    lines = []
    for state, members in sorted(by_state.items(), key=lambda item: fips_of[item[0]]):
        fips = fips_of[state]
        nested = any(row["id"].count("/") == 2 for row in members)
        county_word = COUNTY_WORDS.get(state, "county")
        lines.append(f"= US-{state} {fips} {county_word} {'nested' if nested else 'direct'}")
        counties = {row["geoid"]: row["id"].split("/")[1] for row in members if len(row["geoid"]) == 5}
        for row in sorted(members, key=lambda row: (len(row["geoid"]), row["geoid"])):
            geoid, name = row["geoid"], row["name"]
            kind, last = row["id"].split("/")[-1].split(":")
            if len(geoid) == 5:
                code, prefix = geoid[2:], ""
                expected = "census_area" if name.endswith("Census Area") else county_word
            else:
                expected = "place"
                code = geoid[2:]
                prefix = ""
                if len(geoid) == 10:
                    code = f"{geoid[2:5]}.{geoid[5:]}"
                    prefix = f"{counties[geoid[:5]]}/" if nested else ""
            assert kind == expected and row["kind"] == kind, row
            assert row["id"] == f"US-{state}/{prefix}{kind}:{last}", row
            level = {"PR": "territory", "DC": "district"}.get(state, "state")
            assert row["ocd_id"] == f"ocd-division/country:us/{level}:{state.lower()}/{prefix}{kind}:{last}", row
            fields = [code, name, shares(row["counties"], fips), "" if slug(name) == last else last]
            lines.append("\t".join(fields).rstrip("\t"))
    path.write_text("\n".join(["# Made by make-us.py; see README.md."] + lines) + "\n", encoding="utf-8")
    return fips_of


# A large city has at least so many ZIP codes of its own. It may reach into a ZIP code of another name where two of the
# four nearest ones in the county are its own, within 12 km. Where that name is no municipality's (Venice in Los
# Angeles), one of the six nearest is enough, or for a very large city any within 25 km.
LARGE, VERY_LARGE = 8, 40
NEAR, FAR = 12.0, 25.0


def cities_next_door(rows, municipalities):
    """For each ZIP code the large cities that probably reach into it, although it does not bear their name."""
    areas = [row for row in rows if row["type"] == "standard" and row["county_basis"] == "zcta2020"]
    sizes = collections.Counter((row["state"], row["city"]) for row in areas)
    by_county = collections.defaultdict(list)
    for row in areas:
        by_county[row["counties"].split(":")[0]].append((row, float(row["lat"]), float(row["lon"])))
    found = {}
    for neighbours in by_county.values():
        for row, latitude, longitude in neighbours:
            scale = math.cos(math.radians(latitude))
            others = sorted(
                (111.2 * math.hypot(lat - latitude, (lon - longitude) * scale), other["zip"], other["state"], other["city"])
                for other, lat, lon in neighbours
                if other is not row
            )
            near = [entry[2:] for entry in others if entry[0] < NEAR]
            counts = collections.Counter(near[:4])
            cities = {city for city, count in counts.items() if count >= 2}
            if (row["state"], row["city"].lower()) not in municipalities:
                cities.update(near[:6])
                cities.update(entry[2:] for entry in others if entry[0] < FAR and sizes[entry[2:]] >= VERY_LARGE)
            names = {row["city"], *row["other_cities"].split("|")}
            kept = sorted(
                city
                for state, city in cities
                if sizes[state, city] >= LARGE
                and state == row["state"]
                and city not in names
                and (state, city.lower()) in municipalities
            )
            if kept:
                found[row["zip"]] = "|".join(kept)
    return found


def make_zip_codes(rows, fips_of, municipalities, path):
    letters = {"standard": "", "po box": "p", "unique": "u", "military": "m"}
    lines = []
    next_door = cities_next_door(rows, municipalities)
    section = city = counties = None
    for row in sorted(rows, key=lambda row: row["zip"]):
        zone = row["timezone"] if re.match(r"[A-Z][A-Za-z]+/", row["timezone"]) else ""
        if (row["state"], zone) != section:
            section = (row["state"], zone)
            city = counties = None
            lines.append(f"= {row['state']} {zone}".rstrip())
        basis = {"usps": "~", "zcta2020": "", "": ""}[row["county_basis"]]
        where = basis + shares(row["counties"], fips_of.get(row["state"], "")) if row["counties"] else "-"
        fields = [
            row["zip"],
            "" if row["city"] == city else row["city"],
            "" if where == counties else where,
            letters[row["type"]],
            row["other_cities"],
            next_door.get(row["zip"], ""),
        ]
        city, counties = row["city"], where
        lines.append("\t".join(fields).rstrip("\t"))
    path.write_text("\n".join(["# Made by make-us.py; see README.md."] + lines) + "\n", encoding="utf-8")


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    target = pathlib.Path(sys.argv[3] if len(sys.argv) == 4 else pathlib.Path(__file__).parent)
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        divisions = list(csv.DictReader(file))
    fips_of = make_divisions(divisions, target / "us-divisions.tsv")
    municipalities = {
        (row["id"][3:5], base_name(row["name"]).lower().replace("st. ", "saint "))
        for row in divisions
        if row["kind"] == "place"
    }
    with open(sys.argv[2], encoding="utf-8", newline="") as file:
        make_zip_codes(list(csv.DictReader(file)), fips_of, municipalities, target / "us-zip.tsv")


if __name__ == "__main__":
    main()
