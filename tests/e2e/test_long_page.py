"""A page of half a million characters with 300 marks. How long it takes is printed, not judged."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from at_the_page import marked
from browser import Reader, wait_for
from canned_service import CannedService, Words

CHARACTERS = 500_000
MARKS = 300
SPARE = "the town council met again on a grey day and spoke of roads lamps fees and the harbour wall".split()
TIMES = """async (url) => {
  const [tab] = await chrome.tabs.query({ url });
  const func = () => {
    const began = performance.now();
    const index = TruthLens.text.index(document.body);
    const indexed = performance.now();
    const items = TruthLens.paint.shown();
    TruthLens.anchor.place(index, items.map(({ mark }) => mark.selector));
    const placed = performance.now();
    TruthLens.paint.draw(items, index.roots);
    document.body.getBoundingClientRect();
    const painted = performance.now();
    return { characters: index.text.length, marks: items.length, index: indexed - began,
             place: placed - indexed, paint: painted - placed };
  };
  return (await chrome.scripting.executeScript({ target: { tabId: tab.id }, func }))[0].result;
}"""


def paragraphs() -> tuple[list[str], list[Words]]:
    """Text in which one word is marked again and again, so that only its context tells where."""
    chance = random.Random(20261127)
    lines: list[str] = []
    length = 0
    while length < CHARACTERS:
        words = chance.choices(SPARE, k=chance.randint(60, 120))
        words[chance.randrange(len(words))] = "reckless"
        lines.append(" ".join(words))
        length += len(lines[-1]) + 1
    chosen = sorted(chance.sample(range(len(lines)), MARKS))
    return lines, [Words(exact="reckless", nth=nth) for nth in chosen]


@pytest.mark.parametrize("tag", ["p", "b"])
def test_300_marks_on_half_a_million_characters(
    canned_reader: Reader, canned: CannedService, record_property: Callable[[str, object], None], tag: str
) -> None:
    lines, words = paragraphs()
    # <b>: as one endless line of inline elements, as badly made pages have it.
    body = "".join(f"<{tag}>{line}</{tag}> " for line in lines)
    address = canned.put(f"long-{tag}", f"<main>{body}</main>", "\n".join(lines), words)
    page = marked(canned_reader, address)
    painted = "() => CSS.highlights.get('truthlens-loaded_language-own').size"
    wait_for(lambda: page.evaluate(painted) == MARKS, "all marks stand")
    where = page.evaluate(
        """(tag) => {
          const places = [...document.querySelectorAll(tag)];
          const ranges = [...CSS.highlights.get("truthlens-loaded_language-own")];
          return ranges.map((range) => places.indexOf(range.startContainer.parentElement));
        }""",
        tag,
    )
    assert where == [one.nth for one in words], "each in its own paragraph"
    took = canned_reader.worker.evaluate(TIMES, address)
    assert took["marks"] == MARKS
    figure = (
        f"{took['characters']:,} characters in <{tag}>: {took['index']:.0f} ms to index, "
        f"{took['place']:.0f} ms to place and {took['paint']:.0f} ms to paint {MARKS} marks"
    )
    record_property("figure", figure)
    print(figure)
