"""Where a text says when: "last year", "in the early months of this year", "since at least November".

What is relative stays relative: nothing here is resolved to a date.
"""

from __future__ import annotations

import re

from truthlens.domain import Span

MONTH = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
_YEAR = r"(?:1[5-9]|20)\d\d(?:s\b|[–/-]\d{2}\b|\b)"
_UNIT = r"(?:year|month|week|day|decade|quarter|hour|century|season|term)s?\b"
_COUNT = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|few|several|many|recent)"
)
_SEASON = r"(?:spring|summer|autumn|fall|winter|night|weekend)\b"
_THIS = rf"(?:this|last|next)\s(?:{_UNIT}|{_SEASON}|{MONTH}|{_DAY})"
_DATE = rf"(?:\d{{1,2}}\s{MONTH}|{MONTH}\s\d{{1,2}}\b(?!,\d)|{MONTH})(?:,?\s\d{{4}}\b)?"
_POINT = rf"(?:{_DATE}|{_YEAR}|{_THIS}|{_DAY})"
_STRETCH = (
    rf"the\s(?:(?:past|last|next|coming|first|second|third|fourth|final|early|late|opening|same|previous|current)\s)"
    rf"(?:{_COUNT}\s)?(?:{_UNIT}|half\b|part\b)(?:\sof\s(?:the\s)?(?:{_POINT}|year\b|war\b|{_UNIT}))?"
)
_PERIOD = re.compile(
    rf"\b(?:in|over|during|for|within|throughout|by|since|through|until)\s{_STRETCH}"
    rf"|\bin\s(?:recent|the\scoming)\s{_UNIT}"
    rf"|\bin\sthe\s(?:year|months?|weeks?)\sto\s{_POINT}"
    rf"|\b(?:at|by|from|since|before|until)\sthe\s(?:end|start|beginning|turn)\sof\s(?:the\s)?(?:{_POINT}|year\b|decade\b)"
    rf"|\b(?:since|by|from|until|before|after|during|throughout|in|on|through)\s"
    rf"(?:at\sleast\s|as\searly\sas\s|as\slate\sas\s|early\s|late\s|mid[- ])?{_POINT}"
    rf"(?:\s(?:and|to|until|through)\s{_POINT})?"
    rf"|\bbetween\s{_POINT}\sand\s{_POINT}"
    rf"|\b{_COUNT}\s{_UNIT}\s(?:ago|earlier|later|before)\b"
    r"|\bsince\sthen\b"
    rf"|\b(?:yesterday|today|tonight|tomorrow|overnight)\b"
    rf"|\b{_THIS}|\b(?:late|early)\s{_THIS}|\b(?:a|per|each|every)\s(?:year|month|week|day|hour)\b|\bannually\b"
    rf"|\b{_DAY}",
    re.IGNORECASE,
)


def periods(text: str) -> tuple[Span, ...]:
    """Every expression of time, in order, none overlapping."""
    return tuple(Span(*match.span()) for match in _PERIOD.finditer(text))
