"""Words by which an article says that somebody answers a charge, was asked, or is not to be believed."""

from __future__ import annotations

import re

DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|disput(?:es|ed|ing)|rebut(?:s|ted)?"
    r"|plead(?:ed|s)?\snot\sguilty|refut(?:es|ed))\b",
    re.IGNORECASE,
)
DECLINES = re.compile(
    r"\b(?:declin(?:e|es|ed)|refus(?:e|es|ed))\s(?:to\s(?:comment|be\sinterviewed|answer|say|speak|discuss)"
    r"|(?:\w+\s){0,2}(?:comment|interview))|\b(?:do(?:es)?|would|will)\snot\scomment\b",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"\b(?:did|has|have|had|was|were|could|does|do)(?:\snot|n[’']t)\s(?:\w+\s){0,2}"
    r"(?:respond|responded|reply|replied|return|returned|reached|answer|answered|commented)\b"
    r"|\b(?:was|were|has\sbeen|have\sbeen)\s(?:asked|approached|contacted)\b|\bunavailable\sfor\scomment\b",
    re.IGNORECASE,
)
_PROOF = r"(?:evidence|proof|records?|footage|findings|documents?|photographs|admissions?)\b"
UNDERCUTS = re.compile(
    rf"\b(?:despite|in\sthe\sface\sof|contrary\sto|amid)\s(?:\w+\s){{0,4}}{_PROOF}"
    rf"|\bwithout\s(?:\w+\s){{0,5}}(?:evidence|proof|explanation)\b|\b(?:falsely|wrongly|implausibly)\b"
    rf"|\b(?:even\sthough|although|though|but)\s(?:\w+\s){{0,6}}{_PROOF}(?:\s(?:shows?|suggests?|contradicts?))?",
    re.IGNORECASE,
)
TOGETHER = re.compile(
    r"(?:both|both\sof\sthem|they\sboth|(?:both|the\stwo)\s(?:\w+\s)?(?:countries|states|nations|governments|sides"
    r"|men|women|companies|parties|firms|leaders|capitals|officials|officers))\b",
    re.IGNORECASE,
)
"""A subject that means two parties named before."""
PRONOUN = re.compile(r"(?:\w+\s)?(?:he|she|they|it)\b", re.IGNORECASE)
CLAUSE_END = re.compile(r"[,;:()“”\"]|\.\s|\s[–—]\s")
