"""Pages made to hang, crash or mislead whoever parses them, by name; made when asked for, none is stored.

The full sizes are those of `make trust`; ordinary runs take smaller ones of the slow kinds.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable

from saved_page import PARAGRAPHS, page, paragraphs
from trust import tries
from truthlens.extract.decode import decode

N = 8_000
LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
BIG = 8 * 1024 * 1024
BODY = paragraphs(*PARAGRAPHS)


def ld(**fields: object) -> str:
    return script(json.dumps({"@type": "NewsArticle"} | fields))


def script(source: str) -> str:
    return f'<script type="application/ld+json">{source}</script>'


def meta(name: str, value: str) -> str:
    return f'<meta name="{name}" property="{name}" content="{value}">'


DEPTH: dict[str, Callable[[], str]] = {
    **{f"nested {depth:,}": lambda depth=depth: page("<div>" * depth + "x")
       for depth in (255, 256, 1_000, 10_000, 100_000)},
    "nested and closed": lambda: page("<div>" * 250 + BODY + "</div>" * 250),
    "misnested": lambda: page("<b><table><font>" * 10_000 + "x"),
    "misnested links": lambda: page("<a href=x><p><a href=y><div>" * 5_000 + "x"),
    "nested lists": lambda: page("<ul><li>" * 5_000 + "x"),
    "nested tables": lambda: page("<table><tr><td>" * 3_000 + "x"),
    "nested svg": lambda: page("<svg><foreignObject>" * 5_000 + "x"),
    "siblings": lambda: page("<i>x</i>" * tries(4_000, 20_000)),
    "1e6 siblings": lambda: page("<i>x</i>" * 1_000_000)[:BIG],
    "1e6 paragraphs": lambda: page("<p>x" * 1_000_000),
    "paragraphs": lambda: page("<p>word" * tries(2_000, 50_000)),
    "rows": lambda: page("<table>" + "<tr><td>x" * tries(2_000, 20_000)),
    "200k rows": lambda: page("<table>" + "<tr><td>x" * 200_000),
    "one row of cells": lambda: page("<table><tr>" + "<td>x" * tries(1_000, 20_000)),
    "long text": lambda: page("<p>" + "word " * 1_500_000),
    "10 MB text": lambda: page("<p>" + "x" * 10_000_000),
    "long attribute": lambda: page(f'<p title="{"x" * 7_000_000}">t'),
    "10 MB attribute": lambda: page(f'<p title="{"x" * 10_000_000}">t'),
    "attributes": lambda: page("<p " + " ".join(f"a{i}=1" for i in range(tries(2_000, 10_000))) + ">t"),
    "100k attributes": lambda: page("<p " + " ".join(f"a{i}=1" for i in range(tries(6_000, 100_000))) + ">t"),
    "unclosed": lambda: page("<b>x" * 100_000),
    "end tags alone": lambda: page("</p></div></b>" * 30_000),
}  # fmt: skip

PATTERNS: dict[str, Callable[[], str]] = {
    "less-than signs": lambda: "<" * N,
    "comments in meta": lambda: page(head=meta("description", "<!--" * N)),
    "comments in author": lambda: page(head=meta("author", "<!--" * N)),
    "comments in headline": lambda: page(head=ld(headline="<!--" * N)),
    "comments in body": lambda: page(head=ld(headline="x", articleBody="<!--" * N)),
    "tags in body": lambda: page(head=ld(headline="x", articleBody="<p>a" * tries(20_000, 100_000))),
    "comments unclosed": lambda: page("<!--" * 100_000),
    "comments of dashes": lambda: page("<!-" + "-" * 1_000_000 + BODY),
    "html and spaces": lambda: "<html" + " " * 1_000_000 + ">" + BODY,
    "htmls": lambda: "<html" * N,
    "doctype": lambda: "<!DOCTYPE" + "/" * 1_000_000,
    "doctype <": lambda: "<!DOCTYPE " + "<" * N,
    "br and spaces": lambda: page(("<br" + " " * 100 + ">") * tries(3_000, 8_000)),
    "spaces": lambda: page("<p>a" + " " * 1_000_000 + "\n" * 1_000_000 + "b"),
    "a@": lambda: page("<p>" + "a@" * tries(50_000, 200_000)),
    "dates": lambda: page("<p>" + "2019-11-1" * tries(5_000, 50_000)),
    "dates in meta": lambda: page(head=meta("date", "2019-11-1" * N)),
    "digits": lambda: page("<p>" + "1" * 1_000_000),
    "url(": lambda: page(f'<p style="{"url(" * tries(25_000, 100_000)}">' + "url(" * tries(25_000, 100_000)),
    "ampersands": lambda: page("&" * 100_000),
    "separators": lambda: page(title="x - " * N),
    "bars in title": lambda: page(title="| " * N),
    "display": lambda: page(f'<p style="{";display :" * 100_000}">x'),
    "quotation marks": lambda: page("<p>" + "“‘\"'" * tries(25_000, 100_000)),
    "dots": lambda: page("<p>" + "." * tries(100_000, 400_000)),
    "initials": lambda: page("<p>" + "A. " * tries(20_000, 100_000)),
    "byline": lambda: page(head=meta("author", "by and , " * N)),
    "classes": lambda: page(f'<p class="{"sr-only " * tries(20_000, 100_000)}">x'),
}

ENTITIES: dict[str, Callable[[], str]] = {
    "billion laughs": lambda: f'<!DOCTYPE l [<!ENTITY a0 "ha">{LAUGHS}]><p>&a9;</p>',
    "external file": lambda: external("file:///etc/hostname"),
    "external http": lambda: external("http://127.0.0.1/"),
    "parameter entity": lambda: '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1/">%x;]><p>x',
    "xinclude": lambda: page('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname"/>'),
    "1e6 &amp;": lambda: page("<p>" + "&amp;" * 1_000_000),
    "unfinished entities": lambda: page("<p>" + ("&am&#&#x" * 100 + "&#x" * 1_000) * tries(10, 100)),
    "beyond unicode": lambda: page("<p>&#x110000;&#xD800;&#0;&#x80;&#9999999999; words"),
    "entities in entities": lambda: page("<p>" + "&amp;lt;script&amp;gt;" * 10_000),
}  # fmt: skip


def external(address: str) -> str:
    return f'<!DOCTYPE r [<!ENTITY x SYSTEM "{address}">]><html><body><p>[&x;]</p></body></html>'


ENCODINGS: dict[str, Callable[[], str]] = {
    "lying encoding": lambda: '<?xml version="1.0" encoding="utf-16"?>' + page(),
    "lying meta": lambda: decode(page(head="<meta charset=shift_jis>").encode()),
    "utf-16": lambda: page().encode("utf-16-le").decode("latin-1"),
    "utf-16 with mark": lambda: page().encode("utf-16").decode("utf-8", "replace"),
    "utf-16 big end first": lambda: decode(b"\xfe\xff" + page().encode("utf-16-be")),
    "utf-32": lambda: decode(page().encode("utf-32")),
    "utf-7": lambda: decode(page().encode("utf-7"), "utf-7"),
    "overlong": lambda: decode(b"<p>" + b"\xc0\xbcscript\xc0\xbe" * 1_000 + page().encode()),
    "cut amid a character": lambda: decode(page("<p>" + "é" * 1_000).encode()[:-1] + b"\xc3"),
    "shifts": lambda: decode(b"\x1b$B" * 10_000 + page().encode("iso2022-jp", "ignore"), "iso-2022-jp"),
    "marks within": lambda: page("\ufeff".join(BODY)),
}

DISGUISES: dict[str, Callable[[], str]] = {
    "pdf": lambda: "%PDF-1.7\n%âãÏÓ\n" + page(),
    "gzip": lambda: gzip.compress(page().encode() * 50).decode("latin-1"),
    "zlib": lambda: zlib.compress(page().encode() * 50).decode("latin-1"),
    "bomb as text": lambda: gzip.compress(b"\0" * 20_000_000).decode("utf-8", "replace"),
    "zip": lambda: "PK\x03\x04" + page(),
    "image": lambda: "\x89PNG\r\n\x1a\n" + page(),
    "image with a page": lambda: "GIF89a/*" + page() + "*/",
    "json": lambda: json.dumps({"html": page()}),
    "rss": lambda: '<?xml version="1.0"?><rss><channel>' + "<item><title>x</title>" * tries(500, 5_000),
    "plain text": lambda: "\n\n".join(PARAGRAPHS * 20),
    "script": lambda: "var a = '<p>';" * tries(1_000, 50_000),
    "mail": lambda: "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n" + page(),
}  # fmt: skip

TEXTS: dict[str, Callable[[], str]] = {
    "NULs": lambda: page("<p>" + "a\0" * 10).replace("</p>", "\0</p>"),
    "many NULs": lambda: page("<p>" + "a\0" * 100_000),
    "controls": lambda: page("<p>" + "".join(map(chr, range(1, 32))) * 1_000),
    "bidi": lambda: page("<p>" + "\u202ea\u2066b" * tries(10_000, 50_000)),
    "combining": lambda: page("<p>a" + "\u0301" * tries(100_000, 500_000)),
    "emoji": lambda: page("<p>" + "👩\u200d" * 50_000),
    "astral": lambda: page("<p>" + "𝕏" * tries(50_000, 200_000)),
    "surrogates": lambda: page("<p>" + "a\ud800b\udc00" * 50_000),
    "noncharacters": lambda: page("<p>" + "\ufffe\uffff\U0010ffff" * 50_000),
    "invisible": lambda: page("<p>" + "\u200b\u2060\u00ad" * 100_000),
    "line separators": lambda: page("<p>" + "a\u2028\u0085\x0b" * 50_000),
    "one word": lambda: page("<p>" + "x" * tries(200_000, 900_000)),
    "one sentence": lambda: page("<p>" + "he said that " * tries(8_000, 30_000)),
}

STRUCTURES: dict[str, Callable[[], str]] = {
    "cut in a tag": lambda: page()[:-30] + "<p class=",
    "cut in a comment": lambda: page() + "<!-- " + "x" * 100_000,
    "cut in a script": lambda: page("<script>" + BODY * 100),
    "plaintext": lambda: page("<plaintext>" + BODY * 100),
    "title unclosed": lambda: page(head="<title>" + "x" * 100_000),
    "textarea unclosed": lambda: page("<textarea>" + BODY * 100),
    "two hundred bodies": lambda: page() * 200,
    "heads in bodies": lambda: page("<html><head><title>y</title></head><body>" * 3_000),
    "frameset": lambda: "<frameset>" * 5_000 + page(),
    "templates": lambda: page("<template>" * 3_000 + BODY),
    "selects": lambda: page("<select><option>" * 10_000 + BODY),
    "forms in tables": lambda: page("<table><form><tr><form><td>" * 3_000 + BODY),
    "foreign": lambda: page("<math><mtext><svg><desc><p>" * 2_000 + BODY),
    "declarations": lambda: page("<!x><?y><![CDATA[" * 20_000 + BODY),
    "names": lambda: page("".join(f"<x{i}:{'y' * 20}>" for i in range(20_000)) + BODY),
    "a long name": lambda: page(f"<{'n' * 1_000_000}>" + BODY),
    "bases": lambda: page(head='<base href="javascript:alert(1)">' * 1_000),
    "noscripts": lambda: page("<noscript>" * 20_000 + BODY),
}

STRUCTURED_DATA: dict[str, Callable[[], str]] = {
    "deep json": lambda: page(head=script("[" * 100_000)),
    "wide json": lambda: page(head=script(f"[{'{},' * 100_000}{{}}]")),
    "deep objects": lambda: page(head=script('{"a":' * 50_000)),
    "huge number": lambda: page(head=script('{"@type":"NewsArticle","headline":' + "9" * 100_000 + "}")),
    "not a number": lambda: page(head=script('{"@type":"NewsArticle","headline":NaN,"author":Infinity}')),
    "every field a list": lambda: page(
        head=ld(headline=["x"] * 9_000, author=[{"name": ["y"]}] * tries(9_000, 90_000))
    ),
    "ids in a ring": lambda: page(
        head=script('[{"@id":"a","author":{"@id":"b"}},{"@id":"b","name":{"@id":"a"}}]')
    ),
    "keys again and again": lambda: page(head=script("{" + '"@type":"NewsArticle",' * 50_000 + '"x":1}')),
    "surrogates in json": lambda: page(head=script('{"@type":"NewsArticle","headline":"\\ud800 x"}')),
    "many scripts": lambda: page(head=ld(headline="x") * tries(1_000, 20_000)),
    "many metas": lambda: page(head=meta("og:title", "x") * tries(5_000, 20_000)),
    "long url": lambda: page(head=f'<link rel=canonical href="http://x.test/{"a" * 1_000_000}">'),
    "links": lambda: page(
        "".join(f'<p><a href="http://[{i}">this</a> {PARAGRAPHS[0]}' for i in range(tries(300, 2_000)))
    ),
}  # fmt: skip

FAMILIES = (DEPTH, PATTERNS, ENTITIES, ENCODINGS, DISGUISES, TEXTS, STRUCTURES, STRUCTURED_DATA)
DOCUMENTS: dict[str, Callable[[], str]] = {name: made for family in FAMILIES for name, made in family.items()}
