"""Words by which an article says that somebody else speaks. English; forms are listed, not derived."""

from __future__ import annotations


def words(*rows: str) -> frozenset[str]:
    return frozenset(word for row in rows for word in row.split())


CLAUSE = words(
    "say says said saying",
    "claim claims claimed claiming",
    "warn warns warned warning",
    "argue argues argued arguing",
    "insist insists insisted insisting",
    "allege alleges alleged alleging",
    "deny denies denied denying",
    "acknowledge acknowledges acknowledged acknowledging",
    "admit admits admitted admitting",
    "confirm confirms confirmed confirming",
    "announce announces announced announcing",
    "state states stated stating",
    "tell tells told telling",
    "urge urges urged urging",
    "contend contends contended contending",
    "assert asserts asserted asserting",
    "boast boasts boasted boasting",
    "complain complains complained complaining",
    "predict predicts predicted predicting",
    "caution cautions cautioned cautioning",
    "reiterate reiterates reiterated reiterating",
    "proclaim proclaims proclaimed proclaiming",
    "concede concedes conceded conceding",
    "lament laments lamented lamenting",
    "quip quips quipped quipping",
    "demand demands demanded demanding",
)
"""Verbs whose clause may follow without "that"."""

THAT = words(
    "add adds added adding",
    "note notes noted noting",
    "write writes wrote writing",
    "maintain maintains maintained maintaining",
    "explain explains explained explaining",
    "conclude concludes concluded concluding",
    "rule ruled ruling",
    "continue continues continued continuing",
    "recall recalls recalled recalling",
    "testify testifies testified testifying",
    "respond responds responded responding",
    "reply replies replied replying",
    "tweet tweets tweeted tweeting",
    "post posted",
    "ask asks asked asking",
    "pledge pledges pledged pledging",
    "vow vows vowed vowing",
    "promise promises promised promising",
    "threaten threatens threatened threatening",
    "declare declares declared declaring",
    "report reports reported reporting",
    "call calls called calling",
    "joke jokes joked joking",
    "stress stresses stressed stressing",
    "suggest suggests suggested suggesting",
    "estimate estimates estimated estimating",
    "remark remarks remarked remarking",
    "observe observes observed observing",
    "comment comments commented commenting",
    "emphasise emphasises emphasised emphasising emphasize emphasizes emphasized emphasizing",
    "agree agrees agreed agreeing",
    "signal signals signalled signaled",
    "repeat repeats repeated repeating",
    "express expresses expressed expressing",
    "exclaim exclaims exclaimed exclaiming",
    "counter counters countered countering",
    "retort retorts retorted",
    "tout touts touted touting",
    "imply implies implied implying",
    "speculate speculates speculated speculating",
    "mention mentions mentioned mentioning",
    "reveal reveals revealed revealing",
    "indicate indicates indicated indicating",
    "quote quotes quoted quoting",
    "recount recounts recounted recounting muse muses mused musing opine opines opined opining",
    "clarify clarifies clarified clarifying hint hints hinted disclose discloses disclosed",
    "disclosing affirm affirms affirmed affirming confide confides confided confiding elaborated",
    "elaborating gush gushed enthuse enthused attest attests attested underscore underscores underscored",
)
"""Verbs that report only before "that", a clause, a colon or a quotation, or after what they report."""

CONTINUES = words("go goes went begin begins began")
"""Verbs that report only straight before a quotation or a colon."""

BELIEF = words(
    "believe believes believed believing",
    "think thinks thought thinking",
    "hope hopes hoped hoping",
    "fear fears feared fearing",
    "doubt doubts doubted doubting",
    "suspect suspects suspected suspecting",
    "feel feels felt feeling",
    "worry worries worried worrying",
    "expect expects expected expecting",
)
"""Verbs of opinion; what follows is as much their subject's as with verbs of speech, if it is a clause."""

LAYING_OUT = words("detail details detailed detailing outline outlines outlined outlining")
"""Verbs that report no more than a clause with "how" or "that": what a report outlines is worded for it."""

DOCUMENT = LAYING_OUT | words(
    "find finds found finding",
    "show shows showed showing",
    "conclude concludes concluded concluding",
)
"""Verbs that report only when a document or an inquiry is their subject: police also find bodies."""

TO = words(
    "pledge pledges pledged pledging vow vows vowed vowing promise promises promised promising",
    "threaten threatens threatened threatening offer offers offered",
)
"""Verbs of speech that take "to" and what their subject will do."""

ADDRESSED = words("tell tells told telling ask asks asked asking urge urges urged urging")
"""Verbs that may be followed by those spoken to."""

ACCUSING = words("accuse accuses accused accusing")
"""Verbs with a person and then "of": accuse her of lying."""

BLAMING = words(
    "blame blames blamed blaming fault faults faulted faulting",
    "criticise criticises criticised criticising criticize criticizes criticized criticizing",
    "praise praises praised praising condemn condemns condemned condemning",
    "denounce denounces denounced denouncing slam slams slammed slamming blast blasts blasted blasting",
    "mock mocks mocked mocking deride derides derided deriding commend commends commended commending",
    "rebuke rebukes rebuked rebuking chide chides chided scold scolds scolded lambast lambasted ridicule",
    "ridiculed",
)
"""Verbs with a person or a thing and then "for" or "as"."""

PORTRAYING = words(
    "describe describes described describing portray portrays portrayed portraying cast casts casting",
    "characterise characterises characterised characterize characterizes characterized",
    "depict depicts depicted depicting hail hails hailed hailing dismiss dismisses dismissed dismissing",
    "tout touts touted touting",
)
"""Verbs with a person or a thing and then "as": dismiss it as a farce."""

JUDGING = ACCUSING | BLAMING | PORTRAYING

NAMING = words("call calls called calling label labels labelled labeled brand brands branded dub dubbed")
"""Verbs with a person or a thing and then its name: "called it a farce"."""

NOUNS = words(
    "claim claims allegation allegations assertion assertions accusation accusations finding findings belief",
    "argument arguments warning warnings suggestion suggestions conclusion conclusions complaint complaints",
    "contention insistence admission denial prediction predictions statement statements view fear fears",
    "concern concerns hope hopes notion idea charge charges rumour rumours rumor rumors theory promise",
    "pledge vow message opinion acknowledgement acknowledgment",
)
"""Nouns whose "that" clause is what somebody says or thinks."""

DOCUMENTS = words(
    "report study survey poll investigation review inquiry analysis court judge jury researchers scientists",
    "audit data figures panel commission committee document documents paper statement letter memo ruling",
    "assessment trial authors findings minutes files records census experts watchdog team",
    "reports studies surveys polls polling emails transcripts filings numbers statistics results research",
    "papers estimates investigators auditors economists",
)

ALSO_NOUNS = words(
    "report reports state states claim claims call calls post posts note notes pledge promise estimate",
    "estimates ask asks show shows find finds rule reply tweet tweets joke jokes stress promises vow vows",
    "demand demands remark remarks comment comments counter counters quote quotes thought fear fears hope",
    "hopes doubt doubts suspect suspects signal signals attack attacks blast praise blame fault faults offer",
    "offers brand label labels worry attacking warning feeling finding ruling posting caution repeat",
    "cast finding labels brands concern",
)
"""Forms that are nouns at least as often: verbs only before "that", a colon or a quotation."""
SELDOM_NOUNS = words(
    "claim claims note notes show shows find finds",
    "ask asks demand demands counters remarks hopes fears doubts",
    "vows promises suspects blames praises faults offers slams blasts hope fear attacks",
)
"""Of these, the ones that are verbs too behind a plain noun: "critics claim the plan is dead"."""

BEFORE_VERB = words(
    "has have had having also then later already again both would will could may might did does do all",
    "is are was were been be being",
    "not just still now never always only even soon ever often sometimes once instead to thus",
    "can must should shall cannot didn’t don’t doesn’t won’t wouldn’t hasn’t haven’t isn’t",
    "didn't don't doesn't won't wouldn't hasn't haven't isn't",
)
"""Auxiliaries, and adverbs without -ly, that stand between a subject and its verb."""

