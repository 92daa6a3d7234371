/// Why a command could not do what it was asked: one line for the reader, a number for the script.
struct Failure: Error, Equatable {
    var code: ExitStatus
    var message: String

    init(_ code: ExitStatus, _ message: String) {
        self.code = code
        self.message = message
    }
}
