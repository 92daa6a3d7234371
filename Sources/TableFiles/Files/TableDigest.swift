import CGcrypt

/// The digest that names one exact content of a table.
enum TableDigest {
    /// SHA-256, in lower-case hexadecimal, over every file in the order of the paths: the length of the path and the
    /// path, the length of the content and the content; lengths as eight bytes, the lowest first. Nil where libgcrypt
    /// is not to be had.
    static func sha256(of files: [TableFile]) -> String? {
        guard isReady else { return nil }
        var handle: gcry_md_hd_t?
        guard gcry_md_open(&handle, Int32(GCRY_MD_SHA256.rawValue), 0) == 0, let handle else { return nil }
        defer { gcry_md_close(handle) }
        func write(_ bytes: UnsafeRawBufferPointer) {
            withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { gcry_md_write(handle, $0.baseAddress, $0.count) }
            gcry_md_write(handle, bytes.baseAddress, bytes.count)
        }
        for file in files {
            Array(file.path.utf8).withUnsafeBytes(write)
            file.bytes.withUnsafeBytes(write)
        }
        guard let digest = gcry_md_read(handle, Int32(GCRY_MD_SHA256.rawValue)) else { return nil }
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: UnsafeBufferPointer(start: digest, count: 32).flatMap {
                [digits[Int($0 >> 4)], digits[Int($0 & 15)]]
            }, as: UTF8.self)
    }

    /// libgcrypt wants to be asked for its version before anything else.
    private static let isReady = gcry_check_version(nil) != nil
}
