import Legality
import Varlink

/// A block list as a stream, in small pieces of work, so that other clients have their turn between.
final class BlocklistStream: ReplyStream {
    /// Areas looked at in one piece; less than a user's turn takes, as does writing a reply.
    private static let areasPerPiece = 1
    private static let areasPerReply = 125

    private var areas: BlockedAreas
    private let table: Table
    /// Blocked ones, for the next reply.
    private var found: [BlockedAreas.Area] = []
    /// Looked at since the last reply.
    private var seen = 0

    init(_ areas: BlockedAreas, of table: Table) {
        self.areas = areas
        self.table = table
    }

    func writeNext(_ reply: inout ReplyWriter) throws(VarlinkError) -> Bool {
        let piece = areas.next(ofNext: BlocklistStream.areasPerPiece)
        if let piece {
            found += piece
            seen += BlocklistStream.areasPerPiece
            if seen < BlocklistStream.areasPerReply { return true }
        }
        let isEnd = seen == 0
        let (table, areas) = (table, found)
        func body(_ json: inout JSONWriter) {
            json.name("areas")
            json.array { json in
                for area in areas { json.blockedArea(area, of: table) }
            }
        }
        found = []
        seen = 0
        guard !isEnd else {
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
