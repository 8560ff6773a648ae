"""Words that tell of people: titles, role nouns, given names with the gender they are mostly used for, kin."""

from __future__ import annotations

from accord.analyze.lexicon import words

FEMALE_TITLES = words("mrs ms miss madam madame lady dame sister queen princess duchess congresswoman señora")
MALE_TITLES = words("mr sir lord mister king prince duke father brother congressman señor")
TITLES = (
    FEMALE_TITLES
    | MALE_TITLES
    | words(
        """dr prof professor president vice deputy prime minister premier chancellor secretary pres sen sens senator
    senators rep reps representative gov governor lt lieutenant col colonel maj major gen general brig brigadier
    adm admiral capt captain cmdr commander sgt sergeant cpl corporal pvt private officer detective det inspector
    superintendent chief justice judge magistrate attorney solicitor sheriff constable marshal mayor councillor
    councilman councilwoman alderman commissioner ambassador envoy consul speaker leader whip chairman chairwoman
    chair ceo cfo coo cto director rev reverend pastor rabbi imam bishop archbishop cardinal pope monsignor
    spokesman spokeswoman spokesperson coach host undersecretary co-founder founder sheikh sultan emperor shah
    crown ayatollah assemblyman assemblywoman aide adviser advisor saint comptroller treasurer counsel agent tem"""
    )
)
# Words that stand before a title inside one run of capitals ("House Majority Leader", "U.S. District Judge").
TITLE_MODIFIERS = words(
    """house senate majority minority foreign interior finance defense defence special executive managing general
    first lady former senior assistant associate acting district circuit supreme federal national security state
    deputy vice prime pro home health education treasury press white republican democratic democrat gop
    independent labor labour conservative liberal police fire county city town u.s. us american british"""
)
FEMALE_NOUNS = words(
    """woman girl mother wife daughter sister aunt grandmother niece widow actress heroine queen princess lady
    businesswoman congresswoman chairwoman spokeswoman councilwoman policewoman saleswoman girlfriend mum mom
    female stewardess waitress hostess fiancee fiancée duchess sportswoman assemblywoman"""
)
MALE_NOUNS = words(
    """man boy father husband son brother uncle grandfather nephew widower king prince gentleman businessman
    congressman chairman spokesman councilman policeman salesman boyfriend dad male steward waiter fiance fiancé
    duke fisherman fireman sportsman assemblyman clergyman frontman"""
)
ROLE_NOUNS = (
    FEMALE_NOUNS
    | MALE_NOUNS
    | TITLES
    | words(
        """lawyer attorney prosecutor defendant plaintiff lawmaker legislator politician candidate nominee contender
    delegate diplomat official negotiator strategist pollster analyst economist expert scholar scientist
    researcher engineer physicist doctor physician surgeon nurse paramedic firefighter soldier veteran pilot
    astronaut captain driver player coach manager executive investor entrepreneur owner banker trader broker
    accountant consultant head boss president author writer novelist poet editor reporter journalist correspondent
    columnist commentator broadcaster anchor host presenter producer actor singer musician artist comedian model
    celebrity teacher principal student graduate professor lecturer dean rector priest cleric activist advocate
    campaigner organizer organiser organizer volunteer protester demonstrator resident neighbor neighbour villager
    farmer worker employee clerk secretary assistant aide adviser advisor spokesperson representative witness
    survivor victim suspect gunman attacker shooter migrant refugee immigrant inmate prisoner parent child
    teenager teen friend relative cousin colleague member leader ruler dictator chairperson founder co-founder
    creator designer developer programmer hacker partner associate fellow commissioner investigator detective
    agent guard trooper deputy superintendent administrator coordinator organiser treasurer counsel passenger
    customer shopper tourist visitor fan spectator attendee proponent opponent critic supporter backer ally rival
    foe detractor onlooker bystander officer insider source whistleblower informant contractor operator tycoon
    billionaire chef historian psychologist psychiatrist sociologist politician republican democrat independent"""
    )
)
HONORIFIC_SUFFIXES = words("jr sr ii iii iv phd md")
PARTICLES = words("de la del da di do dos das du van von der den ter ten bin ibn al el ben y e zu le abu um")

