import Foundation
import Testing

@testable import TableFiles

/// Tables with one fault each, made from the small sound one: each is refused, at the right place, in the right words.
struct BrokenTableTests {
    @Test(arguments: Breakage.all)
    func aTableWithOneFaultIsRefusedAtItsPlace(_ breakage: Breakage) throws {
        var table = SmallTable()
        let expected = breakage.apply(to: &table)
        let reading = try table.read()
        #expect(reading.table == nil)
        #expect(reading.faults.map(\.description) == [expected])
    }
}

/// One edit that breaks the small table.
struct Breakage: CustomTestStringConvertible, Sendable {
    let file: String
    /// A text that stands in the file once.
    let old: String
    /// What takes its place; `‸` in it stands where the fault is to be reported.
    let new: String
    /// Where no `‸` says where the fault is to be reported: a text of the broken file that begins there.
    let place: String?
    /// Message and hint.
    let message: String

    init(_ file: String, _ old: String, _ new: String, at place: String? = nil, _ message: String) {
        self.file = file
        self.old = old
        self.new = new
        self.place = place
        self.message = message
    }

    var testDescription: String { "\(file): \(message)" }

    /// Breaks the table; gives the line that is to be printed.
    func apply(to table: inout SmallTable) -> String {
        table.replace(old, with: new, in: file)
        var text = table.text(file)
        var position = text.startIndex
        if let mark = text.firstIndex(of: "‸") {
            text.remove(at: mark)
            position = mark
        } else if let place, let found = text.range(of: place) {
            position = found.lowerBound
        } else {
            Issue.record("no place for the fault")
        }
        table.files[file] = Array(text.utf8)
        let lines = text[..<position].components(separatedBy: "\n")
        return "\(file):\(lines.count):\((lines.last ?? "").unicodeScalars.count + 1): \(message)"
    }

    static let all = yaml + tableInformation + vocabulary + jurisdictions + rules + conditions + sources + relations

