"""Pages of our own that make it hard to find a phrase again: what they hold, and what their article reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from at_the_page import STYLE
from canned_service import CannedService, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class HardPage:
    """``body`` is within ``main``. ``painted`` are the marked texts as the page holds them, in its order."""

    name: str
    body: str
    text: str
    words: Sequence[str | Words]
    painted: Sequence[str]

    def put(self, service: CannedService) -> str:
        """Serve it. Returns its address."""
        words = [Words(exact=one) if isinstance(one, str) else one for one in self.words]
        return service.put(self.name, f"{STYLE}<main>{self.body}</main>", self.text, words)


SHY, NBSP = "\u00ad", "\u00a0"
TWICE = "The plan was reckless. Nobody asked why."

HARD_PAGES = [
    HardPage(
        name="soft-hyphens",
        body="<h1>One</h1><p>It was a dis&shy;grace&shy;ful be&shy;tray&shy;al of all.</p>",
        text="One\nIt was a disgraceful betrayal of all.",
        words=["disgraceful betrayal"],
        painted=[f"dis{SHY}grace{SHY}ful be{SHY}tray{SHY}al"],
    ),
    HardPage(
        name="blanks",
        body="<p>A&nbsp;stunning&nbsp;&nbsp;rise&thinsp;: 14&#x202f;000 people,\n\t shamelessly\n   counted.",
        text="A stunning rise: 14 000 people, shamelessly counted.",
        words=["stunning rise", "shamelessly counted"],
        painted=[f"stunning{NBSP}{NBSP}rise", "shamelessly\n   counted"],
    ),
    HardPage(
        name="ligatures",
        body="<p>The o&#xFB03;ce gave a di&#xFB00;erent, &#xFB01;endish &#xFB02;ood of &#xFB01;gures.</p>",
        text="The office gave a different, fiendish flood of figures.",
        words=["office", "fiendish flood"],
        painted=["oﬃce", "ﬁendish ﬂood"],
    ),
    HardPage(
        name="right-to-left",
        body="<p>The minister, &#x2067;<bdi>שָׁלוֹם כֹּהֵן</bdi>&#x2069;, was a disgrace.</p>"
        "<p dir=rtl>وقال <b>مُحَمَّد</b> العلي</p>",
        text="The minister, שלום כהן, was a disgrace.\nوقال محمد العلي",
        words=["שלום כהן", "a disgrace", "محمد العلي"],
        painted=["שָׁלוֹם כֹּהֵן", "a disgrace", "مُحَمَّد العلي"],
    ),
    HardPage(
        name="emoji",
        body="<p>👩🏽‍🚒🇵🇱 A stunning 🥐 offer 👨‍👩‍👧 and a <b>wild</b>🎉 party. 1️⃣ Reckless.</p>",
        text="👩🏽‍🚒🇵🇱 A stunning 🥐 offer 👨‍👩‍👧 and a wild🎉 party. 1️⃣ Reckless.",
        words=["stunning 🥐 offer", "wild", "Reckless"],
        painted=["stunning 🥐 offer", "wild", "Reckless"],
    ),
    HardPage(
        name="duplicates",
        body=f"<p>{TWICE}</p><p id=second>{TWICE}</p><aside>{TWICE}</aside><p>{TWICE} And yet.</p>",
        text=f"{TWICE}\n{TWICE}\n{TWICE} And yet.",
        words=[Words(exact="reckless", nth=2)],
        painted=["reckless"],
    ),
    HardPage(
        name="inline-tags",
        body="<p><span>T</span>he <i>s</i><b>t</b><u>u</u><em>n</em><a>n</a>ing<!-- a note --> pla<wbr>n "
        "<span style='text-transform:uppercase'>was <code>reck</code></span><mark>less</mark>.</p>",
        text="The stunning plan was reckless.",
        words=["The stunning plan", "reckless"],
        painted=["The stunning plan", "reckless"],
    ),
    HardPage(
        name="typography",
        body="<p>&ldquo;It&rsquo;s &mdash; na&iuml;ve&hellip; &lsquo;mad&rsquo;,&rdquo; she said. "
        "An e&#x301;lan.</p>",
        text="\"It's - nai\u0308ve... 'mad',\" she said. An élan.",
        words=["It's - nai\u0308ve...", "élan"],
        painted=["It’s — naïve…", "e\u0301lan"],
    ),
    HardPage(
        name="shadows",
        body="""<news-part><template shadowrootmode=open><p>The stunning part.</p><deeper-part>
<template shadowrootmode=closed><p>The deeper, shameless part.</p></template></deeper-part></template>
</news-part><div><template shadowrootmode=closed><slot></slot><p>A reckless end.</p></template>
<p>What is slotted is wild.</p></div>""",
        text="The stunning part.\nThe deeper, shameless part.\nWhat is slotted is wild.\nA reckless end.",
        words=["stunning", "shameless", "wild", "reckless"],
        painted=["stunning", "shameless", "wild", "reckless"],
    ),
    HardPage(
        name="unseen-twin",
        body="<div style='display:none'><p>The reckless plan of a town.</p></div>"
        "<p id=second>The reckless plan of a town.</p>",
        text="The reckless plan of a town.",
        words=["reckless"],
        painted=["reckless"],
    ),
    HardPage(
        name="layouts",
        body="""<style>.cap::first-letter{float:left;font-size:3em}.two{columns:2}
.up{writing-mode:vertical-rl;height:9em} pre{white-space:pre-wrap}</style>
<p class=cap>Reckless from the start.</p><div class=two><p>A stunning, endless,
shameless column of words that goes on.</p></div><p class=up>A wild tower.</p><pre>A
  mad   list</pre><table><tr><td>A fiendish</td><td>figure</td></tr></table>
<details open><summary>More</summary><p>A disgraceful end.</p></details>""",
        text="Reckless from the start.\nA stunning, endless, shameless column of words that goes on.\n"
        "A wild tower.\nA mad list\nA fiendish\nfigure\nMore\nA disgraceful end.",
        words=[
            "Reckless",
            "stunning, endless, shameless",
            "wild tower",
            "mad list",
            "fiendish",
            "disgraceful",
        ],
        painted=[
            "Reckless",
            "stunning, endless,\nshameless",
            "wild tower",
            "mad   list",
            "fiendish",
            "disgraceful",
        ],
    ),
]
