/// A part of the program that takes bytes from outside, with what must hold of it whatever they are.
public protocol FuzzTarget: AnyObject, SendableMetatype {
    /// What it is called on the command line and where its inputs are kept.
    static var name: String { get }

    /// - Parameter data: the directory of the shipped table.
    init(data: String) throws

    /// Gives it an input.
    ///
    /// - Returns: what does not hold, or nil. A crash or a trap is a finding as well.
    func problem(with input: UnsafeRawBufferPointer) -> String?
}

/// All of them.
public let fuzzTargets: [any FuzzTarget.Type] = [
    CallTarget.self, FrameTarget.self, JSONTarget.self, PlaceTarget.self, TableTarget.self, InterfaceTarget.self,
    TimeZoneTarget.self,
]

/// The target cannot be set up.
struct Unprepared: Error {
    let reason: String
}
