"""Extraction in worker processes: a page or a parser that misbehaves costs one error and nothing more."""

from __future__ import annotations

import os
import platform
import socket
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from saved_page import PARAGRAPHS, TITLE, page
from truthlens.errors import ServiceError
from truthlens.extract.pool import MEMORY_MEGABYTES, ExtractionPool

posix = pytest.mark.skipif(os.name != "posix", reason="limits of processes are POSIX")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="not enforced elsewhere")
filtered = pytest.mark.skipif(
    not sys.platform.startswith("linux") or platform.machine() not in {"x86_64", "aarch64"},
    reason="the filter of system calls is for Linux on x86-64 and ARM64",
)

MISBEHAVIOUR = '''
import ctypes, os, resource, signal, socket, subprocess, sys, time
from dataclasses import replace
from truthlens.domain import Article
from truthlens.errors import ServiceError

def act(html, url):
    """Does what the page asks for."""
    return ACTS[html](url)

def echo(url):
    return Article(text=url or "fine")

def loop(url):
    while True:
        pass

def wait(url):
    time.sleep(3600)

def burn(url):
    resource.setrlimit(resource.RLIMIT_CPU, (1, resource.RLIM_INFINITY))
    loop(url)

def memory(url):
    return Article(text="x" * (4 * 1024**3))

def flood(url):
    return Article(text="x" * 3_000_000)

def crash(url):
    ctypes.string_at(0)

def leave(url):
    os._exit(0)

def recurse(url):
    return recurse(url)

def refuse(url):
    raise ServiceError("no_article", "Nothing there.", "Open another.", status=422)

def loud(url):
    print("noise", flush=True); os.write(1, b"\\x00\\x00\\x00\\x02{}"); sys.stderr.write("noise")
    return Article(text="quiet")

def attempt(what):
    try:
        what()
    except OSError:
        return "refused"
    return "done"

def write(url):
    file = os.open(url, os.O_CREAT | os.O_WRONLY)
    return Article(text=attempt(lambda: os.write(file, b"x")))

def fork(url):
    return Article(text=attempt(os.fork))

def program(url):
    return Article(text=attempt(lambda: subprocess.run(["/bin/sh", "-c", "true"])))

def make(url):
    return Article(text=attempt(lambda: open(url, "w")))

def remove(url):
    return Article(text=attempt(lambda: os.remove(url)))

def rename(url):
    return Article(text=attempt(lambda: os.rename(url, url + "-moved")))

def shorten(url):
    return Article(text=attempt(lambda: os.truncate(url, 0)))

def expose(url):
    return Article(text=attempt(lambda: os.chmod(url, 0o777)))

def connect(url):
    return Article(text=attempt(lambda: socket.create_connection(("127.0.0.1", int(url)), timeout=5)))

def listen(url):
    return Article(text=attempt(lambda: socket.create_server(("127.0.0.1", 0))))

def datagram(url):
    return Article(text=attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)))

def stop_service(url):
    return Article(text=attempt(lambda: os.kill(os.getppid(), signal.SIGTERM)))

def starve_service(url):
    limit = (1, 1)
    return Article(text=attempt(lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU, limit)))

def look_into_service(url):
    ask = ctypes.CDLL(None, use_errno=True).ptrace
    return Article(text="done" if ask(16, os.getppid(), 0, 0) == 0 else "refused")

def environment(url):
    return Article(text=" ".join(sorted(os.environ)))

def modules(url):
    import truthlens.extract.article
    return Article(text=" ".join(sorted({name.partition(".")[0] for name in sys.modules})))

def limits(url):
    names = ("AS", "NOFILE", "FSIZE", "CORE")
    return Article(text=" ".join(str(resource.getrlimit(getattr(resource, f"RLIMIT_{n}"))[1]) for n in names))

def privileges(url):
    return Article(text=next(l for l in open("/proc/self/status") if l.startswith("NoNewPrivs")).split()[1])

def identity(url):
    return Article(text=str(os.getpid()))

def files(url):
    opened = []
    try:
        while len(opened) < 100:
            opened.append(os.dup(0))
    except OSError:
        pass
    return Article(text=str(len(opened)))

ACTS = dict(echo=echo, loop=loop, wait=wait, burn=burn, memory=memory, flood=flood, crash=crash, leave=leave,
            recurse=recurse, refuse=refuse, loud=loud, write=write, fork=fork, environment=environment,
            modules=modules, limits=limits, privileges=privileges, identity=identity, files=files,
            program=program, make=make, remove=remove, rename=rename, shorten=shorten, expose=expose,
            connect=connect, listen=listen, datagram=datagram, stop_service=stop_service,
            starve_service=starve_service, look_into_service=look_into_service)
'''


