"""Finds what stands inside quotation marks: a state machine over lines, no regular expressions.

Handles curly, straight and angled marks, nesting, apostrophes, and quotations that run over paragraphs.
"""

from __future__ import annotations

from truthlens.domain import Span

_PAIRS = {"“": "”", "„": "“”", "«": "»", "‘": "’'"}
_ELIDED = ("tis", "twas", "em", "bout", "cause", "til", "round", "n")
"""Words that begin with an apostrophe, also where an editor has turned it the wrong way round."""
_BEFORE_OPENING = set(" \t\u00a0([{—–-/“‘\"'«„:")


def quotations(text: str) -> tuple[Span, ...]:
    """Outermost quotations with their marks, in order, none overlapping.

    A quotation that is never closed ends with its sentence, unless the next line opens with a mark again:
    then it runs on to the end of its line, as newspapers set quotations of several paragraphs.
    """
    found: list[Span] = []
    lines = _lines(text)
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        runs_on = following is not None and text[following.start : following.start + 1] in ("“", '"', "«")
        found.extend(_in_line(text, line, runs_on=runs_on))
    return tuple(found)


def _in_line(text: str, line: Span, *, runs_on: bool) -> list[Span]:
    found: list[Span] = []
    stack: list[tuple[int, str]] = []  # where each open mark stands, and what closes it
    last = _last_closing(text, line)
    position = line.start
    while position < line.end:
        mark = text[position]
        closed = _closed(stack, mark)
        if closed is not None and _closes(text, position, line, last):
            start, _ = stack[closed]
            del stack[closed:]
            if not stack:
                found.append(Span(start, position + 1))
        elif mark == "‘" and not _has_closing(text, position, last, runs_on):
            pass  # an apostrophe that an editor has turned
        elif mark in _PAIRS and _opens(text, position, line):
            # A second opening mark of the same kind starts anew: the first one was never closed.
            if stack and stack[-1][1] == _PAIRS[mark]:
                stack.pop()
            stack.append((position, _PAIRS[mark]))
        elif mark in "\"'" and _opens(text, position, line) and _has_closing(text, position, last, runs_on):
            stack.append((position, mark))
        position += 1
    if stack:
        start = stack[0][0]
        end = line.end if runs_on else _sentence_end(text, start, line)
        if not found or found[-1].end <= start:
            found.append(Span(start, end))
    return found


def _closed(stack: list[tuple[int, str]], mark: str) -> int | None:
    """Index of the open mark that this one may close. A double mark also closes over an open single one."""
    for index in range(len(stack) - 1, -1, -1):
        if mark in stack[index][1]:
            return index
        if mark in "’'" or "’" not in stack[index][1]:
            return None
    return None


def _opens(text: str, position: int, line: Span) -> bool:
    before = text[position - 1] if position > line.start else " "
    after = text[position + 1] if position + 1 < line.end else " "
    if before not in _BEFORE_OPENING or after.isspace():
        return False
    if text[position] not in "'‘":
        return True
    end = position + 1
    while end < line.end and text[end].isalpha():
        end += 1
    return not (after.isdigit() or text[position + 1 : end].lower() in _ELIDED)


def _closes(text: str, position: int, line: Span, last: dict[str, int]) -> bool:
    before = text[position - 1] if position > line.start else " "
    after = text[position + 1] if position + 1 < line.end else " "
    mark = text[position]
    if mark not in "’'":
        return True
    if before.isspace() or after.isalnum():
        return False
    # "the workers’ rights": a possessive, if a mark that can close follows in the same line.
    possessive = before == "s" and after == " " and text[position + 2 : position + 3].islower()
    return not (possessive and last.get(mark, -1) > position)


def _last_closing(text: str, line: Span) -> dict[str, int]:
    """Where each mark that needs one has its last place that could close; looked for once for each line."""
    last: dict[str, int] = {}
    for position in range(line.start + 1, line.end):
        mark = text[position]
        if mark == '"':
            last[mark] = position
        elif mark in "’'" and not text[position - 1].isspace():
            after = text[position + 1] if position + 1 < line.end else " "
            if not after.isalnum():
                last[mark] = position
    return last


def _has_closing(text: str, position: int, last: dict[str, int], runs_on: bool) -> bool:
    mark = text[position]
    if mark == '"' and runs_on:
        return True
    marks = "’'" if mark == "‘" else mark
    return any(last.get(each, -1) > position for each in marks)


def _sentence_end(text: str, start: int, line: Span) -> int:
    for position in range(start + 1, line.end):
        if text[position] in ".!?" and (position + 1 == line.end or text[position + 1].isspace()):
            return position + 1
    return line.end


def _lines(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans
