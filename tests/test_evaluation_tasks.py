"""Each measuring task on a few rows whose right answer is known, read by a stand-in for the analyser."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from truthlens.cli import main
from truthlens.commands import evaluate as command
from truthlens.domain import Article, Finding, Report, Voiced
from truthlens.encode import Encoded, Progress
from truthlens.errors import ServiceError
from truthlens.evaluation import (
    babe_sentence,
    babe_words,
    calibration,
    entities,
    findings,
    plain_reporting,
    ptc_spans,
    ptc_technique,
    similarity,
    subjectivity,
)
from truthlens.evaluation.ptc_technique import NAMES
from truthlens.evaluation.row import Row
from truthlens.heads import Scores, words
from truthlens.names import OUTPUTS as ENTITY
from truthlens.segment import segment
from truthlens.training.task import Example, Parts, Task

PHRASE = (*NAMES, "vague_sourcing", "any")
MODE = ("fact", "opinion", "forecast", "other")


class Reader:
    """Answers to single words: what it was told of a word is that word's score, .01 any other's.

    A sentence is loaded, and an opinion, as far as its loudest word is. Counts how many texts a pass has.
    """

    thresholds: Mapping[str, Mapping[str, float]] = {"loaded": {"loaded": 0.5}, "phrase": {"any": 0.5}}

    def __init__(self, told: Mapping[str, Mapping[str, float]] | None = None) -> None:
        self.told = told or {}
        self.passes: list[int] = []

    def read(self, texts: Sequence[str]) -> tuple[Encoded, Scores]:
        self.passes.append(len(texts))
        spans = tuple(words(text) for text in texts)
        phrase, entity = [], []
        for text, found in zip(texts, spans, strict=True):
            said = [self.told.get(span.of(text).lower(), {}) for span in found]
            phrase.append(
                np.asarray([[each.get(o, 0.01) for o in PHRASE] for each in said], np.float32).reshape(
                    -1, len(PHRASE)
                )
            )
            entity.append(
                np.asarray([[each.get(o, 0.01) for o in ENTITY] for each in said], np.float32).reshape(
                    -1, len(ENTITY)
                )
                + np.eye(1, len(ENTITY), dtype=np.float32) * 0.1
            )
        loud = np.asarray([rows[:, -1].max(initial=0.0) for rows in phrase], np.float32)
        mode = np.stack([1 - loud, loud, 0 * loud, 0 * loud], axis=1)
        scores = Scores(
            words=spans,
            outputs={"phrase": PHRASE, "entity": ENTITY, "loaded": ("loaded",), "mode": MODE},
            by_word={"phrase": tuple(phrase), "entity": tuple(entity)},
            by_sentence={"loaded": loud[:, None], "mode": mode},
        )
        return encode(texts), scores


def encode(texts: Sequence[str], progress: Progress | None = None) -> Encoded:
    """Unit vectors that say how many a's and b's a text has."""
    counts = np.zeros((len(texts), 384), np.float32)
    for row, text in enumerate(texts):
        counts[row, :3] = [text.count("a"), text.count("b"), 0.001]
    return Encoded(
        vectors=counts / np.linalg.norm(counts, axis=1, keepdims=True),
        states=(),
        token_spans=(),
    )


def loud(*listed: str, **outputs: float) -> dict[str, dict[str, float]]:
    return {word: {"any": 0.9, "loaded_language": 0.9, **outputs} for word in listed}


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())  # as it stands: write_text would turn line ends on Windows


def babe(folder: Path, name: str, rows: list[dict[str, str]], delimiter: str = ";") -> None:
    path = folder / "measure" / "babe_sg1" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def judged(text: str, label: str, marked: str = "[]", outlet: str = "fox") -> dict[str, str]:
    return {"text": text, "outlet": outlet, "label_bias": label, "biased_words": marked}


def lexicon(folder: Path) -> None:
    write(folder / "train" / "lexicons" / "vader_lexicon.txt", "vile\t-3.1\t0.5\t[]\ngood\t1.9\t0.9\t[]\n")


SENTENCES = [
    judged("The vile mob came.", "Biased", "['vile mob']"),
    judged("A  nasty\ntrick worked.", "Biased", "['nasty']"),
    judged("The council met on Monday.", "Non-biased"),
    judged("Rain fell on the town.", "Non-biased"),
    judged("Nobody agreed on this vile row.", "No agreement", "['vile']"),
]


def test_babe_sentence(tmp_path: Path) -> None:
    lexicon(tmp_path)
    babe(tmp_path, "final_labels_SG1.csv", SENTENCES)
    f1, area = babe_sentence.evaluate(tmp_path, Reader(loud("vile", "rain")))
    # One of two biased ones is found, one of two others is called biased.
    assert (f1.score, area.score) == pytest.approx((0.5, 0.5))
    assert f1.n == area.n == 4  # the row without agreement is left out
    assert f1.low <= f1.score <= f1.high
    assert f1.baselines == pytest.approx({"majority": 1 / 3, "lexicon": (2 / 3 + 4 / 5) / 2})
    assert area.baselines == pytest.approx({"constant": 0.5, "lexicon": 0.75})
    assert any("in-domain" in name for name in f1.published)
    right, _ = babe_sentence.evaluate(tmp_path, Reader(loud("vile", "nasty")))
    assert right.score == 1.0


def test_babe_takes_other_files_but_no_sentence_twice(tmp_path: Path) -> None:
    babe(tmp_path, "final_labels_SG1.csv", SENTENCES)
    again = {**SENTENCES[0], "label_bias": "Non-biased"}
    babe(tmp_path, "final_labels_SG2.csv", [again, judged("One more, vile.", "Biased")], delimiter=",")
    babe(tmp_path, "later.csv", [{"text": "A nasty end.", "label": "1"}], delimiter=",")
    babe(tmp_path, "something_else.csv", [{"word": "vile", "score": "3"}])
    f1, _ = babe_sentence.evaluate(tmp_path, Reader(loud("vile", "nasty")))
    assert (f1.n, f1.score) == (6, 1.0)
    files = {"final_labels_SG1.csv": 4, "final_labels_SG2.csv": 1, "later.csv": 1}
    assert f1.note == ", ".join(f"{count} sentences of {name}" for name, count in files.items())
    assert "lexicon" not in f1.baselines  # the folder has none


def test_babe_words(tmp_path: Path) -> None:
    lexicon(tmp_path)
    babe(tmp_path, "final_labels_SG1.csv", SENTENCES)
    (row,) = babe_words.evaluate(tmp_path, Reader(loud("vile", "mob", "nasty", "the")))
    assert row.score == 1.0  # “the” is loud too, but carries no content
    # vile mob came · nasty trick worked · council met Monday · Rain fell town; the last row has no agreement
    assert row.baselines["random (share of positives)"] == pytest.approx(3 / 12)
    # “vile” at precision 1, then all others together.
    assert row.baselines["lexicon"] == pytest.approx((1 + 2 * 3 / 12) / 3)
    assert (row.n, row.note) == (4, "12 content words, 3 marked")


def test_a_phrase_is_marked_as_whole_words_wherever_it_stands() -> None:
    text = "Mobs and the MOB; the mob’s boss"
    assert babe_words.marks(text, words(text), ["mob"]) == [False, False, False, True, False, True, False]


def ptc(folder: Path, part: str, text: str, labels: list[tuple[str, str]], name: str = "7") -> None:
    root = folder / "measure" / "ptc"
    write(root / f"{part}-articles" / f"article{name}.txt", text)
    spans = [(technique, text.index(words), text.index(words) + len(words)) for technique, words in labels]
    write(root / f"{part}-task-si.labels", "".join(f"{name}\t{a}\t{b}\n" for _, a, b in spans))
    write(root / f"{part}-task-flc-tc.labels", "".join(f"{name}\t{t}\t{a}\t{b}\n" for t, a, b in spans))


ARTICLE = "A title stands here\r\n\r\nThe 🙂 utterly vile mob came.\r\nRain fell on the town. Good night.\r\n"


def test_ptc_spans(tmp_path: Path) -> None:
    lexicon(tmp_path)
    ptc(tmp_path, "dev", ARTICLE, [("Loaded_Language", "utterly vile mob"), ("Doubt", "fell on")])
    ptc(tmp_path, "train", "Never read.", [("Doubt", "Never")])
    (row,) = ptc_spans.evaluate(tmp_path, Reader(loud("utterly", "vile", "mob", "night")))
    # Two spans predicted, one inside gold; two of gold, one covered: line ends of two characters, and all.
    assert row.score == pytest.approx(0.5)
    assert (row.n, row.note) == (1, "dev, 2 spans; precision 0.500, recall 0.500")
    sentences = [sentence.text for sentence in segment(Article(text=ARTICLE))]
    assert len(sentences) == 4
    precision = (len("utterly vile mob") / len(sentences[1]) + len("fell on") / len(sentences[2])) / 4
    assert row.baselines["every sentence"] == pytest.approx(2 * precision / (precision + 1))
    found = len("vile") / len("utterly vile mob") / 2
    assert row.baselines["lexicon"] == pytest.approx(2 * found / (1 + found))
    assert 0.003 in row.published.values()


def test_ptc_takes_every_part_but_train_and_train_alone(tmp_path: Path) -> None:
    ptc(tmp_path, "train", "A vile day.", [("Doubt", "vile")])
    assert ptc_spans.evaluate(tmp_path, Reader(loud("vile")))[0].note.startswith("train, 1 spans")
    ptc(tmp_path, "test", "A vile end.", [("Doubt", "vile")])
    ptc(tmp_path, "other", "A nasty end.", [("Doubt", "nasty")])
    write(
        tmp_path / "measure" / "ptc" / "other-articles" / "article8.txt", "Nothing is marked, vile as it is."
    )
    (row,) = ptc_spans.evaluate(tmp_path, Reader(loud("vile")))
    assert row.note.startswith("other and test, 2 spans; precision 0.500, recall 0.500")
    assert row.n == 3


def test_ptc_technique(tmp_path: Path) -> None:
    text = "The vile mob came. Who can trust them? Build it now. They must build it. We built it, build it!"
    labels = [
        ("Loaded_Language", "vile"),
        ("Name_Calling,Labeling", "vile"),
        ("Doubt", "Who can trust them"),
        ("Repetition", "Build it"),
        ("Slogans", "must"),
    ]
    ptc(tmp_path, "dev", text, labels)
    told = {
        "vile": {"loaded_language": 0.9, "name_calling": 0.5},
        "trust": {"doubt": 0.9},
        "must": {"appeal_to_fear": 0.9},
    }
    (row,) = ptc_technique.evaluate(tmp_path, Reader(told))
    assert row.score == pytest.approx(4 / 5)
    assert (row.n, row.low <= row.score <= row.high) == (5, True)
    assert row.baselines["always Loaded_Language"] == pytest.approx(1 / 5)
    assert row.baselines["majority (Loaded_Language)"] == pytest.approx(1 / 5)


def test_a_span_without_words_goes_by_the_constants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ptc_technique.BIAS, "slogan", 9.0)
    assert ptc_technique.ranking(np.zeros((0, len(PHRASE)), np.float32), PHRASE)[0] == "Slogans"


def test_subjectivity(tmp_path: Path) -> None:
    lexicon(tmp_path)
    folder = tmp_path / "measure" / "subj"
    head = "sentence_id\tsentence\tlabel\tsolved_conflict\n"
    write(folder / "dev_en.tsv", f'{head}1\t"Vile, he said.\tSUBJ\tFalse\n2\tRain fell.\tOBJ\tFalse\n')
    write(folder / "test_en.tsv", f"{head}3\tIt is nasty.\tSUBJ\tTrue\n4\tNo label.\t\tFalse\n")
    write(folder / "dev_it.tsv", f"{head}5\tPiove.\tOBJ\tFalse\n")
    f1, area = subjectivity.evaluate(tmp_path, Reader(loud("vile", "nasty")))
    assert (f1.score, area.score, f1.n) == (1.0, 1.0, 3)
    assert f1.note.startswith("2 sentences of dev_en.tsv, 1 sentences of test_en.tsv; ")
    assert f1.baselines["majority"] == pytest.approx(0.4)
    assert area.baselines["lexicon"] == pytest.approx(0.75)


def test_entities(tmp_path: Path) -> None:
    plain = [("Rain", "O"), ("fell", "O"), (".", "O")]
    named = [("Then", "O"), ("Ann", "B-per"), ("Lee", "I-per"), ("left", "O"), ("Mali", "B-geo"), ("'s", "O")]
    named += [("U.N.", "B-org"), (".", "O")]
    lines = ["Sentence #,Word,POS,Tag"]
    for number, group in enumerate([plain] * 17 + [named] * 3, 1):
        lines += [f"{'' if i else f'Sentence: {number}'},{w},X,{tag}" for i, (w, tag) in enumerate(group)]
    write(tmp_path / "train" / "entities" / "gmb_8300.csv", "\n".join(lines) + "\n")
    told = {
        "ann": {"person_first": 0.9},
        "lee": {"person": 0.9},
        "mali's": {"place_first": 0.9},
        "u": {"place_first": 0.9},  # the right words, the wrong kind
        "n": {"place": 0.9},
    }
    (row,) = entities.evaluate(tmp_path, Reader(told))
    assert row.score == pytest.approx(2 / 3)
    assert (row.n, row.note) == (3, "3 persons, 3 places, 3 organisations")
    # “Then Ann Lee”, “Mali”, “U.N.” all called persons: none is right.
    assert row.baselines == {"every capitalised run a person": 0.0}


def test_calibration(monkeypatch: pytest.MonkeyPatch) -> None:
    def parts(_: Path) -> Parts:
        texts = {"vile": 1.0, "vile rain": 1.0, "vile mob": 1.0, "vile, vile": 0.0}
        known = np.ones(1, np.float32)
        rows = [Example(text, np.asarray([loaded], np.float32), known) for text, loaded in texts.items()]
        return Parts(train=(), calibrate=(), test=rows, test_name="four")

    def modes(_: Path) -> Parts:
        sure = np.eye(4, dtype=np.float32)
        rows = [Example(text, sure[0], np.ones(4, np.float32)) for text in ("rain", "vile")]
        return Parts(train=(), calibrate=(), test=rows, test_name="two")

    given = {
        "loaded": Task(key="loaded", level="sentence", outputs=("loaded",), read=parts, data=()),
        "mode": Task(key="mode", level="sentence", outputs=MODE, read=modes, data=(), exclusive=True),
    }
    monkeypatch.setattr(calibration, "tasks", lambda: given)
    loaded, mode = calibration.evaluate(Path(), Reader(loud("vile")))
    # Four sentences at .9, of which three are loaded.
    assert (loaded.metric, loaded.n) == ("calibration error, loaded", 4)
    assert loaded.score == pytest.approx(0.9 - 0.75)
    assert loaded.baselines == {"always .5": 0.25}
    assert loaded.note == "every output; score→share right (n): 0.90→0.75 (4)"
    # The likeliest output alone counts: fact at .99, which is right, and opinion at .9, which is wrong.
    assert (mode.n, mode.note[:15]) == (2, "likeliest outpu")
    assert mode.score == pytest.approx(abs(0.99 + 0.9 - 1) / 2)


def test_the_reliability_curve_leaves_empty_bins_out() -> None:
    points = calibration.curve(np.asarray([0.05, 0.9, 1.0], np.float32), np.asarray([0, 1, 0], np.float32))
    assert points == [pytest.approx((0.05, 0.0, 1)), pytest.approx((0.95, 0.5, 2))]


def test_similarity(tmp_path: Path) -> None:
    folder = tmp_path / "measure" / "neus"
    write(
        folder / "val.source", "TITLE=> aaab x ARTICLE=> bbb. [SEP] TITLE=> bbb ARTICLE=> a\nTITLE=> bbbba\n"
    )
    write(folder / "val.target", "TITLE=> aaaab ARTICLE=> b TITLE=> b\nTITLE=> bbbbba ARTICLE=> aaa\n")
    write(folder / "more.source", "TITLE=> ab ARTICLE=> c\n")
    write(folder / "more.target", "TITLE=> aaaaab ARTICLE=> c\n")
    write(folder / "alone.source", "TITLE=> ab ARTICLE=> c\n")

    class Base:
        digest = "none"

        def encode(self, sentences: Sequence[str], progress: Progress | None = None) -> Encoded:
            return encode(["ab" for _ in sentences])

    recall, rank = similarity.evaluate(tmp_path, Reader(), Base)
    assert recall.n == 3
    assert recall.score == pytest.approx(2 / 3)  # the event of the other file takes “aaab” for its own
    assert rank.score == pytest.approx((1 + 1 + 1 / 3) / 3) or rank.score == pytest.approx(5 / 6)
    assert recall.baselines["base model"] == 0.0  # all are equally near, and a tie counts against us
    assert rank.baselines["base model"] == pytest.approx(1 / 3)
    assert recall.baselines["random"] == pytest.approx(1 / 3)
    assert rank.baselines["random"] == pytest.approx((1 + 1 / 2 + 1 / 3) / 3)


class Marking:
    """Marks every “vile” as loaded, in the outlet's own voice."""

    def analyse(self, article: Article) -> Report:
        sentences = segment(article)
        return Report(
            article=article,
            sentences=sentences,
            voices=tuple(Voiced(span=sentence.span, voice="own") for sentence in sentences),
            findings=tuple(
                Finding(indicator="loaded_language", span=word, score=0.9, sentence=0, message="")
                for word in words(article.text)
                if word.of(article.text) == "vile"
            ),
            sections=(),
        )


