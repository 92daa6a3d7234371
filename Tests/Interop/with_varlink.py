"""The PyPI package varlink against a daemon: introspects it, calls every method, sees every error.

usage: with_varlink.py SOCKET TABLE
"""

import sys

import varlink
from calls import CALLS, ERRORS, LOOKUP, MONITOR, SERVICE, STREAMS, VARLINK, as_nobody, broken_table
from varlink.scanner import Interface, _Method

socket, table = sys.argv[1:]
client = varlink.Client.new_with_address("unix:" + socket)


def expect(error, member, body):
    """An error is an exception with name and parameters, for some of a class of its own."""
    try:
        body()
    except varlink.VarlinkError as exception:
        assert exception.error() == error, f"{error} was expected: {exception}"
        own = {
            f"{VARLINK}.InterfaceNotFound": varlink.InterfaceNotFound,
            f"{VARLINK}.InvalidParameter": varlink.InvalidParameter,
        }.get(error, varlink.VarlinkError)
        assert isinstance(exception, own), exception
        if member:
            assert exception.parameters()[member[0]] == member[1], exception
        print("  error", error)
        return
    raise AssertionError(f"{error} was expected, but there was an answer")


interfaces = {name: client.get_interface(name) for name in client.get_interfaces()}
assert set(interfaces) == {LOOKUP, SERVICE, VARLINK}, interfaces
declared = set()
for name, interface in interfaces.items():
    assert interface.doc, f"{name} says nothing about itself"
    declared |= {f"{name}.{member.name}" for member in interface.members.values() if isinstance(member, _Method)}

connections = {name: client.open(name) for name in interfaces}


def method(name):
    interface, _, member = name.rpartition(".")
    return getattr(connections[interface], member)


for name, parameters in CALLS:
    reply = method(name)(**parameters)
    print("  call", name, sorted(reply))
    declared.discard(name)
assert method(f"{LOOKUP}.Check")("US-AL")["verdict"]["status"] == "prohibited"

for name, parameters in STREAMS:
    replies = list(method(name)(**parameters, _more=True))
    assert len(replies) > 1, name
    print("  more", name, len(replies), "replies")
    declared.discard(name)

assert method(f"{SERVICE}.Ping")(_oneway=True) is None
assert method(f"{LOOKUP}.GetTable")()["jurisdictions"] > 100

for name, parameters, error, member in ERRORS:
    expect(error, member, lambda: method(name)(**parameters))
# A parameter left out; a method and an interface that only this client believes in.
expect(f"{VARLINK}.InvalidParameter", ("parameter", "place"), lambda: method(f"{LOOKUP}.Check")())
invented = Interface(f"interface {LOOKUP}\nmethod Invented() -> ()")
expect(
    f"{VARLINK}.MethodNotFound", ("method", f"{LOOKUP}.Invented"),
    lambda: client.handler(invented, client.open_connection()).Invented(),
)
nowhere = Interface("interface org.example.none\nmethod Invented() -> ()")
expect(
    f"{VARLINK}.InterfaceNotFound", ("interface", "org.example.none"),
    lambda: client.handler(nowhere, client.open_connection()).Invented(),
)

with client.open(LOOKUP) as watcher:
    events = watcher.Monitor(_more=True)
    assert next(events)["event"]["kind"] == "started"
    declared.discard(MONITOR)
    with client.open(LOOKUP) as second:
        expect(f"{LOOKUP}.Busy", ("maximum", 1), lambda: next(second.Monitor(_more=True)))
print("  more", MONITOR)

with broken_table(table):
    expect(f"{LOOKUP}.TableRefused", None, lambda: method(f"{SERVICE}.Reload")())
assert method(f"{LOOKUP}.GetTable")()["last_reload"] == "refused"
method(f"{SERVICE}.Reload")()
as_nobody(
    lambda: expect(f"{VARLINK}.PermissionDenied", None, lambda: client.open(SERVICE).Reload())
)

assert not declared, f"not called: {sorted(declared)}"
print("varlink: every method and every error")
