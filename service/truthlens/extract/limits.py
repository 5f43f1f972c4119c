"""The limits a worker puts on itself before it sees a page. What a system lacks is skipped."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from contextlib import suppress

from truthlens.extract import syscalls

MEMORY_BYTES = 1024**3
CPU_SECONDS = 10  # per page; renewed for each
FILES = 32
PR_SET_NO_NEW_PRIVS = 38  # linux/prctl.h
MEMORY_EXIT = 77


def limit() -> None:
    """Memory, files, no writing, no core dumps, no children, no new privileges; on Linux no sockets either,
    and nothing that changes a file (`syscalls`). POSIX only.
    """
    if sys.platform == "win32":
        return
    import resource

    for name, value in (("AS", MEMORY_BYTES), ("NOFILE", FILES), ("FSIZE", 0), ("CORE", 0), ("NPROC", 0)):
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is not None:
            with suppress(ValueError, OSError):  # macOS refuses some of these
                resource.setrlimit(kind, (value, value))
    renew_cpu()
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
            syscalls.refuse()
    else:
        threading.Thread(target=_watch_memory, daemon=True).start()


def renew_cpu() -> None:
    """Allows the next page its share of processor time on top of what was used so far."""
    if sys.platform == "win32":
        return
    import resource

    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(usage.ru_utime + usage.ru_stime) + CPU_SECONDS + 1
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def memory_megabytes() -> int:
    """The most memory this process has held so far, 0 where that cannot be asked."""
    if sys.platform == "win32":
        return 0
    if sys.platform == "linux":
        # Not ru_maxrss: on Linux it starts with the peak of whoever started this process, so that all workers
        # of a service with its model loaded would look worn out.
        with suppress(OSError), open("/proc/self/status", encoding="ascii") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) // 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS, KiB elsewhere
    return int(peak // 1024**2 if sys.platform == "darwin" else peak // 1024)


def _watch_memory() -> None:
    # RLIMIT_AS is not enforced everywhere, so the process looks at itself.
    pause = threading.Event()
    while memory_megabytes() * 1024**2 < MEMORY_BYTES:
        pause.wait(0.05)
    os._exit(MEMORY_EXIT)