def test_plain_reporting(tmp_path: Path) -> None:
    lexicon(tmp_path)
    babe(
        tmp_path, "a.csv", [judged("Five words are all vile.", "Non-biased", outlet="Reuters"), SENTENCES[0]]
    )
    babe(tmp_path, "b.csv", [judged("And these five are not.", "Non-biased", outlet="reuters")])
    rows = plain_reporting.evaluate(tmp_path, Marking())  # type: ignore[arg-type]
    assert [(row.score, row.n) for row in rows] == [(100.0, 2), (100.0, 2), (10.0, 2)]
    assert rows[1].baselines == {"lexicon": 100.0}


def test_findings(tmp_path: Path) -> None:
    lexicon(tmp_path)
    labels = {"mode": "fact", "emotion": "none", "frames": [], "check_worthy": 0}
    rows = [
        {"text": "A vile day.", "spans": [{"start": 2, "end": 6, "technique": "loaded_language"}], **labels},
        {"text": "A vile night.", "spans": [], **labels},
    ]
    write(tmp_path / "train" / "news_spans" / "dev.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    (row,) = findings.evaluate(tmp_path, Marking())  # type: ignore[arg-type]
    assert (row.score, row.n) == (0.5, 2)
    assert row.baselines == {"every sentence a mark": 0.5, "lexicon": 0.5}


def test_many_texts_are_read_in_small_passes(tmp_path: Path) -> None:
    babe(
        tmp_path,
        "many.csv",
        [judged(f"Row {i} is here.", ["Biased", "Non-biased"][i % 2]) for i in range(600)],
    )
    reader = Reader()
    assert babe_sentence.evaluate(tmp_path, reader)[0].n == 600
    assert reader.passes == [256, 256, 88]


@pytest.mark.parametrize(
    "measure",
    [
        babe_sentence.evaluate,
        babe_words.evaluate,
        ptc_spans.evaluate,
        ptc_technique.evaluate,
        subjectivity.evaluate,
        entities.evaluate,
        lambda data, reader: similarity.evaluate(data, reader, reader),
    ],
)
def test_missing_data_is_said(measure: Callable[[Path, Reader], list[Row]], tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="is not in the data folder"):
        measure(tmp_path, Reader())


class TestCommand:
    """Two tasks instead of all: one that measures, and one without its data."""

    @pytest.fixture(autouse=True)
    def tasks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        row = Row(
            task="babe_words",
            metric="average precision",
            score=0.5,
            low=0.4,
            high=0.6,
            n=1700,
            baselines={"random": 0.05},
            published={"theirs | ours, in-domain": 0.7},
        )
        tasks = {
            "babe_words": lambda data: [row],
            "subjectivity": lambda data: subjectivity.evaluate(data, Reader()),
        }
        monkeypatch.setattr(command, "_tasks", lambda: tasks)

    def test_a_task_without_data_is_one_line_and_the_others_go_on(self, tmp_path: Path) -> None:
        result = CliRunner().invoke(main, ["evaluate", "--data", str(tmp_path), "--format", "json"])
        assert result.exit_code == 0
        assert "subjectivity: not measured, measure/subj is not in the data folder." in result.stderr
        (row,) = json.loads(result.stdout)
        assert set(row) == {"task", "metric", "score", "low", "high", "n", "baselines", "published", "note"}
        assert (row["task"], row["n"], row["baselines"]) == ("babe_words", 1700, {"random": 0.05})

    def test_a_named_task_without_data_is_an_error(self, tmp_path: Path) -> None:
        result = CliRunner().invoke(main, ["evaluate", "subjectivity", "--data", str(tmp_path)])
        assert result.exit_code != 0
        assert "measure/subj is not in the data folder" in result.stderr + str(result.exception)

    def test_the_page_holds_table_and_descriptions(self, tmp_path: Path) -> None:
        result = CliRunner().invoke(main, ["evaluate", "--data", str(tmp_path), "--format", "md"])
        assert result.stdout.startswith("# How good TruthLens is\n")
        line = "| babe_words | average precision | 0.500 | 0.400–0.600 | 1,700 | random 0.050 |"
        assert f"{line} theirs \\| ours, in-domain 0.700 |  |" in result.stdout
        assert "### babe_words\n\nWhich words are biased" in result.stdout
        assert "### subjectivity" not in result.stdout

    def test_the_table_stays_whole_in_a_pipe(self, tmp_path: Path) -> None:
        result = CliRunner().invoke(main, ["evaluate", "babe_words", "--data", str(tmp_path)])
        assert "average precision" in result.stdout


def test_every_task_is_a_module_that_says_what_it_measures() -> None:
    from importlib import import_module

    for name in command._tasks():
        assert import_module(f"truthlens.evaluation.{name}").__doc__
