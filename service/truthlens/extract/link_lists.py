"""Very long lists that are nothing but links: they cost the extractors a second, and are never an article."""

from __future__ import annotations

from truthlens.extract.blocks import Element

MOST = 200  # entries; on the 88 measured pages the longest such list has 42
LINKED = 0.95  # of the characters of all entries


def emptied(tree: Element) -> Element:
    """The same tree, without the entries of such lists. Seven thousand links took .9 s to read, now .1."""
    for listing in list(tree.iter("ul", "ol")):
        if len(listing) <= MOST:
            continue
        whole = sum(len("".join(entry.itertext()).strip()) for entry in listing)
        linked = sum(len("".join(link.itertext()).strip()) for link in listing.iter("a"))
        if linked >= LINKED * whole:
            for entry in list(listing):
                listing.remove(entry)
    return tree
