/// A map on which every jurisdiction is a tile of one size, near where it lies: what is small is as easy to see as
/// what is large.
struct TileGrid: Sendable {
    /// A jurisdiction and its tile.
    struct Tile: Sendable, Equatable {
        /// Two letters.
        var code: String
        /// The jurisdiction's id.
        var id: String
        var column: Int
        var row: Int
    }

    let tiles: [Tile]
    let columns: Int
    let rows: Int

    /// - Parameters:
    ///   - picture: rows of two-letter codes and dots.
    ///   - prefix: what stands before the code in the id.
    private init(_ picture: String, prefix: String) {
        var tiles: [Tile] = []
        var columns = 0
        let lines = picture.split(separator: "\n")
        for (row, line) in lines.enumerated() {
            let words = line.split(separator: " ")
            columns = max(columns, words.count)
            for (column, word) in words.enumerated() where word != ".." {
                tiles.append(Tile(code: String(word), id: prefix + word, column: column, row: row))
            }
        }
        self.tiles = tiles
        self.columns = columns
        rows = lines.count
    }

    /// The states, the District of Columbia and the territories.
    static let unitedStates = TileGrid(
        """
        AK .. .. .. .. .. .. .. .. .. .. ME
        .. .. .. .. .. .. WI .. .. .. VT NH
        .. WA ID MT ND MN IL MI .. NY MA RI
        .. OR NV WY SD IA IN OH PA NJ CT ..
        .. CA UT CO NE MO KY WV VA MD DE ..
        .. .. AZ NM KS AR TN NC SC DC .. ..
        .. .. .. .. OK LA MS AL GA .. .. ..
        HI .. .. .. TX .. .. .. .. FL .. ..
        GU MP AS .. .. .. .. .. .. .. PR VI
        """, prefix: "US-")

    /// The countries.
    static let world = TileGrid(
        """
        .. .. .. .. .. GL .. .. .. .. NO SE FI .. .. .. .. .. .. .. .. .. .. .. .. ..
        .. CA .. .. .. .. .. IS .. .. DK .. LV EE .. .. .. RU .. .. .. .. .. .. .. ..
        .. .. .. .. .. .. .. IE GB NL DE PL LT BY .. .. .. .. .. .. .. .. .. .. .. ..
        .. .. .. .. .. .. .. .. BE LU CZ SK UA MD .. .. .. KZ .. .. MN .. .. .. .. ..
        .. US .. .. .. .. .. FR CH LI AT HU RO .. .. GE .. UZ KG .. .. .. .. .. .. ..
        .. .. .. .. .. .. .. AD MC IT SI HR RS BG TR AM AZ TM TJ .. CN KP .. JP .. ..
        .. .. .. .. .. .. PT ES VA SM BA ME XK MK SY IQ IR AF PK .. .. KR .. .. .. ..
        MX .. CU BS .. .. .. .. .. MT .. AL GR CY LB JO KW .. IN NP BT .. TW .. .. ..
        GT BZ JM HT DO .. .. MA DZ TN LY EG .. IL PS SA BH QA .. BD MM LA .. .. .. ..
        SV HN .. KN AG .. CV MR ML NE TD SD ER DJ .. YE AE OM .. .. TH KH VN PH .. ..
        .. NI .. DM LC .. GM SN BF BJ NG CF SS ET SO .. .. MV LK .. MY .. BN PW FM MH
        .. CR PA VC BB .. GW GN GH TG CM CD UG KE .. .. .. .. .. .. SG ID TL PG NR KI
        .. CO VE GD TT .. SL LR CI ST GQ CG RW TZ .. SC .. .. .. .. .. .. .. .. SB TV
        EC .. BR GY SR .. .. .. .. .. GA .. BI MW KM .. .. .. .. .. .. .. .. .. VU WS
        PE BO PY .. .. .. .. .. .. .. AO ZM ZW MZ MG MU .. .. .. .. .. .. AU .. FJ TO
        CL AR UY .. .. .. .. .. .. .. NA BW SZ .. .. .. .. .. .. .. .. .. .. .. .. ..
        .. .. .. .. .. .. .. .. .. .. .. ZA LS .. .. .. .. .. .. .. .. .. .. .. NZ ..
        """, prefix: "")
}
