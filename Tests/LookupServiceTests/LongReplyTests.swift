import Legality
import Testing
import Varlink

@testable import LookupService

/// Replies that take long are made in pieces, and rest on a table that may be replaced meanwhile.
@Suite struct LongReplyTests {
    private let blocklist = #"{"method":"org.legalityd.Lookup.Blocklist","more":true}"#
    private let list = #"{"method":"org.legalityd.Lookup.List"}"#

    private func exchange(
        _ table: Table, capacity: Int = 0, waitingOutput: Int = 64 << 20, callsPerTurn: Int = 64
    ) throws -> Exchange {
        try Exchange(
            table, Moment(day: "2026-11-21", secondOfDay: 40_000), capacity: capacity, waitingOutput: waitingOutput,
            callsPerTurn: callsPerTurn)
    }

    @Test func aListInOneReplyHasTheEntriesOfTheStream() throws {
        let exchange = try exchange(ShippedTable.table())
        for parameters in ["{}", #"{"country":"US"}"#, #"{"country":"CH"}"#, #"{"country":"XX"}"#] {
            let whole = exchange.ask(#"{"method":"org.legalityd.Lookup.List","parameters":\#(parameters)}"#)
            let stream = exchange.ask(
                #"{"method":"org.legalityd.Lookup.List","parameters":\#(parameters),"more":true}"#)
            let replies = stream.split(separator: "\0").map {
                $0.replacing(",\"continues\":true", with: "").dropFirst(#"{"parameters":{"entries":["#.count).dropLast(
                    3)
            }
            #expect(whole == #"{"parameters":{"entries":["# + replies.joined(separator: ",") + "]}}\0", "\(parameters)")
            #expect(stream.split(separator: "\0").dropLast().allSatisfy { $0.hasSuffix(#","continues":true}"#) })
            #expect(stream.split(separator: "\0").last?.contains("continues") == false)
        }
    }

    @Test func aListInOneReplyIsKeptUntilTheTableIsReplaced() throws {
        let table = try ShippedTable.table()
        let exchange = try exchange(table, capacity: 8 << 20)
        let first = exchange.ask(list)
        // A reply that is kept is there as soon as the call is.
        #expect(exchange.begin(list) == first)
        #expect(exchange.goOn() == "")
        exchange.service.replaceTable(
            with: RehearsedTable(ShippedTable.without("CH", table)), changes: [],
            on: try ConnectionSet(service: exchange.service.varlink))
        let second = exchange.ask(list)
        #expect(first.contains("\"id\":\"CH\"") && !second.contains("\"id\":\"CH\""))
    }

    @Test func aListThatWasBegunOnATableIsNotKeptForTheNextOne() throws {
        let table = try ShippedTable.table()
        let exchange = try exchange(table, capacity: 8 << 20, callsPerTurn: 4)
        let connections = try ConnectionSet(service: exchange.service.varlink)
        #expect(exchange.begin(list) == "", "it is not made in one go")
        exchange.service.replaceTable(
            with: RehearsedTable(ShippedTable.without("CH", table)), changes: [], on: connections)
        #expect(exchange.goOn().contains("\"id\":\"CH\""), "it is finished on the table that it was begun on")
        _ = exchange.goOn()
        #expect(!exchange.ask(list).contains("\"id\":\"CH\""))
    }

    @Test func aSlowReaderKeepsOneOldTableAndNotEveryOne() throws {
        let table = try ShippedTable.table()
        let exchange = try exchange(table, waitingOutput: 1000)
        let connections = try ConnectionSet(service: exchange.service.varlink)
        let whole = try self.exchange(table).ask(blocklist)
        var stream = exchange.begin(blocklist)
        exchange.service.replaceTable(
            with: RehearsedTable(ShippedTable.without("US", table)), changes: [], on: connections)
        for _ in 0..<3 { stream += exchange.goOn() }
        #expect(whole.hasPrefix(stream), "the first reload changes nothing in what was begun")
        exchange.service.replaceTable(with: RehearsedTable(table), changes: [], on: connections)
        #expect(
            exchange.goOn()
                == #"{"error":"org.legalityd.Lookup.Busy","parameters":{"limit":"reloads","maximum":1}}"# + "\0")
        _ = exchange.goOn()
        #expect(
            exchange.ask(#"{"method":"io.systemd.service.Ping"}"#) == "{\"parameters\":{}}\0", "the connection goes on")
    }

    @Test func aMonitorOfTooManyPlacesIsRefused() throws {
        let exchange = try exchange(ShippedTable.table())
        func monitor(_ count: Int) -> String {
            let places = Array(repeating: "\"CH\"", count: count).joined(separator: ",")
            return #"{"method":"org.legalityd.Lookup.Monitor","parameters":{"places":[\#(places)]},"more":true}"#
        }
        #expect(
            exchange.ask(monitor(101))
                == #"{"error":"org.legalityd.Lookup.Busy","parameters":{"limit":"places","maximum":100}}"# + "\0")
        #expect(exchange.ask(monitor(100)).contains("\"continues\":true"))
    }
}

extension ShippedTable {
    /// The same law under another version, without what has that id.
    static func without(_ id: String, _ table: Table) -> Table {
        Table(
            version: "2099.1.1", digest: String(repeating: "f", count: 64), vocabulary: table.vocabulary,
            jurisdictions: table.jurisdictions.filter { $0.id != id }, gazetteer: table.gazetteer)
    }
}
