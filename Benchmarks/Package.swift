// swift-tools-version: 6.2
import PackageDescription

/// Programs that are one script each, in one thread.
let oneThread: [SwiftSetting] = [.defaultIsolation(MainActor.self)]

/// What measures legalityd; `Benchmarks/run` uses all of it, README.md says how.
let package = Package(
    name: "Benchmarks",
    dependencies: [.package(name: "legalityd", path: "..")],
    targets: [
        // A load generator for Unix sockets, and the least that a server on one can do.
        .executableTarget(name: "load"),
        .executableTarget(name: "limit"),
        // What it takes from exec to the first answer, and what whole processes cost.
        .executableTarget(name: "ready"),
        .executableTarget(name: "oneshot"),
        // A mixed load as a file of requests.
        .executableTarget(
            name: "requests",
            dependencies: ["BenchmarkSupport", "Chance", .product(name: "Varlink", package: "legalityd")],
            swiftSettings: oneThread),
        // Made-up tables of any size as files, and the shipped gazetteer with made-up places beside its own.
        .executableTarget(name: "maketable", dependencies: ["BenchmarkSupport", "Chance"], swiftSettings: oneThread),
        .executableTarget(name: "makegazetteer", dependencies: ["BenchmarkSupport"], swiftSettings: oneThread),
        // What it costs to resolve a place.
        .executableTarget(
            name: "places",
            dependencies: ["BenchmarkSupport", "Chance", "Tables", .product(name: "Legality", package: "legalityd")],
            swiftSettings: oneThread),
        // What a request costs in instructions and time, part by part, without a socket.
        .executableTarget(
            name: "micro",
            dependencies: [
                "BenchmarkSupport", "Tables", .product(name: "Legality", package: "legalityd"),
                .product(name: "LookupService", package: "legalityd"), .product(name: "Varlink", package: "legalityd"),
            ], swiftSettings: oneThread),

        // What the Swift programs share: how they end, read files and take times; chance that is the same in every run;
        // tables in memory, from files or made up.
        .target(name: "BenchmarkSupport"),
        .target(name: "Chance"),
        .target(
            name: "Tables",
            dependencies: [
                "BenchmarkSupport", "Chance", .product(name: "Legality", package: "legalityd"),
                .product(name: "TableFiles", package: "legalityd"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
