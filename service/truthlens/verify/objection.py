"""What a sentence says that its evidence does not hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "number",  # a figure that the evidence does not state, or states of something else
    "qualifier",  # "as many as 9 million" told as "9 million" or "about 9 million"
    "date",
    "name",
    "quotation",  # words in quotation marks that nobody said, or quoted words without their marks
    "attribution",  # somebody's words told as a fact, or by another verb
    "hedge",  # "may", "alleged" left out
    "negation",
    "actors",  # who does it to whom
    "intent",  # a purpose that nobody states
    "addition",  # more than the evidence says
    "loaded",
    "distance",  # too far from the evidence in meaning
]


@dataclass(frozen=True, slots=True)
class Objection:
    """``detail`` names the words at fault; it may quote the article, so it belongs in no log."""

    kind: Kind
    detail: str
