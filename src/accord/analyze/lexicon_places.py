"""Words that tell of places and bodies: countries and who belongs to them, capitals, states, nouns that end names."""

from __future__ import annotations

from functools import cache

from accord.analyze.lexicon import words


def _pairs(text: str) -> dict[str, str]:
    found = {}
    for line in text.split("\n"):
        code, _, words = line.strip().partition(" ")
        for word in words.split(","):
            if word.strip():
                found[word.strip()] = code
    return found


# Demonyms by ISO 3166 code, lower case.
DEMONYMS = _pairs(
    """US american,americans
    MX mexican,mexicans
    CA canadian,canadians
    GB british,briton,britons,english,scottish,welsh,u.k.
    FR french
    DE german,germans
    IT italian,italians
    ES spanish,spaniard,spaniards
    PT portuguese
    RU russian,russians
    UA ukrainian,ukrainians
    CN chinese
    JP japanese
    KR south korean,south koreans
    KP north korean,north koreans
    IN indian,indians
    PK pakistani,pakistanis
    AF afghan,afghans
    IR iranian,iranians
    IQ iraqi,iraqis
    IL israeli,israelis
    PS palestinian,palestinians
    SA saudi,saudis
    SY syrian,syrians
    TR turkish,turks,turk
    EG egyptian,egyptians
    JO jordanian,jordanians
    LB lebanese
    YE yemeni,yemenis
    QA qatari
    AE emirati
    KW kuwaiti
    LY libyan,libyans
    TN tunisian
    DZ algerian
    MA moroccan
    SD sudanese
    ET ethiopian
    KE kenyan,kenyans
    NG nigerian,nigerians
    GH ghanaian
    ZA south african,south africans
    ZW zimbabwean
    CO colombian,colombians
    VE venezuelan,venezuelans
    BR brazilian,brazilians
    AR argentine,argentinian,argentines
    CL chilean
    PE peruvian
    BO bolivian
    EC ecuadorian,ecuadorean
    CU cuban,cubans
    HT haitian,haitians
    DO dominican
    GT guatemalan,guatemalans
    HN honduran,hondurans
    SV salvadoran,salvadorans,salvadorean
    NI nicaraguan,nicaraguans
    CR costa rican,costa ricans
    PA panamanian
    AU australian,australians
    NZ new zealander,new zealanders
    ID indonesian
    MY malaysian
    SG singaporean
    PH filipino,filipinos,philippine
    TH thai
    VN vietnamese
    MM burmese
    BD bangladeshi
    LK sri lankan
    NP nepalese,nepali
    TW taiwanese
    HK hong konger,hong kongers
    PL polish,pole,poles
    HU hungarian,hungarians
    CZ czech,czechs
    SK slovak
    RO romanian
    BG bulgarian
    GR greek,greeks
    RS serbian,serb,serbs
    HR croatian
    BA bosnian
    AL albanian
    SE swedish,swede,swedes
    NO norwegian
    DK danish,dane,danes
    FI finnish,finn,finns
    IS icelandic
    NL dutch
    BE belgian
    CH swiss
    AT austrian
    IE irish
    BY belarusian
    GE georgian
    AM armenian
    AZ azerbaijani
    KZ kazakh
    EU european,europeans"""
)
COUNTRY_ALIASES = _pairs(
    """US us,usa,united states,united states of america,america
    GB uk,united kingdom,britain,great britain,england
    KR south korea,republic of korea
    KP north korea,dprk,democratic people republic of korea
    RU russia,russian federation
    CN china,mainland china
    IR iran
    SY syria
    TW taiwan
    VN vietnam
    LA laos
    VE venezuela
    BO bolivia
    TZ tanzania
    MD moldova
    CZ czech republic
    MM myanmar,burma
    CI ivory coast
    CD congo,dr congo
    MK macedonia
    AE uae
    EU eu,european union
    PS palestine
    HK hong kong
    TR turkey"""
)
# Seats of government that stand for it.
CAPITALS = _pairs(
    """US washington
    MX mexico city
    GB london
    FR paris
    DE berlin
    RU moscow
    CN beijing
    JP tokyo
    KR seoul
    KP pyongyang
    IN delhi,new delhi
    PK islamabad
    IR tehran
    IQ baghdad
    IL jerusalem
    SA riyadh
    SY damascus
    TR ankara
    EG cairo
    UA kyiv,kiev
    ES madrid
    IT rome
    CA ottawa
    AU canberra
    CU havana
    VE caracas
    CO bogota
    BR brasilia
    TW taipei
    BE brussels
    AT vienna
    PL warsaw
    QA doha
    AF kabul"""
)
STATES = words(
    """alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana
    iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana
    nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont wisconsin wyoming ontario quebec
    alberta manitoba saskatchewan queensland tasmania"""
) | {
    "new york",
    "new jersey",
    "new mexico",
    "new hampshire",
    "north carolina",
    "south carolina",
    "north dakota",
    "south dakota",
    "rhode island",
    "west virginia",
    "district of columbia",
    "new south wales",
    "british columbia",
    "nova scotia",
}
STATE_ABBREVIATIONS = words(
    """ny nj nc sc nd sd ri nh nm wva dc calif mass fla pa wash ore conn md va ill mich minn tenn tex ariz colo ga ky
    okla wis nev ind mo ala ark kan neb del vt mont wyo miss la"""
)
REGIONS = frozenset(
    {
        "africa",
        "asia",
        "europe",
        "middle east",
        "central america",
        "latin america",
        "south america",
        "north america",
        "caribbean",
        "west bank",
        "gaza",
        "gaza strip",
        "los angeles",
        "san francisco",
        "chicago",
        "boston",
        "houston",
        "new york city",
        "manhattan",
        "brooklyn",
        "silicon valley",
        "wall street",
        "hollywood",
    }
)
# Buildings and bodies known by one name, which act like organisations.
SEATS = frozenset(
    {
        "white house",
        "pentagon",
        "kremlin",
        "downing street",
        "capitol hill",
        "vatican",
        "congress",
        "senate",
        "house",
        "parliament",
        "supreme court",
        "knesset",
        "house of representatives",
        "house of commons",
        "house of lords",
        "bundestag",
        "duma",
        "treasury",
        "navy",
        "army",
        "air force",
        "coast guard",
        "gop",
        "nato",
        "un",
        "united nations",
        "fbi",
        "cia",
        "nsa",
        "twitter",
        "facebook",
        "google",
    }
)
ORGANISATION_WORDS = words(
    """department ministry agency bureau office committee commission council association federation union league
    society institute institution university college school academy foundation fund bank group company corporation
    corp inc ltd llc llp plc co gmbh ag sa holdings partners capital ventures industries systems technologies motors
    airlines airways air party congress senate parliament assembly court tribunal police army navy force forces
    guard service services administration authority board center centre church hospital clinic press times post
    journal news tribune herald gazette guardian telegraph network broadcasting television radio magazine club team
    alliance coalition campaign movement organization organisation caucus conference front brigade corps command
    embassy cabinet government exchange reserve treasury museum library theatre theater studios entertainment
    records orchestra consulting media solutions laboratories labs pharmaceuticals energy oil insurance trust
    initiative project program programme network division firefighters teachers workers ministers state's labor
    justice defense homeland republicans democrats"""
)
PLACE_WORDS = words(
    """county city town village street avenue road boulevard lane drive square park beach island islands bay river lake
    sea ocean mountain mountains valley desert forest canyon coast peninsula border airport station bridge tower
    building plaza stadium arena hall hotel terminal port harbor harbour province district region territory strait
    gulf cape garden gardens hills heights springs falls interstate highway route"""
)


@cache
def territories() -> dict[str, str]:
    """Return ISO 3166 codes by folded English name, short forms and "the" left out, from CLDR.

    >>> territories()["guatemala"]
    'GT'
    """
    import babel

    found: dict[str, str] = {}
    for code, name in babel.Locale("en").territories.items():
        if len(code) == 2 and code.isalpha():
            plain = name.replace("&", "and").lower()
            found[plain.split(" (")[0].removeprefix("the ")] = code
    found.update(COUNTRY_ALIASES)
    found.pop("georgia", None)
    return found
