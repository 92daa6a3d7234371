import Foundation
import Testing

@testable import legality

@Suite("Maps")
struct MapTests {
    @Test("have every state and territory once, and every place of the table's countries")
    func grids() {
        for grid in [TileGrid.unitedStates, .world] {
            #expect(Set(grid.tiles.map(\.id)).count == grid.tiles.count)
            #expect(Set(grid.tiles.map { $0.row * 100 + $0.column }).count == grid.tiles.count)
            #expect(grid.tiles.allSatisfy { $0.code.count == 2 })
        }
        #expect(TileGrid.unitedStates.tiles.count == 56)
        #expect(TileGrid.world.tiles.count == 198)
    }

    @Test("have a tile for every country of the shipped table")
    func shippedCountries() throws {
        let tiles = Set(TileGrid.world.tiles.map(\.id))
        let files = try FileManager.default.contentsOfDirectory(atPath: TestDaemon.shippedTable)
        // Territories with a file of their own have no tile.
        let countries = try files.filter { $0.count == 7 && $0.hasSuffix(".yaml") }.filter {
            try String(contentsOfFile: TestDaemon.shippedTable + "/" + $0, encoding: .utf8).contains(
                "\nkind: country\n")
        }
        for file in countries { #expect(tiles.contains(file.prefix(2).uppercased()), "\(file)") }
    }

    @Test("are pictures that need nothing else and can be read aloud", arguments: ["us", "world"])
    func picture(region: String) throws {
        let directory = try TemporaryDirectory()
        let file = directory.file("map.svg")
        let result = try ClientRun.client(["map", region, "--on", "2026-11-21", "--svg", file])
        #expect((result.status, result.output, result.errors) == (0, "", ""))
        let svg = try String(contentsOfFile: file, encoding: .utf8)
        let parser = XMLCheck()
        #expect(parser.parse(svg))
        #expect(svg.contains("role=\"img\" aria-labelledby=\"title description\""))
        #expect(svg.contains("<title id=\"title\">Kratom in the "))
        #expect(svg.contains("prohibited: "))
        #expect(svg.contains("fill=\"url(#prohibited)\""))
        #expect(!svg.contains("href"))
        let name = region == "us" ? "Alabama" : "South Korea"
        #expect(svg.contains("<title>\(name): prohibited</title>"))
        #expect(try ClientRun.client(["map", region, "--on", "2026-11-21", "--svg", "-"]).output == svg)
        try Snapshot.expect(svg, named: "map-\(region).svg")
    }

    @Test("say where a file cannot be written")
    func unwritable() throws {
        let result = try ClientRun.client(["map", "--svg", "/nonexistent/map.svg"])
        #expect(result.status == 64)
        #expect(result.errors == "legality: cannot write /nonexistent/map.svg: No such file or directory\n")
    }
}

/// Whether a text is well-formed: every element closed, in order, and no stray sign.
private struct XMLCheck {
    func parse(_ text: String) -> Bool {
        var open: [Substring] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "<") {
            guard !rest[..<start].contains(">"), let end = rest[start...].firstIndex(of: ">") else { return false }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            let name = tag.drop { $0 == "/" }.prefix { $0 != " " && $0 != "/" }
            if tag.hasPrefix("/") {
                guard open.popLast() == name else { return false }
            } else if !tag.hasSuffix("/") {
                open.append(name)
            }
        }
        return open.isEmpty && !text.contains("& ")
    }
}
