"""The shipped seeds are sound, a broken file is refused with its line, wordings keep the sentence."""

from __future__ import annotations

import re
import shutil
from itertools import chain, combinations
from pathlib import Path

import pytest
from truthlens import seeds
from truthlens.rewording.wording import indefinite_article
from truthlens.seed_file import SeedError
from truthlens.seeds import SeedExample

SEEDS = seeds.articles_dir().parent
FAMILIES = seeds.load_families()
WORDING = seeds.load_wording()
KINDS = {
    "": (
        "loaded_language", "name_calling", "exaggeration_minimisation", "doubt", "vague_sourcing",
        "appeal_to_fear", "flag_waving", "causal_oversimplification", "appeal_to_authority", "slogan",
        "black_and_white", "whataboutism_straw_man_red_herring", "thought_terminating_cliche",
        "bandwagon_guilt_by_association",
    ),
    "emotion_": ("fear", "anger", "sadness", "disgust", "joy", "hope", "sympathy"),
    "frame_": (
        "econ", "capacity", "moral", "fair", "legal", "policy", "crime", "security", "health", "quality",
        "culture", "opinion", "political", "external",
    ),
    "value_": ("care", "fairness", "loyalty", "authority", "sanctity", "liberty"),
}  # fmt: skip
"""Every technique, emotion, frame and value has a family of seeds of its own."""

LEAST = 40  # phrases, and as many passes

STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an the this that these those and or but of to in on at by for from with as is was are were be "
        "been has have had it its he she they his her their who which not no than after before when will "
        "would may can could said says one two three into over about more most up out per cent last",
    )
)
GOOD = """message = "Judges."
language = "en"
source = "written for TruthLens"

[notes]
"emotive verb" = "A verb that judges."

[[phrases]]
text = "The council [[slammed]] a [[shameful]] plan on Monday."
note = "emotive verb"

[[passes]]
text = "The door slammed shut behind the last of them."
why = "literal sense"
"""
PAIR = '[[pairs]]\nforms = { slam = "criticise" }\npos = "verb"\nlost = "the force"\n'


def examples(kind: str = "both") -> list[SeedExample]:
    families = FAMILIES.values()
    phrases = [] if kind == "passes" else chain.from_iterable(family.phrases for family in families)
    passes = [] if kind == "phrases" else chain.from_iterable(family.passes for family in families)
    return [*phrases, *passes]


def words(text: str) -> list[str]:
    return re.findall(r"\w+(?:[-'’]\w+)*", text.lower())