FINITE = words(
    "is are was were has have had will would could can may might must should does do did am cannot",
    "isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t won’t wouldn’t couldn’t can’t doesn’t don’t didn’t",
    "isn't aren't wasn't weren't hasn't haven't hadn't won't wouldn't couldn't can't doesn't don't didn't",
    "it’s he’s she’s they’re we’re i’m you’re there’s that’s it's he's she's they're we're i'm you're",
    "he’d she’d they’d i’d we’d he'd she'd they'd i'd we'd he’ll she’ll they’ll he'll she'll they'll",
    "i’ve we’ve they’ve i've we've they've needs wants makes seems became remains",
)
"""Words that show that a clause has a verb of its own."""

LEADING = words(
    "but and however meanwhile so still yet or nor even also separately recently previously additionally",
    "finally initially originally reportedly allegedly similarly currently eventually apparently then plus",
)
"""Words that a sentence opens with in front of its subject."""
PASTS = words(
    "sought took went made gave held came left met got became began broke brought fell kept knew led lost",
    "paid put ran rose sent set spoke spent stood threw won saw used hit cut drew grew shot struck",
    "sat wrote heard drove flew found built",
)
"""Verbs by whose shape nobody would know them for verbs."""
PASSIVES = words("is are was were been be being")
PRONOUNS = words("he she it they who which that i we you")
PEOPLE_PRONOUNS = words("he she")
OUR_PRONOUNS = words("i we you")
"""Outside quotation marks these are the author and the reader: what they say is the outlet's."""
OBJECTS = words("me him her it them us you himself herself themselves itself")
CATENATIVES = words(
    "like likes liked go goes went going on continue continues continued begin begins began come comes came",
    "out want wants wanted refuse refuses refused decline",
    "declines declined try tries tried trying seem seems",
    "seemed appear appears appeared able quick expected used loves love need needs meant chose dared",
)
"""Verbs between a subject and an infinitive: "Roe likes to say"."""
ASKING = words("whether if how what why who where when")
"""Words besides "that" with which a reported clause begins."""
OPENERS = words(
    "the a an this that these those its his her their our my your one two three some many several",
    "most both all no",
)
NOT_SPEECH = words("responsibility victory credit lives truth lies")
"""Words after a verb that make it no report: a bomb claims lives."""
PREPOSITIONS = words(
    "in on at during after before to for with by from about of as into over under since until against out up",
    "without between among through behind despite amid",
    "alongside within near ahead because besides like unlike",
)
TIMES = words(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tonight earlier recently",
    "january february march april june july august september october november december",
    "reporters journalists lawmakers afterwards",
)
"""Words that say when or to whom, never what."""
CONJUNCTIONS = words(
    "than that which who after when because while and but as if where although though before"
)
BREAKS = words(
    "despite although though but while whereas even which",
    "who whose after as amid citing adding noting before",
    "saying telling claiming arguing insisting warning prompting referring",
)
"""Words after a comma with which the reported clause ends and the outlet speaks again."""
SPEAKING_GROUPS = words(
    "court judge jury researchers scientists panel commission committee authors experts team watchdog"
)
"""Of the subjects that "find" something, those that are people rather than papers."""

GROUPS = words(
    "critics residents officials experts supporters opponents police researchers scientists organisers",
    "organizers analysts economists activists campaigners advocates prosecutors lawyers investigators",
    "authorities witnesses doctors teachers parents neighbours neighbors diplomats lawmakers ministers",
    "leaders people sources insiders observers historians unions workers farmers voters members colleagues",
    "relatives friends survivors aides councillors councilors senators judges nurses employers villagers",
    "students others locals allies",
)
"""Plural nouns by which an article lets unnamed people speak."""

NOBODY = words(
    "nobody none nothing each first citing what there others both all some many most everyone another"
)
"""Words that may stand before a reporting verb and are nobody one could ask."""
