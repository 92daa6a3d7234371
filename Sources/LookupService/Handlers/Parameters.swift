import Legality
import Varlink

/// Reads the parameters that several methods share. Their names and types were checked against the interface before.
struct Parameters {
    let view: JSONView
    let table: Table
    let places: ResolvedPlaces

    func string(_ name: StaticString) -> String? { view[name]?.stringValue }

    /// A whole number within bounds; one outside them is an invalid parameter.
    func integer(_ name: StaticString, in bounds: ClosedRange<Int64>) throws(VarlinkError) -> Int? {
        guard let value = view[name], !value.isNull else { return nil }
        guard let number = value.integerValue, bounds.contains(number) else {
            throw .invalidParameter(name.description)
        }
        return Int(number)
    }

    func double(_ name: StaticString, in bounds: ClosedRange<Double>) throws(VarlinkError) -> Double? {
        guard let value = view[name], !value.isNull else { return nil }
        guard let number = value.doubleValue, bounds.contains(number) else {
            throw .invalidParameter(name.description)
        }
        return number
    }

    func bool(_ name: StaticString) -> Bool? { view[name]?.boolValue }

    func substance() throws(VarlinkError) -> Substance.Index {
        guard let word = string("substance") else { return table.vocabulary.defaultSubstance }
        guard let index = table.vocabulary.substance(named: word) else {
            throw .unknownSubstance(word, known: table.vocabulary.substanceIDs)
        }
        return index
    }

    func activity() throws(VarlinkError) -> Activity? {
        guard let word = string("activity") else { return nil }
        guard let activity = Activity(word: word) else { throw .unknownActivity(word) }
        return activity
    }

    func date(_ name: StaticString) throws(VarlinkError) -> CivilDate? {
        guard let text = string(name) else { return nil }
        guard let date = CivilDate(text) else { throw .invalidDate(text) }
        return date
    }

    func status() throws(VarlinkError) -> Status? {
        guard let word = string("status") else { return nil }
        guard let status = Status(word: word) else { throw .invalidParameter("status") }
        return status
    }

    func kind() throws(VarlinkError) -> Jurisdiction.Kind? {
        guard let word = string("kind") else { return nil }
        guard let kind = Jurisdiction.Kind(rawValue: word) else { throw .invalidParameter("kind") }
        return kind
    }

    func circumstances() throws(VarlinkError) -> Circumstances {
        var form: ProductForm?
        if let word = string("form") {
            guard let known = ProductForm(rawValue: word) else { throw .invalidParameter("form") }
            form = known
        }
        return Circumstances(
            age: try integer("age", in: 0...150), percent7OH: try double("percent_7oh", in: 0...100),
            ppm7OH: try double("ppm_7oh", in: 0...1_000_000), form: form, isLicensed: bool("licensed"),
            hasPrescription: bool("prescription"))
    }

    func resolution(_ place: String) throws(VarlinkError) -> Resolution { try resolved(place).resolution }

    func resolved(_ place: String) throws(VarlinkError) -> ResolvedPlace {
        do throws(ResolutionError) {
            return try places.resolve(place, in: table)
        } catch {
            throw VarlinkError(error)
        }
    }

    func place() throws(VarlinkError) -> Resolution { try resolution(string("place") ?? "") }
}
