"""Tells nouns for people from nouns for things: a lexicon, then suffixes ("-ist"), then peoples ("Israelis")."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a lexicon."""
    return frozenset(text.split())


PEOPLE = words(
    """
    mp mep msp ceo vip person people human being man woman child kid boy girl guy lad lady gentleman baby infant
    toddler newborn teen teenager youth youngster adolescent adult minor senior pensioner elder octogenarian folk
    individual soul somebody someone anyone everyone nobody mother father mom mum dad parent grandparent grandmother
    grandfather grandchild grandson granddaughter son daughter brother sister sibling twin triplet husband wife
    spouse partner uncle aunt cousin nephew niece relative relation orphan widow widower fiance fiancee boyfriend
    girlfriend friend colleague confidant confidante confidantes neighbor neighbour acquaintance companion peer
    fellow mate classmate roommate stepson stepdaughter stepfather stepmother in-law victim survivor casualty
    fatality dead wounded injured hostage captive prisoner inmate detainee suspect culprit fugitive convict
    defendant plaintiff offender felon criminal thief robber gunman attacker assailant shooter sniper killer
    murderer hijacker terrorist militant extremist insurgent rebel fighter gangster mobster smuggler trafficker
    hacker spy mole informant whistleblower pirate arsonist rioter looter vandal crew crewman crewmember passenger
    pilot copilot driver motorist cyclist pedestrian commuter traveler traveller tourist visitor guest holidaymaker
    reveler reveller partygoer bystander onlooker spectator witness eyewitness fan supporter follower admirer viewer
    listener reader subscriber user customer client patron consumer shopper buyer seller diner member representative
    delegate senator congressman congresswoman congressperson lawmaker legislator politician president
    vice-president premier chancellor minister secretary governor mayor councilor councillor councilman alderman
    assemblyman official officeholder staffer aide adviser advisor appointee nominee candidate contender incumbent
    frontrunner challenger rival opponent critic foe ally enemy adversary leader boss chief head chair chairman
    chairwoman chairperson deputy commissioner diplomat ambassador envoy consul attache bureaucrat technocrat
    mandarin czar whip democrat republican independent conservative liberal progressive moderate socialist communist
    leftist centrist tory king queen prince princess monarch royal noble lord duke emperor sultan emir sheikh
    attorney lawyer counsel prosecutor judge justice juror magistrate solicitor barrister litigant police policeman
    policewoman cop officer detective sheriff constable marshal trooper agent guard guardsman warden ranger
    patrolman investigator inspector firefighter fireman paramedic medic rescuer responder lifeguard troop soldier
    marine sailor airman seaman reservist veteran recruit conscript draftee cadet commander general colonel major
    captain lieutenant sergeant corporal private admiral serviceman servicewoman servicemember mercenary peacekeeper
    commando guerrilla combatant noncombatant civilian doctor physician surgeon nurse midwife dentist psychiatrist
    psychologist therapist pharmacist patient scientist researcher engineer expert specialist academic scholar
    professor lecturer teacher instructor educator tutor coach student pupil undergraduate graduate postgraduate
    freshman sophomore alumnus alumna scout worker laborer labourer employee staff personnel employer executive
    manager director supervisor foreman trustee founder entrepreneur investor shareholder stockholder bondholder
    holder stakeholder owner landlord landowner tenant renter resident homeowner inhabitant occupant lodger
    householder villager townspeople citizen national taxpayer voter constituent elector settler colonist farmer
    rancher miner fisherman shepherd hunter trapper trader merchant vendor broker banker economist analyst
    strategist consultant accountant auditor lobbyist activist campaigner protester protestor demonstrator marcher
    striker dissident volunteer donor contributor backer sponsor philanthropist journalist reporter editor
    correspondent columnist commentator pundit presenter broadcaster photographer cameraman author writer novelist
    poet playwright blogger publisher translator interpreter actor actress artist musician singer rapper drummer
    guitarist dancer performer comedian celebrity star model designer producer filmmaker screenwriter composer
    architect player athlete footballer golfer wrestler swimmer runner jogger skater skier sprinter goalkeeper
    defender midfielder quarterback pitcher batter catcher rookie champion winner loser finalist medalist competitor
    contestant participant entrant attendee invitee applicant jobseeker claimant beneficiary recipient retiree
    migrant immigrant emigrant refugee evacuee deportee asylum-seeker seeker newcomer foreigner outsider stranger
    expatriate expat exile returnee alien dreamer priest pastor bishop cardinal pope rabbi imam cleric clergyman
    monk nun missionary preacher parishioner believer worshipper worshiper pilgrim christian catholic muslim jew
    hindu buddhist sikh protestant evangelical sunni shiite atheist saint assistant clerk receptionist cashier
    waiter waitress bartender chef cook cleaner janitor maid nanny caregiver babysitter guardian carer butler
    chauffeur porter steward stewardess attendant mechanic plumber electrician carpenter builder contractor
    technician operator programmer developer pyrotechnician astronaut cosmonaut tailor barber hairdresser baker
    butcher addict alcoholic smoker drinker sufferer leaker loyalist insider stalwart hardliner maverick aspirant
    hopeful successor predecessor heir descendant ancestor namesake signatory speaker spokesman spokeswoman
    spokesperson protégé protege mentor disciple intern trainee apprentice temp freelancer headhunter mogul tycoon
    magnate billionaire millionaire oligarch kingpin homosexual gay lesbian transsexual virgin bachelor newlywed
    bride groom bridesmaid american european african asian latino latina hispanic arab kurd turk briton brit
    englishman scot irishman frenchman german dane swede finn czech slovak greek serb croat spaniard dutchman
    russian chinese japanese filipino filipina thai swiss welshman cuban mexican canadian australian israeli
    palestinian iraqi afghan pakistani saudi yemeni black white native aboriginal
    """
)
"""Nouns for people, in the singular."""

