import Legality
import Testing

@Suite("The words")
struct VocabularyTests {
    @Test("are read back as they are written")
    func roundTrip() {
        for status in Status.allCases { #expect(Status(word: status.word) == status) }
        for activity in Activity.allCases { #expect(Activity(word: activity.word) == activity) }
        for confidence in Confidence.allCases { #expect(Confidence(word: confidence.word) == confidence) }
        #expect(Status(word: "banned") == nil)
        #expect(Activity(word: "Sell") == nil)
        #expect(Confidence(word: "") == nil)
    }

    @Test("of status go from unknown, below all, to prohibited")
    func statusOrder() {
        #expect(Status.allCases.sorted() == [.unknown, .legal, .regulated, .uncertain, .prohibited])
    }

    @Test(
        "of a substance are its id and its aliases, in any case",
        arguments: [
            ("kratom", Plant.kratom), ("MITRAGYNA SPECIOSA", .kratom), ("7-OH", .sevenOH), ("mgm-15", .synthetic),
        ])
    func substances(word: String, plant: Plant) {
        #expect(Vocabulary.plant.substance(named: word) == plant.rawValue)
    }

    @Test("that no substance has are none")
    func unknownSubstance() {
        #expect(Vocabulary.plant.substance(named: "kava") == nil)
        #expect(Vocabulary.plant.substance(named: "") == nil)
    }

    @Test("make sets that hold what was put in")
    func sets() {
        #expect(SubstanceSet([.extract, .synthetic]).members == [1, 4])
        #expect(!SubstanceSet([.extract]).contains(0))
        #expect(ActivitySet([.export, .possess]).members == [.possess, .export])
        #expect(ActivitySet.all.members == Activity.allCases)
    }
}
