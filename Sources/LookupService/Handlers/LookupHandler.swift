import Legality
import Varlink

/// Answers org.legalityd.Lookup.
final class LookupHandler: InterfaceHandler {
    private let state: TableState
    private let clock: ZoneClock
    private let cache: RenderedReplies
    private let monitors: Monitors
    private let daemonVersion: String
    private let placesPerCall: Int
    private let streams = TableStreams()
    private(set) var recentQuestions = RecentQuestions()
    /// Of the table that answers.
    var answers: KeptAnswers { cache.answers }
    private var outline: ReplyOutline { answers.outline }

    init(
        state: TableState, clock: ZoneClock, cache: RenderedReplies, monitors: Monitors, daemonVersion: String,
        placesPerCall: Int
    ) {
        self.placesPerCall = placesPerCall
        self.state = state
        self.clock = clock
        self.cache = cache
        self.monitors = monitors
        self.daemonVersion = daemonVersion
    }

    func handle(_ call: borrowing Call, reply: inout ReplyWriter) throws(VarlinkError) -> HandlerResult {
        // All are questions: with nobody to read the answer there is nothing to do.
        if call.isOneway { return .done }
        outline.begin(at: reply.waitingCount)
        // Whatever names no day holds for today; whatever names one, for as long as the table does.
        cache.validity = call.parameters["on"]?.stringValue == nil ? clock.validity : Int64.min..<Int64.max
        let parameters = Parameters(view: call.parameters, table: state.table, places: answers.places)
        do throws(VarlinkError) {
            return try answer(call, parameters, &reply)
        } catch {
            // Why a question cannot be answered rests on its words and the table alone, not on the day.
            cache.validity = Int64.min..<Int64.max
            if call.method == "Check" { recentQuestions.note(call.frame, from: call.peer.userID) }
            reply.error(error)
            return .cacheable
        }
    }

    private func answer(
        _ call: borrowing Call, _ parameters: Parameters, _ reply: inout ReplyWriter
    ) throws(VarlinkError) -> HandlerResult {
        switch call.method {
        case "Check": return try check(parameters, call, &reply)
        case "Describe": return try describe(parameters, &reply)
        case "List": return try list(parameters, call)
        case "Blocklist": return try blocklist(parameters, wantsMore: call.wantsMore)
        case "Resolve": return try resolve(parameters, &reply)
        case "History": return try history(parameters, &reply)
        case "Upcoming": return try upcoming(parameters, &reply)
        case "Monitor": return try monitor(parameters, call, &reply)
        case "GetTable": return getTable(&reply)
        default: throw .methodNotImplemented("\(VarlinkError.lookup).\(call.method)")
        }
    }

    /// Another table answers from now on; `answers` are its.
    func tableReplaced(_ answers: KeptAnswers) {
        streams.tableReplaced()
        cache.answers = answers
    }

    func callEnded(on connection: ConnectionID) { monitors.remove(connection) }

    private func check(
        _ parameters: Parameters, _ call: borrowing Call, _ reply: inout ReplyWriter
    ) throws(VarlinkError) -> HandlerResult {
        let table = parameters.table
        let query = Query(
            substance: try parameters.substance(), activity: try parameters.activity(),
            circumstances: try parameters.circumstances(), day: try parameters.date("on"))
        let input = parameters.string("place") ?? ""
        let place = try parameters.resolved(input)
        let isExplained = parameters.bool("explain") == true
        let start = reply.waitingCount
        let datedVerdicts = answers.datedVerdicts
        let isDated = !isExplained && datedVerdicts.takes(query, about: input, place)
        if isDated, reply.frame({ datedVerdicts.append(to: &$0) }) { return .done }
        recentQuestions.note(call.frame, from: call.peer.userID)
        let verdict = table.judge(query, at: place.resolution, clock: clock)
        let explanation = isExplained ? table.explain(query, at: place.resolution, clock: clock) : nil
        reply.parameters { json in
            json.name("verdict")
            json.verdict(verdict, of: table, explanation: explanation, outline: outline)
        }
        guard isDated else { return .cacheable }
        if reply.isFinal { datedVerdicts.keep(reply.bytes(from: start), outline) }
        return .done
    }

    private func describe(_ parameters: Parameters, _ reply: inout ReplyWriter) throws(VarlinkError) -> HandlerResult {
        let table = parameters.table
        let query = Query(substance: table.vocabulary.defaultSubstance, day: try parameters.date("on"))
        let resolution = try parameters.place()
        let day = query.day ?? clock.today(in: table.timeZone(of: resolution.candidates[0]))
        let status = table.status(of: query, at: resolution, on: day)
        var chain: [ChainLink] = []
        for link in resolution.candidates.flatMap(\.chain) where !chain.contains(link) { chain.append(link) }
        reply.parameters { json in
            json.name("records")
            json.array { json in
                for index in chain.compactMap(\.index) {
                    if let part = outline.parts.record(of: index) {
                        outline.write(part, to: &json)
                    } else {
                        json.record(index, of: table)
                    }
                }
            }
            json.name("chain")
            json.places(chain)
            json.member("status", status.word)
            json.member("on", day.description)
        }
        return .cacheable
    }

