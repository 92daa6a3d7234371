import Testing

@testable import Varlink

@Suite("Interface descriptions")
struct InterfaceDescriptionTests {
    @Test("are read with types, methods, errors and their comments")
    func complete() throws {
        let interface = try InterfaceDescription(
            parsing: """
                # A licence text that documents nothing.

                # What it is for.
                # In two lines.
                interface org.example.more-parts.v1

                # A state.
                type State (
                  # Going
                  on,
                  off
                )
                type Tree (name: string, children: ?[]Tree, index: [string]?(a: int, b: (x, y)))

                # Does it.
                method Do(
                  # How often
                  times: ?int, any: any, raw: object # behind a field
                ) -> (state: State, share: float, done: bool)
                method Nothing()->()
                error Bare
                # No.
                error Empty ()
                error Full(a_1: []?string)
                """)
        #expect(interface.name == "org.example.more-parts.v1")
        #expect(interface.documentation == "What it is for.\nIn two lines.")
        #expect(interface.types.map(\.name) == ["State", "Tree"])
        #expect(interface.types[0].documentation == "A state.")
        guard case .enumeration(let values) = interface.types[0].type else {
            Issue.record("State is an enumeration")
            return
        }
        #expect(values.map(\.name) == ["on", "off"])
        #expect(values[0].documentation == "Going")
        guard case .structure(let fields) = interface.types[1].type else {
            Issue.record("Tree is a structure")
            return
        }
        #expect(fields[1].type == .optional(.array(.named("Tree"))))
        guard case .map(.optional(.structure(let inner))) = fields[2].type else {
            Issue.record("index is a map of optional structures")
            return
        }
        #expect(inner.map(\.name) == ["a", "b"])
        let method = try #require(interface.method(named: "Do"))
        #expect(method.documentation == "Does it.")
        #expect(method.input.map(\.type) == [.optional(.int), .any, .object])
        #expect(method.input[0].documentation == "How often")
        #expect(method.output.map(\.name) == ["state", "share", "done"])
        #expect(method.position == SourcePosition(line: 16, column: 8))
        #expect(interface.method(named: "Nothing")?.output == [])
        #expect(interface.errors.map(\.name) == ["Bare", "Empty", "Full"])
        #expect(interface.errors[1].documentation == "No.")
        #expect(interface.errors[2].parameters[0].type == .array(.optional(.string)))
    }

