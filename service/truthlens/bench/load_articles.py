"""Articles for the service under load, made from the demo articles; no two alike unless that is asked for."""

from __future__ import annotations

import itertools

from truthlens.bench.articles import paragraphs
from truthlens.bench.readers import Json
from truthlens.seeds import articles_dir

SHORT, MIDDLE, LONG = 4, 12, 60  # paragraphs
WORDS = 20  # in a paragraph at least: four of them make an article that is long enough to be read


class Articles:
    """Everything is safe to call from several threads at once."""

    def __init__(self) -> None:
        self._pages = {path.stem: path.read_text("utf-8") for path in sorted(articles_dir().glob("*.html"))}
        self._paragraphs = [each for each in paragraphs() if len(each.split()) >= WORDS]
        self._edition = itertools.count(1)

    def text(self, number: int) -> Json:
        """The same for the same number: paragraphs of the demo articles, from that one on."""
        return {"text": self._from(number, MIDDLE), "title": f"Part {number}"}

    def short(self) -> Json:
        """About 150 words."""
        edition = next(self._edition)
        return {"text": self._from(edition, SHORT), "title": f"Edition {edition}"}

    def long(self) -> Json:
        """Some 2,000 words."""
        edition = next(self._edition)
        return {"text": self._from(edition, LONG), "title": f"Edition {edition}"}

    def page(self) -> Json:
        """A whole page of HTML, as the extension hands it in."""
        edition = next(self._edition)
        names = list(self._pages)
        page = self._pages[names[edition % len(names)]]
        page = page.replace("<p>", f"<p>This is edition {edition} of the article. ", 1)
        return {"url": f"https://load.test/{edition}", "html": page}

    def _from(self, start: int, count: int) -> str:
        return "\n".join(self._paragraphs[(start + place) % len(self._paragraphs)] for place in range(count))