    /// What is no plain YAML, or not the plain subset.
    static let yaml: [Breakage] = [
        Breakage(
            "us/ri.yaml", "summary: Lawful for", "summary:‸\tLawful for",
            "a tab; write spaces"),
        Breakage(
            "us/ri.yaml", "kind: state\n", "kind: state\n‸kind: state\n",
            "the key \"kind\" a second time; it stands in line 3 already"),
        Breakage(
            "us/ri.yaml", "      max_7oh_ppm: 400\n", "      max_7oh_ppm: 400\n      ‸max_7oh_ppm: 500\n",
            "the key \"max_7oh_ppm\" a second time; it stands in line 27 already"),
        Breakage(
            "us/ri.yaml", "name: Rhode Island", "name: ‸&name Rhode Island",
            "an anchor (&name); take it out; aliases are not read"),
        Breakage(
            "us/ri.yaml", "    overrides: [schedule-i]", "    overrides: ‸*list",
            "an alias (*list); write the thing itself again"),
        Breakage(
            "us/ri.yaml", "name: Rhode Island", "name: ‸!!str Rhode Island",
            "a tag (tag:yaml.org,2002:str); take it out"),
        Breakage(
            "us/ri.yaml", "rules:\n", "rules: ‸!list\n",
            "a tag (!list); take it out"),
        Breakage(
            "ch.yaml", "id: CH", "‸%YAML 1.1\n---\nid: CH",
            "a directive (%YAML, %TAG); take it out"),
        Breakage(
            "eu.yaml", "European Commission}\n", "European Commission}\n‸---\nid: EU\n",
            "a second document; a file holds one; take what follows --- or ... out"),
        Breakage(
            "eu.yaml", "European Commission}\n", "European Commission}\n‸]\n",
            "a closing bracket without an opening one; take it out"),
        Breakage(
            "eu.yaml", "European Commission}", "European Commission", at: "{text:",
            "a mapping in brackets that does not end; a , or } is missing in line 7 or before"),
        Breakage(
            "ch.yaml", "member_of: [EU]", "member_of: ‸[EU",
            "a list in brackets that does not end; a , or ] is missing in line 5 or before"),
        Breakage(
            "us/ri.yaml", "summary: Lawful", "summary: Note‸: Lawful",
            "a colon where no key can be; put quotes around a text with \": \" in it, or check the indentation"),
        Breakage(
            "us/ri.yaml", "kind: state\n", " kind‸: state\n",
            "a colon where no key can be; put quotes around a text with \": \" in it, or check the indentation"),
        Breakage(
            "us/ri.yaml", "    overrides: [schedule-i]", "   ‸overrides: [schedule-i]",
            "the indentation does not fit the lines above; keys of one thing begin in the same column; a text with quotes inside needs others around it"
        ),
        Breakage(
            "us/ri.yaml", "summary: Lawful", "summary: ‸@Lawful",
            "a text that begins with a character that means something in YAML; put the text into quotes"),
        Breakage(
            "us/ri.yaml", "summary: Lawful for adults since April 2026.\n", "summary Lawful for adults\n", at: "rules:",
            "a line that is neither a key with its value nor a list item; a key ends with a colon and a space"),
        Breakage(
            "eu.yaml", "issuer: European Commission}", "issuer: ‸\"European Commission}",
            "a quoted text that does not end; a closing quotation mark is missing"),
        Breakage(
            "ch.yaml", "name: Switzerland\n", "name: Switzerland\n‸[flag]: red\n",
            "a list as a key; a key is one word"),
        Breakage(
            "ch.yaml", "name: Switzerland\n", "name: Switzerland\n‸{flag: 1}: red\n",
            "a mapping as a key; a key is one word"),
        Breakage(
            "ch.yaml", "name: Switzerland", "name: ‸\"Switzer\\eland\"",
            "\"name\" holds the invisible character U+001B; take it out"),
        Breakage(
            "ch.yaml", "name: Switzerland", "name: ‸\"Switzer\\u202Eland\"",
            "\"name\" holds the invisible character U+202E; take it out"),
        Breakage(
            "ch.yaml", "name: Switzerland", "name: [[[[[[[[[[[[[[[[‸[[[[[Switzerland]]]]]]]]]]]]]]]]]]]]]",
            "nested more than 16 levels deep"),
        Breakage(
            "ch.yaml", "name: Switzerland", "‸<<: {name: Switzerland}\nname: Switzerland",
            "a jurisdiction has no key \"<<\"; its keys are id, name, kind, summary, parent, inherits, member_of, timezone, reviewed, rules, advisories, pending, open_questions, localities"
        ),
    ]

    /// table.yaml.
    static let tableInformation: [Breakage] = [
        Breakage(
            "table.yaml", "version: 2026.11.21", "version: ‸v1",
            "\"version\" is \"v1\"; it is a calendar version: 2026.11.21, or 2026.11.21.1 for the next of that day"),
        Breakage(
            "table.yaml", "version: 2026.11.21", "version: ‸2026.11.20",
            "the version does not fit the table's date 2026-11-21; the version is the date with points, and a further number for a second one on that day"
        ),
        Breakage(
            "table.yaml", "version: 2026.11.21\n", "", at: "date:",
            "table.yaml lacks \"version\"; add the key version"),
        Breakage(
            "table.yaml", "date: 2026-11-21", "date: ‸2026-11",
            "the table's date is 2026-11; it is a whole day: YYYY-MM-DD"),
        Breakage(
            "table.yaml", "title:", "‸titel:",
            "table.yaml has no key \"titel\"; did you mean \"title\"?"),
    ]

    /// substances.yaml.
    static let vocabulary: [Breakage] = [
        Breakage(
            "substances.yaml", "default: kratom", "default: ‸ketum",
            "unknown substance \"ketum\"; rules name it \"kratom\""),
        Breakage(
            "substances.yaml", "default: kratom\n", "", at: "substances:",
            "substances.yaml lacks \"default\"; add the key default"),
        Breakage(
            "substances.yaml", "aliases: [7-oh]", "aliases: [7-oh, ‸Leaf]",
            "\"Leaf\" names a substance a second time; in line 5 it names kratom"),
        Breakage(
            "substances.yaml", "    name: Kratom extract\n    broader: kratom\n",
            "    name: Kratom extract\n    broader: ‸cratom\n",
            "unknown substance \"cratom\"; did you mean \"kratom\"?"),
        Breakage(
            "substances.yaml", "aliases: [leaf, ketum]",
            "aliases: [leaf, ketum]\n    broader: ‸kratom\n    inference: follows",
            "\"kratom\" is wider than itself; the wider terms have to end somewhere"),
        Breakage(
            "substances.yaml", "    inference: follows\n", "", at: "id: extract",
            "a substance with a wider term lacks \"inference\"; follows or uncertain"),
        Breakage(
            "substances.yaml", "aliases: [leaf, ketum]", "aliases: [leaf, ketum]\n    inference: ‸follows",
            "inference without a wider term; add the key broader, or take it out"),
        Breakage(
            "substances.yaml", "inference: follows", "inference: ‸folows",
            "unknown inference \"folows\"; did you mean \"follows\"?"),
        Breakage(
            "substances.yaml", "barred_by: [max_7oh_percent]", "barred_by: [‸max_7oh_procent]",
            "unknown condition \"max_7oh_procent\"; did you mean \"max_7oh_percent\"?"),
        Breakage(
            "substances.yaml", "  - {id: cultivate}\n", "", at: "- {id: possess}",
            "\"activities\" lacks cultivate; each of the eight is listed"),
        Breakage(
            "substances.yaml", "{id: cultivate}", "{id: cultivate}\n  - ‸{id: cultivate}",
            "a second activity \"cultivate\"; the other is in line 22"),
        Breakage(
            "substances.yaml", "{id: sell}", "{id: sell, follows: ‸buy}",
            "\"sell\" follows itself; what an activity follows has to end somewhere"),
        Breakage(
            "substances.yaml", "{id: cultivate}", "{id: cultivate, requires: ‸cultivate}",
            "\"cultivate\" requires itself; another activity, without which there is none of this one"),
        Breakage(
            "substances.yaml", "{id: sell}", "{id: sell, follows: ‸grow}",
            "unknown activity \"grow\"; one of possess, use, buy, sell, manufacture, cultivate, import, export"),
        Breakage(
            "substances.yaml", "summary_activities: [possess, use", "summary_activities: [possess, ‸posess",
            "unknown activity \"posess\"; did you mean \"possess\"?"),
        Breakage(
            "substances.yaml", "summary_activities: [possess, use, buy, sell]", "summary_activities: ‸[]",
            "\"summary_activities\" is empty; it needs at least one"),
    ]

    /// A country, state or locality.
    static let jurisdictions: [Breakage] = [
        Breakage(
            "us/ri.yaml", "summary: Lawful", "‸sumary: Lawful\nsummary: Lawful",
            "a jurisdiction has no key \"sumary\"; did you mean \"summary\"?"),
        Breakage(
            "us/ri.yaml", "name: Rhode Island\n", "", at: "id: US-RI",
            "a jurisdiction lacks \"name\"; add the key name"),
        Breakage(
            "ch.yaml", "summary: A listed narcotic since October 2017.\n", "", at: "id: CH",
            "a jurisdiction lacks \"summary\"; add the key summary"),
        Breakage(
            "us/ca.yaml", "    parent: US-CA\n    reviewed: 2026-09\n", "    reviewed: 2026-09\n",
            at: "id: US-CA/place",
            "a locality lacks \"parent\"; add the key parent"),
        Breakage(
            "us/ri.yaml", "parent: US\n", "", at: "id: US-RI",
            "a state lacks \"parent\"; add parent: US"),
        Breakage(
            "us/ri.yaml", "parent: US\n", "parent: ‸UK\n",
            "unknown parent \"UK\"; did you mean \"US\"?"),
        Breakage(
            "us/ri.yaml", "parent: US\n", "parent: ‸EU\n",
            "the parent \"EU\" is a union; a member of a union says so under member_of"),
        Breakage(
            "us/ri.yaml", "parent: US\n", "parent: ‸America\n",
            "\"America\" is not the id of a jurisdiction; ids are CH, US-AL, or US-CA/place:san_diego (county, parish, borough, municipio, census_area, place, reservation)"
        ),
        Breakage(
            "ch.yaml", "kind: country", "kind: country\nparent: ‸EU",
            "a country has no parent; take it out; what belongs to a country and has a code of its own is a territory"),
        Breakage(
            "us/ca.yaml", "    parent: US-CA\n    reviewed: 2026-09\n", "    parent: ‸US-CO\n    reviewed: 2026-09\n",
            "unknown parent \"US-CO\"; did you mean \"US-CA\"?"),
        Breakage(
            "us/ca.yaml", "    parent: US-CA\n    reviewed: 2026-09\n",
            "    parent: ‸US-CA/county:san_deigo\n    reviewed: 2026-09\n",
            "unknown parent \"US-CA/county:san_deigo\"; did you mean \"US-CA/county:san_diego\"?"),
        Breakage(
            "us/ca.yaml", "    parent: US-CA\n    reviewed: 2026-09-01\n",
            "    parent: ‸US-CA/county:san_diego\n    reviewed: 2026-09-01\n",
            "\"US-CA/county:san_diego\" lies in itself; the parents have to end at a country"),
        Breakage(
            "us/ri.yaml", "id: US-RI", "id: ‸us-ri",
            "\"us-ri\" is not the id of a jurisdiction; write US-RI"),
        Breakage(
            "us/ri.yaml", "id: US-RI", "id: ‸US-RO",
            "the file is of \"US-RO\"; by its name it holds US-RI"),
        Breakage(
            "us/ri.yaml", "kind: state", "kind: ‸stat",
            "unknown kind \"stat\"; did you mean \"state\"?"),
        Breakage(
            "us/ri.yaml", "kind: state", "kind: ‸place",
            "kind \"place\" does not fit the id; with such an id it is one of state, territory, district"),
        Breakage(
            "us/ca.yaml", "kind: county", "kind: ‸parish",
            "kind \"parish\" does not fit the id; by its id it is a county"),
        Breakage(
            "us/ca.yaml", "id: US-CA/county:san_diego\n    name: San Diego County\n    kind: county\n",
            "id: ‸US-CA/place:san_diego\n    name: San Diego\n    kind: place\n",
            "a second jurisdiction \"US-CA/place:san_diego\"; the other is in line 19"),
        Breakage(
            "us/ca.yaml", "id: US-CA/county:san_diego", "id: ‸ocd-division/country:us/state:ca/county:san_diego",
            "\"ocd-division/country:us/state:ca/county:san_diego\" is not the id of a jurisdiction; write the ISO code and the rest: US-CA/place:san_diego"
        ),
        Breakage(
            "us/ca.yaml", "id: US-CA/county:san_diego", "id: ‸US-CO/county:san_diego",
            "the locality \"US-CO/county:san_diego\" does not lie in US-CA; it belongs into another file, or its id begins with US-CA/"
        ),
        Breakage(
            "us/ca.yaml", "parent: US-CA\n    reviewed: 2026-09-01",
            "parent: US-CA\n    ‸localities: []\n    reviewed: 2026-09-01",
            "a locality has no key \"localities\"; its keys are id, name, kind, parent, summary, unlisted, inherits, timezone, reviewed, rules, advisories, pending, open_questions"
        ),
        Breakage(
            "ch.yaml", "member_of: [EU]", "member_of: [‸EFTA]",
            "unknown union \"EFTA\"; the table has EU"),
        Breakage(
            "ch.yaml", "member_of: [EU]", "member_of: [‸US]",
            "\"US\" is no union; a part of a country names its parent"),
        Breakage(
            "ch.yaml", "member_of: [EU]", "member_of: [EU, ‸EU]",
            "\"member_of\" names the same a second time; take it out"),
        Breakage(
            "ch.yaml", "timezone: Europe/Zurich", "timezone: ‸CET+1",
            "\"timezone\" is \"CET+1\"; write the IANA name of a zone, such as America/New_York"),
        Breakage(
            "ch.yaml", "reviewed: 2026\n", "reviewed: ‸2027\n",
            "\"reviewed\" is 2027, after the table's own date 2026-11-21; correct it, or the date in table.yaml"),
        Breakage(
            "us/ri.yaml", "reviewed: 2026-06-07", "reviewed: ‸07.06.2026",
            "\"reviewed\" is \"07.06.2026\", which is no date; write YYYY-MM-DD, YYYY-MM or YYYY, as far as it is known"
        ),
        Breakage(
            "us/ri.yaml", "reviewed: 2026-06-07", "reviewed: ‸2026-6-7",
            "\"reviewed\" is \"2026-6-7\", which is no date; write 2026-06-07"),
        Breakage(
            "us/ri.yaml", "reviewed: 2026-06-07", "reviewed: ‸~",
            "\"reviewed\" has no value; leave the key out where there is none"),
        Breakage(
            "us/ri.yaml", "rules:\n", "inherits: ‸no\nrules:\n",
            "\"inherits\" is \"no\"; write false"),
        Breakage(
            "us/ri.yaml", "rules:\n", "inherits: ‸\"false\"\nrules:\n",
            "\"inherits\" is \"false\"; write false without quotes"),
        Breakage(
            "us/ri.yaml", "name: Rhode Island", "name: ‸[Rhode Island]",
            "\"name\" is a list; it has to be a single value"),
        Breakage(
            "us/ri.yaml", "name: Rhode Island", "name: ‸\"\"",
            "\"name\" is empty; write it, or leave the key out"),
        Breakage(
            "us/ri.yaml", "name: Rhode Island", "name: ‸true",
            "\"name\" is true; it has to be a text"),
        Breakage(
            "us.yaml", "issuer: Food and Drug Administration\n",
            "‸isuer: Food and Drug Administration\n    issuer: FDA\n",
            "an advisory has no key \"isuer\"; did you mean \"issuer\"?"),
        Breakage(
            "us.yaml", "url: https://www.example.gov/food", "url: ‸www.example.gov/food",
            "\"url\" is \"www.example.gov/food\", which is no http(s) URL; it has to begin with https:// or http://"),
        Breakage(
            "us.yaml", "state: in committee, ", "", at: "{what: A bill",
            "a pending measure lacks \"state\"; add the key state"),
        Breakage(
            "us.yaml", "  - Is an order on 7-OH in force?", "  - ‸[Is an order on 7-OH in force]",
            "an open question is a list; it has to be a single value"),
    ]

    /// A rule by itself.
    static let rules: [Breakage] = [
        Breakage(
            "us/ca.yaml", "id: health-department", "id: ‸Health_Department",
            "\"id\" is \"Health_Department\"; a rule's id is lower-case letters and digits with hyphens between: schedule-i"
        ),
        Breakage(
            "us/ca.yaml", "    status: prohibited\n    from: 2025-10\n", "    from: 2025-10\n",
            at: "id: health-department",
            "a rule lacks \"status\"; add the key status"),
        Breakage(
            "us/ca.yaml", "    status: prohibited\n    from: 2025-10\n", "    status: ‸forbidden\n    from: 2025-10\n",
            "unknown status \"forbidden\"; one of legal, regulated, uncertain, prohibited"),
        Breakage(
            "us/ca.yaml", "    status: prohibited\n    from: 2025-10\n", "    status: ‸prohibted\n    from: 2025-10\n",
            "unknown status \"prohibted\"; did you mean \"prohibited\"?"),
        Breakage(
            "us/ca.yaml", "    status: prohibited\n    from: 2025-10\n", "    status: ‸unknown\n    from: 2025-10\n",
            "unknown status \"unknown\"; one of legal, regulated, uncertain, prohibited"),
        Breakage(
            "us/ca.yaml", "    substances: [kratom]\n    activities: [sell, manufacture]\n",
            "    substances: [‸kratum]\n    activities: [sell, manufacture]\n",
            "unknown substance \"kratum\"; did you mean \"kratom\"?"),
        Breakage(
            "us/ca.yaml", "    substances: [kratom]\n    activities: [sell, manufacture]\n",
            "    substances: [‸7-OH]\n    activities: [sell, manufacture]\n",
            "unknown substance \"7-OH\"; rules name it \"7-hydroxymitragynine\""),
        Breakage(
            "us/ca.yaml", "    substances: [kratom]\n    activities: [sell, manufacture]\n",
            "    substances: ‸kratom\n    activities: [sell, manufacture]\n",
            "\"substances\" is a single value; it has to be a list: [one, two], or a line with - for each"),
        Breakage(
            "us/ca.yaml", "    substances: [kratom]\n    activities: [sell, manufacture]\n",
            "    substances: [kratom, ‸kratom]\n    activities: [sell, manufacture]\n",
            "\"substances\" names the same a second time; take it out"),
        Breakage(
            "us/ca.yaml", "    substances: [kratom]\n    activities: [sell, manufacture]\n",
            "    substances: ‸[]\n    activities: [sell, manufacture]\n",
            "\"substances\" is empty; it needs at least one"),
        Breakage(
            "us/ca.yaml", "activities: [sell, manufacture]", "activities: [‸sel, manufacture]",
            "unknown activity \"sel\"; did you mean \"sell\"?"),
        Breakage(
            "us/ca.yaml", "activities: [sell, manufacture]", "activities: ‸sell",
            "\"activities\" is \"sell\"; write [sell]"),
        Breakage(
            "us/ca.yaml", "activities: [sell, manufacture]", "activities: [sell, ‸all]",
            "\"all\" among activities; it stands alone: activities: all"),
        Breakage(
            "us/ca.yaml", "from: 2025-10\n", "from: ‸2025-13\n",
            "\"from\" is \"2025-13\", which is no date; write YYYY-MM-DD, YYYY-MM or YYYY, as far as it is known"),
        Breakage(
            "us/ca.yaml", "from: 2025-10\n", "from: ‸2025-02-30\n",
            "\"from\" is \"2025-02-30\", which is no date; 2025-02 has 28 days"),
        Breakage(
            "us/ca.yaml", "from: 2025-10\n", "from: ‸October 2025\n",
            "\"from\" is \"October 2025\", which is no date; write YYYY-MM-DD, YYYY-MM or YYYY, as far as it is known"),
        Breakage(
            "us/ca.yaml", "from: 2025-10\n", "from: ‸1025-10\n",
            "\"from\" is 1025-10; years go from 1800 to 2100"),
        Breakage(
            "us/ri.yaml", "until: 2026-04-01", "until: ‸2016-04-01",
            "\"from\" 2017 is not before \"until\" 2016-04-01; until is the first day on which the rule no longer holds"
        ),
        Breakage(
            "us/ri.yaml", "until: 2026-04-01", "until: ‸2017-01-01",
            "\"from\" 2017 is not before \"until\" 2017-01-01; until is the first day on which the rule no longer holds"
        ),
        Breakage(
            "us/ca.yaml", "kind: agency_position", "kind: ‸agency",
            "unknown authority kind \"agency\"; did you mean \"agency_position\"?"),
        Breakage(
            "us/ca.yaml", ", citation: Notice of October 2025", "", at: "{kind: agency",
            "an authority lacks \"citation\"; add the key citation"),
        Breakage(
            "us/ca.yaml", "authority: {kind: agency_position, citation: Notice of October 2025}",
            "authority: ‸Notice of October 2025",
            "an authority is a single value; it has to be a mapping of keys and values"),
        Breakage(
            "us/ri.yaml", "preempts: true", "preempts: ‸yes",
            "\"preempts\" is \"yes\"; write true"),
        Breakage(
            "us/ri.yaml", "    note: Licences", "    ‸notes: Licences",
            "a rule has no key \"notes\"; did you mean \"note\"?"),
        Breakage(
            "us/ri.yaml", "    confidence: high\n", "    confidence: ‸certain\n",
            "unknown confidence \"certain\"; one of low, medium, high"),
        Breakage(
            "us/ca.yaml", "rules:\n  - id: health-department\n",
            "rules:\n  - ‸health-department\n  - id: health-department\n",
            "a rule is a single value; it has to be a mapping of keys and values"),
    ]

