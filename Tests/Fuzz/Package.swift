// swift-tools-version: 6.1
import PackageDescription

/// libFuzzer around the targets of Tests/FuzzTargets; `make fuzz` builds and runs it.
let package = Package(
    name: "Fuzz",
    dependencies: [.package(name: "legalityd", path: "../..")],
    targets: [
        .systemLibrary(name: "CFuzzer"),
        .executableTarget(
            name: "Fuzz", dependencies: ["CFuzzer", .product(name: "FuzzTargets", package: "legalityd")]),
    ],
    swiftLanguageModes: [.v6]
)
