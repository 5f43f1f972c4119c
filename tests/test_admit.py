"""Which articles are analysed, and what a reader is told of the others."""

from __future__ import annotations

import pytest
from saved_page import PARAGRAPHS, TITLE, page
from truthlens.domain import Article, Link
from truthlens.errors import ServiceError
from truthlens.extract.article import extract
from truthlens.server.admit import WORDS_FLOOR, admit

GERMAN = (
    "Der Hafenrat hat am Dienstag beschlossen, den alten Anleger der Fähre zu schließen, elf Jahre "
    "nach seiner Eröffnung. Niemand habe uns gefragt, sagte eine Verkäuferin, die dort Fahrkarten anbietet. "
    "Ingenieure hatten im März gewarnt, dass die Pfähle faulen, und die Kosten auf vier Millionen geschätzt."
)


def article(*lines: str, **fields: object) -> Article:
    values = {"title": TITLE, "extracted_by": "trafilatura"} | fields
    return Article(text="\n".join((str(values["title"]), *lines)), **values)  # type: ignore[arg-type]


def refused(given: Article) -> str:
    with pytest.raises(ServiceError) as caught:
        admit(given)
    assert caught.value.status == 422
    assert caught.value.remedy
    return caught.value.code


def words(count: int) -> str:
    text = "The council voted to close the pier, and nobody in the town was asked about it before."
    return " ".join((text.split() * (count // 17 + 1))[:count])


@pytest.mark.parametrize("declared", ["", "en", "de"])
def test_an_english_article_is_admitted_whatever_its_page_declares(declared: str):
    assert admit(article(*PARAGRAPHS, language=declared)).language == "en"


def test_everything_else_stays():
    given = article(*PARAGRAPHS, byline="Ann Lee", labels=("opinion",))
    admitted = admit(given)
    assert (admitted.text, admitted.byline, admitted.labels) == (given.text, "Ann Lee", ("opinion",))


@pytest.mark.parametrize("declared", ["", "en", "de"])
def test_not_english(declared: str):
    assert refused(article(GERMAN, language=declared)) == "not_english"


def test_too_short():
    assert refused(article(words(WORDS_FLOOR - 1))) == "too_short"
    admit(article(words(WORDS_FLOOR)))


def test_the_headline_does_not_count_towards_the_length():
    assert refused(article(words(WORDS_FLOOR - 1), title=words(30))) == "too_short"


def test_a_list_of_headlines_is_no_article():
    headlines = [f"Council closes pier number {n} after long vote" for n in range(40)]
    assert refused(article(*headlines)) == "no_article"


def test_a_list_of_teasers_is_no_article():
    teasers = [
        f"The council closes pier number {n} after a vote that took the whole night to count."
        for n in range(9)
    ]
    links = tuple(Link(text, f"https://x.test/{n}") for n, text in enumerate(teasers))
    assert refused(article(*teasers, links=links)) == "no_article"
    admit(article(*teasers))


def test_text_that_a_reader_hands_in_may_be_wrapped_into_short_lines():
    text = words(120).split()
    admit(article(*(" ".join(text[i : i + 8]) for i in range(0, 120, 8)), extracted_by="text"))


@pytest.mark.parametrize(
    "wall",
    [
        "Log in to continue reading this article.",
        "Please enable JavaScript and reload the page.",
        "Verify you are human by completing the action below.",
        "Sorry, page not found.",
    ],
)
def test_a_barrier_is_no_article(wall: str):
    assert refused(article(wall, words(60))) == "no_article"
    admit(article(wall, words(200)))


def test_a_front_page_is_refused():
    stories = "".join(
        f'<div class=card><h3><a href="/{n}">Council closes pier number {n} after long vote</a></h3></div>'
        for n in range(40)
    )
    try:
        refused_with = refused(
            extract(page(f"<section>{stories}</section>", title="The Tidewater Post"), "https://x.test/")
        )
    except ServiceError as error:
        refused_with = error.code
    assert refused_with in ("no_article", "too_short")


def test_a_real_page_passes():
    assert admit(extract(page(), "https://x.test/a")).title == TITLE
