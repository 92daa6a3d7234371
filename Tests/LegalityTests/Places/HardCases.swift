/// What people type, and what it has to become: for each candidate its certainty and the jurisdictions below the state,
/// the first two and how many more; or how many places a name is ambiguous between, the first two of them; or unknown.
enum HardCases {
    static let table = """
        us -> certain US
        Us-aL -> certain US-AL
        US-al -> certain US-AL
        ch -> certain CH
        CHE -> certain CH
        kr -> certain KR
        KOR -> certain KR
        GB -> certain GB
        UK -> certain GB
        U.K. -> certain GB
        Great Britain -> certain GB
        EU -> certain EU
        XK -> certain XK
        Kosovo -> certain XK
        PR -> certain US-PR
        PRI -> certain US-PR
        Puerto Rico -> certain US-PR
        Porto Rico -> certain US-PR
        GU -> certain US-GU
        VI -> certain US-VI
        VIR -> certain US-VI
        U.S. Virgin Islands -> certain US-VI
        American Samoa -> certain US-AS
        MP -> certain US-MP
        UM -> certain US-UM
        HK -> certain HK
        香港 -> certain HK
        CN-HK -> certain HK
        TW -> certain TW
        Taiwan -> certain TW
        North Korea -> certain KP
        Nordkorea -> certain KP
        Burma -> certain MM
        Myanmar -> certain MM
        Holland -> certain NL
        Czech Republic -> certain CZ
        Česko -> certain CZ
        Ivory Coast -> certain CI
        Côte d'Ivoire -> certain CI
        cote divoire -> certain CI
        Cote d’Ivoire -> certain CI
        CÔTE D'IVOIRE -> certain CI
        Türkiye -> certain TR
        Turkey -> certain TR
        TURKIYE -> certain TR
        Russia -> certain RU
        Россия -> certain RU
        日本 -> certain JP
        Japan -> certain JP
        スイス -> certain CH
        Suisse -> certain CH
        Svizzera -> certain CH
        Deutschland -> certain DE
        Österreich -> certain AT
        Oesterreich -> certain AT
        osterreich -> certain AT
        España -> certain ES
        Espana -> certain ES
        السعودية -> certain SA
        ישראל -> certain IL
        ประเทศไทย -> certain TH
        ไทย -> certain TH
        Việt Nam -> certain VN
        Viet Nam -> certain VN
        vietnam -> certain VN
        भारत -> certain IN
        Georgia -> ambiguous 2: US-GA GE
        GE -> certain GE
        GA -> likely US-GA; possible GA
        US-GA -> certain US-GA
        Georgia, USA -> certain US-GA
        Georgia, US -> certain US-GA
        Tbilisi, Georgia -> certain GE-TB
        Atlanta, Georgia -> likely US-GA/place:atlanta < county:fulton; possible US-GA/place:atlanta < county:dekalb
        Atlanta, GA -> likely US-GA/place:atlanta < county:fulton; possible US-GA/place:atlanta < county:dekalb
        Sakartvelo -> certain GE
        საქართველო -> certain GE
        Jordan -> certain JO
        Mexico -> certain MX
        Lebanon -> certain LB
        Peru -> certain PE
        Congo -> certain CG
        Korea -> ambiguous 2: KP KR
        Guinea -> certain GN
        Niger -> certain NE
        Dominica -> certain DM
        New York -> likely US-NY; possible US-NY/place:new_york < county:kings; +4
        New York, NY -> likely US-NY/place:new_york < county:kings; +4
        New York City -> likely US-NY/place:new_york < county:kings; +4
        NYC -> likely US-NY/place:new_york < county:kings; possible US-NY/place:new_york < county:queens; +3
        New York, New York -> likely US-NY/place:new_york < county:kings; +4
        New York County, NY -> certain US-NY/county:new_york < place:new_york
        Manhattan, NY -> likely US-NY/place:new_york < county:new_york
        Manhattan, KS -> certain US-KS/place:manhattan < county:riley
        Brooklyn, NY -> likely US-NY/place:new_york < county:kings
        Queens, NY -> certain US-NY/county:queens < place:new_york
        The Bronx, NY -> certain US-NY/county:bronx < place:new_york
        Bronx, NY -> certain US-NY/county:bronx < place:new_york
        Staten Island, NY -> likely US-NY/place:new_york < county:richmond
        Washington -> likely US-WA; possible US-DC
        Washington, DC -> certain US-DC
        Washington, D.C. -> certain US-DC
        Washington DC -> certain US-DC
        DC -> certain US-DC
        District of Columbia -> certain US-DC
        Washington, PA -> certain US-PA/place:washington < county:washington
        Washington County -> ambiguous 31: US-PA/county:washington US-VT/county:washington
        Washington County, OR -> certain US-OR/county:washington
        Kansas City -> ambiguous 2: US-MO/place:kansas_city US-KS/place:kansas_city
        Kansas City, KS -> certain US-KS/place:kansas_city < county:wyandotte
        Kansas City, MO -> likely US-MO/place:kansas_city < county:jackson; +3
        Kansas City, Kansas -> certain US-KS/place:kansas_city < county:wyandotte
        Springfield -> ambiguous 44: US-IL/place:springfield US-MA/place:springfield
        Springfield, IL -> certain US-IL/place:springfield < county:sangamon
        Springfield, Illinois -> certain US-IL/place:springfield < county:sangamon
        springfield illinois -> certain US-IL/place:springfield < county:sangamon
        Union County -> ambiguous 18: US-NJ/county:union US-OH/county:union
        Union County, NJ -> certain US-NJ/county:union
        Portland -> ambiguous 18: US-OR/place:portland JM-04
        Portland, OR -> likely US-OR/place:portland < county:multnomah; +2
        Portland, ME -> certain US-ME/place:portland < county:cumberland
        Portland, Maine -> certain US-ME/place:portland < county:cumberland
        Sarasota -> certain US-FL/place:sarasota < county:sarasota
        Sarasota, FL -> certain US-FL/place:sarasota < county:sarasota
        Sarasota County, FL -> certain US-FL/county:sarasota
        Sarasota County -> certain US-FL/county:sarasota
        sarasota co., fl -> certain US-FL/county:sarasota
        County of Sarasota, FL -> certain US-FL/county:sarasota
        City of Sarasota, FL -> certain US-FL/place:sarasota < county:sarasota
        Venice, Sarasota County, FL -> certain US-FL/place:venice < county:sarasota
        Venice, Sarasota, FL -> certain US-FL/place:venice < county:sarasota
        Longboat Key, FL -> likely US-FL/place:longboat_key < county:sarasota; +1
        Longboat Key, Manatee County, FL -> certain US-FL/place:longboat_key < county:manatee
        34228 -> likely US-FL/place:longboat_key < county:sarasota; possible US-FL/county:sarasota; +1
        34228-1234 -> likely US-FL/place:longboat_key < county:sarasota; possible US-FL/county:sarasota; +1
        342281234 -> likely US-FL/place:longboat_key < county:sarasota; possible US-FL/county:sarasota; +1
        ZIP 34228 -> likely US-FL/place:longboat_key < county:sarasota; possible US-FL/county:sarasota; +1
        92064 -> likely US-CA/place:poway < county:san_diego; possible US-CA/place:san_diego < county:san_diego; +1
        92101 -> likely US-CA/place:san_diego < county:san_diego; possible US-CA/county:san_diego
        10001 -> certain US-NY/place:new_york < county:new_york
        20500 -> certain US-DC
        00501 -> likely US-NY/county:suffolk
        09001 -> likely US
        96201 -> likely US
        34001 -> likely US
        00601 -> likely US-PR/municipio:adjuntas; possible US-PR/municipio:utuado
        00604 -> likely US-PR/municipio:aguadilla; possible US-PR
        00802 -> certain US-VI
        96910 -> certain US-GU
        96950 -> certain US-MP
        96799 -> certain US-AS
        96960 -> certain MH
        99999 -> unknown
        00000 -> unknown
        1234 -> unknown
        123456 -> unknown
        92101-12 -> unknown
        Poway, CA 92064 -> likely US-CA/place:poway < county:san_diego; possible US-CA/county:san_diego
        1 Main St, Poway, CA 92064 -> likely US-CA/place:poway < county:san_diego; possible US-CA/county:san_diego
        San Diego CA 92101 -> likely US-CA/place:san_diego < county:san_diego; possible US-CA/county:san_diego
        Poway, FL 92064 -> possible US-FL; possible US-CA/place:poway < county:san_diego; +2
        St. Louis, MO -> certain US-MO/place:st_louis
        Saint Louis, MO -> certain US-MO/place:st_louis
        St Louis, MO -> certain US-MO/place:st_louis
        St. Louis County, MO -> certain US-MO/county:st_louis
        Sault Ste. Marie, MI -> certain US-MI/place:sault_ste_marie < county:chippewa
        Sault Sainte Marie, MI -> certain US-MI/place:sault_ste_marie < county:chippewa
        St. Mary's County, MD -> certain US-MD/county:st_mary~s
        St Marys County, MD -> certain US-MD/county:st_mary~s
        Saint Mary's, MD -> certain US-MD/county:st_mary~s
        Ste. Genevieve, MO -> certain US-MO/place:ste_genevieve < county:ste_genevieve
        Coeur d'Alene, ID -> certain US-ID/place:coeur_d~alene < county:kootenai
        Coeur d’Alene, ID -> certain US-ID/place:coeur_d~alene < county:kootenai
        coeur dalene id -> certain US-ID/place:coeur_d~alene < county:kootenai
        O'Fallon, MO -> certain US-MO/place:o~fallon < county:st_charles
        OFallon, MO -> certain US-MO/place:o~fallon < county:st_charles
        O Fallon, MO -> certain US-MO/place:o~fallon < county:st_charles
        Lee's Summit, MO -> likely US-MO/place:lee~s_summit < county:jackson; +1
        lees summit mo -> likely US-MO/place:lee~s_summit < county:jackson; +1
        Winston-Salem, NC -> certain US-NC/place:winston-salem < county:forsyth
        Winston Salem, NC -> certain US-NC/place:winston-salem < county:forsyth
        La Cañada Flintridge, CA -> certain US-CA/place:la_cañada_flintridge < county:los_angeles
        La Canada Flintridge, CA -> certain US-CA/place:la_cañada_flintridge < county:los_angeles
        Cañon City, CO -> certain US-CO/place:cañon_city < county:fremont
        Canon City, CO -> certain US-CO/place:cañon_city < county:fremont
        Doña Ana County, NM -> certain US-NM/county:doña_ana
        Dona Ana County, NM -> certain US-NM/county:doña_ana
        Española, NM -> likely US-NM/place:española < county:rio_arriba; +1
        Bayamón, PR -> certain US-PR/municipio:bayamón
        Bayamon, PR -> certain US-PR/municipio:bayamón
        San Juan, PR -> certain US-PR/municipio:san_juan
        San Juan Municipio, PR -> certain US-PR/municipio:san_juan
        Mayagüez, Puerto Rico -> certain US-PR/municipio:mayagüez
        Orleans Parish, LA -> certain US-LA/parish:orleans < place:new_orleans
        Orleans Parish -> certain US-LA/parish:orleans < place:new_orleans
        New Orleans, LA -> certain US-LA/place:new_orleans < parish:orleans
        St. Tammany Parish, LA -> certain US-LA/parish:st_tammany
        East Baton Rouge Parish, LA -> certain US-LA/parish:east_baton_rouge
        Lafayette, LA -> certain US-LA/place:lafayette < parish:lafayette
        Anchorage, AK -> certain US-AK/place:anchorage < borough:anchorage
        Juneau, AK -> certain US-AK/place:juneau < borough:juneau
        Juneau City and Borough, AK -> certain US-AK/place:juneau < borough:juneau
        Nome Census Area, AK -> certain US-AK/census_area:nome
        Kusilvak Census Area, AK -> certain US-AK/census_area:wade_hampton
        fips:02158 -> certain US-AK/census_area:wade_hampton
        Fairbanks North Star Borough, AK -> certain US-AK/borough:fairbanks_north_star
        Richmond, VA -> certain US-VA/place:richmond
        Richmond County, VA -> certain US-VA/county:richmond
        Fairfax, VA -> certain US-VA/place:fairfax
        Fairfax County, VA -> certain US-VA/county:fairfax
        Roanoke, VA -> certain US-VA/place:roanoke
        Roanoke County, VA -> certain US-VA/county:roanoke
        Alexandria, VA -> certain US-VA/place:alexandria
        Virginia Beach, VA -> certain US-VA/place:virginia_beach
        James City County, VA -> certain US-VA/county:james_city
        Charles City County, VA -> certain US-VA/county:charles_city
        fips:51760 -> certain US-VA/place:richmond
        Baltimore, MD -> certain US-MD/place:baltimore
        Baltimore County, MD -> certain US-MD/county:baltimore
        Carson City, NV -> certain US-NV/place:carson_city
        San Francisco, CA -> certain US-CA/place:san_francisco < county:san_francisco
        San Francisco County, CA -> certain US-CA/county:san_francisco < place:san_francisco
        Denver, CO -> certain US-CO/place:denver < county:denver
        Honolulu, HI -> certain US-HI/county:honolulu
        Nashville, TN -> likely US-TN/county:davidson; possible US-TN/county:williamson; +5
        Louisville, KY -> likely US-KY/county:jefferson; possible US-KY/county:bullitt; +2
        Lexington, KY -> certain US-KY/place:lexington < county:fayette
        Indianapolis, IN -> likely US-IN/place:indianapolis < county:marion; +2
        Athens, GA -> likely US-GA/county:clarke; possible US-GA/county:jackson; +2
        Augusta, GA -> likely US-GA/county:richmond; possible US-GA/county:columbia
        Macon, GA -> likely US-GA/place:macon < county:bibb; possible US-GA/place:macon < county:jones
        Butte, MT -> likely US-MT/county:silver_bow; +3
        Philadelphia, PA -> certain US-PA/place:philadelphia < county:philadelphia
        Boise, ID -> certain US-ID/place:boise_city < county:ada
        Boise City, ID -> certain US-ID/place:boise_city < county:ada
        Carson, CA -> certain US-CA/place:carson < county:los_angeles
        Hollywood, CA -> likely US-CA/place:los_angeles < county:los_angeles; possible US-CA/county:los_angeles
        Hollywood, FL -> certain US-FL/place:hollywood < county:broward
        Venice, CA -> likely US-CA/county:los_angeles; possible US-CA/place:los_angeles < county:los_angeles
        La Jolla, CA -> likely US-CA/county:san_diego; possible US-CA/place:san_diego < county:san_diego
        Ruskin, FL -> likely US-FL/county:hillsborough
        Toms River, NJ -> certain US-NJ/county:ocean/place:toms_river < county:ocean
        Clinton, MI -> likely US-MI/place:clinton < county:lenawee; +1
        Clinton Township, Macomb County, MI -> certain US-MI/county:macomb/place:clinton_charter < county:macomb
        Clinton Charter Township, MI -> certain US-MI/county:macomb/place:clinton_charter < county:macomb
        Berkeley Township, NJ -> certain US-NJ/county:ocean/place:berkeley < county:ocean
        Berkeley, NJ -> certain US-NJ/county:ocean/place:berkeley < county:ocean
        Doylestown, PA -> certain US-PA/place:doylestown < county:bucks
        Doylestown Township, PA -> certain US-PA/county:bucks/place:doylestown < county:bucks
        Ithaca, NY -> certain US-NY/place:ithaca < county:tompkins
        Town of Ithaca, NY -> certain US-NY/county:tompkins/place:ithaca < county:tompkins
        Ithaca town, NY -> certain US-NY/county:tompkins/place:ithaca < county:tompkins
        Greenfield, MA -> likely US-MA/place:greenfield_town < county:franklin
        Franklin, MA -> certain US-MA/place:franklin_town < county:norfolk
        Weymouth, MA -> certain US-MA/place:weymouth_town < county:norfolk
        Barrow, AK -> likely US-AK/place:barrow < borough:north_slope
        Browning, MT -> certain US-MT/place:browning < reservation:blackfeet < county:glacier
        Babb, MT -> likely US-MT/place:babb < reservation:blackfeet < county:glacier
        Blackfeet Indian Reservation -> certain US-MT/reservation:blackfeet
        Blackfeet -> certain US-MT/reservation:blackfeet
        Fort Berthold -> certain US-ND/reservation:fort_berthold
        Fort Berthold Indian Reservation, ND -> certain US-ND/reservation:fort_berthold
        US-MT/reservation:blackfeet -> certain US-MT/reservation:blackfeet
        Winston-Salem North Carolina -> certain US-NC/place:winston-salem < county:forsyth
        N. Olmsted, OH -> certain US-OH/place:north_olmsted < county:cuyahoga
        North Olmsted, OH -> certain US-OH/place:north_olmsted < county:cuyahoga
        Ft. Lauderdale, FL -> certain US-FL/place:fort_lauderdale < county:broward
        Mt. Sterling, KY -> certain US-KY/place:mount_sterling < county:montgomery
        DeKalb, IL -> certain US-IL/place:dekalb < county:dekalb
        De Kalb, IL -> certain US-IL/place:dekalb < county:dekalb
        LaSalle Parish, LA -> certain US-LA/parish:lasalle
        McHenry, MS -> likely US-MS/county:stone
        Mc Henry, MS -> likely US-MS/county:stone
        Genève -> certain CH-GE
        Geneve -> certain CH-GE
        Genf -> certain CH-GE
        Geneva -> ambiguous 16: CH-GE US-AL/place:geneva
        Geneva, Switzerland -> certain CH-GE
        GE, Switzerland -> certain CH-GE
        Zürich -> ambiguous 3: CH-ZH US-MT/county:blaine
        Bavaria -> certain DE-BY
        Bayern -> certain DE-BY
        Quebec -> certain CA-QC
        Québec, Canada -> certain CA-QC
        Ontario -> ambiguous 9: CA-ON US-CA/place:ontario
        Ontario, CA -> certain US-CA/place:ontario < county:san_bernardino
        Ontario, Canada -> certain CA-ON
        Toronto, ON -> unknown
        England -> certain GB-ENG
        Scotland -> certain GB-SCT
        Wales -> certain GB-WLS
        Madrid -> ambiguous 5: ES-MD US-IA/place:madrid
        Luxembourg -> certain LU
        Singapore -> certain SG
        Monaco -> certain MC
        San Marino -> certain SM
        fips:06 -> certain US-CA
        fips:6 -> unknown
        fips:06073 -> certain US-CA/county:san_diego
        FIPS: 06073 -> certain US-CA/county:san_diego
        fips:99999 -> unknown
        geoid:0666000 -> certain US-CA/place:san_diego < county:san_diego
        geoid:4202164544 -> certain US-PA/county:cambria/place:richland < county:cambria
        ocd-division/country:us -> certain US
        ocd-division/country:ch -> certain CH
        ocd-division/country:us/state:ca -> certain US-CA
        ocd-division/country:us/state:ca/county:san_diego -> certain US-CA/county:san_diego
        ocd-division/country:us/district:dc -> certain US-DC
        ocd-division/country:us/territory:pr/municipio:bayamón -> certain US-PR/municipio:bayamón
        OCD-DIVISION/COUNTRY:US/STATE:CA/PLACE:SAN_DIEGO -> certain US-CA/place:san_diego < county:san_diego
        ocd-division/country:ca/province:on -> certain CA-ON
        US-CA/place:nowhere -> unknown
        US-ZZ -> unknown
        US-CA/ -> unknown
        US-CA/place: -> unknown
        / -> unknown
        , -> unknown
        ,,, -> unknown
        , CA -> likely US-CA; possible CA
        CA, -> likely US-CA; possible CA
        '; DROP TABLE places; -- -> unknown
        ../../etc/passwd -> unknown
        %00 -> unknown
        <script>alert(1)</script> -> unknown
        🌿 -> unknown
        🇨🇭 -> certain CH
        🇺🇸 -> certain US
        San Diego, CA 🌴 -> certain US-CA/place:san_diego < county:san_diego
        Ｓａｎ Ｄｉｅｇｏ， ＣＡ -> certain US-CA/place:san_diego < county:san_diego
        São Paulo -> certain BR-SP
        California Republic -> unknown
        Calif. -> certain US-CA
        Mass. -> certain US-MA
        N.Y. -> certain US-NY
        AA -> unknown
        AE -> certain AE
        AP -> unknown
        Englewood, FL -> likely US-FL/place:englewood < county:sarasota; +1
        Laurel, FL -> certain US-FL/place:laurel < county:sarasota
        US-FL/place:laurel -> certain US-FL/place:laurel < county:sarasota
        Sydney -> ambiguous 2: US-FL/county:hillsborough US-ND/county:stutsman/place:sydney
        New South Wales -> certain AU-NSW
        NSW -> certain AU-NSW
        NSW, Australia -> certain AU-NSW
        European Union -> certain EU
        Utqiagvik, AK -> likely US-AK/place:barrow < borough:north_slope
        Virgin Islands -> ambiguous 2: US-VI VG
        Saint Martin -> ambiguous 2: MF SX
        San Diego, CA, USA -> certain US-CA/place:san_diego < county:san_diego
        San Diego, California, United States -> certain US-CA/place:san_diego < county:san_diego
        Osage County -> ambiguous 3: US-OK/county:osage US-MO/county:osage
        Paris -> ambiguous 20: FR-75 US-TX/place:paris
        Paris, TX -> certain US-TX/place:paris < county:lamar
        Munich, Germany -> unknown
        Guadeloupe -> certain GP
        FR-971 -> certain GP
        AX -> certain AX
        FI-01 -> certain AX
        Sprngfield, IL -> unknown
        Switzerlnd -> unknown
        Sarasotta County, FL -> unknown
        US-CA/place:san_deigo -> unknown
        qqqqqqq -> unknown
        SAN DIEGO, CA -> certain US-CA/place:san_diego < county:san_diego
        san diego ca -> certain US-CA/place:san_diego < county:san_diego
        San Diego, US-CA -> certain US-CA/place:san_diego < county:san_diego
        San Diego CA USA -> certain US-CA/place:san_diego < county:san_diego
        Reno, TX -> ambiguous 2: US-TX/place:reno_~lamar_county~ US-TX/place:reno_~parker_county~
        Lake View, AL -> likely US-AL/place:lake_view < county:tuscaloosa; +1
        Lakeview, AL -> certain US-AL/place:lakeview < county:dekalb
        Webster County, GA -> certain US-GA/county:webster
        Rockwell City, IA -> certain US-IA/place:rockwell_city < county:calhoun
        Rockwell, IA -> certain US-IA/place:rockwell < county:cerro_gordo
        Kansas City, US -> ambiguous 2: US-MO/place:kansas_city US-KS/place:kansas_city
        Arlington, VA -> certain US-VA/county:arlington
        Hilo, HI -> likely US-HI/county:hawaii
        Los Alamos, NM -> certain US-NM/county:los_alamos
        Broomfield, CO -> certain US-CO/place:broomfield < county:broomfield
        Nantucket, MA -> certain US-MA/place:nantucket < county:nantucket
        Princeton, NJ -> certain US-NJ/place:princeton < county:mercer
        Ventura, CA -> certain US-CA/place:san_buenaventura_~ventura~ < county:ventura
        San Buenaventura, CA -> certain US-CA/place:san_buenaventura_~ventura~ < county:ventura
        Islamorada, FL -> certain US-FL/place:islamorada~_village_of_islands < county:monroe
        Jimtown, XX -> unknown
        23220 -> certain US-VA/place:richmond
        63101 -> certain US-MO/place:st_louis
        21201 -> certain US-MD/place:baltimore
        89701 -> certain US-NV/place:carson_city
        80123 -> possible US-CO/place:denver < county:denver; possible US-CO/place:littleton < county:jefferson; +5
        90291 -> likely US-CA/county:los_angeles; possible US-CA/place:los_angeles < county:los_angeles
        11201 -> certain US-NY/place:new_york < county:kings
        70112 -> certain US-LA/place:new_orleans < parish:orleans
        66101 -> likely US-KS/place:kansas_city < county:wyandotte; possible US-KS/county:wyandotte
        64101 -> likely US-MO/place:kansas_city < county:jackson; possible US-MO/county:jackson
        59411 -> likely US-MT/place:babb < reservation:blackfeet < county:glacier; possible US-MT/county:glacier
        99501 -> certain US-AK/place:anchorage < borough:anchorage
        20001 -> certain US-DC
        96813 -> likely US-HI/county:honolulu
        02554 -> certain US-MA/place:nantucket < county:nantucket
        73301 -> likely US-TX/place:austin < county:travis; possible US-TX/county:travis
        88888 -> certain US-DC
        """
}
