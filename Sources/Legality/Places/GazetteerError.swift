/// A line of a gazetteer's file that is not what it should be.
public struct GazetteerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file's name: `us-zip.tsv`.
    public let file: String
    /// From 1.
    public let line: Int
    /// What is wrong, and what would be right.
    public let message: String

    public init(file: String, line: Int, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    public var description: String { "\(file):\(line): \(message)" }
}
