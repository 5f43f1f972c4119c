"""Builds a news page as outlets build them: an article within everything that stands round one."""

from __future__ import annotations

PARAGRAPHS = (
    "The harbour council voted on Tuesday to close the old ferry pier, eleven years after it opened.",
    "“Nobody asked us,” said Mara Quill, who has sold tickets there since 2013 — “nobody at all.”",
    "Engineers had warned in March that the piles were rotting, and put the repair at £4 million.",
    "A spokesman for the council said that buses would replace the boats until a new pier was built.",
    "The last boat leaves on Sunday at six; about two hundred people cross on a working day.",
)
TITLE = "Council closes ferry pier"


def page(
    body: str = "", *, head: str = "", title: str = TITLE, over: str = "", lang: str = ' lang="en"'
) -> str:
    """A whole page. ``body`` is the article's inside without headline, by default PARAGRAPHS."""
    inside = body or paragraphs(*PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html{lang}><head><meta charset=utf-8><title>{title} | The Tidewater Post</title>"
        f'<meta property="og:site_name" content="The Tidewater Post">{head}</head><body>'
        '<div class="cookie-banner">We use cookies to make this site better for you and our partners.</div>'
        '<header><nav><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/live">Live</a></nav></header>'
        f"<main><article>{over}<h1>{title}</h1>{inside}</article>"
        '<aside class="related"><h3>Related</h3>'
        '<a href="/a">Ten harbours you must see before they are gone</a></aside>'
        '<section id="comments"><h2>Comments</h2>'
        "<p>I think that this is a very silly decision of theirs.</p></section>"
        "</main><footer>Copyright The Tidewater Post. All rights reserved.</footer></body></html>"
    )


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)
