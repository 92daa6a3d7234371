import CLibYAML

/// Reads one YAML document of the plain subset that tables are written in: no tags, anchors, aliases, directives or
/// tabs, keys that are texts, UTF-8.
///
/// Stands on libyaml's events and not on its documents: an alias is seen as an alias, so nothing is ever expanded,
/// and duplicate keys and depth are ours to judge.
struct YAMLComposer {
    let log: FaultLog
    let limits: TableLimits

    /// The root of the only document; nil where there is none or the file cannot be read to its end.
    func compose(_ bytes: [UInt8]) -> YAMLNode? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            log.report(
                "the file begins with a byte order mark", at: .start, hint: "save it as UTF-8 without signature")
            return nil
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            log.report("the file is UTF-16", at: .start, hint: "save it as UTF-8")
            return nil
        }
        reportTabs(bytes)
        return bytes.withUnsafeBufferPointer { buffer in
            // libyaml keeps a pointer from the parser to itself.
            let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
            defer { parser.deallocate() }
            guard yaml_parser_initialize(parser) == 1 else {
                log.report("not enough memory to read the file", at: .start)
                return nil
            }
            defer { yaml_parser_delete(parser) }
            yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
            yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
            var document = DocumentBuilder(parser: parser, bytes: buffer, log: log, limits: limits)
            do {
                return try document.build()
            } catch {
                // Said already.
                return nil
            }
        }
    }

    private func reportTabs(_ bytes: [UInt8]) {
        guard bytes.contains(UInt8(ascii: "\t")) else { return }
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            guard !log.isFull else { return }
            guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { continue }
            let column = String(decoding: line[..<tab], as: UTF8.self).unicodeScalars.count + 1
            log.report("a tab", at: Position(line: index + 1, column: column), hint: "write spaces")
        }
    }
}

/// The file cannot be read further; why has been reported.
private struct Unreadable: Error {}

private struct DocumentBuilder {
    let parser: UnsafeMutablePointer<yaml_parser_t>
    let bytes: UnsafeBufferPointer<UInt8>
    let log: FaultLog
    let limits: TableLimits
    private var event = yaml_event_t()

    init(
        parser: UnsafeMutablePointer<yaml_parser_t>, bytes: UnsafeBufferPointer<UInt8>, log: FaultLog,
        limits: TableLimits
    ) {
        self.parser = parser
        self.bytes = bytes
        self.log = log
        self.limits = limits
    }

    private var position: Position { Position(event.start_mark) }

    mutating func build() throws(Unreadable) -> YAMLNode? {
        defer { yaml_event_delete(&event) }
        try advance()  // the stream begins
        try advance()
        guard event.type != YAML_STREAM_END_EVENT else {
            log.report("the file is empty", at: .start)
            return nil
        }
        try checkDocumentStart()
        try advance()
        let root = try node(depth: 0)
        try advance()  // the document ends
        try advance()
        if event.type != YAML_STREAM_END_EVENT {
            log.report("a second document", at: position, hint: "a file holds one; take what follows --- or ... out")
        }
        return root
    }

    /// The next event in `event`; the one before is given back.
    private mutating func advance() throws(Unreadable) {
        yaml_event_delete(&event)
        guard yaml_parser_parse(parser, &event) == 1 else {
            reportSyntax()
            throw Unreadable()
        }
    }

    private mutating func checkDocumentStart() throws(Unreadable) {
        let start = event.data.document_start
        if start.version_directive != nil || start.tag_directives.start != start.tag_directives.end {
            log.report("a directive (%YAML, %TAG)", at: position, hint: "take it out")
        }
    }

    /// The node that begins with `event`; `event` is its last when this returns.
    private mutating func node(depth: Int) throws(Unreadable) -> YAMLNode {
        let start = position
        guard depth <= limits.nesting else {
            log.report("nested more than \(limits.nesting) levels deep", at: start)
            throw Unreadable()
        }
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
            check(anchor: scalar.anchor, tag: scalar.tag)
            let text = String(
                decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            return YAMLNode(position: start, content: .scalar(text, isPlain: isPlain))
        case YAML_SEQUENCE_START_EVENT:
            check(anchor: event.data.sequence_start.anchor, tag: event.data.sequence_start.tag)
            var members: [YAMLNode] = []
            try advance()
            while event.type != YAML_SEQUENCE_END_EVENT {
                members.append(try node(depth: depth + 1))
                try advance()
            }
            return YAMLNode(position: start, content: .list(members))
        case YAML_MAPPING_START_EVENT:
            check(anchor: event.data.mapping_start.anchor, tag: event.data.mapping_start.tag)
            return YAMLNode(position: start, content: .mapping(try entries(depth: depth)))
        case YAML_ALIAS_EVENT:
            log.report("an alias (*\(name(event.data.alias.anchor)))", at: start, hint: "write the thing itself again")
            return YAMLNode(position: start, content: .refused)
        default:
            log.report("something that is no value", at: start)
            throw Unreadable()
        }
    }