FEMALE_NAMES = words(
    """mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra
    ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura
    cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra
    rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren
    christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann anne sara madison
    frances kathryn janice jean abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly
    isabella theresa diana natalie brittany charlotte marie kayla alexis lori hillary nikki claire elena
    ana carmen rosa lucia lucía sofia sofía isabel guadalupe gabriela valentina camila fatima fatma aisha ayesha
    leila layla zainab maryam noor priya anjali sunita indira sonia olga svetlana natalia tatiana irina ekaterina
    yulia anastasia ingrid astrid greta ursula angelique monica veronica vanessa valerie wendy tina tara tammy
    tracy sally sheila stacy rose roberta rita regina phyllis peggy paula norma michele melanie marjorie marcia
    louise loretta lillian leslie kristin kristen kirsten kathy katie kate kim's josephine joanne jane
    jamie irene hazel gina gail florence esther erin ellen eileen edith debbie crystal connie cindy bonnie bernice
    beth becky audrey annie anita allison alison yvonne vivian theresia tessa susanna suzanne stella sonya sheryl
    shannon shelly sabrina ruby rosemary robyn randi penelope penny olive nora nina naomi nadia myra muriel molly
    miriam mildred meredith maya maxine maureen marina marian lucy lorraine lois liz lindsay lindsey lena
    leah kristina kerry kelley kay katrina julianne juliet joy joanna jill jeanne jackie ivy ivanka melania ida
    heidi gwen greta gretchen geraldine genevieve francesca fiona faye faith eva eve erica erika emilia elsa
    eleanor elaine dora dolores delia daphne daisy colleen clara celia cecilia cathy cassandra carla candice
    camille bridget blanche bianca beatrice belinda aurora antonia amelia alma alicia alexandra agnes adriana
    adele ada tamara theresa dana gaby lupita michaela saoirse siobhan niamh sadia nadine
    simone symone jacinda benazir malala chelsea marcia brooke paige jenna jocelyn krista lara mercedes pilar
    consuelo ximena beatriz claudia dilma cristina michelle isabelle brigitte ségolène giorgia"""
)
MALE_NAMES = words(
    """james robert john michael david william richard joseph thomas charles christopher daniel matthew anthony mark
    donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob
    gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander frank patrick
    raymond jack dennis jerry tyler aaron jose josé adam nathan henry douglas zachary peter kyle noah ethan jeremy
    walter keith roger terry austin sean gerald carl harold dylan arthur lawrence jesse bryan billy bruce gabriel
    joe logan alan juan albert willie elijah wayne randy vincent mason roy ralph bobby russell bradley philip
    phillip eugene luis carlos jorge miguel pedro manuel antonio francisco fernando diego javier alejandro andrés
    andres ricardo rafael sergio raul raúl alberto eduardo enrique felipe vicente ernesto hector héctor
    oscar óscar pablo marcelo mario marco ivan iván igor vladimir dmitry dmitri sergei sergey mikhail boris alexei
    aleksandr andrei nikolai oleg yuri pavel viktor konstantin maxim ahmed ahmad mohammed mohamed muhammad
    mohammad mahmoud ali hassan hussein omar khalid ibrahim yusuf youssef abdullah abdul mustafa karim tariq samir
    bashar ghassan rajiv narendra rahul amit anil arun sanjay vijay ravi suresh ramesh hiroshi kenji
    takashi shinzo akira jun wei ming jian hans jürgen klaus fritz wolfgang karl heinz pierre jacques jean
    françois francois louis michel emmanuel giovanni giuseppe luigi matteo silvio lars sven erik olaf anders bjorn
    mike jim bob bill tom dave steve chris dan matt tony don josh ken tim ron ed jeff greg sam alex ben pat ray
    nick jon drew andy pete hank ted ned fred phil rick dick rob jay joel jared kurt kent karl lee leo leon lou
    luke marc martin marvin mel mitch mitt mick mickey morris nathaniel neil nigel norman oliver otto owen percy
    perry preston quentin randall reggie rex roberto rod rodney roland roman rory ross rudy rupert russ ruben
    salvador sebastian seth shane shawn sheldon sidney simon spencer stan stanley stefan stuart sylvester terrence
    theodore toby todd travis trent trevor troy tucker ulysses vernon victor wade warren wesley winston xavier
    yitzhak ehud moshe benny avi amir benjamin naftali shimon ariel elon barack harry hugh howard herbert
    herman harvey hal guy grant gordon glenn gilbert geoffrey geoff garrett floyd francis franklin gavin ian ira
    irving isaac jake jerome jerrold jimmy joaquin johnny julian julio kirk lance leonard lester liam lloyd lyle
    malcolm marcus maurice milton moses murray nelson orlando oswald duncan dwight earl edgar edmund edwin
    elliot elliott ellis emanuel ernest evan everett felix clifford clyde colin conor craig curtis cyrus damon
    darren darrell daryl dean derek devin dominic duane byron calvin cameron cecil chester chuck clarence clark
    claude clayton clint cole bernard bernie bert brad brent brett bryce archie arnold asa barry basil angus
    abraham adrian alfred alistair allan allen allen alvin amos arturo augustus agustín agustin blake boyd brock
    cliff carter cory darnell darius denzel desmond deandre donte jamal jerome kareem lamar malik marquis rashad
    terrell tyrone jens saul ezra eli elias levi reuben tobias tristan trey zane zach tyson ty tommy
    timmy teddy stewart recep tayyip viktor zoltan janos andrzej jaroslaw lech donatello emilio esteban gustavo
    guillermo hugo ignacio jaime joao joão jair luiz lula martin mauricio nicolas nicolás rodrigo santiago tomas
    tomás rodolfo"""
)
GIVEN_NAMES = MALE_NAMES | FEMALE_NAMES
NICKNAMES = (
    ("michael", "mike", "mick"),
    ("james", "jim", "jimmy"),
    ("robert", "bob", "rob", "bobby"),
    ("william", "bill", "will", "billy"),
    ("thomas", "tom"),
    ("david", "dave"),
    ("steven", "stephen", "steve"),
    ("christopher", "chris"),
    ("daniel", "dan", "danny"),
    ("matthew", "matt"),
    ("anthony", "tony"),
    ("donald", "don"),
    ("joshua", "josh"),
    ("kenneth", "ken"),
    ("timothy", "tim"),
    ("ronald", "ron"),
    ("edward", "ed", "eddie", "ted"),
    ("jeffrey", "jeff", "geoffrey", "geoff"),
    ("gregory", "greg"),
    ("samuel", "sam"),
    ("alexander", "alex"),
    ("benjamin", "ben"),
    ("patrick", "pat"),
    ("raymond", "ray"),
    ("nicholas", "nick"),
    ("jonathan", "jon"),
    ("andrew", "andy", "drew"),
    ("peter", "pete"),
    ("joseph", "joe"),
    ("charles", "chuck", "charlie"),
    ("richard", "rick", "dick", "rich"),
    ("gerald", "jerry", "jerrold"),
    ("lawrence", "larry"),
    ("elizabeth", "liz", "beth", "betty"),
    ("deborah", "debra", "debbie"),
    ("katherine", "catherine", "kate", "kathy", "cathy", "katie"),
    ("susan", "sue", "suzanne"),
    ("jennifer", "jen", "jenny"),
    ("margaret", "meg", "peggy", "maggie"),
    ("bernard", "bernie"),
    ("philip", "phillip", "phil"),
    ("frederick", "fred"),
    ("theodore", "ted", "theo"),
    ("leonard", "len", "leo"),
    ("mitchell", "mitch"),
    ("nathaniel", "nathan", "nate"),
)
PERSON_GROUPS = words(
    """colleagues friends neighbours aides officials authorities sources prosecutors lawyers attorneys police
    lawmakers republicans democrats critics supporters opponents experts analysts researchers scientists doctors
    investigators witnesses residents neighbors aides advisers leaders executives representatives companies
    organizers protesters activists migrants families relatives parents students teachers"""
)
