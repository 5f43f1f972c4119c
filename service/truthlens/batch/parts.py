"""Cuts the records of a source into parts: always the same, however often a run is begun again."""

from __future__ import annotations

from collections.abc import Container, Iterator

from truthlens.batch.inputs.columns import Columns
from truthlens.batch.inputs.source import Source, read
from truthlens.batch.record import Part, Record

PART_CHARACTERS = 48 * 2**20  # of pages, at which a part ends early: it is held in memory whole, twice


def parts(source: Source, *, columns: Columns, size: int, done: Container[int] = ()) -> Iterator[Part]:
    """In order, without those whose index is ``done``. ``size`` counts records. The last one may be empty."""
    index, begun, behind, characters = 0, 0, 0, 0
    held: list[Record] = []
    for position, record in read(source, columns):
        if len(held) == size or characters > PART_CHARACTERS:
            if index not in done:
                yield _part(source, index, held, weight=behind - begun)
            index, begun, characters, held = index + 1, behind, 0, []
        behind = max(behind, min(position, source.size))
        characters += len(record.html) + len(record.text)
        held.append(record)
    if index not in done:
        yield _part(source, index, held, weight=source.size - begun, last=True)


def _part(source: Source, index: int, records: list[Record], *, weight: int, last: bool = False) -> Part:
    return Part(source=source.number, index=index, last=last, weight=weight, records=tuple(records))