    /// Conditions and exceptions.
    static let conditions: [Breakage] = [
        Breakage(
            "us/ri.yaml", "minimum_age: 21", "minimum_age: ‸21 years",
            "\"minimum_age\" is \"21 years\"; it is a whole number from 1 to 120, without quotes"),
        Breakage(
            "us/ri.yaml", "minimum_age: 21", "minimum_age: ‸\"21\"",
            "\"minimum_age\" is \"21\"; it is a whole number from 1 to 120, without quotes"),
        Breakage(
            "us/ri.yaml", "minimum_age: 21", "minimum_age: ‸210",
            "\"minimum_age\" is \"210\"; it is a whole number from 1 to 120, without quotes"),
        Breakage(
            "us/ri.yaml", "minimum_age: 21", "‸min_age: 21",
            "conditions has no key \"min_age\"; did you mean \"minimum_age\"?"),
        Breakage(
            "us/ri.yaml", "max_7oh_percent: 2.5", "max_7oh_percent: ‸2.5%",
            "\"max_7oh_percent\" is \"2.5%\"; it is a number from 0 to 100, without quotes or unit"),
        Breakage(
            "us/ri.yaml", "max_7oh_percent: 2.5", "max_7oh_percent: ‸2,5",
            "\"max_7oh_percent\" is \"2,5\"; it is a number from 0 to 100, without quotes or unit"),
        Breakage(
            "us/ri.yaml", "max_7oh_percent: 2.5", "max_7oh_percent: ‸250",
            "\"max_7oh_percent\" is \"250\"; it is a number from 0 to 100, without quotes or unit"),
        Breakage(
            "us/ri.yaml", "max_7oh_ppm: 400", "max_7oh_ppm: ‸4e2",
            "\"max_7oh_ppm\" is \"4e2\"; it is a number from 0 to 1000000, without quotes or unit"),
        Breakage(
            "us/ri.yaml", "forms: [leaf, powder]", "forms: [leaf, ‸powders]",
            "unknown form \"powders\"; did you mean \"powder\"?"),
        Breakage(
            "us/ri.yaml", "excluded_forms: [vape]", "excluded_forms: ‸[]",
            "\"excluded_forms\" is empty; it needs at least one"),
        Breakage(
            "us/ri.yaml", "licence: true", "licence: ‸false",
            "\"licence\" is false; leave it out where it is not asked for"),
        Breakage(
            "us/ri.yaml", "licence: true", "‸license: true",
            "conditions has no key \"license\"; did you mean \"licence\"?"),
        Breakage(
            "us/ri.yaml", "other: [\"Sold apart from sweets.\"]", "other: ‸Sold apart from sweets.",
            "\"other\" is a single value; it has to be a list: [one, two], or a line with - for each"),
        Breakage(
            "us/ri.yaml", "exceptions: {prescription: true}", "conditions: ‸{prescription: true}",
            "a prohibition with conditions; what stays lawful stands under exceptions; what is lawful under conditions is regulated"
        ),
        Breakage(
            "us.yaml", "    status: legal\n", "    status: legal\n    conditions: ‸{minimum_age: 18}\n",
            "a legal thing with the condition \"minimum_age\"; what is lawful for some only is regulated"),
        Breakage(
            "us.yaml", "    status: legal\n", "    status: legal\n    exceptions: ‸{minimum_age: 18}\n",
            "exceptions of a rule that prohibits nothing; what makes a thing lawful stands under conditions"),
    ]

