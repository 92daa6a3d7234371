import Glibc

/// The accounts of users.
extension ConnectionSet {
    func account(of user: uid_t) -> UnsafeMutablePointer<UserAccount> {
        if let account = accounts[user] { return account }
        let account = UnsafeMutablePointer<UserAccount>.allocate(capacity: 1)
        account.initialize(to: UserAccount(user: user))
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

    /// Not before the end of a round, as they are in use until then.
    func closeEmptyAccounts() {
        for account in emptyAccounts {
            account.pointee.mayBeEmpty = false
            guard account.pointee.connectionCount == 0 else { continue }
            accounts[account.pointee.user] = nil
            queuedCount -= account.pointee.queue.count
            if account.pointee.isListed { waitingAccounts.removeAll { $0 == account } }
            account.deinitialize(count: 1)
            account.deallocate()
        }
        emptyAccounts.removeAll(keepingCapacity: true)
    }
}
