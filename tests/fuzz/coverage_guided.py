"""`make fuzz`: coverage-guided fuzzing of the parts that read a stranger's text, for a bounded time.

    python tests/fuzz/coverage_guided.py SECONDS       all targets, one after the other, each its share
    python tests/fuzz/coverage_guided.py TARGET SECONDS

libFuzzer, driven by Atheris, mutates what reaches new lines of ours and of the extractors. What breaks a
target, or takes longer than `TIMEOUT`, ends up in build/fuzz; a copy in found/TARGET is replayed by every
ordinary run of the tests. Anchoring is JavaScript: tests/extension/fuzz-anchoring.js does the same there,
with V8's coverage.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "fuzz"
PYTHON_TARGETS = ("extraction", "segmentation", "voice", "report")
TIMEOUT = 10  # seconds of one input, of at most 20 kB; the slowest sound one takes a hundredth of it
MEMORY_MEGABYTES = 2048
PARTS = ["truthlens", "trafilatura", "readability", "syntok"]  # whose lines count as coverage


def main(arguments: list[str]) -> int:
    if len(arguments) == 2:
        return fuzz(arguments[0], int(arguments[1]))
    share = max(1, int(arguments[0] if arguments else 600) // (len(PYTHON_TARGETS) + 1))
    broken = []
    for target in (*PYTHON_TARGETS, "anchoring"):
        print(f"{target}: {share} s …", flush=True)
        command = (
            ["node", "tests/extension/fuzz-anchoring.js", str(share)]
            if target == "anchoring"
            else [sys.executable, __file__, target, str(share)]
        )
        log = WORK / f"{target}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as out:
            done = subprocess.run(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, check=False)
        print("  " + told(log.read_text("utf-8", "replace")), flush=True)
        if done.returncode:
            broken.append(target)
            print(f"  broken; see {log.relative_to(ROOT)} and the inputs beside it", flush=True)
    return 1 if broken else 0


def told(log: str) -> str:
    """The figures of a run, from libFuzzer's last lines or from anchoring.js."""
    ran = re.search(r"stat::number_of_executed_units:\s*(\d+)", log) or re.search(r"(\d+) inputs", log)
    covered = re.findall(r"cov: (\d+)", log)
    return f"{int(ran[1]) if ran else 0:,} inputs, {covered[-1] if covered else '?'} places reached"


def fuzz(target: str, seconds: int) -> int:
    """Runs libFuzzer in this process, which it ends itself: status 0 unless something broke."""
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / ".venv" / "fuzz")]
    try:
        import atheris
    except ImportError:
        print("Atheris is not installed: it comes for Linux on x86-64 alone. Run `make fuzz` there.")
        return 1
    os.environ["OMP_NUM_THREADS"] = "1"
    with atheris.instrument_imports(include=PARTS):
        from fuzz import seeds, targets

        targets.report(b"Warm up.")  # what is imported late is instrumented only if it comes in here
        work = targets.TARGETS[target]
    corpus, dictionary = WORK / "corpus" / target, WORK / f"{target}.dict"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, each in enumerate(seeds.seeds(target)):
        (corpus / f"seed-{number}").write_bytes(each)
    for path in seeds.found(target):
        (corpus / path.name).write_bytes(path.read_bytes())
    dictionary.write_text(
        "".join(
            '"' + "".join(f"\\x{byte:02x}" for byte in each.encode()) + '"\n' for each in seeds.tokens(target)
        )
    )
    options = [
        f"-max_total_time={seconds}",
        f"-timeout={TIMEOUT}",
        f"-max_len={seeds.LONGEST}",
        f"-rss_limit_mb={MEMORY_MEGABYTES}",
        f"-dict={dictionary}",
        f"-artifact_prefix={WORK}/{target}-",
        "-print_final_stats=1",
    ]
    atheris.Setup([target, *options, str(corpus)], work)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