@pytest.fixture(scope="module")
def hook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hook")
    (folder / "misbehaviour.py").write_text(textwrap.dedent(MISBEHAVIOUR))
    sys.path.append(str(folder))
    yield "misbehaviour:act"
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def pool(hook: str) -> Iterator[ExtractionPool]:
    with ExtractionPool(workers=1, work=hook) as given:
        yield given


def does(pool: ExtractionPool, act: str, url: str = "") -> str:
    return pool.extract(act, url).text


def code(pool: ExtractionPool, act: str) -> str:
    with pytest.raises(ServiceError) as caught:
        pool.extract(act, "")
    assert caught.value.remedy
    return caught.value.code


def test_an_article_comes_back_whole():
    with ExtractionPool(workers=1) as pool:
        article = pool.extract(
            page(head='<meta name=author content="Ann Lee">'), "https://x.test/opinion/pier"
        )
        assert article.text.split("\n") == [TITLE, *PARAGRAPHS]
        assert (article.byline, article.labels, article.extracted_by) == (
            "Ann Lee",
            ("opinion",),
            "trafilatura",
        )
        with pytest.raises(ServiceError) as caught:
            pool.extract("<p></p>", "")
        assert caught.value.code == "no_article"


@posix
@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("burn", "extraction_timeout"),
        ("flood", "page_too_large"),
        ("crash", "extraction_failed"),
        ("leave", "extraction_failed"),
        ("recurse", "extraction_failed"),
        ("refuse", "no_article"),
        ("no such act", "extraction_failed"),
        pytest.param("memory", "page_too_large", marks=linux),
    ],
)
def test_one_error_and_the_next_page_is_read(pool: ExtractionPool, act: str, expected: str):
    assert code(pool, act) == expected
    assert does(pool, "echo") == "fine"


@posix
@pytest.mark.parametrize("act", ["loop", "wait"])
def test_what_takes_too_long_is_killed(hook: str, act: str):
    with ExtractionPool(workers=1, work=hook, wall_seconds=0.2) as pool:
        assert does(pool, "echo") == "fine"
        assert code(pool, act) == "extraction_timeout"
        assert does(pool, "echo") == "fine"


@posix
def test_cancelled_work_is_killed(pool: ExtractionPool):
    asked = iter([False, False, False])
    with pytest.raises(ServiceError) as caught:
        pool.extract("wait", "", lambda: next(asked, True))
    assert caught.value.code == "cancelled"
    assert does(pool, "echo") == "fine"


@posix
def test_waiting_for_a_worker_can_be_cancelled_too(hook: str):
    busy = threading.Event()
    freed = threading.Event()

    def cancelled() -> bool:
        busy.set()
        return freed.is_set()

    with ExtractionPool(workers=1, work=hook) as pool:
        does(pool, "echo")
        codes: list[str] = []

        def occupy() -> None:
            try:
                pool.extract("wait", "", cancelled)
            except ServiceError as error:
                codes.append(error.code)

        thread = threading.Thread(target=occupy)
        thread.start()
        assert busy.wait(30)
        asked = iter([False, False])
        with pytest.raises(ServiceError) as caught:
            pool.extract("echo", "", lambda: next(asked, True))
        assert caught.value.code == "cancelled"
        freed.set()
        thread.join(30)
        assert codes == ["cancelled"]


@posix
def test_what_a_library_prints_goes_nowhere(pool: ExtractionPool, capfd: pytest.CaptureFixture[str]):
    assert does(pool, "loud") == "quiet"
    assert does(pool, "echo") == "fine"
    assert capfd.readouterr() == ("", "")


@posix
def test_lone_surrogates_cross_the_pipe(pool: ExtractionPool):
    assert does(pool, "echo", "a\ud800b😀") == "a\ud800b😀"


@posix
def test_a_worker_writes_no_files(pool: ExtractionPool, tmp_path: Path):
    target = tmp_path / "written"
    if sys.platform.startswith("linux"):
        assert does(pool, "make", str(target)) == "refused"
        assert not target.exists()
    else:
        assert does(pool, "write", str(target)) == "refused"
        assert not target.exists() or target.stat().st_size == 0


@filtered
@pytest.mark.parametrize("act", ["make", "remove", "rename", "shorten", "expose"])
def test_a_worker_changes_no_file(pool: ExtractionPool, tmp_path: Path, act: str):
    target = tmp_path / "kept"
    target.write_text("kept")
    before = target.stat()
    assert does(pool, act, str(target)) == "refused"
    assert (target.read_text(), target.stat().st_mode) == ("kept", before.st_mode)


