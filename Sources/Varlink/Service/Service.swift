import Glibc

/// A Varlink service: its interfaces, and how a frame becomes a call and its replies.
///
/// Belongs to one thread. `org.varlink.service` is there from the start.
///
/// What is refused, and how:
/// - what is not JSON, names a member of the call twice or is nested too deeply ends the connection;
/// - JSON that is not a call (no object, no method, a member of the wrong type) gets InvalidParameter with the member's
///   name; other members of the call are extensions and are passed over;
/// - a parameter that is missing, has the wrong type, stands twice or is not declared gets InvalidParameter with its
///   name (a misspelt parameter must not change an answer silently); names with a dot are extensions and are passed
///   over; null and absent are the same for optional parameters;
/// - `upgrade` gets InvalidParameter: no method here hands its connection over; so does `more` with `oneway`.
public final class Service {
    struct Interface {
        let name: UnsafeRawBufferPointer
        let description: InterfaceDescription
        let checker: ParameterChecker
        let handler: (any InterfaceHandler)?
        /// The names of the methods, in the order of the description.
        let methodNames: [UnsafeRawBufferPointer]
    }

    /// How the connection goes on after a frame.
    enum Outcome {
        case done
        case stream(any ReplyStream)
        case waiting(any InterfaceHandler)
        /// The frame broke the protocol; the connection has to end.
        case violation
    }

    private var interfaces: [Interface] = []
    private let information: ServiceInformation
    private let cache: (any ReplyCache)?
    private var document = JSONDocument()
    private let nullDocument = JSONDocument()
    /// What a call is told that would wait while too many do.
    var waitingRefusal = VarlinkError.permissionDenied
    /// What a call is told that came while too many others of its connection were not answered.
    var callsInHandRefusal = VarlinkError.permissionDenied
    /// What a client is told whose call is over the limit, before its connection ends; nil: nothing.
    var frameRefusal: VarlinkError?

    /// - Parameter cache: asked before a frame is read.
    public init(_ information: ServiceInformation, cache: (any ReplyCache)? = nil) {
        self.information = information
        self.cache = cache
        do throws(InterfaceSyntaxError) {
            add(try InterfaceDescription(parsing: ServiceInterface.text), handler: nil)
        } catch {
            // The text is a constant that the tests parse.
            assertionFailure(error.description)
        }
    }

    deinit {
        for interface in interfaces {
            interface.name.deallocate()
            for name in interface.methodNames { name.deallocate() }
        }
    }

    /// The descriptions of all interfaces, `org.varlink.service` first.
    public var descriptions: [InterfaceDescription] { interfaces.map(\.description) }

    /// Adds an interface. One of the same name is replaced.
    public func register(_ description: InterfaceDescription, handler: any InterfaceHandler) {
        interfaces.removeAll { $0.description.name == description.name && $0.handler != nil }
        add(description, handler: handler)
    }

    private func add(_ description: InterfaceDescription, handler: (any InterfaceHandler)?) {
        func copy(_ text: String) -> UnsafeRawBufferPointer {
            let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
            bytes.copyBytes(from: text.utf8)
            return UnsafeRawBufferPointer(bytes)
        }
        interfaces.append(
            Interface(
                name: copy(description.name), description: description,
                checker: ParameterChecker(interface: description), handler: handler,
                methodNames: description.methods.map { copy($0.name) }))
    }

    // MARK: Answering

    /// Answers one frame (without its NUL byte) by writing to `reply`.
    ///
    /// - Parameter isUnread: whether its client has gone. Then it is carried out, and not answered, as with `oneway`.
    func answer(
        _ frame: UnsafeRawBufferPointer, from peer: PeerCredentials, on connection: ConnectionID,
        isUnread: Bool = false, reply: inout ReplyWriter
    ) -> Outcome {
        if let cache, !isUnread {
            reply.beginCall(wantsMore: false, isOneway: false)
            if reply.frame({ cache.append(replyTo: frame, to: &$0) }) { return .done }
        }
        return answerParsed(frame, from: peer, on: connection, isUnread: isUnread, reply: &reply)
    }

    /// Refuses one frame that came while too many others of its connection were not answered.
    func refuse(
        _ frame: UnsafeRawBufferPointer, from peer: PeerCredentials, on connection: ConnectionID,
        reply: inout ReplyWriter
    ) -> Outcome {
        answerParsed(frame, from: peer, on: connection, reply: &reply, refusal: callsInHandRefusal)
    }

