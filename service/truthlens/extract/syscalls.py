"""What the kernel refuses a worker: sockets, processes, other programs' memory, and any change of a file.

A filter of system calls (seccomp, Linux on x86-64 and ARM64) for the whole process and for ever. It holds for
native code as well, which no hook of Python would: libxml2 reads what a stranger wrote.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys
from dataclasses import dataclass

PR_SET_SECCOMP = 22  # linux/prctl.h
SECCOMP_MODE_FILTER = 2  # linux/seccomp.h
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_EPERM, _ENOSYS = 1, 38
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # linux/bpf_common.h
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16  # struct seccomp_data; little-endian on both
_X32 = 0x40000000  # numbers of a second table on x86-64
_CHANGES = 0o1 | 0o2 | 0o100 | 0o1000  # O_WRONLY, O_RDWR, O_CREAT, O_TRUNC: the same on both

_CALLS = """
socket 41 198, socketpair 53 199, connect 42 203, bind 49 200, listen 50 201, accept 43 202, accept4
288 242, sendto 44 206, sendmsg 46 211, sendmmsg 307 269, io_uring_setup 425 425, io_uring_enter 426
426, io_uring_register 427 427, fork 57 -, vfork 58 -, clone 56 220, execve 59 221, execveat 322
281, ptrace 101 117, process_vm_readv 310 270, process_vm_writev 311 271, pidfd_open 434 434,
pidfd_getfd 438 438, pidfd_send_signal 424 424, kill 62 129, tkill 200 130, tgkill 234 131,
rt_sigqueueinfo 129 138, rt_tgsigqueueinfo 297 240, setpriority 141 140, creat 85 -, unlink 87 -,
unlinkat 263 35, rename 82 -, renameat 264 38, renameat2 316 276, link 86 -, linkat 265 37, symlink
88 -, symlinkat 266 36, mkdir 83 -, mkdirat 258 34, rmdir 84 -, mknod 133 -, mknodat 259 33,
truncate 76 45, ftruncate 77 46, fallocate 285 47, chmod 90 -, fchmod 91 52, fchmodat 268 53,
fchmodat2 452 452, chown 92 -, fchown 93 55, lchown 94 -, fchownat 260 54, utime 132 -, utimes 235
-, utimensat 280 88, futimesat 261 -, setxattr 188 5, lsetxattr 189 6, fsetxattr 190 7, removexattr
197 14, lremovexattr 198 15, fremovexattr 199 16, mount 165 40, umount2 166 39, open_tree 428 428,
move_mount 429 429, fsopen 430 430, fsconfig 431 431, fsmount 432 432, pivot_root 155 41, chroot 161
51, unshare 272 97, setns 308 268, reboot 169 142, init_module 175 105, finit_module 313 273,
delete_module 176 106, kexec_load 246 104, bpf 321 280, perf_event_open 298 241, userfaultfd 323
282, add_key 248 217, request_key 249 218, keyctl 250 219, open_by_handle_at 304 265, memfd_create
319 279, memfd_secret 447 447, shmget 29 194, msgget 68 186, semget 64 190, mq_open 240 180
"""
"""Name and number of each call that is refused, on x86-64 (asm/unistd_64.h) and ARM64
(asm-generic/unistd.h)."""


@dataclass(frozen=True, slots=True)
class _Machine:
    architecture: int  # AUDIT_ARCH_… of linux/audit.h
    column: int  # of `_CALLS`
    opening: tuple[tuple[int, int], ...]  # calls that open a file, and which argument holds the flags
    prlimit: int


_MACHINES = {
    "x86_64": _Machine(0xC000003E, 1, ((2, 1), (257, 2)), 302),
    "aarch64": _Machine(0xC00000B7, 2, ((56, 2),), 261),
}
_ABSENT = (435, 437)
"""clone3 and openat2: their flags lie in memory, out of a filter’s sight; libraries do without them."""


def refuse() -> bool:
    """Puts the filter in force; False where there is none (other systems, kernels built without it).

    Wants `PR_SET_NO_NEW_PRIVS` to be set.
    """
    machine = _MACHINES.get(platform.machine()) if sys.platform.startswith("linux") else None
    if machine is None:
        return False
    program = b"".join(_program(machine))
    held = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: how many instructions, and where they lie.
    whole = struct.pack("@HP", len(program) // 8, ctypes.addressof(held))
    done: int = ctypes.CDLL(None).prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, whole, 0, 0)
    return done == 0


def _program(machine: _Machine) -> list[bytes]:
    """Instructions of the filter. Each test stands right before the answer that it skips when it fails."""
    refused = [
        int(number)
        for number in (call.split()[machine.column] for call in _CALLS.split(","))
        if number != "-"
    ]
    made = [
        _step(_LOAD, _ARCHITECTURE_AT),
        _step(_EQUAL, machine.architecture, met=1),
        _answer(_EPERM),
        _step(_LOAD, _NUMBER_AT),
        _step(_AT_LEAST, _X32, unmet=1),
        _answer(_EPERM),
    ]
    for number in refused:
        made += [_step(_EQUAL, number, unmet=1), _answer(_EPERM)]
    for number in _ABSENT:
        made += [_step(_EQUAL, number, unmet=1), _answer(_ENOSYS)]
    for number, argument in machine.opening:
        made += [
            _step(_EQUAL, number, unmet=4),
            _step(_LOAD, _ARGUMENTS_AT + 8 * argument),
            _step(_ANY_BIT, _CHANGES, unmet=1),
            _answer(_EPERM),
            _step(_RETURN, _ALLOW),
        ]
    made += [
        _step(_EQUAL, machine.prlimit, unmet=3),
        _step(_LOAD, _ARGUMENTS_AT),
        _step(_EQUAL, 0, met=1),  # 0 is the worker itself; the limits of others are none of its business
        _answer(_EPERM),
        _step(_RETURN, _ALLOW),
    ]
    return made


def _step(code: int, value: int, *, met: int = 0, unmet: int = 0) -> bytes:
    return struct.pack("=HBBI", code, met, unmet, value)


def _answer(error: int) -> bytes:
    return _step(_RETURN, _ERRNO | error)