def write(root: Path, name: str, content: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return root


# --- the shipped seeds


def test_every_family_has_enough_of_both_kinds():
    assert FAMILIES.keys() == {prefix + name for prefix, names in KINDS.items() for name in names}
    for key, family in FAMILIES.items():
        assert len(family.phrases) >= LEAST, key
        assert len(family.passes) >= LEAST, key


def test_messages_are_one_short_sentence():
    for family in FAMILIES.values():
        for message in (family.message, *family.notes.values()):
            assert len(message.split()) <= 16, message
            assert message.endswith((".", "?")), message


def test_every_note_of_a_phrase_has_a_message():
    for family in FAMILIES.values():
        assert {phrase.note for phrase in family.phrases} <= family.notes.keys(), family.key


def test_no_sentence_stands_twice_in_any_family():
    texts = [example.text.casefold() for example in examples()]
    assert sorted(set(texts)) == sorted(texts)


def test_marks_are_words_of_the_sentence():
    for phrase in examples("phrases"):
        assert phrase.spans, phrase.text
        assert "[" not in phrase.text
        for span in phrase.spans:
            assert span.of(phrase.text).strip() == span.of(phrase.text) != ""
        for one, other in combinations(phrase.spans, 2):
            assert not one.overlaps(other)


def test_sentences_are_as_long_as_in_the_news():
    for example in examples():
        assert 8 <= len(words(example.text)) <= 35, example.text


def test_no_sentence_is_a_template_twin():
    # Plain connecting words are shared by all English; four content words in a row are a template.
    seen: dict[tuple[str, ...], str] = {}
    for example in examples():
        content = [word for word in words(example.text) if word not in STOP_WORDS]
        for run in zip(*(content[shift:] for shift in range(4)), strict=False):
            assert seen.setdefault(run, example.text) == example.text, run


def test_openings_vary():
    for family in FAMILIES.values():
        openings = [tuple(words(phrase.text)[:3]) for phrase in family.phrases]
        assert len(set(openings)) >= 0.95 * len(openings), family.key


def test_a_pass_holds_no_span_marked_in_its_family_alone():
    # A marked stretch that also passes must need its context: one word of a phrase, not a whole clause.
    for family in FAMILIES.values():
        marked = {span.of(p.text).casefold() for p in family.phrases for span in p.spans}
        clauses = [span for span in marked if len(span.split()) > 3]
        for example in family.passes:
            assert not [clause for clause in clauses if clause in example.text.casefold()], example.text


def test_the_digest_moves_with_any_file_and_not_with_line_ends(tmp_path):
    copy = Path(shutil.copytree(SEEDS, tmp_path / "seeds"))
    assert seeds.digest(copy) == seeds.digest() == seeds.digest(copy)
    doubt = copy / "phrases" / "doubt.toml"
    doubt.write_bytes(doubt.read_bytes().replace(b"\n", b"\r\n"))
    assert seeds.digest(copy) == seeds.digest()
    doubt.write_bytes(doubt.read_bytes() + b"# more\n")
    assert seeds.digest(copy) != seeds.digest()


# --- the format


def test_a_family_is_read_with_spans_and_notes(tmp_path):
    family = seeds.load_families(write(tmp_path, "phrases/loaded.toml", GOOD))["loaded"]
    (phrase,) = family.phrases
    assert phrase.text == "The council slammed a shameful plan on Monday."
    assert [span.of(phrase.text) for span in phrase.spans] == ["slammed", "shameful"]
    assert (phrase.family, phrase.note) == ("loaded", "emotive verb")
    assert family.notes == {"emotive verb": "A verb that judges."}
    assert family.passes[0].spans == ()
    assert family.passes[0].note == "literal sense"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('message = "Judges."', 'message = ""', 1, "message"),
        ('language = "en"', 'language = "fr"', 2, "language"),
        ('source = "written', 'sauce = "written', 3, "unknown key 'sauce'"),
        ('source = "written for TruthLens"\n', "", 1, "'source' is missing"),
        ('"emotive verb" =', '"emotive noun" =', 6, "belongs to no phrase"),
        ('= "A verb that judges."', "= 3", 6, "expected text"),
        ("[[phrases]]", "[[phrase]]", 8, "unknown key 'phrase'"),
        ('note = "emotive verb"', 'nota = "emotive verb"', 10, "unknown key 'nota'"),
        ('text = "The council [[slammed]] a [[shameful]] plan on Monday."', 'text = ""', 9, "text"),
        ("[[slammed]]", "[[slammed", 9, "unbalanced"),
        ("[[slammed]]", "slammed]]", 9, "unbalanced"),
        ("[[shameful]]", "[[shame[[ful]]]]", 9, "unbalanced"),
        ("[[slammed]]", "[[]]", 9, "empty"),
        ("[[slammed]]", "[[slammed ]]", 9, "space"),
        ("[[slammed]] a [[shameful]]", "slammed a shameful", 9, "nothing marked"),
        ("The door", "The [[door]]", 13, "pass marks nothing"),
        ('why = "literal sense"', 'why = ""', 14, "why"),
        ('why = "literal sense"\n', "", 12, "'why' is missing"),
        ("The door slammed shut behind the last of them.", "the council slammed a shameful plan on monday.",
         13, "stands on line 9"),
        ('why = "literal sense"', "why = literal", 14, "line 14"),
    ],
)  # fmt: skip
def test_a_broken_family_is_refused_with_file_and_line(tmp_path, old, new, line, said):
    assert old in GOOD
    root = write(tmp_path, "phrases/loaded.toml", GOOD.replace(old, new, 1))
    with pytest.raises(SeedError, match=re.escape(said)) as caught:
        seeds.load_families(root)
    assert str(caught.value).startswith(f"phrases/loaded.toml:{line}: ")


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (PAIR.replace("verb", "werb"), 3, "pos 'werb'"),
        (PAIR.replace("lost =", "loss ="), 4, "unknown key 'loss'"),
        (PAIR.replace('lost = "the force"\n', ""), 1, "'lost' is missing"),
        (PAIR.replace("slam =", "Slam ="), 2, "lower case"),
        (PAIR.replace('"criticise"', "1"), 2, "expected text"),
        (PAIR + "\n" + PAIR, 7, "earlier table"),
        (PAIR + 'not_before = "dunk"\n', 5, "list"),
        (PAIR + 'not_before = [""]\n', 5, "list"),
        ('pairs = [{ forms = { slam = "criticise" }, pos = "verb", lost = "x" }]\n', 1, "header"),
        ("[[pairs]]\nforms = {", 2, "wording.toml"),
    ],
)
def test_a_broken_wording_is_refused_with_file_and_line(tmp_path, content, line, said):
    root = write(tmp_path, "wording.toml", content)
    with pytest.raises(SeedError, match=re.escape(said)) as caught:
        seeds.load_wording(root)
    assert str(caught.value).startswith(f"wording.toml:{line}: ")