    /// Sources and confidence.
    static let sources: [Breakage] = [
        Breakage(
            "us/ca.yaml",
            "    sources:\n      - {url: \"https://cdph.example.gov/notice\", publisher: CDPH, date: 2025-10-24, primary: true, gist: No sale.}\n",
            "", at: "id: health-department",
            "a rule lacks \"sources\"; add the key sources"),
        Breakage(
            "us/ca.yaml",
            "    sources:\n      - {url: \"https://cdph.example.gov/notice\", publisher: CDPH, date: 2025-10-24, primary: true, gist: No sale.}\n",
            "    sources: ‸[]\n",
            "\"sources\" is empty; it needs at least one"),
        Breakage(
            "us/ca.yaml", "url: \"https://cdph.example.gov/notice\", ", "", at: "{publisher: CDPH",
            "a source lacks \"url\"; add the key url"),
        Breakage(
            "us/ca.yaml", "publisher: CDPH, ", "", at: "{url: \"https://cdph",
            "a source lacks \"publisher\"; add the key publisher"),
        Breakage(
            "us/ca.yaml", ", gist: No sale.", "", at: "{url: \"https://cdph",
            "a source lacks \"gist\"; add the key gist"),
        Breakage(
            "us/ca.yaml", "url: \"https://cdph.example.gov/notice\"", "url: ‸\"ftp://cdph.example.gov/notice\"",
            "\"url\" is \"ftp://cdph.example.gov/notice\", which is no http(s) URL; it has to begin with https:// or http://"
        ),
        Breakage(
            "us/ca.yaml", "url: \"https://cdph.example.gov/notice\"", "url: ‸\"https://cdph.example.gov/the notice\"",
            "\"url\" is \"https://cdph.example.gov/the notice\", which is no http(s) URL; blanks, quotes and brackets <>{}|\\^` cannot stand in it; write them as %20 and so on"
        ),
        Breakage(
            "us/ca.yaml", "url: \"https://cdph.example.gov/notice\"", "url: ‸\"https://localhost/notice\"",
            "\"url\" is \"https://localhost/notice\", which is no http(s) URL; its host has to be a name such as example.org"
        ),
        Breakage(
            "us/ca.yaml", "url: \"https://cdph.example.gov/notice\"", "url: ‸\"https://user:word@cdph.example.gov/\"",
            "\"url\" is \"https://user:word@cdph.example.gov/\", which is no http(s) URL; a user's name cannot stand in it"
        ),
        Breakage(
            "us/ca.yaml", "date: 2025-10-24", "date: ‸2026-12",
            "a source of 2026-12, after the table's own date 2026-11-21; correct it, or the date in table.yaml"),
        Breakage(
            "us/ca.yaml", "primary: true, gist: No sale.", "primary: ‸True, gist: No sale.",
            "\"primary\" is \"True\"; write true"),
        Breakage(
            "ch.yaml",
            "    confidence: high\n    sources:\n      - {url: \"https://ch.example.org/list\", publisher: EDI, date: 2017, primary: true",
            "    confidence: ‸high\n    sources:\n      - {url: \"https://ch.example.org/list\", publisher: EDI, date: 2017, primary: false",
            "high confidence without a primary source or two publishers who agree; medium, or another source"),
        Breakage(
            "us/ri.yaml",
            "    confidence: high\n    sources:\n      - {url: \"https://b.example.org/ri\", publisher: B",
            "    confidence: ‸high\n    sources:\n      - {url: \"https://b.example.org/ri\", publisher: c",
            "high confidence without a primary source or two publishers who agree; medium, or another source"),
    ]