    private func answerParsed(
        _ frame: UnsafeRawBufferPointer, from peer: PeerCredentials, on connection: ConnectionID,
        isUnread: Bool = false, reply: inout ReplyWriter, refusal: VarlinkError? = nil
    ) -> Outcome {
        reply.beginCall(wantsMore: false, isOneway: false)
        do throws(JSONError) {
            try document.parse(frame)
        } catch {
            return .violation
        }
        defer { document.trim() }
        if document.duplicateKeyIsAtTop { return .violation }

        let call = document.root
        guard call.isObject else {
            reply.error(.invalidParameter("method"))
            return .done
        }
        var method: JSONView?
        var parameters = nullDocument.root
        var wantsMore = false
        var isOneway = false
        var isUpgrade = false
        var fault: StaticString?
        for (name, value) in call.members {
            if name.isString(equalTo: "method") {
                method = value
            } else if name.isString(equalTo: "parameters") {
                if value.isObject || value.isNull { parameters = value } else { fault = "parameters" }
            } else if name.isString(equalTo: "more") {
                if let flag = Self.flag(value) { wantsMore = flag } else { fault = "more" }
            } else if name.isString(equalTo: "oneway") {
                if let flag = Self.flag(value) { isOneway = flag } else { fault = "oneway" }
            } else if name.isString(equalTo: "upgrade") {
                if let flag = Self.flag(value) { isUpgrade = flag } else { fault = "upgrade" }
            }
        }
        guard let method, method.isString else {
            reply.beginCall(wantsMore: false, isOneway: isOneway)
            reply.error(.invalidParameter("method"))
            return .done
        }
        if fault == nil, isOneway, wantsMore {
            isOneway = false
            fault = "more"
        }
        if fault == nil, isUpgrade { fault = "upgrade" }
        if isUnread { (wantsMore, isOneway) = (false, true) }
        reply.beginCall(wantsMore: wantsMore, isOneway: isOneway)
        if let fault {
            reply.error(.invalidParameter(fault.description))
            return .done
        }
        if let refusal {
            reply.error(refusal)
            return .done
        }
        guard let (interface, index) = find(method, reply: &reply) else { return .done }
        if let duplicate = document.duplicateKeyOffset {
            reply.error(.invalidParameter(Self.duplicateName(at: duplicate, in: frame, parameters: parameters)))
            return .done
        }
        if let problem = interfaces[interface].checker.firstProblem(in: parameters, method: index) {
            reply.error(.invalidParameter(problem))
            return .done
        }
        return invoke(
            Call(
                method: interfaces[interface].description.methods[index].name, methodIndex: index,
                parameters: parameters, wantsMore: wantsMore, isOneway: isOneway, peer: peer, connection: connection,
                frame: frame),
            interface: interface, reply: &reply)
    }

    /// An optional flag: null is as good as absent.
    private static func flag(_ value: JSONView) -> Bool? {
        value.isNull ? false : value.boolValue
    }

    /// The parameter within which a name stands twice.
    private static func duplicateName(
        at offset: Int, in frame: UnsafeRawBufferPointer, parameters: JSONView
    ) -> String {
        guard let base = frame.baseAddress else { return "parameters" }
        let place = base + offset
        for (name, value) in parameters.members {
            if let start = name.rawBytes.baseAddress, start == place { return name.stringValue ?? "parameters" }
            guard let start = value.rawBytes.baseAddress else { continue }
            if place >= start, place < start + value.rawBytes.count { return name.stringValue ?? "parameters" }
        }
        return "parameters"
    }

    private func find(_ method: JSONView, reply: inout ReplyWriter) -> (interface: Int, method: Int)? {
        enum Found {
            case method(Int, Int)
            case noInterface, noMethod, malformed
        }
        let found: Found? = method.withStringBytes { bytes in
            guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")), dot > 0, dot + 1 < bytes.count else {
                return .malformed
            }
            for (index, interface) in interfaces.enumerated() {
                guard interface.name.count == dot, let name = interface.name.baseAddress,
                    let start = bytes.baseAddress, memcmp(name, start, dot) == 0
                else { continue }
                let length = bytes.count - dot - 1
                for (position, name) in interface.methodNames.enumerated() where name.count == length {
                    if let name = name.baseAddress, memcmp(name, start + dot + 1, length) == 0 {
                        return .method(index, position)
                    }
                }
                return .noMethod
            }
            return .noInterface
        }
        switch found {
        case .method(let interface, let position): return (interface, position)
        case .noMethod: reply.error(.methodNotFound(method.stringValue ?? ""))
        case .noInterface:
            let name = method.stringValue ?? ""
            let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) ?? name.endIndex
            reply.error(.interfaceNotFound(String(name[..<dot])))
        case .malformed, nil: reply.error(.invalidParameter("method"))
        }
        return nil
    }

    private func invoke(_ call: borrowing Call, interface: Int, reply: inout ReplyWriter) -> Outcome {
        let start = reply.waitingCount
        guard let handler = interfaces[interface].handler else {
            describe(call, reply: &reply)
            return .done
        }
        do throws(VarlinkError) {
            switch try handler.handle(call, reply: &reply) {
            case .done: break
            case .cacheable:
                if !call.isOneway, !call.wantsMore, reply.isFinal {
                    cache?.remember(reply.bytes(from: start), for: call.frame)
                }
            case .stream(let stream):
                // Without a reader, making replies is all that it would be for.
                if reply.isFinal || reply.isOneway { return .done }
                return .stream(stream)
            case .waiting:
                if reply.isFinal { return .done }
                return .waiting(handler)
            }
        } catch {
            reply.withdraw(to: start)
            reply.error(error)
            return .done
        }
        if !reply.isFinal { reply.empty() }
        return .done
    }

    private func describe(_ call: borrowing Call, reply: inout ReplyWriter) {
        if call.methodIndex == ServiceInterface.getInfo {
            reply.parameters { json in
                json.member("vendor", information.vendor)
                json.member("product", information.product)
                json.member("version", information.version)
                json.member("url", information.url)
                json.member("interfaces", interfaces.map(\.description.name))
            }
            return
        }
        let name = call.parameters["interface"]?.stringValue ?? ""
        guard let interface = interfaces.first(where: { $0.description.name == name }) else {
            return reply.error(.interfaceNotFound(name))
        }
        reply.parameters { $0.member("description", interface.description.text) }
    }
}
