"""Run in a network namespace of its own: looks up lying names by getaddrinfo, and prints what came of it."""

from __future__ import annotations

import collections
import json
import subprocess
import sys
from pathlib import Path

from closed_network import is_closed, open_loopback
from local_fetch import Tripwire
from lying_dns import LyingDns, Record, Said
from truthlens.errors import ServiceError
from truthlens.net.fetch import fetch

PUBLIC, PRIVATE = "93.184.216.34", "127.0.0.1"


def answer(name: str, before: int) -> Said:
    match name.partition(".")[0]:
        case "moved":
            return Said((Record(PRIVATE if before else PUBLIC),))
        case "private":
            return Said((Record(PRIVATE),))
        case "mixed":
            return Said((Record(PUBLIC), Record(PRIVATE)))
        case "alias":
            return Said((Record("inside.example"), Record(PRIVATE, name="inside.example")))
    return Said(code=3)


def code(name: str) -> str:
    try:
        fetch(f"http://{name}.example/")
    except ServiceError as error:
        return error.code
    return "fetched"


def main(folder: Path) -> None:
    for name in ("resolv.conf", "hosts", "nsswitch.conf"):
        subprocess.run(["mount", "--bind", folder / name, f"/etc/{name}"], check=True)
    open_loopback()
    if not is_closed():
        sys.exit("the namespace is open")
    with Tripwire(80, PRIVATE) as wire, LyingDns(answer, address=(PRIVATE, 53)) as dns:
        told = {name: code(name) for name in ("moved", "private", "mixed", "alias", "unknown")}
        questions = collections.Counter(name for name, _ in dns.asked)
    print(json.dumps({**told, "touched": wire.touched, "questions": questions}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
