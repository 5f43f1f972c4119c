"""What training reads, and what each task makes of it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from fake_encoder import OUTPUTS, SENTENCE_OUTPUTS
from measuring_data import DATA
from training_data import (
    EMOTIONS,
    few_seeds,
    labelled_rows,
    news_row,
    write_all,
    write_goemotions,
    write_headlines,
    write_labelled,
    write_news,
)
from truthlens import manifests, names
from truthlens.domain import Span
from truthlens.errors import ServiceError
from truthlens.heads import LOUD, words
from truthlens.indicator import indicators
from truthlens.seeds import SeedFamily
from truthlens.training import data
from truthlens.training.shares import three_parts
from truthlens.training.task import Example, Parts, marked_example, one_of, several_of, tasks
from truthlens.training.tasks import emotion as emotion_task

PARTS = ("train", "calibrate", "test")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_all(tmp_path)


@pytest.fixture
def families(monkeypatch: pytest.MonkeyPatch) -> dict[str, SeedFamily]:
    return few_seeds(monkeypatch, 6)


def texts(rows: object) -> list[str]:
    return [row.text for row in rows]  # type: ignore[attr-defined]


# --- the readers


def test_news_rows_keep_their_labels(folder: Path) -> None:
    (row,) = [row for row in data.news(folder, "dev") if row.text == news_row(200)["text"]]
    assert row.text == "Critics said the vote of day 200 is shameful."
    assert [(span.of(row.text), name) for span, name in row.spans] == [
        ("Critics", "vague_sourcing"),
        ("shameful", "loaded_language"),
    ]
    assert (row.mode, row.emotion, row.check_worthy) == ("opinion", "anger", False)
    assert row.frames == ("moral", "political")


def test_news_is_cut_into_parts_that_share_no_text(folder: Path) -> None:
    train, calibrate, dev = (set(texts(data.news(folder, part))) for part in ("train", "calibrate", "dev"))
    assert not train & calibrate
    assert train | calibrate == {news_row(number)["text"] for number in range(96)}
    assert dev == {news_row(number)["text"] for number in range(200, 224)}
    assert 0 < len(calibrate) < len(train) / 3


def test_rows_that_are_added_move_no_other(tmp_path: Path) -> None:
    write_news(tmp_path / "few", train=range(60))
    write_news(tmp_path / "more", train=reversed(range(90)))
    for part in ("train", "calibrate"):
        few, more = (set(texts(data.news(tmp_path / name, part))) for name in ("few", "more"))
        assert few < more


def test_labelled_leaves_out_what_news_holds_back(tmp_path: Path) -> None:
    write_news(tmp_path)
    held = [*texts(data.news(tmp_path, "calibrate")), *texts(data.news(tmp_path, "dev"))]
    taught = texts(data.news(tmp_path, "train"))
    write_labelled(tmp_path, "train", [(text, True) for text in held + taught] + [("It rained.", False)])
    rows = data.labelled(tmp_path, "train")
    assert texts(rows) == [*taught, "It rained."]
    assert [row.loaded for row in rows] == [True] * len(taught) + [False]


def test_comments_have_the_names_of_their_emotions(tmp_path: Path) -> None:
    write_goemotions(tmp_path, [('He said "no', ["fear"]), ("two, of them", ["joy", "anger"])])
    assert data.goemotions(tmp_path, "dev") == [
        ('He said "no', ("fear",)),
        ("two, of them", ("joy", "anger")),
    ]


def test_a_comment_may_hold_a_character_that_ends_lines_elsewhere(tmp_path: Path) -> None:
    write_goemotions(tmp_path, [("one\u2028two\x85three", ["fear"])])
    assert data.goemotions(tmp_path, "train") == [("one\u2028two\x85three", ("fear",))]


def test_a_news_sentence_may_hold_a_character_that_ends_lines_elsewhere(tmp_path: Path) -> None:
    write_news(tmp_path)
    row = json.dumps(news_row(0) | {"text": "One\u2028two."}, ensure_ascii=False)
    (tmp_path / "train" / "news_spans" / "dev.jsonl").write_text(row + "\n", "utf-8")
    assert texts(data.news(tmp_path, "dev")) == ["One\u2028two."]


def test_headlines_have_their_kind_and_no_empty_lines(tmp_path: Path) -> None:
    write_headlines(tmp_path, 2)
    assert data.headlines(tmp_path) == [
        ("0 You Will Not Guess Day 0", True),
        ("You Will Not Guess Day 1", True),
        ("0 Council Met on Day 0", False),
        ("Council Met on Day 1", False),
    ]


def test_a_digest_covers_names_and_contents(folder: Path) -> None:
    before = data.digest(folder, "news_spans")
    assert before == data.digest(folder, "news_spans") != data.digest(folder, "goemotions")
    path = folder / "train" / "news_spans" / "dev.jsonl"
    path.rename(path.with_name("test.jsonl"))
    renamed = data.digest(folder, "news_spans")
    path.with_name("test.jsonl").write_text("", "utf-8")
    assert len({before, renamed, data.digest(folder, "news_spans")}) == 3


@pytest.mark.parametrize(
    ("read", "name"),
    [
        (lambda folder: data.news(folder, "train"), "news_spans/train.jsonl"),
        (lambda folder: data.news(folder, "dev"), "news_spans/dev.jsonl"),
        (lambda folder: data.labelled(folder, "test"), "anno_lexical/anno-lexical-test.parquet"),
        (lambda folder: data.goemotions(folder, "train"), "goemotions/labels.txt"),
        (data.headlines, "stop_clickbait/clickbait_data.txt"),
    ],
)
def test_missing_data_is_said_by_name(tmp_path: Path, read: object, name: str) -> None:
    with pytest.raises(ServiceError, match="--data") as caught:
        read(tmp_path)  # type: ignore[operator]
    assert caught.value.code == "data_missing"
    assert name in str(caught.value)
    assert str(tmp_path) not in str(caught.value)


# --- examples


def test_a_word_counts_for_the_spans_that_touch_it() -> None:
    text = "A truly stunning mob came."
    spans = [(Span(4, 16), "loaded_language"), (Span(8, 20), "name_calling")]
    outputs = ("loaded_language", "name_calling", "doubt", "any")
    example = marked_example(text, outputs, spans, np.array([1, 1, 0, 1], np.float32))
    assert example.targets.astype(int).tolist() == [
        [0, 0, 0, 0],
        [1, 0, 0, 1],
        [1, 1, 0, 1],
        [0, 1, 0, 1],
        [0, 0, 0, 0],
    ]
    assert example.mask.astype(int).tolist() == [[1, 1, 0, 1]] * 5


def test_a_technique_without_an_output_counts_as_any() -> None:
    example = marked_example(
        "A mob.", ("doubt", "any"), [(Span(2, 5), "red_herring")], np.ones(2, np.float32)
    )
    assert example.targets.astype(int).tolist() == [[0, 0], [0, 1]]


def test_a_text_without_words_is_an_example_without_rows() -> None:
    assert marked_example("…", ("any",), [], np.ones(1, np.float32)).targets.shape == (0, 1)


def test_examples_of_sentences() -> None:
    outputs = ("none", "fear", "joy")
    assert one_of("x", outputs, "fear").targets.tolist() == [0, 1, 0]
    assert several_of("x", outputs, ("joy", "none", "unknown")).targets.tolist() == [1, 0, 1]
    assert several_of("x", outputs, ()).targets.tolist() == [0, 0, 0]
    assert one_of("x", outputs, "joy").mask.tolist() == [1, 1, 1]
    with pytest.raises(ValueError, match="tuple"):
        one_of("x", outputs, "rage")


def test_three_parts_are_shares_that_adding_rows_does_not_move() -> None:
    rows = [f"row {number}" for number in range(1000)]
    parts = three_parts(rows, str)
    assert sorted(row for part in parts for row in part) == sorted(rows)
    assert [round(len(part) / 100) for part in parts] == [7, 1, 2]
    for fewer, part in zip(three_parts(rows[500:], str), parts, strict=True):
        assert set(fewer) <= set(part)


# --- the tasks


def test_there_is_a_task_for_every_head() -> None:
    assert set(tasks()) == set(manifests.HEADS)


def test_the_fake_heads_have_the_outputs_of_the_tasks() -> None:
    outputs = {key: task.outputs for key, task in tasks().items()}
    assert {key: outputs[key] for key in SENTENCE_OUTPUTS} == SENTENCE_OUTPUTS
    assert outputs["entity"] == names.OUTPUTS
    assert set(OUTPUTS) | set(indicators()) <= set(outputs["phrase"])


@pytest.mark.parametrize("key", manifests.HEADS)
def test_a_task_is_told_in_full(key: str) -> None:
    task = tasks()[key]
    assert task.key == key
    assert task.level == ("word" if key in ("phrase", "entity") else "sentence")
    assert len(set(task.outputs)) == len(task.outputs)
    assert 0.5 < task.precision < 1
    assert set(task.data) <= {
        "news_spans",
        "anno_lexical",
        "goemotions",
        "stop_clickbait",
        "entities",
        "seeds",
    }


@pytest.mark.parametrize("key", manifests.HEADS)
def test_parts_share_no_text_and_agree_with_the_outputs(
    key: str, folder: Path, families: dict[str, SeedFamily]
) -> None:
    task = tasks()[key]
    parts = task.read(folder)
    assert parts.test_name
    seen: dict[str, str] = {}
    for name in PARTS:
        examples: list[Example] = getattr(parts, name)
        assert examples, name
        for example in examples:
            assert seen.setdefault(example.text, name) == name
            outputs = len(task.outputs)
            shape = (len(words(example.text)), outputs) if task.level == "word" else (outputs,)
            assert example.targets.shape == example.mask.shape == shape
            assert example.targets.dtype == example.mask.dtype == np.float32
            assert set(np.unique(example.targets)) | set(np.unique(example.mask)) <= {0, 1}
            if task.exclusive:
                assert (example.targets.sum(axis=-1) == 1).all()
    for name in ("calibrate", "test"):
        assert all(example.mask.all() for example in getattr(parts, name)), "measured on what is not known"
    assert any(example.targets.any() for example in parts.calibrate)


@pytest.mark.skipif(not (DATA / "train").exists(), reason="the training data is not part of the repository")
@pytest.mark.parametrize("key", manifests.HEADS)
def test_real_parts_share_no_text(key: str, families: dict[str, SeedFamily]) -> None:
    if key != "value":  # rests on seeds alone: shown above
        parts = tasks()[key].read(DATA)
        train, calibrate, test = (set(texts(getattr(parts, name))) for name in PARTS)
        assert (train & calibrate, train & test, calibrate & test) == (set(), set(), set())


def find(parts: Parts, text: str) -> Example:
    (example,) = [example for name in PARTS for example in getattr(parts, name) if example.text == text]
    return example


def test_phrase_learns_any_from_news_alone(folder: Path, families: dict[str, SeedFamily]) -> None:
    task = tasks()["phrase"]
    parts = task.read(folder)
    anything = task.outputs.index("any")
    news = find(parts, news_row(200)["text"])
    assert news.targets[:, anything].astype(int).tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert news.targets[0, task.outputs.index("vague_sourcing")] == 1
    assert news.targets.sum() == 4
    seeds_ = {example.text for family in families.values() for example in (*family.phrases, *family.passes)}
    taught = [example for example in parts.train if example.text in seeds_]
    assert taught
    assert not any(example.mask[:, anything].any() for example in taught)
    assert not seeds_ & {example.text for example in (*parts.calibrate, *parts.test)}


def test_a_phrase_seed_tells_of_its_own_technique_alone(
    folder: Path, families: dict[str, SeedFamily]
) -> None:
    task = tasks()["phrase"]
    parts = task.read(folder)
    seed = families["doubt"].phrases[0]
    example = find(parts, seed.text)
    column = task.outputs.index("doubt")
    assert np.flatnonzero(example.mask.any(axis=0)).tolist() == [column]
    touched = [any(span.overlaps(word) for span in seed.spans) for word in words(seed.text)]
    assert example.targets[:, column].tolist() == touched
    plain = find(parts, families["doubt"].passes[0].text)
    known = {task.outputs[index] for index in np.flatnonzero(plain.mask.all(axis=0))}
    assert known == {"doubt", "loaded_language"}
    assert not plain.targets.any()


def test_loaded_learns_from_labels_and_from_three_families(
    folder: Path, families: dict[str, SeedFamily]
) -> None:
    parts = tasks()["loaded"].read(folder)
    taught = {(example.text, bool(example.targets[0])) for example in parts.train}
    assert taught >= set(labelled_rows("train"))
    for name, part in (("calibrate", "calibrate"), ("test", "dev")):
        wanted = [any(key in LOUD for _, key in row.spans) for row in data.news(folder, part)]
        assert [bool(example.targets[0]) for example in getattr(parts, name)] == wanted
        assert any(wanted)
    assert find(parts, families["name_calling"].phrases[0].text).targets == [1]
    assert find(parts, families["name_calling"].passes[0].text).targets == [0]
    assert families["doubt"].phrases[0].text not in texts(parts.train)


def test_emotion_takes_comments_of_one_feeling_and_not_too_many(
    folder: Path, families: dict[str, SeedFamily], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emotion_task, "MOST", 2)
    comments = [(f"grief {number}", ["grief"]) for number in range(3)]
    comments += [("both", ["joy", "fear"]), ("wow", ["admiration"]), ("soon", ["optimism"])]
    write_goemotions(folder, comments)
    parts = tasks()["emotion"].read(folder)
    outputs = tasks()["emotion"].outputs
    given = {example.text: outputs[int(example.targets.argmax())] for example in parts.train}
    assert {text: given.get(text) for text, _ in comments} == {
        "grief 0": "sadness",
        "grief 1": "sadness",
        "grief 2": None,
        "both": None,
        "wow": None,
        "soon": "hope",
    }
    assert given[families["emotion_joy"].phrases[0].text] == "joy"
    assert given[families["emotion_joy"].passes[0].text] == "none"
    assert set(emotion_task.FROM_GOEMOTIONS) <= set(EMOTIONS)
    assert set(emotion_task.FROM_GOEMOTIONS.values()) == set(outputs)


def test_a_frame_seed_tells_of_its_own_frame_alone(folder: Path, families: dict[str, SeedFamily]) -> None:
    task = tasks()["frame"]
    parts = task.read(folder)
    own = [float(output == "crime") for output in task.outputs]
    example = find(parts, families["frame_crime"].phrases[0].text)
    assert example.targets.tolist() == example.mask.tolist() == own
    plain = find(parts, families["frame_crime"].passes[0].text)
    assert (plain.targets.any(), plain.mask.tolist()) == (False, own)
    news = find(parts, news_row(200)["text"])
    assert {task.outputs[index] for index in np.flatnonzero(news.targets)} == {"moral", "political"}


def test_clickbait_learns_nothing_from_leading_numbers(folder: Path) -> None:
    parts = tasks()["clickbait"].read(folder)
    given = [(example.text, example.targets[0]) for name in PARTS for example in getattr(parts, name)]
    assert len(given) == 60  # 320, less one in four, then one in four
    assert not any(text[0].isdigit() for text, _ in given)
    assert all((target == 1) == text.startswith("You Will") for text, target in given)


def test_a_value_is_the_opposite_of_the_others(folder: Path, families: dict[str, SeedFamily]) -> None:
    task = tasks()["value"]
    parts = task.read(folder)
    example = find(parts, families["value_liberty"].phrases[0].text)
    assert example.targets.tolist() == [float(output == "liberty") for output in task.outputs]
    assert example.mask.all()
    assert not find(parts, families["value_liberty"].passes[0].text).targets.any()


def test_entity_gives_each_word_one_tag(folder: Path) -> None:
    parts = tasks()["entity"].read(folder)
    assert [len(getattr(parts, name)) for name in PARTS] == [31, 3, 6]
    example = parts.test[-1]
    assert example.text == "Ann Lee met Acme on day 39 in Mali."
    tags = [names.OUTPUTS[column] for column in example.targets.argmax(axis=1)]
    assert tags == [
        "person_first", "person", "none", "organisation_first", "none", "none", "none", "none", "place_first",
    ]  # fmt: skip


def test_mode_and_check_worthy_read_what_annotators_said(folder: Path) -> None:
    text = news_row(201)["text"]  # forecast, check-worthy
    assert find(tasks()["mode"].read(folder), text).targets.tolist() == [0, 0, 1, 0]
    assert find(tasks()["check_worthy"].read(folder), text).targets.tolist() == [1]
