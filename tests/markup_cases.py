"""Bad markup, made from the rules by which HTML is parsed: each state of the tokeniser × each kind of
character, each place of the tree × each tag. And the cases of html5lib-tests, where somebody has put them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

STATES = {
    # https://html.spec.whatwg.org/multipage/parsing.html#tokenization: what leads into the state.
    "data": "a",
    "RCDATA": "<title>a",
    "RCDATA less-than": "<textarea>a<",
    "RCDATA end tag": "<title>a</tit",
    "RAWTEXT": "<style>a",
    "RAWTEXT less-than": "<xmp>a<",
    "RAWTEXT end tag": "<noframes>a</nofr",
    "script": "<script>a",
    "script less-than": "<script>a<",
    "script end tag": "<script>a</scr",
    "script escape start": "<script><!",
    "script escaped": "<script><!--a",
    "script escaped dash": "<script><!--a-",
    "script escaped less-than": "<script><!--a<",
    "script double escape start": "<script><!--<scr",
    "script double escaped": "<script><!--<script>a",
    "script double escaped dash": "<script><!--<script>a--",
    "script double escape end": "<script><!--<script></scr",
    "PLAINTEXT": "<plaintext>a",
    "tag open": "<",
    "end tag open": "</",
    "tag name": "<di",
    "end tag name": "</di",
    "before attribute name": "<p ",
    "attribute name": "<p cl",
    "after attribute name": "<p class ",
    "before attribute value": "<p class=",
    "attribute value, double": '<p class="a',
    "attribute value, single": "<p class='a",
    "attribute value, bare": "<p class=a",
    "after attribute value": '<p class="a"',
    "self-closing": "<br/",
    "duplicate attribute": "<p id=a id",
    "bogus comment": "<?a",
    "end tag bogus comment": "</ a",
    "markup declaration": "<!",
    "comment start": "<!--",
    "comment start dash": "<!---",
    "comment": "<!--a",
    "comment less-than": "<!--a<",
    "comment less-than bang": "<!--a<!",
    "comment less-than bang dash": "<!--a<!-",
    "comment end dash": "<!--a-",
    "comment end": "<!--a--",
    "comment end bang": "<!--a--!",
    "DOCTYPE": "<!DOCTYPE",
    "before DOCTYPE name": "<!DOCTYPE ",
    "DOCTYPE name": "<!DOCTYPE ht",
    "after DOCTYPE name": "<!DOCTYPE html ",
    "after public keyword": "<!DOCTYPE html PUBLIC",
    "public identifier": '<!DOCTYPE html PUBLIC "a',
    "after public identifier": '<!DOCTYPE html PUBLIC "a"',
    "after system keyword": "<!DOCTYPE html SYSTEM",
    "system identifier": "<!DOCTYPE html SYSTEM 'a",
    "after system identifier": '<!DOCTYPE html SYSTEM "a"',
    "bogus DOCTYPE": "<!DOCTYPE html x",
    "CDATA": "<svg><![CDATA[a",
    "CDATA bracket": "<svg><![CDATA[a]",
    "CDATA end": "<svg><![CDATA[a]]",
    "character reference": "&",
    "named reference": "&am",
    "ambiguous ampersand": "&zz",
    "numeric reference": "&#",
    "hexadecimal reference": "&#x",
    "hexadecimal digits": "&#x4",
    "decimal digits": "&#6",
    "reference in an attribute": '<p title="&not',
}
CHARACTERS = (
    *(
        "\0",
        "\t",
        "\n",
        "\f",
        " ",
        "!",
        '"',
        "#",
        "&",
        "'",
        "-",
        "--",
        "/",
        "<",
        "=",
        ">",
        "?",
        "A",
        "z",
        "0",
        "`",
    ),
    *(";", "]]>", "\x0b", "\x7f", "\ufffd", "\ufdd0", "𝕏", ""),
)
PLACES = (
    *(
        "",
        "<p>",
        "<a href=x>",
        "<b><i>",
        "<button>",
        "<form>",
        "<ul><li>",
        "<dl><dt>",
        "<ruby><rt>",
        "<table>",
    ),
    *(
        "<table><caption>",
        "<table><colgroup>",
        "<table><tr>",
        "<table><tr><td>",
        "<select>",
        "<select><optgroup>",
    ),
    *(
        "<svg>",
        "<svg><desc>",
        "<math>",
        "<math><mi>",
        "<math><annotation-xml>",
        "<template>",
        "<template><tr>",
    ),
    *("<head>", "<noscript>", "<frameset>", "</body>", "</html>", "<object>", "<h1>", "<pre>", "<marquee>"),
)
TAGS = (
    "a b nobr p div li dd dt h1 hr br pre form button input select option optgroup textarea table "
    "caption colgroup col "
    "tbody tr td th svg math mi desc foreignObject template title meta base script style noscript "
    "frameset frame iframe "
    "html head body image isindex plaintext object marquee ruby rp rt"
).split()


def generated() -> Iterator[str]:
    """Every state with every character, then every place with every tag, opened and closed."""
    for opening in STATES.values():
        for character in CHARACTERS:
            yield opening + character
            yield opening + character + "a>b</p>"
    for place in PLACES:
        for tag in TAGS:
            yield f"{place}a<{tag}>b</{tag}>c"
            yield f"{place}</{tag}>a<{tag} x=y/>b"


def html5lib(folder: Path) -> Iterator[str]:
    """The inputs of https://github.com/html5lib/html5lib-tests, as its own folder holds them."""
    for path in sorted((folder / "tree-construction").rglob("*.dat")):
        for case in path.read_text("utf-8", "surrogateescape").split("#data\n")[1:]:
            yield case.split("\n#errors", 1)[0]
    for path in sorted((folder / "tokenizer").glob("*.test")):
        for case in next(iter(json.loads(path.read_text("utf-8")).values())):
            text = str(case["input"])
            yield json.loads(f'"{text}"') if case.get("doubleEscaped") else text
