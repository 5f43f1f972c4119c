"""What a verb of speech or thought reports: the clause behind it, or the one in front of ", she said"."""

from __future__ import annotations

from truthlens.domain import Span
from truthlens.voices import clause, noun_phrase, reporting, subject
from truthlens.voices.attributed import Attribution
from truthlens.voices.line import MASK, Word
from truthlens.voices.noun_phrase import Mention
from truthlens.voices.verb import Verb, is_ours, only_circumstance

VERBS = reporting.CLAUSE | reporting.THAT | reporting.DOCUMENT | reporting.BELIEF | reporting.CONTINUES
_CALL = reporting.words("call calls called calling")
_OPENS_CLAUSE = reporting.words("when after before while as because since although though if who")
_WHERE = reporting.words("in on at during via through")
_SOON = 4  # words behind a verb among which "that" begins what is said, not what the speaker's letter was
_NO_OBJECT = reporting.words("so and or has had will would") | reporting.PASSIVES


def speech(verb: Verb) -> Attribution | None:
    """None where the verb reports nothing, or nobody but the author speaks."""
    if verb.passive or _is_no_speech(verb) or _is_deed(verb):
        return None
    inverted = not verb.before and _is_inverted(verb)
    mention = _follower(verb) if inverted else verb.subject()
    if is_ours(mention) or _is_restrictive(verb, mention):
        return None
    if verb.kind in reporting.DOCUMENT - reporting.THAT and not noun_phrase.is_document(mention):
        return None
    said = len(verb.line.before(verb.left))
    if said and (inverted or _is_tail(verb, mention)):
        return verb.said_by(mention, *_in_front(verb, said))
    return _behind(verb, mention)


def _is_no_speech(verb: Verb) -> bool:
    """`claimed lives`, `as if to say`, `nobody said`, `went` without a quotation."""
    kind, after = verb.kind, verb.next
    if kind in reporting.CONTINUES:
        return not verb.line.behind(verb.word.end).startswith((MASK, ":"))
    if (after in _NO_OBJECT and not _in_relative(verb)) or after in reporting.NOT_SPEECH:
        return True
    if after in {"no", "yes", "goodbye"} and verb.following[1:2] and verb.following[1].lower == "to":
        return True  # "said no to the plan"
    if (kind.startswith("add") and after == "to") or (kind.startswith("claim") and after[:1].isdigit()):
        return True
    last = verb.before[-1].lower if verb.before else ""
    if last in {"if", "nobody", "nothing", "none", "worth"} or (last == "when" and kind in {"asked", "told"}):
        return True
    return kind in reporting.BELIEF and bool(last) and verb.before[0].lower in {"if", "unless"}


def _is_deed(verb: Verb) -> bool:
    """`jailed for threatening to burn it`: that is what somebody did, not what the article lets them say."""
    threat = verb.kind in reporting.TO and verb.kind.endswith("ing")
    return threat and (verb.infinitive or _after_preposition(verb))


def _follower(verb: Verb) -> Mention | None:
    mention = noun_phrase.phrase(verb.line, _until_clause(verb.following))
    return None if mention is None else subject.with_aside(verb.line, mention)


def _until_clause(words: list[Word]) -> list[Word]:
    """`a spokeswoman when asked by the paper` is a spokeswoman, "Jane Roe in a letter" Jane Roe."""
    for at, word in enumerate(words[1:], 1):
        if word.lower in _OPENS_CLAUSE or (word.lower in _WHERE and words[at - 1].capital):
            return words[:at]
    return words


def _is_inverted(verb: Verb) -> bool:
    """Whether the speaker follows the verb. Not in "Jane Roe, the mayor, said the plan is dead"."""
    line = verb.line
    if not verb.behind_boundary or verb.kind.endswith("ing") or verb.helped:
        return False
    if verb.next in reporting.TIMES or any(word.lower == "that" for word in verb.following[:_SOON]):
        return False
    quoted = line.text[verb.left - 1] == MASK
    aside = None if quoted else subject.before_aside(line, verb.left)
    if line.behind(verb.word.end)[:1].isupper():
        told = verb.kind in reporting.ADDRESSED
        return aside is None or not (told or clause.is_clause(line, verb.index + 1))
    return verb.next in reporting.OPENERS and (aside is None or aside.text.islower())