def test_a_missing_file_and_bytes_that_are_no_text_are_refused(tmp_path):
    with pytest.raises(SeedError, match=r"^wording\.toml:1: cannot be read"):
        seeds.load_wording(tmp_path)
    (tmp_path / "wording.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SeedError, match=r"^wording\.toml:1: cannot be read: not UTF-8"):
        seeds.load_wording(tmp_path)


# --- plainer wordings


def plainer(before: str, phrase: str, after: str = "") -> str | None:
    found = WORDING.lookup(before, phrase, after)
    return None if found is None else found.plainer


def test_there_are_enough_wordings():
    assert len(WORDING.rows) >= 400
    assert len({row.lost for row in WORDING.rows.values()}) >= 40


def test_every_row_comes_back_in_every_case():
    for row in WORDING.rows.values():
        for change in (str, str.upper):
            found = WORDING.lookup("", change(row.loaded), "")
            assert found is not None, row
            assert (found.plainer, found.lost) == (change(row.plain), row.lost)


def test_no_plainer_wording_is_itself_listed_as_loaded():
    assert not [row for row in WORDING.rows.values() if row.plain in WORDING.rows]


def test_past_forms_serve_as_participles():
    # "has increased" and "increased" share a slot; "rose" and "has risen" do not.
    strong = {"rose", "fell", "gave", "took", "grew", "sank", "shrank", "began", "spoke", "drew", "threw"}
    assert not [row for row in WORDING.rows.values() if row.pos == "verb" and strong & set(row.plain.split())]


@pytest.mark.parametrize(
    ("before", "phrase", "after", "expected"),
    [
        ("The party ", "slammed", " the plan.", "criticised"),
        ("", "SLAMMED", " by the press", "CRITICISED"),
        ("", "Slams", " the plan", "Criticises"),
        ("Minister ", "Lashes Out At", " Banks", "Criticises"),
        ("Parties ", "At War Over", " Lunch", "In Dispute Over"),
        ("they were ", "at each other’s throats", " again", "in dispute"),
        ("the ", "regime’s", " army", "government’s"),
        ("they ", "slammed the proposal", " twice", "criticised the proposal"),
        ("dealt a ", "massive blow", " to the firm", "setback"),
        ("", "an absolutely stunning fiasco", ".", "a failure"),
        ("", "A disastrous plan", ".", "An unsuccessful plan"),
        ("he  ", "lashed   out at", " them", "criticised"),
    ],
)
def test_a_wording_keeps_case_and_surroundings(before, phrase, after, expected):
    assert plainer(before, phrase, after) == expected


@pytest.mark.parametrize(
    ("before", "phrase", "after", "expected"),
    [
        ("the ", "stunning", " scale of it", ""),
        ("the ", "stunning scope and scale", " of it", "scope and scale"),
        ("", "Stunning victory", " for Kenya", "Victory"),
        ("a ", "utterly", " wrong figure", ""),
        ("The result was ", "stunning", " for the firm.", None),
        ("The result was ", "stunning", ".", None),
        ("a bold and ", "stunning", " plan", None),
        ("the most ", "shameful", " vote", None),
        ("", "Conveniently", ", the file was lost", None),
        ("It was, ", "conveniently", ", lost", None),
        ("“", "Truly", ".”", None),
        ("an elaborately ", "dramatic", " scene", None),
        ("He doesn’t ", "truly", " mean it", None),
    ],
)
def test_a_modifier_is_deleted_only_where_the_sentence_stands_without_it(before, phrase, after, expected):
    assert plainer(before, phrase, after) == expected


@pytest.mark.parametrize(
    ("before", "phrase", "after"),
    [
        ("The car ", "slammed", " into a wall"),
        ("Her third grand ", "slam", " title"),
        ("The ", "grand slam", " title"),
        ("The ", "blasted", " door"),
        ("Two bomb ", "blasts", " shook the town"),
        ("The tax ", "regime", " for farms"),
        ("A ", "massive", " star exploded"),
        ("An ", "explosive", " device was found"),
        ("The tariff is ", "crippling", " the town"),
        ("The firm’s ", "claim that", " it was sold"),
        ("A ", "revolutionary", " new pump"),
        ("The ", "inflammatory", " bowel diseases"),
        ("The record-", "shattering", " run"),
        ("He was shot and ", "killed", " in an attack"),
        ("", "nothing known here", ""),
        ("", "", ""),
    ],
)
def test_plain_senses_and_unknown_words_have_no_wording(before, phrase, after):
    assert WORDING.lookup(before, phrase, after) is None


def test_a_letter_that_grows_in_lower_case_shifts_nothing():
    assert plainer("", "İstanbul slammed Ankara") == "İstanbul criticised Ankara"


@pytest.mark.parametrize(
    ("following", "article"),
    [
        ("unusual plan", "an"),
        ("union", "a"),
        ("uninformed", "an"),
        ("hour", "an"),
        ("setback", "a"),
        ("One", "a"),
    ],
)
def test_the_article_follows_the_sound(following, article):
    assert indefinite_article(following) == article
