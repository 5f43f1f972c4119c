"""Words by which reports name the same actor or act differently, and which verbs of speech take no side.

English; forms are listed, not derived. A set holds alternatives that reports of one event are known to choose
among, of whatever load: which of them fits is not decided here.
"""

from __future__ import annotations

from collections.abc import Mapping

CHOICES: Mapping[str, tuple[str, ...]] = {
    "crowd": (
        "protester protesters protestor protestors",
        "demonstrator demonstrators",
        "rioter rioters",
        "mob mobs",
        "agitator agitators",
        "marcher marchers",
        "looter looters",
        "thug thugs",
        "vandal vandals",
        "insurrectionist insurrectionists",
    ),
    "gathering": (
        "protest protests",
        "demonstration demonstrations",
        "march marches",
        "rally rallies",
        "riot riots rioting",
        "unrest",
        "uprising uprisings",
        "insurrection",
        "disturbance disturbances",
    ),
    "armed group": (
        "militant militants",
        "terrorist terrorists",
        "fighter fighters",
        "insurgent insurgents",
        "rebel rebels",
        "gunman gunmen",
        "extremist extremists",
        "jihadist jihadists jihadi jihadis",
        "guerrilla guerrillas",
        "separatist separatists",
    ),
    "newcomers": (
        "migrant migrants",
        "immigrant immigrants",
        "refugee refugees",
        "asylum-seeker asylum-seekers asylum_seeker asylum_seekers",
        "undocumented_immigrant undocumented_immigrants undocumented_migrant undocumented_migrants",
        "illegal_immigrant illegal_immigrants illegal_migrant illegal_migrants",
        "illegal_alien illegal_aliens alien aliens",
        "illegals",
        "dreamer dreamers",
    ),
    "those in power": ("government", "regime", "junta", "dictatorship"),
    "head": ("leader", "ruler", "dictator", "strongman", "autocrat", "despot"),
    "killing": (
        "killing killings killed",
        "death deaths died",
        "murder murders murdered",
        "assassination assassinations assassinated",
        "execution executions executed",
        "massacre massacres massacred",
        "slaughter slaughtered",
        "slaying slayings slain",
    ),
    "armed conflict": (
        "war",
        "conflict",
        "invasion",
        "military_operation",
        "intervention",
        "incursion",
        "aggression",
        "offensive",
        "occupation",
    ),
    "strike": (
        "strike strikes airstrike airstrikes",
        "bombing bombings bombed",
        "raid raids",
        "shelling shelled",
    ),
    "takeover": ("coup", "takeover", "putsch", "power_grab", "transition"),
    "barrier": ("wall", "fence", "barrier"),
    "abortion, against": ("pro-life", "anti-abortion", "anti-choice"),
    "abortion, for": ("pro-choice", "abortion-rights abortion_rights", "pro-abortion"),
    "unborn": ("fetus foetus", "unborn_child unborn_children", "unborn_baby unborn_babies", "embryo"),
    "gun laws": ("gun_control", "gun_safety", "gun_reform"),
    "interrogation": ("torture tortured", "enhanced_interrogation", "harsh_interrogation", "abuse abused"),
    "climate": ("climate_change", "global_warming", "climate_crisis", "climate_emergency"),
    "inheritance": ("estate_tax", "inheritance_tax", "death_tax"),
    "health law": ("affordable_care_act", "obamacare", "health_care_law healthcare_law"),
    "support": ("aid", "bailout", "rescue", "handout handouts", "subsidy subsidies", "relief"),
    "benefits": ("welfare", "entitlement entitlements", "benefits", "safety_net"),
    "cut": (
        "cut cuts cutting reduce reduces reduced reducing reduction reductions trim trims trimmed trimming",
        "slash slashes slashed slashing",
        "gut guts gutted gutting",
        "scrap scraps scrapped scrapping",
    ),
    "rise": (
        "rise rises risen increase increases increased",
        "surge surges surged",
        "soar soars soared",
        "jump jumps jumped",
        "skyrocket skyrocketed",
        "climb climbs climbed",
    ),
    "fall": (
        "fall falls fell fallen",
        "plunge plunges plunged",
        "plummet plummets plummeted",
        "slump slumps slumped",
        "collapse collapses collapsed",
    ),
    "criticism": (
        "criticise criticises criticised criticize criticizes criticized criticism",
        "slam slams slammed",
        "blast blasts blasted",
        "attack attacks attacked",
        "denounce denounces denounced",
        "condemn condemns condemned",
        "rip rips ripped",
        "bash bashes bashed bashing",
        "excoriate excoriated",
        "rebuke rebukes rebuked",
    ),
    "leaving": (
        "resign resigns resigned resignation",
        "step_down steps_down stepped_down stepping_down",
        "quit quits",
        "fire fires fired firing",
        "oust ousts ousted",
        "remove removes removed",
        "force_out forced_out",
        "dismiss dismisses dismissed dismissal",
    ),
    "payment": ("donation donations", "contribution contributions", "bribe bribes", "kickback kickbacks"),
    "disclosure": (
        "whistleblower whistleblowers whistle-blower whistle-blowers",
        "leaker leakers",
        "informant informants",
        "spy spies",
        "traitor",
    ),
    "blunder": (
        "mistake mistakes",
        "error errors",
        "gaffe gaffes",
        "blunder blunders",
        "lie lies lied",
        "falsehood",
    ),
    "affair": ("controversy", "scandal", "row", "dispute", "affair", "furore furor", "flap", "uproar"),
    "wealthy": (
        "billionaire billionaires",
        "tycoon tycoons",
        "oligarch oligarchs",
        "businessman businessmen",
    ),
}
"""By what is named: each row holds the forms of one alternative; ``_`` stands for a space."""

PLAIN_SPEECH = frozenset(
    "say says said saying tell tells told telling add adds added adding state states stated stating "
    "write writes wrote writing note notes noted explain explains explained".split()
)
"""Verbs that say no more than that somebody spoke or wrote."""

CASTING_SPEECH = frozenset(
    "claim claims claimed claiming allege alleges alleged alleging insist insists insisted insisting "
    "admit admits admitted admitting concede concedes conceded acknowledge acknowledges acknowledged "
    "boast boasts boasted contend contends contended assert asserts asserted maintain maintains maintained "
    "complain complains complained rant rants ranted scoff scoffed fume fumed gush gushed confess confessed "
    "reveal reveals revealed warn warns warned blast blasted slam slammed lash lashed".split()
)
"""Verbs that lend what is said doubt, weight or a tone."""


def choices() -> dict[tuple[str, ...], tuple[str, int]]:
    """Every form as its words in lower case, with what is named and the number of its alternative."""
    return {
        tuple(form.split("_")): (named, number)
        for named, rows in CHOICES.items()
        for number, row in enumerate(rows)
        for form in row.split()
    }
