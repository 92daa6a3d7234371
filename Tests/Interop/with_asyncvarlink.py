"""The PyPI package asyncvarlink against a daemon: Python classes are made from the descriptions that the daemon serves,
so that every value of every reply is converted by its declared type, and every error is an exception class of its own.

usage: with_asyncvarlink.py SOCKET TABLE
"""

import asyncio
import collections.abc
import enum
import inspect
import sys
import typing

from asyncvarlink import (
    TypedVarlinkErrorReply,
    VarlinkClientProtocol,
    VarlinkInterface,
    connect_unix_varlink,
    varlinkmethod,
)
from asyncvarlink import serviceerrors
from asyncvarlink.serviceinterface import VarlinkServiceInterface
from calls import CALLS, ERRORS, LOOKUP, MONITOR, SERVICE, STREAMS, VARLINK, as_nobody, broken_table
from varlink import scanner

SERVICE_ERRORS = tuple(
    value
    for value in vars(serviceerrors).values()
    if isinstance(value, type) and issubclass(value, TypedVarlinkErrorReply) and value is not TypedVarlinkErrorReply
)


class Maker:
    """Makes a VarlinkInterface class from a description."""

    def __init__(self, description):
        self.interface = scanner.Interface(description)
        self.types = {}

    def type(self, node):
        if isinstance(node, scanner._Maybe):
            return self.type(node.element_type) | None
        if isinstance(node, scanner._Array):
            return list[self.type(node.element_type)]
        if isinstance(node, scanner._Dict):
            return dict[str, self.type(node.element_type)]
        if isinstance(node, scanner._CustomType):
            if node.name not in self.types:
                self.types[node.name] = self.named(node.name, self.interface.members[node.name].type)
            return self.types[node.name]
        for python in (bool, int, float, str):
            if isinstance(node, python):
                return python
        raise TypeError(node)

    def named(self, name, node):
        if isinstance(node, scanner._Enum):
            return enum.Enum(name, {word: word for word in node.fields})
        return self.object(name, node)

    def object(self, name, node):
        return typing.TypedDict(name, {key: self.type(value) for key, value in node.fields.items()})

    def method(self, node, more):
        def function(self, **_):
            raise NotImplementedError

        parameters = [inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
        for key, value in node.in_type.fields.items():
            default = None if isinstance(value, scanner._Maybe) else inspect.Parameter.empty
            parameters.append(
                inspect.Parameter(
                    key, inspect.Parameter.KEYWORD_ONLY, annotation=self.type(value), default=default
                )
            )
        result = self.object(node.name + "Result", node.out_type)
        function.__name__ = node.name
        function.__signature__ = inspect.Signature(
            parameters, return_annotation=collections.abc.Iterator[result] if more else result
        )
        return varlinkmethod(function)

    def make(self, more, errors=()):
        name = self.interface.name
        members = self.interface.members.values()
        errors = tuple(errors) + tuple(
            type(
                node.name, (TypedVarlinkErrorReply,),
                {
                    "name": f"{name}.{node.name}",
                    "Parameters": type(
                        "Parameters", (),
                        {"__annotations__": {key: self.type(value) for key, value in node.type.fields.items()}},
                    ),
                },
            )
            for node in members
            if isinstance(node, scanner._Error)
        )
        namespace = {"name": name, "errors": errors + SERVICE_ERRORS}
        for node in members:
            if isinstance(node, scanner._Method):
                namespace[node.name] = self.method(node, more)
        return type("Interface", (VarlinkInterface,), namespace)


def error_class(interface, name):
    return next(error for error in interface.errors if error.name == name)


async def connect(socket):
    return await connect_unix_varlink(VarlinkClientProtocol, socket)


async def expect(error, member, awaitable):
    try:
        await awaitable
    except error as exception:
        if member:
            assert exception.parameters[member[0]] == member[1], exception
        print("  error", error.name)
        return
    raise AssertionError(f"{error.name} was expected, but there was an answer")


async def main(socket, table):
    transport, protocol = await connect(socket)
    service = protocol.make_proxy(VarlinkServiceInterface)
    info = await service.GetInfo()
    assert set(info["interfaces"]) == {LOOKUP, SERVICE, VARLINK}, info
    single, several, declared = {VARLINK: VarlinkServiceInterface}, {}, {f"{VARLINK}.GetInfo"}
    # The lookup first: a reload through io.systemd.service fails with an error of its.
    for name in sorted(info["interfaces"], key=lambda name: name != LOOKUP):
        description = (await service.GetInterfaceDescription(interface=name))["description"]
        maker = Maker(description)
        if name != VARLINK:
            errors = single[LOOKUP].errors[: -len(SERVICE_ERRORS)] if name == SERVICE else ()
            single[name] = maker.make(more=False, errors=errors)
            several[name] = maker.make(more=True)
        declared |= {
            f"{name}.{member.name}"
            for member in maker.interface.members.values()
            if isinstance(member, scanner._Method)
        }

    def method(name, kinds=single, protocol=protocol):
        interface, _, member = name.rpartition(".")
        return getattr(protocol.make_proxy(kinds[interface]), member)

    # All at once: the replies have to come in the order of the calls.
    replies = await asyncio.gather(*(method(name)(**parameters) for name, parameters in CALLS))
    for (name, _), reply in zip(CALLS, replies):
        print("  call", name, sorted(reply))
        declared.discard(name)
    assert replies[2]["verdict"]["status"].value == "prohibited"

    for name, parameters in STREAMS:
        count = 0
        async for _ in method(name, several)(**parameters):
            count += 1
        assert count > 1, name
        print("  more", name, count, "replies")
        declared.discard(name)

    await method(f"{SERVICE}.Ping").oneway()
    for name, parameters, error, member in ERRORS:
        interface = single[name.rpartition(".")[0]]
        await expect(error_class(interface, error), member, method(name)(**parameters))


    # A method and an interface that only this client believes in.
    for name, error in [(LOOKUP, serviceerrors.MethodNotFound), ("org.example.none", serviceerrors.InterfaceNotFound)]:
        invented = Maker(f"interface {name}\nmethod Invented() -> ()").make(more=False)
        await expect(error, None, protocol.make_proxy(invented).Invented())

    watcher_transport, watcher = await connect(socket)
    second_transport, second = await connect(socket)
    events = method(MONITOR, several, watcher)()
    assert (await anext(events))["event"]["kind"] == "started"
    declared.discard(MONITOR)
    busy = error_class(several[LOOKUP], f"{LOOKUP}.Busy")
    await expect(busy, ("maximum", 1), anext(method(MONITOR, several, second)()))
    with broken_table(table):
        refused = error_class(single[SERVICE], f"{LOOKUP}.TableRefused")
        await expect(refused, ("faults", 1), method(f"{SERVICE}.Reload")())
    assert (await anext(events))["event"]["kind"] == "refused"
    print("  more", MONITOR)
    await method(f"{SERVICE}.Reload")()
    assert (await anext(events))["event"]["kind"] == "reload"
    await events.aclose()
    watcher_transport.close()
    second_transport.close()
    transport.close()
    assert not declared, f"not called: {sorted(declared)}"


async def as_another_user(socket):
    transport, protocol = await connect(socket)
    description = (
        await protocol.make_proxy(VarlinkServiceInterface).GetInterfaceDescription(interface=SERVICE)
    )["description"]
    proxy = protocol.make_proxy(Maker(description).make(more=False))
    await expect(serviceerrors.PermissionDenied, None, proxy.Reload())
    await expect(serviceerrors.PermissionDenied, None, proxy.SetLogLevel(level=7))
    transport.close()


as_nobody(lambda: asyncio.run(as_another_user(sys.argv[1])))
asyncio.run(main(*sys.argv[1:]))
print("asyncvarlink: every method and every error")
