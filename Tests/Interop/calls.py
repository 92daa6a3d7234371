"""What both clients ask: every method, and every error that can be caused."""

import contextlib
import os

LOOKUP = "org.legalityd.Lookup"
SERVICE = "io.systemd.service"
VARLINK = "org.varlink.service"

# Calls with one reply.
CALLS = [
    (f"{VARLINK}.GetInfo", {}),
    (f"{VARLINK}.GetInterfaceDescription", {"interface": LOOKUP}),
    (f"{LOOKUP}.Check", {"place": "US-AL"}),
    (f"{LOOKUP}.Check", {"place": "Gen\u00e8ve", "substance": "7-oh", "activity": "possess", "explain": True}),
    (
        f"{LOOKUP}.Check",
        {
            "place": "San Diego, CA", "substance": "kratom", "activity": "sell", "age": 20, "on": "2026-06-01",
            "percent_7oh": 1.5, "ppm_7oh": 100.0, "form": "leaf", "licensed": True, "prescription": False,
            "explain": True,
        },
    ),
    (f"{LOOKUP}.Check", {"place": "34228"}),
    (f"{LOOKUP}.Describe", {"place": "US-RI"}),
    (f"{LOOKUP}.Describe", {"place": "CH", "on": "2018-01-01"}),
    (f"{LOOKUP}.List", {"country": "US", "status": "prohibited", "kind": "state"}),
    (f"{LOOKUP}.Resolve", {"place": "ocd-division/country:us/state:ca/place:san_diego"}),
    (f"{LOOKUP}.History", {"place": "US-RI", "substance": "kratom"}),
    (f"{LOOKUP}.Upcoming", {"within_days": 36500}),
    (f"{LOOKUP}.Upcoming", {"place": "US-FL"}),
    (f"{LOOKUP}.GetTable", {}),
    (f"{SERVICE}.Ping", {}),
    (f"{SERVICE}.SetLogLevel", {"level": 6}),
    (f"{SERVICE}.Reload", {}),
]

# Calls with the flag more, that end by themselves.
STREAMS = [
    (f"{LOOKUP}.List", {"country": "US", "kind": "state"}),
    (f"{LOOKUP}.Blocklist", {"status": "prohibited"}),
]

# One that does not.
MONITOR = f"{LOOKUP}.Monitor"

# (method, parameters, error, one of its parameters and the value); the daemon runs with --max-monitors 1.
ERRORS = [
    (f"{LOOKUP}.Check", {"place": "Alabma"}, f"{LOOKUP}.UnknownPlace", ("place", "Alabma")),
    (f"{LOOKUP}.Check", {"place": "Georgia"}, f"{LOOKUP}.AmbiguousPlace", ("place", "Georgia")),
    (f"{LOOKUP}.Check", {"place": "CH", "substance": "tea"}, f"{LOOKUP}.UnknownSubstance", ("substance", "tea")),
    (f"{LOOKUP}.Check", {"place": "CH", "activity": "fly"}, f"{LOOKUP}.UnknownActivity", ("activity", "fly")),
    (f"{LOOKUP}.Check", {"place": "CH", "on": "today"}, f"{LOOKUP}.InvalidDate", ("date", "today")),
    (f"{LOOKUP}.Monitor", {}, f"{VARLINK}.ExpectedMore", None),
    (f"{SERVICE}.SetLogLevel", {"level": 99}, f"{VARLINK}.InvalidParameter", ("parameter", "level")),
    (
        f"{VARLINK}.GetInterfaceDescription", {"interface": "org.example.none"}, f"{VARLINK}.InterfaceNotFound",
        ("interface", "org.example.none"),
    ),
]


@contextlib.contextmanager
def broken_table(table):
    """The table with a fault in it, for a reload that has to be refused."""
    path = os.path.join(table, "ch.yaml")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace("kind: country", "kind: planet", 1))
        yield
    finally:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


def as_nobody(body):
    """Runs body as a user that may do nothing; says whether that was possible. A failure there is one here."""
    if os.getuid() != 0:
        print("  not root: PermissionDenied was not tried")
        return False
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            body()
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert status == 0, "the call as another user did not end as expected"
    return True
