"""Run in namespaces of its own: gives loopback a public address, under which a site answers that a hosts file
names, and has the real service fetch pages from there while strace writes down each peer that is named to the
kernel. Prints as JSON how the analyses ended, the peers, and what the service says has left.
"""

from __future__ import annotations

import fcntl
import json
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

SITE = "93.184.215.14"  # public, so that it is approved; here it leads no further than loopback
SIOCSIFADDR = 0x8916
PAGE = Path(__file__).resolve().parents[1] / "seeds" / "articles" / "police-budget.html"
PEER = re.compile(
    r"(?P<call>connect|sendto|sendmsg|sendmmsg)\(.*?sa_family=(?P<family>AF_INET6?), "
    r"sin6?_port=htons\((?P<port>\d+)\).*?(?:inet_addr\(\"(?P<v4>[^\"]+)\"\)|\"(?P<v6>[0-9a-f:.]+)\")"
)


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGE.read_bytes() + f"<!-- {self.path} -->".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


def peers(trace: Path) -> list[dict[str, Any]]:
    found = []
    for line in trace.read_text("utf-8", "replace").splitlines():
        if match := PEER.search(line):
            address = match["v4"] or match["v6"]
            found.append({"family": match["family"], "address": address, "port": int(match["port"])})
    return found


def name_the_site(folder: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        address = struct.pack("16sH2s4s8x", b"lo:1", socket.AF_INET, b"", socket.inet_aton(SITE))
        fcntl.ioctl(control, SIOCSIFADDR, address)
    # Where everybody may bind to any address, being able to is no sign that it is this computer's own.
    Path("/proc/sys/net/ipv4/ip_nonlocal_bind").write_text("1")
    hosts = folder / "hosts"
    hosts.write_text(f"127.0.0.1 localhost\n{SITE} news.example\n")
    subprocess.run(["mount", "--bind", str(hosts), "/etc/hosts"], check=True)


def main(count: int) -> None:
    from closed_network import is_closed, open_loopback
    from held_service import FREE, HeldService
    from test_faults import client_of

    open_loopback()
    if not is_closed():
        sys.exit("the namespace is open, so it proves nothing")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        name_the_site(folder)
        site = ThreadingHTTPServer((SITE, 80), Site)
        threading.Thread(target=site.serve_forever, daemon=True).start()
        trace = folder / "trace"
        calls = "trace=connect,sendto,sendmsg,sendmmsg"
        tracer = (str(shutil.which("strace")), "-f", "-qq", "-s", "64", "-e", calls, "-o", str(trace))
        service = HeldService(folder / "data", FREE, 8765, {}, wrapped=tracer)
        try:
            service.wait_for("listens")
            client = client_of(folder / "data", service.port)
            states = [
                client.analyse({"url": f"http://news.example/{number}"})["state"] for number in range(count)
            ]
            left = client.request("GET", "/v1/departures")["hosts"]
            service.signal(signal.SIGTERM)
        finally:
            service.close()
        json.dump({"states": states, "left": left, "peers": peers(trace)}, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]))
