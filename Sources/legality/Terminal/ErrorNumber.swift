import Glibc

enum ErrorNumber {
    /// What an error number means: in English, as the process never leaves the C locale.
    static func text(_ number: Int32) -> String {
        guard let description = strerror(number) else { return "error \(number)" }
        return String(cString: description)
    }
}
