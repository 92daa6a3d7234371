import Glibc

/// The accounts of users.
extension ConnectionSet {
    func account(of user: uid_t) -> UnsafeMutablePointer<UserAccount> {
        if let account = accounts[user] { return account }
        let account = UnsafeMutablePointer<UserAccount>.allocate(capacity: 1)
        account.initialize(to: UserAccount(user: user, round: turns.round))
        accounts[user] = account
        noteEmpty(account)
        return account
    }

    /// One of its connections has gone.
    func leave(_ account: UnsafeMutablePointer<UserAccount>) {
        account.pointee.connectionCount -= 1
        if account.pointee.connectionCount == 0 { noteEmpty(account) }
    }

    private func noteEmpty(_ account: UnsafeMutablePointer<UserAccount>) {
        guard !account.pointee.mayBeEmpty else { return }
        account.pointee.mayBeEmpty = true
        emptyAccounts.append(account)
    }

    /// Forgets users who have gone; not before the end of a round, as their accounts are in use until then. Whoever has taken
    /// too much is remembered until that is taken off, or going and coming back would be a way to another turn.
    func closeEmptyAccounts() {
        turns.giveBackWhatOthersHad()
        emptyAccounts.removeAll { account in
            guard account.pointee.connectionCount == 0 else {
                account.pointee.mayBeEmpty = false
                return true
            }
            queuedCount -= account.pointee.queue.count
            account.pointee.queue = SlotQueue()
            if turns.isOver(for: account) { return false }
            accounts[account.pointee.user] = nil
            if account.pointee.isListed { waitingAccounts.removeAll { $0 == account } }
            account.deinitialize(count: 1)
            account.deallocate()
            return true
        }
    }
}
