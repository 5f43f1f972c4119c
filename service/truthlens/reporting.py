"""Words by which an article says that somebody else speaks. English; forms are listed, not derived."""

from __future__ import annotations


def _forms(*rows: str) -> frozenset[str]:
    return frozenset(word for row in rows for word in row.split())


CLAUSE = _forms(
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
    "maintain maintains maintained",
    "assert asserts asserted asserting",
    "boast boasts boasted boasting",
    "complain complains complained complaining",
    "predict predicts predicted predicting",
)
"""Verbs whose clause may follow without "that"."""

THAT = _forms(
    "add adds added adding",
    "note notes noted noting",
    "write writes wrote writing",
    "explain explains explained explaining",
    "conclude concludes concluded concluding",
    "rule ruled ruling",
    "continue continued",
    "recall recalls recalled recalling",
    "testify testifies testified testifying",
    "respond responds responded",
    "reply replies replied",
    "tweet tweeted",
    "post posted",
    "ask asks asked asking",
    "pledge pledges pledged",
    "vow vows vowed",
    "promise promises promised",
    "declare declares declared declaring",
    "report reports reported",
    "describe describes described",
    "call calls called",
    "joke joked",
    "quip quipped",
    "stress stresses stressed",
    "suggest suggests suggested",
    "believe believes believed",
    "estimate estimates estimated",
)
"""Verbs that report only before "that", a colon or a quotation, or after what they report."""

DOCUMENT = _forms(
    "find finds found", "show shows showed", "reveal reveals revealed", "indicate indicates indicated"
)
"""Verbs that report only when a document or an inquiry is their subject: police also find bodies."""

DOCUMENTS = _forms(
    "report study survey poll investigation review inquiry analysis court judge jury researchers scientists",
    "audit data figures panel commission committee document documents paper statement letter memo ruling",
    "assessment trial authors findings minutes files records census experts watchdog team",
)

ALSO_NOUNS = _forms(
    "report reports state states claim claims call calls post posts note notes pledge promise estimate",
    "estimates ask asks show shows find finds rule reply tweet joke stress",
)
"""Forms that are nouns at least as often: verbs only before "that", a colon or a quotation."""
SELDOM_NOUNS = _forms("claim claims note notes show shows find finds ask asks")
"""Of these, the ones that are verbs too behind a plain noun: "critics claim the plan is dead"."""

BEFORE_VERB = _forms(
    "has have had having also then later already again both would will could may might did does do all",
    "is are was were been be being",
    "not just still now never always only even soon",
)
"""Auxiliaries, and adverbs without -ly, that stand between a subject and its verb."""

PASSIVES = _forms("is are was were been be being")
PRONOUNS = _forms("he she it they who which that i we you")
PEOPLE_PRONOUNS = _forms("he she")
OPENERS = _forms(
    "the a an this that these those its his her their our my your one two three some many several",
    "most both all no",
)
NOT_SPEECH = _forms("responsibility victory credit lives")
"""Words after a verb that make it no report: a bomb claims lives."""
PREPOSITIONS = _forms(
    "in on at during after before to for with by from about of as into over under since until against out up"
)
TIMES = _forms(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tonight earlier recently",
    "january february march april june july august september october november december",
    "reporters journalists lawmakers afterwards",
)
"""Words that say when or to whom, never what."""
CONJUNCTIONS = _forms("that which who after when because while and but as if where although though before")
BREAKS = _forms(
    "despite although though but while whereas even which who whose after as amid citing adding noting before"
)
"""Words after a comma with which the reported clause ends and the outlet speaks again."""
SPEAKING_GROUPS = _forms(
    "court judge jury researchers scientists panel commission committee authors experts team watchdog"
)
"""Of the subjects that "find" something, those that are people rather than papers."""

REPLIES = _forms(
    "deny denies denied denying reject rejects rejected dismiss dismisses dismissed dispute disputes",
    "disputed respond responds responded reply replies replied rebut rebutted counter countered defend",
    "defends defended decline declines declined",
)
"""Verbs by which a party answers, or is said not to."""

GROUPS = _forms(
    "critics residents officials experts supporters opponents police researchers scientists organisers",
    "organizers analysts economists activists campaigners advocates prosecutors lawyers investigators",
    "authorities witnesses doctors teachers parents neighbours neighbors diplomats lawmakers ministers",
    "leaders people sources insiders observers historians unions workers farmers voters members colleagues",
    "relatives friends survivors aides councillors councilors senators judges nurses employers villagers",
    "students others locals allies",
)
"""Plural nouns by which an article lets unnamed people speak."""

NOBODY = _forms("nobody none nothing each first citing what there others both all some many most everyone")
"""Words that may stand before a reporting verb and are nobody one could ask."""

ACCUSATIONS = _forms(
    "accuse accuses accused accusing accusation accusations allege alleges alleged alleging allegation",
    "allegations blame blames blamed blaming violate violates violated violating violation violations breach",
    "breached breaches criticise criticises criticised criticize criticizes criticized criticism condemn",
    "condemns condemned denounce denounces denounced charged guilty corrupt corruption fraud abuse abused",
    "misled lied evade evaded evading unlawful illegal illegally wrongdoing misconduct negligence failed",
)
"""Words with which somebody is held to have done wrong, and so is owed a chance to answer."""
