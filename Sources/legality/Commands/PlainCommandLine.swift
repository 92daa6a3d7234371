/// Command lines of `is-legal` in their plainest forms, read without the argument parser: finding its way through its
/// types costs the parser more than the whole question costs. Whatever is not plain is left to it.
enum PlainCommandLine {
    /// What the arguments (without the program's name) ask for; `nil` where the parser has to look.
    static func check(_ arguments: [String]) -> Check? {
        guard arguments.first == "is-legal" else { return nil }
        var places: [String] = []
        var check = Check(places: .standardInput)
        var isQuiet = false
        var isJSON = false
        var rest = arguments.dropFirst()
        while let argument = rest.popFirst() {
            switch argument {
            case "-q", "--quiet": isQuiet = true
            case "--json": isJSON = true
            case "--on", "--substance", "-s", "--activity", "-a", "--socket", "--age":
                guard let value = rest.popFirst(), !value.hasPrefix("-") else { return nil }
                guard set(argument, value, in: &check) else { return nil }
            default:
                guard argument == "-" || !argument.hasPrefix("-") else { return nil }
                places.append(argument)
            }
        }
        guard !places.isEmpty, places.count == 1 || !places.contains("-") else { return nil }
        check.places = places == ["-"] ? .standardInput : .arguments(places)
        check.form = isQuiet ? .none : isJSON ? .json : .word
        return check
    }

    private static func set(_ option: String, _ value: String, in check: inout Check) -> Bool {
        switch option {
        case "--on": check.query.on = value
        case "--substance", "-s": check.query.substance = value
        case "--socket": check.socket = value
        case "--age":
            guard let age = Int(value), (0...150).contains(age) else { return false }
            check.query.age = age
        default:
            guard let activity = Activity.allCases.first(where: { $0.rawValue == value }) else { return false }
            check.query.activity = activity
        }
        return true
    }
}