THINGS = words(
    """
    number paper letter order offer matter chapter quarter computer helicopter trailer boxer container meter metre
    liter litre kilometer center centre theater theatre chamber corner border river water tower power shower weather
    winter summer answer cover counter poster folder filter printer server router browser charter cluster disaster
    transfer register semester trimester dinner supper layer tier banner barrier career carrier cruiser destroyer
    freighter tanker bomber booster rocket thruster bunker shelter locker drawer blanket bumper cylinder
    bulldozer skyscraper newspaper flyer sticker marker timer tracker scanner lighter trigger hammer finger shoulder
    membership sewer gutter ladder rubber copper silver timber lumber lever laser freezer cooler dryer burner boiler
    reactor sector factor error floor door color colour motor tractor monitor mirror harbor harbour vector detector
    sensor processor elevator escalator generator refrigerator calculator indicator simulator corridor terror rumor
    rumour favor favour honor honour labor labour tumor tumour flavor vapor meteor terrier retriever alligator
    predator amphitheater parameter diameter perimeter thermometer speedometer wrapper teaser thriller bestseller
    blockbuster whopper burger hamburger cracker header footer character adapter primer buffer pager waiver manner
    temper anger hunger danger cancer fever disorder murder encounter endeavor endeavour tender gender ledger merger
    passover takeover handover turnover layover hangover crossover rollover pullover makeover leftover holdover
    starter reminder remainder surrender blender fender calendar binder cinder powder gunpowder bladder feeder
    breaker cutter shredder grinder mower harvester plunger roller stroller scooter amplifier transmitter
    converter transformer conductor semiconductor compressor projector tracer carburetor radiator ventilator
    respirator plant restaurant grant warrant variant giant pendant covenant pollutant deodorant consonant committee
    fee tree degree knee coffee guarantee jubilee spree levee decree apogee list mist fist wrist twist checklist
    shortlist waitlist blacklist wishlist playlist median museum saucer sweater sneaker slipper diaper whisker
    feather leather slaughter laughter daughterboard transponder recorder decoder encoder cursor tensor anchor visor
    razor ticker crater volunteerism equator starliner airliner liner steamer schooner trawler clipper ferry dozer
    streamer beaver spider oyster lobster otter hamster rooster tiger panther adder viper deer badger setter pointer
    cover-up wildflower flower sunflower cauliflower clover ginger pepper butter master headquarter transaction
    prefer better per other another whether former latter later upper lower over under after ever never either
    neither rather together tumbler hour four
    """
)
"""Nouns for things that end like nouns for people."""

SUFFIXES = (
    "er", "or", "ist", "eer", "ian", "ant", "ee", "man", "woman", "men", "women", "crat", "naut", "goer", "ster",
    "arch", "person", "people", "folk", "kid", "mate", "boy", "girl", "child", "ess",
)  # fmt: skip
_ESS = ("actress", "waitress", "hostess", "princess", "stewardess", "heiress", "seamstress", "mistress", "goddess")
_ANT = ("grant", "ipant", "upant", "icant", "inant", "ltant", "ndant", "atant", "intant", "untant", "mmigrant")
_PEOPLES = ("ans", "ians", "ese", "is", "ish", "ards")


def is_human(lemma: str, text: str = "", *, proper: bool = False) -> bool:
    """Tell whether a noun means people. `lemma` is its singular, `text` the word as written, `proper` a name.

    "senator" -> True; "Israelis" -> True; "helicopter" -> False; "pyrotechnician" -> True
    """
    word = lemma.lower()
    if word in PEOPLE or word.removesuffix("s") in PEOPLE:
        return True
    if proper or text[:1].isupper():
        return _is_people(text or lemma)
    last = word.split("-")[-1]
    if last != word:
        return is_human(last)
    if word in THINGS or word.removesuffix("s") in THINGS or len(word) < 5:
        return False
    return _has_human_suffix(word)


def _has_human_suffix(word: str) -> bool:
    if word.endswith("ess"):
        return word in _ESS
    if word.endswith("ant"):
        return word.endswith(_ANT)
    if word.endswith(("ster", "meter", "metre", "scooter", "ometer")):
        return word.endswith(
            ("gangster", "youngster", "forecaster", "webmaster", "schoolmaster", "pollster", "prankster")
        )
    return word.endswith(SUFFIXES)


def _is_people(text: str) -> bool:
    """Tell whether a capitalised word names a people or a party: "Americans", "Israelis", "Democrats"."""
    word = text.lower()
    return len(word) > 4 and (
        word.endswith(_PEOPLES) or word.endswith(("ists", "crats", "ers", "men", "women", "ians"))
    )
