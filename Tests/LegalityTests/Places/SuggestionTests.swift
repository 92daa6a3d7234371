import Testing

@testable import Legality

@Suite struct SuggestionTests {
    static func suggestions(_ input: String) throws -> [String] {
        do {
            _ = try HardCaseTests.table.get().resolve(input)
            Issue.record("\(input) resolves")
            return []
        } catch ResolutionError.unknown(_, let suggestions) {
            return suggestions
        }
    }

    @Test(
        "What is misspelt is suggested, best first",
        arguments: [
            ("Switzerlnd", "Switzerland"), ("Alabma", "Alabama"), ("Kalifornya", "California"),
            ("Deutschlnad", "Germany"), ("Massachusets", "Massachusetts"), ("Sprngfield, IL", "Springfield, IL"),
            ("San Deigo, CA", "San Diego, CA"), ("Sarasotta County, FL", "Sarasota County, FL"),
            ("Sarasotta, Florda", "Sarasota, FL"), ("sarasotta fl", "Sarasota, FL"),
            ("US-CA/place:san_deigo", "US-CA/place:san_diego"), ("Zurch, Switzerland", "Zürich, Switzerland"),
            ("Nashvile, TN", "Nashville, TN"), ("Blackfet", "Blackfeet Indian Reservation, MT"),
            ("대한민귝", "South Korea"), ("Munich, Germany", "Germany"), ("New Yrok", "New York"),
        ])
    func misspelt(input: String, best: String) throws {
        #expect(try Self.suggestions(input).first == best)
    }

    @Test("There are five at most, each of which is a place")
    func bounds() throws {
        for input in [
            "Springfeild", "Washingtn County", "Santa Mar", "Sain Loui", "Lincon", "Georgi", "Kratom", "Pari, TX",
        ] {
            let suggestions = try Self.suggestions(input)
            #expect(!suggestions.isEmpty && suggestions.count <= 5, "\(input)")
            #expect(Set(suggestions).count == suggestions.count)
            for suggestion in suggestions {
                let outcome = try HardCaseTests.outcome(suggestion)
                #expect(outcome != "unknown", "\(suggestion) for \(input)")
            }
        }
    }

    @Test(
        "Nothing within reach: no suggestion", arguments: ["qqqqqqq", "x", "99999", "fips:99999", "🌿", "' OR 1=1 --"])
    func nothing(input: String) throws {
        #expect(try Self.suggestions(input) == [])
    }

    @Test("The distance counts letters put in, left out, changed and swapped")
    func distance() {
        func distance(_ left: String, _ right: String, limit: Int) -> Int? {
            Array(left.utf8).withUnsafeBufferPointer { left in
                Array(right.utf8).withUnsafeBufferPointer { EditDistance.between(left, $0, limit: limit) }
            }
        }
        for (left, right, expected) in [
            ("", "", 0), ("a", "", 1), ("", "ab", 2), ("sandiego", "sandiego", 0), ("sandiego", "sandeigo", 1),
            ("sandiego", "sndiego", 1), ("sandiego", "sandiegoo", 1), ("sandiego", "zandiego", 1),
            ("kitten", "sitting", 3), ("ab", "ba", 1), ("abcd", "badc", 2),
        ] {
            #expect(distance(left, right, limit: 3) == expected, "\(left) \(right)")
            #expect(distance(right, left, limit: 3) == expected, "\(right) \(left)")
            if expected > 0 { #expect(distance(left, right, limit: expected - 1) == nil) }
        }
    }
}
