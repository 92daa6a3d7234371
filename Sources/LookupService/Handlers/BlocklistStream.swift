import Legality
import Varlink

/// A block list as a stream: a bounded piece of work for each reply, so that other clients have their turn between.
final class BlocklistStream: ReplyStream {
    /// Areas looked at for one reply; a millisecond or two.
    private static let areasPerReply = 500

    private var areas: BlockedAreas
    private let table: Table

    init(_ areas: BlockedAreas, of table: Table) {
        self.areas = areas
        self.table = table
    }

    func writeNext(_ reply: inout ReplyWriter) throws(VarlinkError) -> Bool {
        let found = areas.next(ofNext: BlocklistStream.areasPerReply)
        let table = table
        func body(_ json: inout JSONWriter) {
            json.name("areas")
            json.array { json in
                for area in found ?? [] { json.blockedArea(area, of: table) }
            }
        }
        guard found != nil else {
            reply.parameters(body)
            return false
        }
        reply.continuing(body)
        return true
    }
}

extension JSONWriter {
    fileprivate mutating func blockedArea(_ area: BlockedAreas.Area, of table: Table) {
        object { json in
            json.member("level", area.level.rawValue)
            json.member("code", area.code)
            json.member("id", ifPresent: area.id)
            json.member("name", area.name)
            json.member("state", area.state)
            json.member("status", area.judgement.status.word)
            json.member("minimum_age", ifPresent: area.judgement.minimumAge)
            if let rule = area.judgement.rule {
                json.member("from", ifPresent: table[rule].interval.from?.description)
                json.member("rule", table.qualifiedID(of: rule))
            }
            json.member("certainty", area.certainty.rawValue)
        }
    }
}
