/// How long `body` takes, in nanoseconds for each of the `steps` that it does.
public func elapsedTime(steps: Int, _ body: () -> Void) -> Double {
    ContinuousClock().measure(body) / .nanoseconds(steps)
}
