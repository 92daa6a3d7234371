import ArgumentParser
import Varlink

struct Info: Documented {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Show the daemon, its table and how the last reload went.")

    static let details = [
        "Shows the daemon's version, the table's version and digest, what it holds, and when and how the last "
            + "reload went. A refused reload leaves the table before it in place."
    ]

    static let examples = [
        Example("legality info", "is the daemon there, and with which table?"),
        Example("legality info --json | jq -r .digest", "the digest of the table"),
    ]

    @OptionGroup(title: "Output") var output: JSONOption
    @OptionGroup(title: "Output") var display: ColourOption
    @OptionGroup(title: "Daemon") var connection: ConnectionOptions

    func run() throws {
        var daemon = try connection.connect()
        let reply = try daemon.call("GetTable")
        var standardOutput = StandardOutput()
        if output.json {
            try standardOutput.writeLine(reply.text)
        } else {
            let terminal = display.terminal()
            let information = try TableInformation(Fields(reply, path: ""))
            for line in Self.lines(information, socket: daemon.path, terminal: terminal) {
                try standardOutput.writeLine(terminal.rendered(line))
            }
        }
        try standardOutput.flush()
    }

    static func lines(_ information: TableInformation, socket: String, terminal: Terminal) -> [StyledText] {
        var fields = FieldList(labelWidth: 15, width: terminal.proseWidth)
        fields.add("Daemon", "legalityd \(information.daemon) at \(socket)")
        fields.add("Table", "\(information.version), loaded \(information.loaded)")
        fields.add("Directory", information.directory)
        fields.add("Digest", information.digest)
        fields.add(
            "Content",
            "\(grouped(information.jurisdictions)) jurisdictions · \(grouped(information.rules)) rules · "
                + "\(grouped(information.sources)) sources")
        fields.add(
            "Gazetteer",
            "\(grouped(information.divisions)) US counties and places · "
                + "\(grouped(information.zipCodes)) ZIP codes")
        fields.add("Reloads", "\(grouped(information.reloads))")
        var last = StyledText(information.lastReload, information.lastReload == "refused" ? .bad : .plain)
        if let time = information.lastReloadTime { last += StyledText(", \(time)") }
        if information.lastReload == "refused" {
            last += StyledText(
                information.lastReloadFaults == 1 ? ", 1 fault" : ", \(information.lastReloadFaults) faults")
        }
        fields.add("Last reload", last)
        if let fault = information.lastReloadFault { fields.add("Fault", StyledText(fault, .bad)) }
        return fields.lines
    }

    /// Digits in groups of three.
    private static func grouped(_ number: Int) -> String {
        var result = ""
        let digits = String(number)
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return result
    }
}
