"""Words that changes are drawn from: places by region and kind, given and family names, numbers, days and months."""

from __future__ import annotations

MANY = 4
"""A name that an article has more often is not replaced throughout, only in the evidence."""


def listed(names: str) -> tuple[str, ...]:
    """Return the comma-separated `names`."""
    return tuple(names.split(","))


CITIES: dict[str, tuple[str, ...]] = {
    "us": listed(
        "Albuquerque,Atlanta,Austin,Baltimore,Boise,Boston,Charlotte,Chicago,Cincinnati,Cleveland,Columbus,"
        "Dallas,Denver,Detroit,El Paso,Fresno,Honolulu,Houston,Indianapolis,Kansas City,Las Vegas,Los Angeles,"
        "Louisville,Memphis,Miami,Milwaukee,Minneapolis,Nashville,New Orleans,New York,Oakland,Omaha,Orlando,"
        "Philadelphia,Phoenix,Pittsburgh,Portland,Raleigh,Sacramento,Salt Lake City,San Antonio,San Diego,"
        "San Francisco,Seattle,St. Louis,Tampa,Tucson,Tulsa,Washington"
    ),
    "latin": listed(
        "Asunción,Bogotá,Brasília,Buenos Aires,Caracas,Guadalajara,Guatemala City,Havana,La Paz,Lima,Managua,"
        "Medellín,Mexico City,Monterrey,Montevideo,Panama City,Puebla,Quito,San José,San Salvador,Santiago,"
        "São Paulo,Tegucigalpa,Tijuana,Veracruz"
    ),
    "europe": listed(
        "Amsterdam,Athens,Barcelona,Belgrade,Berlin,Birmingham,Brussels,Budapest,Cologne,Copenhagen,Dublin,"
        "Edinburgh,Frankfurt,Geneva,Glasgow,Hamburg,Helsinki,Kyiv,Leeds,Lisbon,London,Lyon,Madrid,Manchester,"
        "Marseille,Milan,Moscow,Munich,Oslo,Paris,Prague,Rome,Rotterdam,Sofia,Stockholm,Turin,Vienna,Warsaw,"
        "Zurich"
    ),
    "asia": listed(
        "Bangkok,Beijing,Busan,Chengdu,Chennai,Daegu,Delhi,Dhaka,Guangzhou,Hanoi,Hong Kong,Incheon,Islamabad,"
        "Jakarta,Karachi,Kuala Lumpur,Lahore,Manila,Mumbai,Nagoya,New Delhi,Osaka,Pyongyang,Seoul,Shanghai,"
        "Shenzhen,Singapore,Taipei,Tokyo,Ulsan,Wuhan"
    ),
    "mideast": listed(
        "Abu Dhabi,Addis Ababa,Aleppo,Amman,Ankara,Baghdad,Basra,Beirut,Cairo,Cape Town,Damascus,Doha,Dubai,"
        "Haifa,Istanbul,Izmir,Jeddah,Jerusalem,Johannesburg,Kabul,Kampala,Kuwait City,Lagos,Mosul,Nairobi,Nablus,"
        "Riyadh,Sanaa,Tehran,Tel Aviv,Tripoli,Tunis"
    ),
    "oceania": listed("Adelaide,Auckland,Brisbane,Cairns,Canberra,Darwin,Hobart,Melbourne,Perth,Sydney,Wellington"),
}
TOWNS: dict[str, tuple[str, ...]] = {
    "us": listed("Bridgeport,Danville,Fairfield,Glendale,Greenville,Lakewood,Marietta,Medford,Salem,Trenton"),
    "latin": listed("Cartago,Durango,Esperanza,Granada,La Unión,Liberia,San Marcos,Santa Rosa"),
    "europe": listed("Bremen,Ghent,Kassel,Krefeld,Lüneburg,Mannheim,Nijmegen,Olomouc,Parma,Tarragona"),
    "asia": listed("Gunsan,Kota Bharu,Mokpo,Nantong,Pohang,Qingdao,Surat,Yantai"),
    "mideast": listed("Hebron,Homs,Irbid,Jenin,Kirkuk,Mersin,Qena,Tulkarm"),
    "oceania": listed("Ballarat,Bendigo,Geelong,Nelson,Newcastle,Townsville"),
}
STATES = listed(
    "Alabama,Alaska,Arizona,Arkansas,California,Colorado,Connecticut,Delaware,Florida,Georgia,Hawaii,Idaho,"
    "Illinois,Indiana,Iowa,Kansas,Kentucky,Louisiana,Maine,Maryland,Massachusetts,Michigan,Minnesota,"
    "Mississippi,Missouri,Montana,Nebraska,Nevada,New Hampshire,New Jersey,New Mexico,North Carolina,"
    "North Dakota,Ohio,Oklahoma,Oregon,Pennsylvania,Rhode Island,South Carolina,South Dakota,Tennessee,Texas,"
    "Utah,Vermont,Virginia,West Virginia,Wisconsin,Wyoming"
)
COUNTRIES: dict[str, tuple[str, ...]] = {
    "us": ("Canada", "the United States"),
    "latin": listed(
        "Argentina,Bolivia,Brazil,Chile,Colombia,Costa Rica,Cuba,Ecuador,El Salvador,Guatemala,Honduras,Mexico,"
        "Nicaragua,Panama,Paraguay,Peru,Uruguay,Venezuela"
    ),
    "europe": listed(
        "Austria,Belgium,Bulgaria,Croatia,Denmark,Finland,France,Germany,Greece,Hungary,Ireland,Italy,Norway,"
        "Poland,Portugal,Romania,Russia,Serbia,Spain,Sweden,Switzerland,Ukraine"
    ),
    "asia": listed(
        "Bangladesh,Cambodia,China,India,Indonesia,Japan,Malaysia,Mongolia,Nepal,North Korea,Pakistan,Singapore,"
        "South Korea,Thailand,Vietnam"
    ),
    "mideast": listed(
        "Afghanistan,Algeria,Egypt,Ethiopia,Iran,Iraq,Israel,Jordan,Kenya,Kuwait,Lebanon,Libya,Morocco,Nigeria,"
        "Oman,Qatar,Saudi Arabia,Syria,Tunisia,Turkey,Yemen"
    ),
    "oceania": ("Australia", "Fiji", "New Zealand", "Samoa"),
}
FEMALE = listed(
    "Alice,Amanda,Amy,Andrea,Angela,Ann,Anna,Anne,Barbara,Beth,Betsy,Brenda,Carla,Carol,Caroline,Catherine,"
    "Charlotte,Christina,Christine,Claire,Cynthia,Deborah,Debra,Denise,Diana,Diane,Dianne,Elena,Elizabeth,"
    "Ellen,Emily,Emma,Eva,Fatima,Gina,Hannah,Heather,Helen,Hillary,Irene,Jane,Janet,Jennifer,Jessica,Joan,"
    "Julia,Julie,Karen,Kate,Katherine,Kathleen,Kelly,Kimberly,Kirsten,Laura,Lauren,Linda,"
    "Lisa,Louise,Lucy,Margaret,Maria,Marie,Martha,Mary,Megan,Melissa,Michelle,Monica,Nancy,Natalie,Nicole,"
    "Nina,Olivia,Pamela,Patricia,Rachel,Rebecca,Rosa,Ruth,Sandra,Sara,Sarah,Sharon,Sheila,Sofia,Sophie,"
    "Stephanie,Susan,Sylvia,Tamara,Teresa,Theresa,Tina,Valerie,Victoria,Wendy"
)
MALE = listed(
    "Aaron,Adam,Alan,Albert,Alejandro,Alex,Alexander,Allen,Andrew,Andrés,Anthony,Antonio,Arthur,"
    "Ben,Benjamin,Bernie,Bill,Bob,Brad,Brandon,Brett,Brian,Bruce,Carl,Carlos,Charles,Chris,Christopher,Chuck,"
    "Dan,Daniel,Dave,David,Dean,Dennis,Derek,Devin,Don,Donald,Doug,Douglas,Duncan,Ed,Edward,Eduardo,Eli,"
    "Emmanuel,Eric,Eugene,Francisco,Frank,Fred,Gary,George,Gerald,Gordon,Graham,Greg,Gregory,Harold,Harry,"
    "Henry,Howard,Hugo,Ian,Ivan,Jack,Jacob,James,Jason,Jay,Jeff,Jeffrey,Jerome,Jerry,Jim,Joe,Joel,John,Jon,"
    "Jonathan,Jorge,Jose,José,Joseph,Josh,Joshua,Juan,Justin,Keith,Ken,Kenneth,Kevin,Kyle,Larry,Lee,Leo,Leon,"
    "Lindsey,Luis,Luke,Manuel,Marco,Marcus,Mark,Martin,Matt,Matthew,Michael,Mick,Miguel,Mike,Mitch,Mitt,"
    "Mohammed,Nathan,Neil,Nicholas,Nick,Nigel,Oliver,Oscar,Pablo,Patrick,Paul,Pedro,Pete,Peter,Philip,Ralph,"
    "Randy,Raymond,Ricardo,Richard,Rick,Rob,Robert,Rod,Roger,Ron,Ronald,Roy,Russell,Ryan,Sam,Samuel,Scott,"
    "Sean,Sergei,Simon,Stephen,Steve,Steven,Stuart,Ted,Terry,Thomas,Tim,Timothy,Todd,Tom,Tony,Victor,Vincent,"
    "Vladimir,Walter,Warren,Wayne,William,Xavier,Zachary"
)
GIVEN: dict[str, tuple[str, ...]] = {
    "female": (
        "Alice",
        "Carol",
        "Diana",
        "Ellen",
        "Helen",
        "Julia",
        "Louise",
        "Martha",
        "Nina",
        "Paula",
        "Ruth",
        "Sylvia",
    ),
    "male": (
        "Alan",
        "Brian",
        "Carl",
        "Dennis",
        "Frank",
        "Gordon",
        "Harold",
        "Keith",
        "Martin",
        "Philip",
        "Roger",
        "Walter",
    ),
}
FAMILY: dict[str, tuple[str, ...]] = {
    "latin": ("Aguilar", "Beltrán", "Cordero", "Escobedo", "Figueroa", "Montoya", "Olivares", "Quintero", "Salcedo"),
    "other": (
        *(
            "Abbott",
            "Barlow",
            "Carver",
            "Dalton",
            "Ellison",
            "Fletcher",
            "Garrett",
            "Hadley",
            "Ingram",
            "Keller",
            "Lambert",
        ),
        *("Marsden", "Norwood", "Osborne", "Prescott", "Radcliffe", "Sheridan", "Thornton", "Underwood", "Whitaker"),
    ),
}
_TO_TWENTY = listed(
    "zero,one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,thirteen,fourteen,fifteen,sixteen,"
    "seventeen,eighteen,nineteen,twenty"
)
_TENS = listed("thirty,forty,fifty,sixty,seventy,eighty,ninety")
SPELLED = {word: value for value, word in enumerate(_TO_TWENTY)} | {w: 10 * n for n, w in enumerate(_TENS, start=3)}
MAGNITUDES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "m": 1e6,
    "bn": 1e9,
    "k": 1e3,
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "December",
)
