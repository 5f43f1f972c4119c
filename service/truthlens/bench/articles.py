"""Articles to measure on: the demo page, and texts of any length made from all demo articles."""

from __future__ import annotations

import re
from functools import cache
from itertools import count

from truthlens.domain import Article
from truthlens.extract.article import extract
from truthlens.heads import WORD
from truthlens.seeds import articles_dir

DEMO = "arms-transfers"
"""The demo article of the length that the design was measured on: some 740 words."""

ADDRESS = f"http://{DEMO}.test/"
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
_ENDINGS = ("", "ov", "son", "ez", "ini", "ak", "ell", "ard")


def page() -> str:
    """The HTML of the demo article."""
    return (articles_dir() / f"{DEMO}.html").read_text("utf-8")


def article(words: int, edition: int = 0) -> Article:
    """About ``words`` words of news. Each time round the demo articles, and in each ``edition``, names of the
    running text are other ones: a long article has more parties, not the same ones more often.
    """
    headline, *_ = paragraphs()
    lines, total = [headline], len(WORD.findall(headline))
    for number in count(edition):
        for paragraph in paragraphs()[1:]:
            if total >= words:
                return Article(text="\n".join(lines), title=headline, extracted_by="given", language="en")
            changed = _renamed(paragraph, number)
            lines.append(changed)
            total += len(WORD.findall(changed))
    raise AssertionError  # `count` has no end


def _renamed(text: str, number: int) -> str:
    turn, ending = divmod(number, len(_ENDINGS))
    return _NAME.sub(lambda match: match.group() + "a" * turn + _ENDINGS[ending], text)


@cache
def paragraphs() -> tuple[str, ...]:
    """Of all demo articles, the first one's headline first."""
    files = sorted(articles_dir().glob("*.html"), key=lambda file: (file.stem != DEMO, file.stem))
    return tuple(
        line
        for file in files
        for line in extract(file.read_text("utf-8"), f"http://{file.stem}.test/").text.splitlines()
        if line.strip()
    )