    private func list(
        _ parameters: Parameters, _ call: borrowing Call
    ) throws(VarlinkError) -> HandlerResult {
        let entries = ListEntries(
            table: parameters.table, clock: clock,
            filter: .init(
                country: parameters.string("country")?.uppercased(), status: try parameters.status(),
                kind: try parameters.kind(), changedSince: try parameters.date("changed_since")),
            query: Query(
                substance: try parameters.substance(), activity: try parameters.activity(),
                day: try parameters.date("on")))
        if call.wantsMore { return .stream(streams.add(ListStream(entries))) }
        // Kept as any other reply, if the table and the day are the same still when it is complete.
        let (request, validity, reloads) = (Array(call.frame), cache.validity, state.reloads)
        let list =
            WholeList(entries) { [state, clock, cache] reply in
                guard state.reloads == reloads, validity.contains(clock.now) else { return }
                cache.validity = validity
                // What was noted is about another call by now.
                cache.answers.outline.begin(at: 0)
                request.withUnsafeBytes { cache.remember(reply, for: $0) }
            }
        return .stream(streams.add(list))
    }

    private func blocklist(_ parameters: Parameters, wantsMore: Bool) throws(VarlinkError) -> HandlerResult {
        guard wantsMore else { throw .expectedMore }
        let query = Query(
            substance: try parameters.substance(), activity: try parameters.activity(),
            day: try parameters.date("on"))
        let areas = BlockedAreas(
            table: parameters.table, query: query, status: try parameters.status() ?? .prohibited, clock: clock)
        return .stream(streams.add(BlocklistStream(areas, of: parameters.table)))
    }

    private func resolve(_ parameters: Parameters, _ reply: inout ReplyWriter) throws(VarlinkError) -> HandlerResult {
        let resolution = try parameters.place()
        reply.parameters { json in
            json.member("input", resolution.input)
            json.member("method_used", resolution.method.rawValue)
            json.name("candidates")
            json.array { json in
                for candidate in resolution.candidates { json.candidate(candidate, status: nil) }
            }
        }
        return .cacheable
    }

    private func history(_ parameters: Parameters, _ reply: inout ReplyWriter) throws(VarlinkError) -> HandlerResult {
        let table = parameters.table
        let query = Query(substance: try parameters.substance(), activity: try parameters.activity())
        let resolution = try parameters.place()
        let periods = table.history(of: query, at: resolution)
        reply.parameters { json in
            json.name("place")
            json.place(resolution.candidates[0].place)
            json.member("substance", table.vocabulary[query.substance].id)
            json.member("activity", ifPresent: query.activity?.word)
            json.name("periods")
            json.array { json in
                for period in periods { json.period(period) }
            }
        }
        return .cacheable
    }

    private func upcoming(_ parameters: Parameters, _ reply: inout ReplyWriter) throws(VarlinkError) -> HandlerResult {
        let table = parameters.table
        let days = try parameters.integer("within_days", in: 0...36_500) ?? 90
        var chain: [ChainLink]?
        var zone: String?
        if let place = parameters.string("place") {
            let resolution = try parameters.resolution(place)
            chain = []
            for link in resolution.candidates.flatMap(\.chain) where chain?.contains(link) == false {
                chain?.append(link)
            }
            zone = table.timeZone(of: resolution.candidates[0])
        }
        let changes = table.upcoming(after: clock.today(in: zone), within: days, in: chain)
        reply.parameters { json in
            json.name("changes")
            json.array { json in
                for change in changes { json.upcoming(change, of: table) }
            }
        }
        return .cacheable
    }

    private func monitor(
        _ parameters: Parameters, _ call: borrowing Call, _ reply: inout ReplyWriter
    ) throws(VarlinkError) -> HandlerResult {
        guard call.wantsMore else { throw .expectedMore }
        var ids: Set<String>?
        if let places = call.parameters["places"], places.count > 0 {
            guard places.count <= placesPerCall else { throw .busy(limit: "places", maximum: placesPerCall) }
            var collected: Set<String> = []
            for place in places.elements {
                let resolution = try parameters.resolution(place.stringValue ?? "")
                collected.formUnion(resolution.candidates.flatMap(\.chain).map(\.id))
            }
            ids = collected
        }
        monitors.add(call.connection, ids: ids)
        let event = MonitorEvent.started(table: parameters.table)
        reply.continuing { json in
            json.name("event")
            json.event(event, changes: [])
        }
        return .waiting
    }

    private func getTable(_ reply: inout ReplyWriter) -> HandlerResult {
        let table = state.table
        reply.parameters { json in
            json.member("version", table.version)
            json.member("digest", table.digest)
            json.member("daemon", daemonVersion)
            json.member("jurisdictions", table.jurisdictions.count)
            json.member("rules", table.ruleCount)
            json.member("sources", table.sourceCount)
            json.member("divisions", table.gazetteer.divisionCount)
            json.member("zip_codes", table.gazetteer.zipCodeCount)
            json.member("directory", state.directory)
            json.member("loaded", timestamp(state.loaded))
            json.member("reloads", state.reloads)
            switch state.lastReload {
            case .none:
                json.member("last_reload", "none")
                json.member("last_reload_faults", 0)
            case .loaded(let moment):
                json.member("last_reload", "loaded")
                json.member("last_reload_time", timestamp(moment))
                json.member("last_reload_faults", 0)
            case .refused(let moment, let fault, let count):
                json.member("last_reload", "refused")
                json.member("last_reload_time", timestamp(moment))
                json.member("last_reload_fault", fault)
                json.member("last_reload_faults", count)
            }
        }
        return .done
    }
}
