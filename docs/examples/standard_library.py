#!/usr/bin/env python3
"""Nothing but Python's standard library."""

import json
import os
import socket


class VarlinkError(Exception):
    def __init__(self, name, parameters):
        super().__init__(name)
        self.name = name
        self.parameters = parameters


class Connection:
    """Calls are JSON objects with a NUL byte behind them, answered in their order."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.reader = self.socket.makefile("rb")

    def call(self, method, /, **parameters):
        return next(self.stream(method, more=False, **parameters))

    def stream(self, method, /, more=True, **parameters):
        call = {"method": method, "parameters": parameters, "more": more}
        self.socket.sendall(json.dumps(call).encode() + b"\0")
        continues = True
        while continues:
            reply = self.receive()
            if reply.get("error"):
                raise VarlinkError(reply["error"], reply.get("parameters") or {})
            continues = reply.get("continues", False)
            yield reply.get("parameters") or {}

    def receive(self):
        frame = bytearray()
        while not frame.endswith(b"\0"):
            # Whatever has come already, up to the next NUL byte.
            waiting = self.reader.peek(1)
            if not waiting:
                raise ConnectionError("the daemon closed the connection")
            end = waiting.find(b"\0")
            frame += self.reader.read(len(waiting) if end < 0 else end + 1)
        return json.loads(frame[:-1])


connection = Connection(os.environ.get("LEGALITY_SOCKET", "/run/legalityd/socket"))

verdict = connection.call("org.legalityd.Lookup.Check", place="US-AL")["verdict"]
print("Alabama:", verdict["status"])

for day in ("2025-06-01", "2026-06-01"):
    verdict = connection.call("org.legalityd.Lookup.Check", place="Rhode Island", on=day)["verdict"]
    print(f"Rhode Island on {day}:", verdict["status"])

replies = list(
    connection.stream(
        "org.legalityd.Lookup.List", country="US", kind="state", status="prohibited", on="2026-06-01"
    )
)
first = next(entry for reply in replies for entry in reply["entries"])
print("First US state where kratom is prohibited on 2026-06-01:", first["place"]["id"])

try:
    connection.call("org.legalityd.Lookup.Check", place="Nowhere")
except VarlinkError as error:
    if error.name == "org.legalityd.Lookup.UnknownPlace":
        print(f"{error.parameters['place']}: no such place")
