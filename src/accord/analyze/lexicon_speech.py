"""Words that attribute: verbs of speech, strong and weak, and nouns for what carries somebody's words."""

from __future__ import annotations

from accord.analyze.lexicon import words

# Lemmas that make their subject a speaker wherever they stand by a quote.
STRONG = words(
    """say tell add continue explain tweet write ask state note insist argue claim declare announce reply respond warn
    acknowledge admit concede confirm remark recall comment observe stress emphasize emphasise reiterate repeat
    conclude assert maintain contend allege complain joke quip shout yell cry scream exclaim whisper mutter testify
    recount suggest vow pledge promise urge post read caution predict counter retort answer boast lament muse opine
    inform report reveal disclose mention affirm deny interject implore plead beg chant sing quote retweet blog
    proclaim pronounce profess advise order demand elaborate clarify narrate relate specify stipulate rule snap fume
    sigh laugh thunder snipe deadpan fire text email message wonder"""
)
# Lemmas that attribute a part quote to their subject ("called it “a sad day”"), too common to open a statement.
WEAK = words(
    """call describe praise criticize criticise blast slam decry denounce condemn dismiss label brand hail accuse blame
    refer characterize characterise welcome commend applaud laud deride mock ridicule attack assail rail express voice
    cite dub deem view consider see think believe hope fear regret defend thank congratulate remind tout threaten speak
    question dispute reject propose recommend encourage compare liken portray depict rebuke scold lambaste lash
    reference invoke echo hint signal indicate appeal apologize apologise greet remember credit outline promote
    agree expect offer bill uncover find reflect list want talk"""
)
# Strong by a quote, but mostly something else farther from it.
NEAR_ONLY = words("continue rule order demand fire text post report reveal mention wonder laugh snap sing read counter")
# Nouns whose words are somebody's: a statement has an issuer.
ISSUED = words(
    """statement tweet letter post release email e-mail memo message note speech remark remarks comment comments
    interview testimony op-ed column blog video announcement transcript tweets posts letters statements
    briefing conference page account"""
)
# Nouns that speak for themselves: "the indictment says".
DOCUMENTS = words(
    """indictment report lawsuit filing complaint law bill resolution petition document documents study survey article
    editorial ruling opinion order affidavit agreement guidelines text headline note letter slides warrant contract
    act book paper newspaper story"""
)
# A letter or a statement has somebody behind it; an indictment or a law speaks for itself.
OWNED = ISSUED | words("letter letters note email petition")
CUE_NOUNS = ISSUED | words(
    """words comment response reply answer question claim argument warning vow promise pledge accusation allegation
    assertion description call plea message reaction quote caption chant chants slogan sign concern reading"""
)
NAMED_AS = words("so-called dubbed nicknamed titled entitled named labelled labeled termed known billed aka")
# Verbs that name whom somebody speaks to before what is said.
ADDRESSED = words("tell ask inform warn remind advise assure urge order beg text email message promise")
# Verbs that say how somebody sees or calls something: their content need not be a clause.
JUDGING = words(
    """call describe praise criticize criticise blast slam decry denounce condemn dismiss label brand hail accuse blame
    characterize characterise welcome deride mock view see consider deem portray depict liken compare cast"""
)
# Verbs of what goes on in a mind, reported as a clause.
THINKING = words(
    """think believe hope hop fear expect feel know worry doubt assume suspect guess figure wish agree understand
    realize realise conclude recognize recognise learn hear consider regret anticipate imagine see remember"""
)
# Verbs of what documents, polls and studies say, and more ways of saying.
SHOWING = words(
    """show find indicate suggest signal hint estimate project forecast note cite point stress underline underscore
    highlight express voice describe detail outline speculate theorize propose recommend assure argue lie swear brag
    gripe grumble reason surmise reckon accuse teach interpret phrase joke threaten deny
    appeal call apologize apologise vent speak talk refer"""
)
# Verbs that ask somebody to do something.
URGING = words("call urge ask tell order demand press encourage advise invite beg implore remind warn appeal plead")
