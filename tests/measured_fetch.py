"""A process of its own: fetches from a local site, and prints outcome and growth of memory, a line each."""

from __future__ import annotations

import json
import sys

from local_fetch import HERE
from process_memory import MIB, forget_peak, limit, peak, resident
from truthlens.errors import ServiceError
from truthlens.net.fetch import fetch

BEYOND = 512 * MIB  # of address space; who unpacks 1 GiB breaks here


def main() -> None:
    limit(BEYOND)
    for line in sys.stdin:
        url, port = line.split()
        forget_peak()
        before = resident()
        try:
            page = fetch(
                url, resolver=lambda host, port: [HERE], approve=lambda a: a == HERE, ports={int(port)}
            )
            told = f"{len(page.html)} characters"
        except ServiceError as error:
            told = error.code
        except MemoryError:
            told = "out of memory"
        print(json.dumps([told, peak() - before]), flush=True)


if __name__ == "__main__":
    main()