    @Test("of org.varlink.service is read, and every part of it is documented")
    func ownService() throws {
        let interface = try InterfaceDescription(parsing: ServiceInterface.text)
        #expect(interface.methods.map(\.name) == ["GetInfo", "GetInterfaceDescription"])
        #expect(
            interface.errors.map(\.name) == [
                "InterfaceNotFound", "MethodNotFound", "MethodNotImplemented", "InvalidParameter", "PermissionDenied",
                "ExpectedMore",
            ])
        #expect(interface.methods.allSatisfy { !$0.documentation.isEmpty })
        #expect(interface.errors.allSatisfy { !$0.documentation.isEmpty })
    }

    @Test(
        "with a fault are refused with its place",
        arguments: [
            ("", "1:1: expected 'interface', found the end of the text"),
            ("interface org.example.a", "1:24: an interface needs at least one type, method or error"),
            ("interface example\ntype A ()", "1:11: 'example' is no name of an interface"),
            ("interface org..a\ntype A ()", "1:11: 'org..a' is no name"),
            ("interface org.-a\ntype A ()", "1:11: 'org.-a' is no name"),
            ("interface 1org.a\ntype A ()", "1:11: '1org.a' is no name"),
            ("interface org.a\nkind A ()", "2:1: expected 'type', 'method' or 'error', found 'kind'"),
            ("interface org.a\ntype a ()", "2:6: 'a' is no name of a member"),
            ("interface org.a\ntype A_B ()", "2:6: 'A_B' is no name of a member"),
            ("interface org.a\ntype A (b)\ntype A (c)", "3:6: 'A' is declared twice"),
            ("interface org.a\nmethod A() -> ()\nerror A", "3:7: 'A' is declared twice"),
            ("interface org.a\ntype A (b: int, b: int)", "2:17: field 'b' stands twice"),
            ("interface org.a\ntype A (b, b)", "2:12: value 'b' stands twice"),
            ("interface org.a\ntype A (b: B)", "2:9: type 'B' is not declared"),
            ("interface org.a\ntype A (b: []?(c: [string]B))", "2:16: type 'B' is not declared"),
            ("interface org.a\ntype A (b: ??int)", "2:12: '??'"),
            ("interface org.a\ntype A (b: integer)", "2:12: expected a type, found 'integer'"),
            ("interface org.a\ntype A (b: int[])", "2:15: expected ')', found '['"),
            ("interface org.a\ntype A (b: [int]string)", "2:16: expected '[]' or '[string]'"),
            ("interface org.a\ntype A (b: int,)", "2:16: expected a name, found ')'"),
            ("interface org.a\ntype A (b: int, c)", "2:18: expected ':' and the type of 'c'"),
            ("interface org.a\ntype A (b, c: int)", "2:12: a value of an enumeration has no type"),
            ("interface org.a\ntype A (_b: int)", "2:9: '_b' is no name of a field"),
            ("interface org.a\ntype A (b__c: int)", "2:9: 'b__c' is no name of a field"),
            ("interface org.a\ntype A (b_: int)", "2:9: 'b_' is no name of a field"),
            ("interface org.a\ntype A (1b: int)", "2:9: '1b' is no name of a field"),
            ("interface org.a\nmethod A(b: int)", "2:17: expected '->', found the end of the text"),
            ("interface org.a\nmethod A(b, c) -> ()", "2:9: expected fields with types, not an enumeration"),
            ("interface org.a\ntype A (b: int", "2:15: expected ')', found the end of the text"),
            ("interface org.a\ntype A", "2:7: expected '(', found the end of the text"),
        ])
    func faults(text: String, message: String) {
        do throws(InterfaceSyntaxError) {
            _ = try InterfaceDescription(parsing: text)
            Issue.record("was accepted: \(text)")
        } catch {
            #expect(error.description.hasPrefix(message), "\(error)")
        }
    }

    @Test("cut off anywhere, or nested without end, are refused without a crash")
    func hostile() {
        let text =
            "interface org.a\n# c\ntype A (b: ?[]B, c: [string](d: int))\ntype B (x)\nmethod C(a: A) -> ()\nerror D(a: any)"
        for length in 0..<text.utf8.count { _ = try? InterfaceDescription(parsing: String(text.prefix(length))) }
        let nested = "interface org.a\ntype A (" + String(repeating: "a:(", count: 10_000)
        #expect(throws: InterfaceSyntaxError.self) { try InterfaceDescription(parsing: nested) }
        let optionals = "interface org.a\ntype A (a: " + String(repeating: "[]", count: 10_000) + "int)"
        #expect(throws: InterfaceSyntaxError.self) { try InterfaceDescription(parsing: optionals) }
    }

    @Test("tell what is wrong with values, with the path to it")
    func problems() throws {
        let interface = try InterfaceDescription(parsing: TestHandler.text)
        let types = try #require(interface.method(named: "Types")).input
        let good: JSONValue = [
            "flag": true, "number": 5.0, "ratio": 1, "text": "", "mode": "fast", "pair": ["left": 1, "right": nil],
            "list": [["left": 1]], "map": ["a": 1], "any": [:], "maybe": ["slow", nil], "org.example.extension": 1,
        ]
        #expect(interface.problems(in: good, against: types) == [])
        let bad: JSONValue = [
            "flag": 1, "number": 1.5, "ratio": "1", "text": nil, "mode": "medium", "pair": ["right": 2, "extra": 0],
            "list": [["left": 1], 3], "map": ["a": "b"], "any": [], "maybe": ["slow", 1], "other": 0,
        ]
        #expect(
            interface.problems(in: bad, against: types) == [
                "flag: expected a bool, found an int", "number: expected an int, found a float",
                "ratio: expected a float, found the string '1'", "text: expected a string, found null",
                "mode: expected one of fast, slow, found the string 'medium'", "pair.left: missing",
                "pair.right: expected a string, found an int", "pair.extra: not declared",
                "list[1]: expected an object, found an int", "map[a]: expected an int, found the string 'b'",
                "any: expected an object, found an array", "maybe[1]: expected one of fast, slow, found an int",
                "other: not declared",
            ])
        #expect(interface.problems(in: [:], against: types).count == 9)
    }

    @Test("check parameters in place exactly as they do values")
    func checkerAgrees() throws {
        let interface = try InterfaceDescription(parsing: TestHandler.text)
        let checker = ParameterChecker(interface: interface)
        let index = try #require(interface.methods.firstIndex { $0.name == "Types" })
        let types = interface.methods[index].input
        let good: JSONObject = [
            "flag": true, "number": 5, "ratio": 1.5, "text": "t", "mode": "fast", "pair": ["left": 1, "right": "r"],
            "list": [["left": 1]], "map": ["a": 1], "any": [:], "maybe": ["slow", nil],
        ]
        var random = SeededRandom(seed: 11)
        var document = JSONDocument()
        var refused = 0
        for _ in 0..<5000 {
            var object = good
            for _ in 0..<random.below(3) {
                let key = random.chance(80) ? good.keys[random.below(good.count)] : String.random(using: &random)
                object[key] = random.chance(30) ? nil : JSONValue.random(using: &random, depth: 3)
            }
            let problems = interface.problems(in: .object(object), against: types)
            try JSONValue.object(object).bytes.withUnsafeBytes { bytes in
                try document.parse(bytes)
                let problem = checker.firstProblem(in: document.root, method: index)
                #expect((problem == nil) == problems.isEmpty, "\(problems)")
                if let problem {
                    refused += 1
                    #expect(problems.contains { $0.hasPrefix(problem) }, "\(problem) is none of \(problems)")
                }
            }
        }
        #expect(refused > 1000 && refused < 4900)
    }
}
