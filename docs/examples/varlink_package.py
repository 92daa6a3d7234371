#!/usr/bin/env python3
"""The Python package varlink (pip install varlink), which learns the methods from the daemon."""

import os

import varlink

socket = os.environ.get("LEGALITY_SOCKET", "/run/legalityd/socket")

with varlink.Client("unix:" + socket) as client, client.open("org.legalityd.Lookup") as lookup:
    print("Alabama:", lookup.Check("US-AL")["verdict"]["status"])

    for day in ("2025-06-01", "2026-06-01"):
        verdict = lookup.Check(place="Rhode Island", on=day)["verdict"]
        print(f"Rhode Island on {day}:", verdict["status"])

    replies = list(
        lookup.List(country="US", kind="state", status="prohibited", on="2026-06-01", _more=True)
    )
    first = next(entry for reply in replies for entry in reply["entries"])
    print("First US state where kratom is prohibited on 2026-06-01:", first["place"]["id"])

    try:
        lookup.Check(place="Nowhere")
    except varlink.VarlinkError as error:
        if error.error() == "org.legalityd.Lookup.UnknownPlace":
            print(f"{error.parameters()['place']}: no such place")
