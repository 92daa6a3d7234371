/// A rule with its evidence, as the table holds it.
struct Rule: Equatable, Sendable {
    var jurisdiction: String
    var id: String
    var substances: [String]
    var activities: [String]
    var status: LegalStatus
    var from: String?
    var until: String?
    var conditions: Conditions
    var exceptions: Conditions
    var authority: Authority?
    var overrides: [String]
    var preempts: Bool
    var isUnincorporatedOnly: Bool
    var penalty: String?
    var note: String?
    var conflict: String?
    var confidence: String
    var sources: [Source]

    init(_ fields: Fields) throws(Failure) {
        jurisdiction = try fields.string("jurisdiction")
        id = try fields.string("rule")
        substances = try fields.strings("substances")
        activities = try fields.strings("activities")
        status = try fields.status("status")
        from = try fields.optionalString("from")
        until = try fields.optionalString("until")
        conditions = try Conditions(fields.object("conditions"))
        exceptions = try Conditions(fields.object("exceptions"))
        authority = try fields.optionalObject("authority", as: Authority.init)
        overrides = try fields.strings("overrides")
        preempts = try fields.boolean("preempts")
        isUnincorporatedOnly = try fields.boolean("unincorporated_only")
        penalty = try fields.optionalString("penalty")
        note = try fields.optionalString("note")
        conflict = try fields.optionalString("conflict")
        confidence = try fields.string("confidence")
        sources = try fields.objects("sources", as: Source.init)
    }
}

/// A rule that decided an answer or took part in it.
struct DecidingRule: Equatable, Sendable {
    var jurisdiction: String
    var id: String
    var status: LegalStatus
    var from: String?
    var until: String?
    var activities: [String]
    /// How it was inferred, where no rule names substance and activity.
    var inferred: String?
    var authority: Authority?
    var confidence: String
    var sources: [Source]

    init(_ fields: Fields) throws(Failure) {
        jurisdiction = try fields.string("jurisdiction")
        id = try fields.string("rule")
        status = try fields.status("status")
        from = try fields.optionalString("from")
        until = try fields.optionalString("until")
        activities = try fields.strings("activities")
        inferred = try fields.optionalString("inferred")
        authority = try fields.optionalObject("authority", as: Authority.init)
        confidence = try fields.string("confidence")
        sources = try fields.objects("sources", as: Source.init)
    }
}