    private mutating func entries(depth: Int) throws(Unreadable) -> [YAMLNode.Entry] {
        var entries: [YAMLNode.Entry] = []
        var first: [String: Position] = [:]
        try advance()
        while event.type != YAML_MAPPING_END_EVENT {
            let key = try node(depth: depth + 1)
            try advance()
            let value = try node(depth: depth + 1)
            try advance()
            guard case .scalar(let word, _) = key.content else {
                if case .refused = key.content { continue }
                log.report("\(key.kindInWords) as a key", at: key.position, hint: "a key is one word")
                continue
            }
            if let earlier = first.updateValue(key.position, forKey: word) {
                log.report(
                    "the key \"\(word.printable)\" a second time", at: key.position,
                    hint: "it stands in line \(earlier.line) already")
                first[word] = earlier
                continue
            }
            entries.append(YAMLNode.Entry(key: word, keyPosition: key.position, value: value))
        }
        return entries
    }

    private func check(anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?) {
        if let anchor {
            log.report("an anchor (&\(name(anchor)))", at: position, hint: "take it out; aliases are not read")
        }
        if let tag {
            log.report("a tag (\(name(tag)))", at: position, hint: "take it out")
        }
    }

    private func name(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String {
        pointer.map { String(cString: $0).printable } ?? ""
    }

    private func reportSyntax() {
        let state = parser.pointee
        let problem = state.problem.map { String(cString: $0) } ?? "cannot be read"
        switch state.error {
        case YAML_READER_ERROR:
            let place = position(ofByte: state.problem_offset)
            if problem.contains("control characters") {
                log.report("a control character", at: place, hint: "take it out")
            } else {
                log.report("not UTF-8 (\(problem))", at: place, hint: "save the file as UTF-8")
            }
        case YAML_MEMORY_ERROR:
            log.report("not enough memory to read the file", at: .start)
        case _ where problem.hasPrefix("Maximum nesting level"):
            log.report("nested more than \(limits.nesting) levels deep", at: Position(state.mark))
        default:
            let place = Position(state.problem_mark)
            // A tab that upset libyaml has been reported as what it is.
            guard !log.hasFault(onLine: place.line) else { return }
            let syntax = SyntaxProblem(problem, beganAt: Position(state.context_mark), at: place, bytes: bytes)
            log.report(syntax.message, at: syntax.position, hint: syntax.hint)
        }
    }

    private func position(ofByte offset: Int) -> Position {
        let before = bytes.prefix(offset)
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return Position(
            line: before.count { $0 == UInt8(ascii: "\n") } + 1,
            column: String(decoding: before[lineStart...], as: UTF8.self).unicodeScalars.count + 1)
    }
}

extension Position {
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: mark.line + 1, column: mark.column + 1)
    }
}

/// libyaml's words for what it stumbled over, in words for people who write tables.
private struct SyntaxProblem {
    let message: String
    let hint: String?
    let position: Position

    /// - Parameters:
    ///   - start: Where the thing begins that could not be read.
    ///   - place: Where reading stopped.
    init(_ problem: String, beganAt start: Position, at place: Position, bytes: UnsafeBufferPointer<UInt8>) {
        var position = place
        switch problem {
        case "mapping values are not allowed in this context":
            message = "a colon where no key can be"
            hint = "put quotes around a text with \": \" in it, or check the indentation"
        case "did not find expected key", "did not find expected '-' indicator":
            if SyntaxProblem.isBracket(at: place, in: bytes) {
                message = "a closing bracket without an opening one"
                hint = "take it out"
            } else {
                message = "the indentation does not fit the lines above"
                hint = "keys of one thing begin in the same column; a text with quotes inside needs others around it"
            }
        case "did not find expected <document start>":
            message = "something follows the end of the document"
            hint = "check the indentation, or take it out"
        case "did not find expected ',' or ']'":
            message = "a list in brackets that does not end"
            hint = "a , or ] is missing in line \(place.line) or before"
            position = start
        case "did not find expected ',' or '}'":
            message = "a mapping in brackets that does not end"
            hint = "a , or } is missing in line \(place.line) or before"
            position = start
        case "did not find expected node content":
            message = "a value is missing, or a bracket does not end"
            hint = "look before this place"
        case "could not find expected ':'":
            message = "a line that is neither a key with its value nor a list item"
            hint = "a key ends with a colon and a space"
        case "found unexpected end of stream":
            message = "a quoted text that does not end"
            hint = "a closing quotation mark is missing"
            position = start
        case "found character that cannot start any token":
            message = "a text that begins with a character that means something in YAML"
            hint = "put the text into quotes"
        case "block sequence entries are not allowed in this context":
            message = "a list item where none can be"
            hint = "begin the list in a line of its own"
        default:
            message = problem
            hint = nil
        }
        self.position = position
    }

    private static func isBracket(at place: Position, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var line = 1
        var start = 0
        while line < place.line, let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            start = end + 1
            line += 1
        }
        let column = start + place.column - 1
        guard column < bytes.count else { return false }
        return bytes[column] == UInt8(ascii: "]") || bytes[column] == UInt8(ascii: "}")
    }
}