    /// What rules and jurisdictions say of each other.
    static let relations: [Breakage] = [
        Breakage(
            "us/ri.yaml", "    preempts: true\n", "    preempts: true\n    unincorporated_only: true\n",
            at: "id: kratom-act",
            "\"kratom-act\" is for unincorporated areas of a state; only rules of counties are; take unincorporated_only out"
        ),
        Breakage(
            "us/ri.yaml", "overrides: [schedule-i]", "overrides: [‸schedule-l]",
            "unknown rule \"schedule-l\"; did you mean \"schedule-i\"?"),
        Breakage(
            "us/ri.yaml", "overrides: [schedule-i]", "overrides: [‸kratom-act]",
            "\"kratom-act\" overrides a rule that prevails over it; one of the two has to give way"),
        Breakage(
            "us/ca.yaml", "        penalty: A misdemeanour.\n",
            "        penalty: A misdemeanour.\n        overrides: [‸ordinance-2]\n",
            "unknown rule \"ordinance-2\"; did you mean \"ordinance\"?"),
        Breakage(
            "us/ca.yaml", "gist: Bans it.}\n",
            "gist: Bans it.}\n      - id: ‸ordinance\n        substances: [extract]\n        activities: all\n        status: prohibited\n        confidence: medium\n        sources: [{url: \"https://a.example.org/\", publisher: A, primary: true, gist: Bans extracts.}]\n",
            "a second rule \"ordinance\"; the other is in line 26; a rule that was changed gets an id of its own"),
        Breakage(
            "us/ca.yaml", "rules:\n  - id: health-department\n",
            "rules:\n  - id: tolerated\n    substances: [kratom]\n    activities: [sell]\n    status: legal\n    confidence: medium\n    sources: [{url: \"https://a.example.org/\", publisher: A, primary: false, gist: Sold.}]\n  - ‸id: health-department\n",
            "\"health-department\" (prohibited) contradicts \"tolerated\" (legal) of line 9; end one where the other begins, or let one override the other"
        ),
    ]
}
