import Testing

@testable import legality

@Suite("The client lays out text")
struct ClientTextTests {
    @Test(
        "measures characters in the cells of a terminal",
        arguments: [
            ("Alabama", 7), ("Genève", 6), ("Gene\u{300}ve", 6), ("대한민국", 8), ("향정신성의약품", 14), ("日本", 4),
            ("👩‍👩‍👧‍👦", 2), ("🇨🇭", 2), ("❤️", 2), ("مصر", 3), ("ישראל", 5), ("ประเทศไทย", 9), ("กำ", 2), ("", 0),
            ("a\u{200B}b", 2),
            ("ﾊﾝｸﾞﾙ", 5), ("Ｗｉｄｅ", 8), ("✓◐?✗–", 5),
        ])
    func cellWidths(text: String, width: Int) {
        #expect(CellWidth.of(text) == width)
    }

    @Test("wraps at spaces, never wider than the terminal", arguments: [1, 2, 5, 12, 20, 60])
    func wrapping(width: Int) {
        let text = StyledText("Narcotics Control Act, ", .strong) + StyledText("Article 2 (향정신성의약품 가목) as amended")
        let lines = text.wrapped(to: width)
        for line in lines where CellWidth.of(line.plain) > 1 {
            #expect(line.width <= max(width, 2))
        }
        let together = lines.map(\.plain).joined().filter { $0 != " " }
        #expect(together == text.plain.filter { $0 != " " })
    }

    @Test("keeps an address whole so that it can be opened")
    func addresses() {
        let address = "https://webserver.rilegislature.gov/Statutes/TITLE21/21-28.12/21-28.12-3.htm"
        let lines = StyledText("see \(address) for more").wrapped(to: 20)
        #expect(lines.map(\.plain) == ["see", address, "for more"])
    }

    @Test("cuts off with an ellipsis and never through a wide character")
    func truncation() {
        #expect(StyledText("대한민국").truncated(to: 5).plain == "대한…")
        #expect(StyledText("대한민국").truncated(to: 4).plain == "대…")
        #expect(StyledText("대한민국").truncated(to: 8).plain == "대한민국")
        #expect(StyledText("abc").truncated(to: 0).plain.isEmpty)
    }

    @Test("lets nothing through that moves the cursor or reorders text")
    func controls() {
        let hostile = "a\u{1B}[31mb\u{9B}c\nd\u{202E}e\u{2066}f\u{7}"
        let shown = PlainText.printable(hostile)
        #expect(!shown.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
        #expect(shown == "a\u{FFFD}[31mb\u{FFFD}c d\u{FFFD}e\u{FFFD}f\u{FFFD}")
    }

    @Test("isolates right-to-left names on a terminal")
    func rightToLeft() {
        var terminal = Terminal.none
        #expect(terminal.rendered(StyledText("ישראל")) == "ישראל")
        terminal.isInteractive = true
        #expect(terminal.rendered(StyledText("ישראל")) == "\u{2068}ישראל\u{2069}")
    }

    @Test("puts only safe addresses into links")
    func links() {
        var terminal = Terminal.none
        terminal.showsLinks = true
        let safe = StyledText("law", link: "https://example.org/a?b=c")
        #expect(terminal.rendered(safe) == "\u{1B}]8;;https://example.org/a?b=c\u{1B}\\law\u{1B}]8;;\u{1B}\\")
        #expect(terminal.rendered(StyledText("law", link: "https://example.org/\u{1B}\\")) == "law")
        #expect(terminal.rendered(StyledText("law", link: "javascript:alert(1)")) == "law")
    }

    @Test(
        "shows colour only where it is wanted",
        arguments: [
            (Terminal.ColourChoice.always, ["TERM": "xterm"], true),
            (.always, ["NO_COLOR": "1"], false),
            (.always, ["NO_COLOR": ""], true),
            (.never, ["TERM": "xterm"], false),
            // Descriptor -1 is no terminal.
            (.auto, ["TERM": "xterm"], false),
        ])
    func colour(choice: Terminal.ColourChoice, variables: [String: String], isShown: Bool) {
        let terminal = Terminal(descriptor: -1, colour: choice, environment: Environment(variables))
        #expect(terminal.showsColour == isShown)
    }
}

@Suite("The client prints lists")
struct ClientListingTests {
    private let listing = Listing(
        columns: [
            .init(name: "status", title: "STATUS"), .init(name: "name", title: "NAME", least: 16),
            .init(name: "note", title: "NOTE", least: 16, isOptional: true),
        ],
        rows: [
            [.init(LegalStatus.prohibited), "Korea, South", "says \"no\"\tin two\nlines"],
            [.init(LegalStatus.legal), "Åland", ""],
        ])

    @Test("quotes what CSV has to quote")
    func csv() {
        #expect(
            listing.csv(withHeader: true) == [
                "status,name,note", "prohibited,\"Korea, South\",\"says \"\"no\"\"\tin two\nlines\"", "legal,Åland,",
            ])
    }

    @Test(
        "gives a spreadsheet no formula to run",
        arguments: [
            ("=cmd()", "'=cmd()"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(1)", "'@SUM(1)"),
            ("=A1,\"b\"", "\"'=A1,\"\"b\"\"\""), ("\r=1", "\"'\r=1\""), ("\t=1", "'\t=1"), ("a=1", "a=1"),
            ("– none", "– none"), ("", ""),
        ])
    func formulas(value: String, cell: String) {
        let listing = Listing(columns: [.init(name: "name", title: "NAME")], rows: [[.init(value)]])
        #expect(listing.csv(withHeader: false) == [cell])
    }

    @Test("keeps TSV to one line and one field a value")
    func tsv() {
        let lines = listing.tsv(withHeader: false)
        #expect(lines == ["prohibited\tKorea, South\tsays \"no\" in two lines", "legal\tÅland\t"])
    }

    @Test("fits a narrow terminal by leaving out and cutting short", arguments: [24, 32, 40, 60, 200])
    func narrow(width: Int) {
        for line in listing.table(width: width, withHeader: true) {
            #expect(line.width <= width)
        }
    }

    @Test("is as wide as it likes where there is no terminal")
    func unbounded() {
        let lines = listing.table(width: nil, withHeader: true).map(\.plain)
        #expect(lines[1] == "✗ prohibited  Korea, South  says \"no\" in two lines")
    }

    @Test("sorts by a column, the unknown last", arguments: ["age", "-age"])
    func sorting(key: String) throws {
        func entry(_ name: String, _ age: Int?) throws -> Entry {
            let age = age.map { ",\"minimum_age\":\($0)" } ?? ""
            let place = "{\"id\":\"\(name)\",\"name\":\"\(name)\",\"kind\":\"state\"}"
            return try Entry(Fields(.init(parsing: "{\"place\":\(place),\"status\":\"regulated\"\(age)}"), path: ""))
        }
        let entries = try [entry("a", nil), entry("b", 21), entry("c", 18), entry("d", 21)]
        let sorted = try #require(SortKey(argument: key)).order(of: entries).map { entries[$0].place.id }
        #expect(sorted == (key == "age" ? ["c", "b", "d", "a"] : ["b", "d", "c", "a"]))
    }
}
