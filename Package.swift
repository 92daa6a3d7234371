// swift-tools-version: 6.1
import PackageDescription

/// Modules and their order are described in README.md ("How it is built"). Arrows point down only.
let package = Package(
    name: "legalityd",
    products: [
        .executable(name: "legalityd", targets: ["legalityd"]),
        .executable(name: "legality", targets: ["legality"]),
        // For the benchmarks and for programs that want the pieces.
        .library(name: "Legality", targets: ["Legality"]),
        .library(name: "TableFiles", targets: ["TableFiles"]),
        .library(name: "Varlink", targets: ["Varlink"]),
        .library(name: "LookupService", targets: ["LookupService"]),
        // For Tests/Fuzz.
        .library(name: "FuzzTargets", targets: ["FuzzTargets"]),
    ],
    dependencies: [
        // The command lines: parsing, help, completions, manual pages.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // The logging interface; its back end here is the systemd journal.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        // libsystemd: sd-event, sd_notify, sd_listen_fds, sd_journal.
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
        // libgcrypt: SHA-256 for the table's digest (a library that libsystemd already brings).
        .systemLibrary(name: "CGcrypt", pkgConfig: "libgcrypt", providers: [.apt(["libgcrypt20-dev"])]),
        // libyaml: the data files are YAML; its events have line and column. (Yams, around the same library, would
        // bring Foundation with it: fifty megabytes.)
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

        // Parts of the C library that Swift's Glibc module does not show: epoll, eventfd, timerfd, accept4,
        // malloc_trim, how threads are named and share processors.
        .systemLibrary(name: "CLinux"),

        .target(name: "Legality"),
        .target(
            name: "TableFiles",
            dependencies: ["Legality", "CGcrypt", "CLibYAML", "CLinux"]),
        .target(name: "Varlink", dependencies: ["CLinux"]),
        .target(
            name: "Systemd",
            dependencies: ["CLinux", "CSystemd", .product(name: "Logging", package: "swift-log")]),
        .target(
            name: "LookupService",
            dependencies: ["Legality", "Varlink"],
            // The interface descriptions are the source of truth and are served as they stand.
            resources: [.embedInCode("org.legalityd.Lookup.varlink"), .embedInCode("io.systemd.service.varlink")]),
        .executableTarget(
            name: "legalityd",
            dependencies: [
                "CLinux", "Legality", "LookupService", "Systemd", "TableFiles", "Varlink",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .executableTarget(
            name: "legality",
            dependencies: ["Varlink", .product(name: "ArgumentParser", package: "swift-argument-parser")]),

        // A second, naive way to a verdict, and random tables and queries, for the tests that compare.
        .target(name: "NaiveVerdicts", dependencies: ["Legality"], path: "Tests/NaiveVerdicts"),
        // Full load, reloads and misbehaving clients at once: "make soak", and the test with two users.
        .executableTarget(
            name: "Soak", dependencies: ["CLinux", "Legality", "NaiveVerdicts", "TableFiles", "Varlink"],
            path: "Tests/Soak", exclude: ["leak-suppressions.txt"]),
        // Random requests to a real daemon, held against the interface descriptions: "make random-requests", and a test.
        .executableTarget(
            name: "RandomRequests", dependencies: ["NaiveVerdicts", "Varlink"], path: "Tests/RandomRequests"),
        // What is fuzzed, by Tests/Fuzz, and with what was found before by a test.
        .target(
            name: "FuzzTargets", dependencies: ["Legality", "LookupService", "TableFiles", "Varlink"],
            path: "Tests/FuzzTargets"),
        .testTarget(
            name: "FuzzCaseTests", dependencies: ["FuzzTargets"], exclude: ["Cases"]),
        .testTarget(name: "LegalityTests", dependencies: ["Legality", "NaiveVerdicts"]),
        .testTarget(name: "TableFilesTests", dependencies: ["TableFiles", "NaiveVerdicts"], exclude: ["ShippedTable"]),
        .testTarget(name: "VarlinkTests", dependencies: ["Varlink"]),
        .testTarget(
            name: "SystemdTests",
            dependencies: ["Systemd", "SystemdTestProgram", .product(name: "Logging", package: "swift-log")]),
        // What has to be seen from outside a process: its environment, its passed descriptors, its death.
        .executableTarget(
            name: "SystemdTestProgram",
            dependencies: ["Systemd", .product(name: "Logging", package: "swift-log")], path: "Tests/SystemdTestProgram"
        ),
        .testTarget(name: "LookupServiceTests", dependencies: ["LookupService", "TableFiles"]),
        .testTarget(
            name: "ProgramTests", dependencies: ["Varlink", "legalityd", "legality", "RandomRequests", "Soak"],
            // Read where they lie.
            exclude: ["Conversation/conversation.txt", "Conversation/table", "Client/Table", "Client/Snapshots"]),
    ],
    swiftLanguageModes: [.v6]
)
