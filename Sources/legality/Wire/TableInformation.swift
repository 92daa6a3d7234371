/// The daemon's answer to `GetTable`.
struct TableInformation: Equatable, Sendable {
    var version: String
    var digest: String
    var daemon: String
    var jurisdictions: Int
    var rules: Int
    var sources: Int
    var divisions: Int
    var zipCodes: Int
    var directory: String
    var loaded: String
    var reloads: Int
    var lastReload: String
    var lastReloadTime: String?
    var lastReloadFault: String?
    var lastReloadFaults: Int

    init(_ fields: Fields) throws(Failure) {
        version = try fields.string("version")
        digest = try fields.string("digest")
        daemon = try fields.string("daemon")
        jurisdictions = try fields.integer("jurisdictions")
        rules = try fields.integer("rules")
        sources = try fields.integer("sources")
        divisions = try fields.integer("divisions")
        zipCodes = try fields.integer("zip_codes")
        directory = try fields.string("directory")
        loaded = try fields.string("loaded")
        reloads = try fields.integer("reloads")
        lastReload = try fields.string("last_reload")
        lastReloadTime = try fields.optionalString("last_reload_time")
        lastReloadFault = try fields.optionalString("last_reload_fault")
        lastReloadFaults = try fields.integer("last_reload_faults")
    }
}
