"""Twenty-four texts on which places are easily counted wrong: the same words stand at them in Python
and in JavaScript.

`extension/hostile-texts.test.js` finds them on a page.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from payloads import FIXTURES
from trust import tries
from truthlens.annotate import Annotator
from truthlens.domain import Article, Evidence, Span
from truthlens.segment import segment
from truthlens.voices.voice import voices

ODD = {
    each["name"]: (each["text"], min(each.get("times", 1), tries(5_000, 65_000)))
    for each in json.loads((FIXTURES / "odd-texts.json").read_text("utf-8"))["texts"]
}
"""Each text, and how often it is repeated."""
READ_IN_NODE = """
let read = "";
process.stdin.setEncoding("utf8").on("data", (piece) => (read += piece)).on("end", () => {
  let checked = 0;
  for (const { name, text, places } of JSON.parse(read)) {
    for (const { exact, prefix, suffix, utf16_start, utf16_end } of places) {
      const around = [text.slice(0, utf16_start), text.slice(utf16_start, utf16_end), text.slice(utf16_end)];
      const same = around[0].endsWith(prefix) && around[1] === exact && around[2].startsWith(suffix);
      if (!same) throw new Error(`${name}: ${JSON.stringify([around[1], exact])} at ${utf16_start}`);
      checked += 1;
    }
  }
  console.log(checked);
});
"""


def article(name: str) -> Article:
    odd, times = ODD[name]
    said = f"Mayor Jane Roe said the {odd * times} was “{odd}”, twice. Nobody {odd} agreed."
    text = f"The odd page\n{said}\n{odd} is all."
    return Article(text=text, title="The odd page")


def places(name: str) -> tuple[str, list[dict[str, Any]]]:
    """Every sentence and voice of the text, and stretches of it that begin and end anywhere."""
    given = article(name)
    sentences = segment(given)
    spans = [sentence.span for sentence in sentences]
    spans += [voiced.span for voiced in voices(given, sentences)]
    step = max(1, len(given.text) // 50)
    spans += [Span(start, min(start + 7, len(given.text))) for start in range(0, len(given.text), step)]
    made = []
    annotator = Annotator(given, sentences)
    for span in spans:
        place = annotator.evidence(Evidence(span=span))
        assert given.text[place["start"] : place["end"]] == place["exact"] == span.of(given.text)  # type: ignore[misc]
        made.append(place)
    return given.text, made


@pytest.mark.parametrize("name", ODD)
def test_a_sentence_is_what_stands_at_its_place(name: str) -> None:
    given = article(name)
    sentences = segment(given)
    assert sentences
    assert all(sentence.span.of(given.text) == sentence.text for sentence in sentences)
    covered = [voiced.span for voiced in voices(given, sentences)]
    assert "".join(span.of(given.text) for span in covered) == "".join(each.text for each in sentences)


def test_the_same_words_stand_at_a_place_in_python_and_in_javascript(
    record_property: Callable[[str, object], None],
) -> None:
    sent = [
        {"name": name, "text": text, "places": found}
        for name, (text, found) in ((name, places(name)) for name in ODD)
    ]
    done = subprocess.run(
        ["node", "-e", READ_IN_NODE], input=json.dumps(sent), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) == sum(len(each["places"]) for each in sent) > 24 * 50
    record_property("tried", len(ODD))
    record_property("figure", f"{int(done.stdout):,} places")
