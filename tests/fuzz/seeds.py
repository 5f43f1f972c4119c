"""What fuzzing starts from: our own demo articles, whole and in paragraphs, and the words that steer
parsers.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from saved_page import page
from truthlens.extract.article import extract
from truthlens.seeds import articles_dir

FOUND = Path(__file__).resolve().parent / "found"
"""One folder for each target; each file once broke it."""
LONGEST = 20_000  # bytes of an input; long enough to tell a quadratic cost from a linear one
TOKENS = {
    "extraction": (
        "<!DOCTYPE html> <html> <head> <body> <title> <meta <article> <main> <h1> <p> </p> <div> "
        "</div> <br> <hr> "
        "<a <img <ul> <li> <table> <tr> <td> <b> <i> <svg> <math> <template> <select> <option> "
        "<form> <noscript> "
        "<script <style> <textarea> <iframe> <frameset> <plaintext> <!-- --> <![CDATA[ ]]> <? ?> "
        "&amp; &lt; &#x0; "
        "&#xD800; &nbsp hidden href= src= style= class= property= content= name= datetime= itemprop= "
        "application/ld+json articleBody headline @type NewsArticle author @id @graph og:title og:site_name "
        "article:published_time display:none sr-only byline javascript: https:// http:// 2024-05-01T10:00:00Z"
    ).split(),
    "prose": (
        "“ ” ‘ ’ « » „ \" ' — – … . , : ; ( ) said says told according to claimed he she they it "
        "that who whom whose "
        "which and but while Mr. Mrs. Dr. Gen. U.S. Jr. No. Mayor President spokesman council "
        "critics officials "
        "reporters not never percent £4 $3.5bn 12% 2024 Monday Jane Roe ROE: Q: A: I we 👩‍🚒 \u0301 "
        "\u200d \u202e \u00ad "
        "\u00a0 \u2028 \u0085 \x0b \x1c \ufeff ﬁ İ ß"
    ).split(" "),
}


def seeds(target: str) -> Iterator[bytes]:
    """Inputs that are sound, the smaller ones first."""
    pages = [path.read_text("utf-8") for path in sorted(articles_dir().glob("*.html"))]
    if target == "extraction":
        yield page().encode()
        yield from (each.encode() for each in pages)
        return
    texts = [extract(each).text for each in pages]
    for text in texts:
        yield from (line.encode() for line in text.split("\n") if len(line) > 40)
    yield from (text[:LONGEST].encode() for text in texts)


def found(target: str) -> list[Path]:
    return sorted((FOUND / target).glob("*"))


def tokens(target: str) -> list[str]:
    kind = "extraction" if target == "extraction" else "prose"
    return [each for each in TOKENS[kind] if each]
