import Legality
import Testing

@Suite("A condition")
struct ConditionTests {
    @Test(
        "says nothing where the query says nothing of it",
        arguments: [
            Condition.minimumAge(21), .max7OHPercent(2), .max7OHPPM(400), .forms([.leaf]), .excludedForms([.vape]),
            .licence, .prescription, .registration, .labelling, .testing, .behindCounter, .noSynthetics, .other("x"),
        ])
    func open(condition: Condition) {
        #expect(condition.isMet(by: Circumstances()) == nil)
    }

    @Test("of an age is met from the birthday on", arguments: [(20, false), (21, true), (22, true)])
    func age(years: Int, isMet: Bool) {
        #expect(Condition.minimumAge(21).isMet(by: Circumstances(age: years)) == isMet)
    }

    @Test("of a cap is met by what is at most that much", arguments: [(1.9, true), (2, true), (2.1, false)])
    func cap(content: Double, isMet: Bool) {
        #expect(Condition.max7OHPercent(2).isMet(by: Circumstances(percent7OH: content)) == isMet)
        #expect(Condition.max7OHPPM(2).isMet(by: Circumstances(ppm7OH: content)) == isMet)
        #expect(Condition.max7OHPPM(2).isMet(by: Circumstances(percent7OH: content)) == nil)
    }

    @Test("of forms is about the form")
    func forms() {
        #expect(Condition.forms([.leaf, .powder]).isMet(by: Circumstances(form: .powder)) == true)
        #expect(Condition.forms([.leaf, .powder]).isMet(by: Circumstances(form: .vape)) == false)
        #expect(Condition.excludedForms([.vape]).isMet(by: Circumstances(form: .vape)) == false)
        #expect(Condition.excludedForms([.vape]).isMet(by: Circumstances(form: .powder)) == true)
    }

    @Test("of papers is met by those who have them", arguments: [true, false])
    func papers(has: Bool) {
        #expect(Condition.licence.isMet(by: Circumstances(isLicensed: has)) == has)
        #expect(Condition.prescription.isMet(by: Circumstances(hasPrescription: has)) == has)
    }
}

@Suite("Conditions of several rules together")
struct ConditionMergingTests {
    @Test("ask for the highest age, the lowest cap and the fewest forms, whatever the order")
    func strictest() {
        let left: [Condition] = [
            .minimumAge(18), .max7OHPPM(400), .forms([.leaf, .powder]), .excludedForms([.vape]), .max7OHPercent(2),
        ]
        let right: [Condition] = [
            .max7OHPercent(1), .minimumAge(21), .forms([.powder, .capsule]), .excludedForms([.beverage]),
            .max7OHPPM(1000),
        ]
        let expected: [Condition] = [
            .minimumAge(21), .max7OHPercent(1), .max7OHPPM(400), .forms([.powder]), .excludedForms([.vape, .beverage]),
        ]
        #expect(Condition.merged(left + right) == expected)
        #expect(Condition.merged(right + left) == expected)
    }

    @Test("are named once each, in one order, but every sentence is kept")
    func once() {
        #expect(
            Condition.merged([.other("b"), .licence, .labelling, .licence, .other("a"), .other("b")])
                == [.licence, .labelling, .other("b"), .other("a")])
    }

    @Test("of nothing are nothing")
    func empty() {
        #expect(Condition.merged([]).isEmpty)
    }
}