@filtered
@pytest.mark.parametrize("act", ["fork", "program"])
def test_a_worker_starts_no_processes(pool: ExtractionPool, act: str):
    assert does(pool, act) == "refused"


@filtered
def test_a_worker_opens_no_socket(pool: ExtractionPool):
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert does(pool, "connect", str(server.getsockname()[1])) == "refused"
        server.settimeout(0.1)
        with pytest.raises(TimeoutError):
            server.accept()
    assert does(pool, "listen") == "refused"
    assert does(pool, "datagram") == "refused"


@filtered
@pytest.mark.parametrize("act", ["stop_service", "starve_service", "look_into_service"])
def test_a_worker_cannot_reach_the_service(pool: ExtractionPool, act: str):
    assert does(pool, act) == "refused"


SIX = ["loop", "memory", "crash", "fork", "make", "connect"]


@filtered
def test_six_ways_to_misbehave_at_once_cost_the_others_nothing(
    hook: str, tmp_path: Path, record_property: Callable[[str, object], None]
):
    """Two workers, six pages that misbehave and six that do not, all asked for at the same time."""
    with ExtractionPool(workers=2, work=hook, wall_seconds=5.0) as pool:
        ended: dict[str, str] = {}

        def ask(act: str, url: str) -> None:
            try:
                ended[act + url] = does(pool, act, url)
            except ServiceError as error:
                ended[act + url] = error.code

        asked = [(act, {"make": str(tmp_path / "made"), "connect": "1"}.get(act, "")) for act in SIX]
        asked += [("echo", str(number)) for number in range(6)]
        threads = [threading.Thread(target=ask, args=each) for each in asked]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(90)
        found = [ended[act + url] for act, url in asked]
        assert found[:6] == [
            "extraction_timeout",
            "page_too_large",
            "extraction_failed",
            "refused",
            "refused",
            "refused",
        ]
        assert found[6:] == [str(number) for number in range(6)]
        assert len({does(pool, "identity") for _ in range(20)}) <= 2
    record_property("tried", len(SIX))


@posix
def test_a_worker_gets_no_secrets(hook: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TRUTHLENS_DATA_DIR", "/somewhere")
    monkeypatch.setenv("SECRET_TOKEN", "canary")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.test")
    with ExtractionPool(workers=1, work=hook) as pool:
        names = set(does(pool, "environment").split())
    assert not names & {"TRUTHLENS_DATA_DIR", "SECRET_TOKEN", "HTTP_PROXY", "HOME"}


@posix
def test_a_worker_loads_no_model_and_no_database(pool: ExtractionPool):
    loaded = set(does(pool, "modules").split())
    assert not loaded & {"torch", "transformers", "sentence_transformers", "sqlite3", "flask"}


@linux
def test_limits_are_in_force(pool: ExtractionPool):
    assert does(pool, "limits") == f"{1024**3} 32 0 0"
    assert does(pool, "privileges") == "1"
    assert int(does(pool, "files")) < 32


@posix
def test_workers_are_replaced_after_some_pages(hook: str):
    with ExtractionPool(workers=1, work=hook, pages=2) as pool:
        seen = [does(pool, "identity") for _ in range(4)]
    assert seen[0] == seen[1] != seen[2] == seen[3]


def test_the_memory_of_whoever_starts_a_worker_is_not_the_workers(hook: str):
    held = bytearray(MEMORY_MEGABYTES * 1024**2 + 1)
    held[::4096] = b"x" * len(held[::4096])
    with ExtractionPool(workers=1, work=hook) as pool:
        seen = {does(pool, "identity") for _ in range(3)}
    assert len(seen) == 1
    assert held


@posix
def test_pages_are_read_side_by_side(hook: str):
    with ExtractionPool(workers=2, work=hook) as pool:
        results: list[str] = []
        threads = [threading.Thread(target=lambda: results.append(does(pool, "echo"))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert results == ["fine"] * 8


def test_a_worker_that_cannot_start_is_an_error():
    with ExtractionPool(workers=1, work="no.such.module:act") as pool:
        assert code(pool, "echo") == "extraction_failed"


def test_a_closed_pool_refuses(hook: str):
    pool = ExtractionPool(workers=1, work=hook)
    pool.close()
    pool.close()
    assert code(pool, "echo") == "extraction_failed"


def test_too_large_a_page_is_refused_before_it_is_sent(pool: ExtractionPool):
    assert code(pool, "x" * (8 * 1024 * 1024 + 1)) == "page_too_large"