def _is_restrictive(verb: Verb, mention: Mention | None) -> bool:
    """`Voters who say it is dead were few`: where their words end, no comma says."""
    if mention is None or mention.span.of(verb.line.text).lower() != "who":
        return False
    return verb.line.text[: mention.span.start].rstrip()[-1:] not in {",", "–", "—", "("}


def _is_tail(verb: Verb, mention: Mention | None) -> bool:
    """Whether the reported words stand in front of the subject, and nothing but circumstances follows."""
    line = verb.line
    if not verb.before or not verb.behind_boundary or verb.infinitive:
        return False
    if mention is None or mention.span.start != verb.before[0].start:
        return False
    if verb.before[0].lower in reporting.CONJUNCTIONS or _takes_object(verb):
        return False
    if not verb.quoted_before:
        introduces = line.behind(verb.word.end).startswith((MASK, ":"))
        if introduces or verb.kind.startswith("ask") or line.behind(verb.end).startswith(MASK):
            return False
    return only_circumstance(verb.following, verb.kind)


def _takes_object(verb: Verb) -> bool:
    """`said at least nine`, `vowed to mend it`: no circumstance, though it may look like one."""
    if verb.kind in reporting.TO and verb.next == "to":
        return True
    return verb.next in {"so", "at"} or (verb.next == "the" and verb.kind not in reporting.ADDRESSED)


def _in_front(verb: Verb, end: int) -> tuple[Span, ...]:
    """The clause that ends at ``end``, and what goes on behind the verb: "…, the report said, that …"."""
    line = verb.line
    front = Span(clause.start_of(line, end), end)
    if not verb.before or verb.end > verb.word.end + 1 or line.text[verb.end : verb.end + 1] != ",":
        return (front,)
    if clause.end_of(line, verb.end) <= verb.end:
        return (front,)
    start = clause.after_punctuation(line, verb.end)
    return front, Span(start, max(start, clause.end_of(line, start)))


def _behind(verb: Verb, mention: Mention | None) -> Attribution | None:
    """`She said (that) …`: the clause follows the verb."""
    start = _start_behind(verb, mention)
    if start is None:
        return verb.said_by(mention) if mention is not None and _only_names(verb) else None
    end = clause.end_of(verb.line, start)
    if _in_relative(verb):
        comma = verb.line.text.find(", ", start, end)  # "Ann Doe, who said it was late, left"
        end = comma if comma > start else end
    return verb.said_by(mention, Span(start, end)) if start < end else None


def _in_relative(verb: Verb) -> bool:
    return any(word.lower in {"which", "who"} for word in verb.before)


def _start_behind(verb: Verb, mention: Mention | None) -> int | None:
    line, kind = verb.line, verb.kind
    following = line.words[verb.index + 1 : verb.index + 3]
    if kind in reporting.TO and verb.next == "to":
        return following[0].start
    if kind in _CALL and verb.next in {"for", "on"}:
        return following[1].start if len(following) > 1 else None
    gerund = kind.endswith("ing") and _after_preposition(verb)
    bare = kind in reporting.CLAUSE and not verb.infinitive and not gerund
    if kind in reporting.DOCUMENT and following and noun_phrase.is_document(mention):
        # "The poll shows Roe ahead" reports; "the report shows the stunning scope" words it for the reader.
        bare = following[0].lower not in reporting.OPENERS and kind not in reporting.LAYING_OUT
    start = clause.reported_after(line, verb.index, bare=bare)
    if kind in reporting.BELIEF and start is not None and line.text[start : start + 1] == MASK:
        return None
    return start


def _after_preposition(verb: Verb) -> bool:
    return bool(verb.before) and verb.before[-1].lower in reporting.PREPOSITIONS


def _only_names(verb: Verb) -> bool:
    """Whether the sentence does no more than say who spoke."""
    if verb.kind in reporting.BELIEF:
        return False
    rest = list(verb.line.words_in(verb.word.end, len(verb.line.text)))
    return only_circumstance(rest, verb.kind) or (verb.behind_boundary and MASK in verb.line.text)
