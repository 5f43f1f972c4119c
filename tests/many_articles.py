"""Makes thousands of articles out of the demo articles, to show what a corpus costs: always the same ones.

`python tests/many_articles.py OUT.jsonl --count 2000`. Each is one of the demo articles with other names and
numbers, another day and often another outlet, some paragraphs left out and two exchanged. They are as varied
as that and no more: what a report says of them is nothing about the press.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import html
from truthlens.seeds import articles_dir

FIRST_DAY = date(2025, 1, 6)
DAYS = 360  # over which the articles are spread
ELSEWHERE = 0.3  # share of articles that stand in another demo article's outlet
LEFT_OUT = 0.3  # at most, of an article's paragraphs
LEAST = 6  # paragraphs that stay
SURNAMES = tuple(
    "Abara Aldous Bekele Birch Calder Corwin Dahl Draper Egan Eskola Farrow Ferro Gadd Grieve Haldane "
    "Hobart Ibarra Innes Jarvis Jolly Keane Kovac Lacey Lund Maddox Moreau Naylor Novak Oakes Okoro Petrov "
    "Quayle Quist Rahman Sayer Solberg Tait Thorne Udall Unwin Varga Vickers Wray Wynn Yates Yoon".split()
)
TITLES = (
    "Mayor|Councilman|Councilwoman|Councillor|Pastor|Prof|Deputy|Governor|Police|Chief|President|The|When"
)
NAME = re.compile(rf"\b(?!(?:{TITLES})\b)[A-Z][a-z]+ ([A-Z][a-z]{{2,}})\b")
NO_SURNAMES = frozenset(
    "Alliance April Armament Bank Brock Chief Council Daily Division Ebba Electric Estates Ferries Fourth "
    "Governor Hall Hannah Journal Juniper Kingdom Korea Korean Koreans Lane Lydia Maren Nations Oren Pia "
    "Point President Putin Rescue Rocks Rory Rovers Sanctions Shore Source States Street Team Together Town "
    "Trade Trust Tuesday University Zealand".split()
)
"""Second words of the demo articles' other capitalised pairs."""
NUMBER = re.compile(r"(?<![\w.,:/-])\d{1,3}(?:,\d{3})*(?![\w:/-]|[.,]\d)")
DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")


@dataclass(frozen=True, slots=True)
class Demo:
    """``path`` is that of its address, ``surnames`` are those of the people in the story."""

    slug: str
    title: str
    outlet: str
    page: str
    day: date
    path: str
    surnames: tuple[str, ...]


@cache
def demos() -> tuple[Demo, ...]:
    found = []
    for page in sorted(articles_dir().glob("*.html")):
        about = tomllib.loads(page.with_suffix(".toml").read_text("utf-8"))
        markup = page.read_text("utf-8")
        text = "\n".join(" ".join(each.text_content().split()) for each in html.fromstring(markup).iter("p"))
        surnames = tuple(sorted(set(NAME.findall(text)) - NO_SURNAMES))
        day, path = date.fromisoformat(about["published"][:10]), urlsplit(about["url"]).path
        found.append(Demo(page.stem, about["title"], about["outlet"], markup, day, path, surnames))
    return tuple(found)


def article(number: int) -> dict[str, str]:
    """One row: ``id``, ``url``, ``outlet``, ``published``, ``title``; ``html`` and ``text`` tell the same."""
    draw = random.Random(number)
    demo = demos()[number % len(demos())]
    names = dict(zip(demo.surnames, draw.sample(SURNAMES, len(demo.surnames)), strict=True))
    moved = timedelta(days=(FIRST_DAY - demo.day).days + draw.randrange(DAYS))
    factor = draw.uniform(0.6, 1.6)
    page = demo.page.replace(demo.path, f"{demo.path}-{number}")  # or all would name one canonical address

    tree = html.document_fromstring(_renamed(DAY.sub(lambda found: _moved(found[0], moved), page), names))
    paragraphs = _paragraphs(tree)
    for each in paragraphs:
        _other_numbers(each, factor)
    kept = _cut(paragraphs, draw)
    other = draw.choice([each.outlet for each in demos() if each.outlet != demo.outlet])
    title = _renamed(demo.title, names)
    return {
        "id": f"{demo.slug}-{number}",
        "url": f"http://{demo.slug}.test{demo.path}-{number}",
        "outlet": other if draw.random() < ELSEWHERE else demo.outlet,
        "published": (demo.day + moved).isoformat(),
        "title": title,
        "html": html.tostring(tree, encoding="unicode", doctype="<!doctype html>"),
        "text": "\n".join(_line(each) for each in kept),
    }


def write(out: Path, count: int) -> None:
    """Articles as JSONL."""
    with out.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps(article(number), ensure_ascii=False) + "\n")


def _line(paragraph: Any) -> str:
    """Without the places at which a browser may part a word."""
    return " ".join(paragraph.text_content().replace("\xad", "").split())


def _renamed(text: str, names: dict[str, str]) -> str:
    return re.sub(r"\b[A-Z][a-z]+\b", lambda found: names.get(found[0], found[0]), text)


def _moved(day: str, by: timedelta) -> str:
    return (date.fromisoformat(day) + by).isoformat()


def _paragraphs(tree: Any) -> list[Any]:
    """Those of the story: the longest run of siblings, or on a live page of cousins."""
    homes = Counter(each.getparent().getparent() for each in tree.iter("p") if len(each.text_content()) > 80)
    home, _ = homes.most_common(1)[0]
    return [each for each in home.iter("p") if len(each.text_content()) > 80]


def _other_numbers(paragraph: Any, factor: float) -> None:
    def other(found: re.Match[str]) -> str:
        value = int(found[0].replace(",", ""))
        # Years stay years, and small counts keep their grammar.
        return found[0] if value < 3 or 1900 <= value <= 2100 else f"{max(3, round(value * factor)):,}"

    for each in paragraph.iter():
        if isinstance(each.tag, str):
            each.text = each.text and NUMBER.sub(other, each.text)
            if each is not paragraph:  # what stands behind the paragraph is not in it
                each.tail = each.tail and NUMBER.sub(other, each.tail)


def _cut(paragraphs: list[Any], draw: random.Random) -> list[Any]:
    """Leave some paragraphs out and exchange two, in the page itself. The first stays for the headline."""
    most = min(int(len(paragraphs) * LEFT_OUT), max(0, len(paragraphs) - LEAST))
    gone = set(draw.sample(range(1, len(paragraphs)), draw.randint(0, most)))
    kept = [each for at, each in enumerate(paragraphs) if at not in gone]
    for at in gone:
        paragraphs[at].drop_tree()
    if len(kept) > 3:
        at = draw.randrange(1, len(kept) - 1)
        one, two = kept[at], kept[at + 1]
        one.text, two.text = two.text, one.text
        ones, twos = list(one), list(two)
        one.extend(twos)
        two.extend(ones)
    return kept


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("out", type=Path)
    words.add_argument("--count", type=int, default=2000)
    given = words.parse_args()
    write(given.out, given.count)


if __name__ == "__main__":
    main()
