"""Hosts, origins and tokens that must get nowhere: made by rules from the good ones, not listed.

Each rule is a way in which software has been known to take one thing for another.
"""

from __future__ import annotations

import hashlib
import random
import string
from collections.abc import Iterator

NUMBERS = (
    "127.0.0.1",
    "127.0.0.2",
    "127.255.255.254",
    "10.0.0.1",
    "192.168.1.5",
    "169.254.169.254",
    "0.0.0.0",
)
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


def spellings(address: str) -> Iterator[str]:
    """Ways to write an IPv4 address that some resolver reads as that address, but the usual one."""
    a, b, c, d = (int(part) for part in address.split("."))
    value = a << 24 | b << 16 | c << 8 | d
    yield from (str(value), hex(value), f"0{value:o}", f"{value:#x}".upper(), f"{value + 2**32}")
    yield from (f"{a}.{value & 0xFFFFFF}", f"{a}.{b}.{value & 0xFFFF}", f"{a:#x}.{b}.{c}.{d}")
    yield from (f"0{a:o}.{b}.{c}.{d}", f"000{a:o}.0{b:o}.0{c:o}.0{d:o}", f"{a:#x}.{b:#x}.{c:#x}.{d:#x}")
    yield from (f"{a:03}.{b:03}.{c:03}.{d:03}", f"{a}.{b}.{c}.{d}.", f"{address}.nip.example")
    yield from (address.translate(FULL_WIDTH), address.replace(".", "。"), address.replace(".", "%2e"))
    yield from (
        f"[::ffff:{address}]",
        f"[::{address}]",
        f"[64:ff9b::{address}]",
        f"[2002:{a:x}{b:02x}:{c:x}{d:02x}::]",
    )
    yield from (f"[::ffff:{a:x}{b:02x}:{c:x}{d:02x}]", f"[::ffff:0:{address}]", f"[fe80::1%25{address}]")


def hosts(port: int) -> list[str]:
    """Values of a `Host` header that are not ours; each may stand in one line."""
    ports = (f":{port}", "", f":{port + 1}")
    found = [f"{spelled}{end}" for number in NUMBERS for spelled in spellings(number) for end in ports]
    found += [f"{number}{end}" for number in NUMBERS[1:] for end in ports]
    for good in ("127.0.0.1", "localhost"):
        found += [
            f"{good}{end}" for end in ("", ":", f":{port + 1}", f":0{port}", f":+{port}", f":{port}0", ":80")
        ]
        found += [f"{good}:{port + 65536}", f"{good}:{port:#x}", f"{good}:{port}:{port}", f"{good};{port}"]
        found += [
            f"{good}:{port}{end}"
            for end in ("/", "/v1/status", "?", "#", "@evil.example", ",", ", evil.example")
        ]
        found += [
            f"{good}:{port}, {good}:{port}",
            f"evil.example, {good}:{port}",
            f"{good} :{port}",
            f"{good}: {port}",
        ]
        found += [f"{user}@{good}:{port}" for user in ("evil.example", "a:b", "", "evil.example:80")]
        found += [
            f"{good}{tail}:{port}"
            for tail in (".", "..", ".evil.example", "%00", "%2eevil.example", "-", "\\")
        ]
        found += [
            f"{lead}{good}:{port}" for lead in (".", "evil-", "evil.", "www.", "http://", "//", '"', "[")
        ]
        found += [f"{good}:{port}{end}" for end in ('"', "]", "%20", "\\", "\u200b", "é")]
    found += [
        f"{name}:{port}"
        for name in ("localhost.localdomain", "local", "ip6-localhost", "loopback", "evil.example")
    ]
    found += [
        f"{name}:{port}"
        for name in ("x.localhost", "ⓛocalhost", "ｌocalhost", "lоcalhost", "LOCALHOST.", "myhost.local")
    ]
    found += [
        f"{name}:{port}"
        for name in ("x.internal", "host.docker.internal", "kubernetes.docker.internal", "_", "*")
    ]
    found += [
        f"[::1]:{port}",
        "[::1]",
        f"::1:{port}",
        f"[0:0:0:0:0:0:0:1]:{port}",
        f"[::]:{port}",
        f"unix:{port}",
    ]
    found += [f":{port}", str(port), "null", "undefined", "a" * 300 + f":{port}"]
    return list(dict.fromkeys(found))


def host_lines(port: int) -> list[str]:
    """Whole header lines in which a good `Host` stands beside, behind or inside another."""
    good = f"127.0.0.1:{port}"
    others = ("evil.example", f"evil.example:{port}", good, f"localhost:{port}", "")
    found = [f"Host: {good}\r\nHost: {other}" for other in others]
    found += [f"Host: {other}\r\nHost: {good}" for other in others]
    found += [f"Host: {good}\r\nhost: {other}" for other in others] + [
        f"Host: {other}\r\n\tHost: {good}" for other in others
    ]
    found += [
        f"Host: evil.example\r\n {good}",
        f"Host:\r\n {good}, evil",
        f"X-Host: {good}",
        f"Hosts: {good}",
    ]
    found += [f"Host : {good}", f"Host\t: {good}", f"\tHost: {good}", f"Host_: {good}", f"HTTP_HOST: {good}"]
    found += [f"Host: evil.example\r\n{name}: {good}" for name in FORWARDED]
    return found


FORWARDED = (
    "X-Forwarded-Host",
    "X-Host",
    "X-Original-Host",
    "X-Forwarded-Server",
    "Forwarded",
    "X-Original-URL",
    "Via",
)


def near_misses(origin: str, seed: int) -> list[str]:
    """Origins that differ from a paired one by little."""
    draw = random.Random(seed)
    scheme, _, name = origin.partition("://")
    found = [
        origin + end
        for end in (".evil.example", "x", "/", "/x", ":80", ":443", "?", "#", ".", "%00", ", null", "\\")
    ]
    found += [
        lead + origin for lead in ("x", "https://", "null ", "view-source:", "blob:", "filesystem:", '"')
    ]
    found += [
        f"{other}://{name}"
        for other in ("http", "https", "chrome", "extension", "moz-extension", "chrome-extension")
    ]
    found += [
        f"{other}://{name}"
        for other in ("safari-web-extension", "ms-browser-extension", "ftp", scheme.upper(), scheme + "s")
    ]
    found += [
        origin.upper(),
        f"{scheme}:{name}",
        f"{scheme}:/{name}",
        f"{scheme}:///{name}",
        name,
        f"{scheme}://",
        scheme,
    ]
    found += [
        f"{scheme}://*",
        f"{scheme}://{name[:-1]}*",
        f"{scheme}://{name}@{name}",
        f"{scheme}://evil@{name}",
        f"{origin} {origin}",
    ]
    for at in range(len(name)):
        found.append(f"{scheme}://{name[:at]}{name[at + 1 :]}")
        found.append(f"{scheme}://{name[:at]}{draw.choice(string.ascii_lowercase)}{name[at:]}")
        found.append(
            f"{scheme}://{name[:at]}{name[at].swapcase() if name[at].isalpha() else '_'}{name[at + 1 :]}"
        )
        others = [letter for letter in string.ascii_lowercase[:16] + "0123456789" if letter != name[at]]
        found.append(f"{scheme}://{name[:at]}{draw.choice(others)}{name[at + 1 :]}")
        found.append(f"{scheme}://{name[:at]}%{ord(name[at]):02x}{name[at + 1 :]}")
    return [each for each in dict.fromkeys(found) if each != origin]


def web_origins(port: int) -> list[str]:
    """What pages, files and other programs call themselves."""
    places = (
        "127.0.0.1",
        "localhost",
        "[::1]",
        "0.0.0.0",
        "evil.example",
        "truthlens.invalid",
        "192.168.1.5",
    )
    found = [
        f"{scheme}://{place}{end}"
        for scheme in ("http", "https")
        for place in places
        for end in ("", f":{port}", ":3000")
    ]
    found += [
        "null",
        "file://",
        "about:blank",
        "data:",
        "*",
        "app://obsidian.md",
        "tauri://localhost",
        "ionic://localhost",
    ]
    found += [
        "vscode-webview://1a2b",
        "chrome://newtab",
        "chrome-search://local-ntp",
        "resource://pdf.js",
        "edge://settings",
    ]
    found += [
        "capacitor://localhost",
        "safari-web-extension://0f1e2d3c-4b5a-4968-8778-695a4b3c2d1e",
        "moz-extension://*",
        "none",
    ]
    return found


def wrong_tokens(token: str, others: list[str]) -> list[str]:
    """Values of `Authorization` that are not the right one."""
    found = [f"Bearer {other}" for other in others]
    found += [
        f"Bearer {token[:-1]}",
        f"Bearer {token}x",
        f"Bearer x{token}",
        f"Bearer {token[::-1]}",
        f"Bearer {token.swapcase()}",
    ]
    found += [
        f"Bearer {token}=",
        f"Bearer {token}, {token}",
        f"Bearer {token} {token}",
        f"Bearer '{token}'",
        f'Bearer "{token}"',
    ]
    found += [
        f"Bearer  {token}",
        f"Bearer\t{token}",
        f"Bearer:{token}",
        f"Bearer={token}",
        f"Bearer{token}",
        token,
        "Bearer",
    ]
    found += [f"{scheme} {token}" for scheme in ("Basic", "Digest", "Token", "Negotiate", "Bearers", "", "X")]
    found += [
        f"Bearer {hashlib.sha256(token.encode()).hexdigest()}",
        f"Bearer {token}%00",
        "Bearer null",
        "Bearer undefined",
    ]
    found += [
        "Bearer *",
        "Bearer %",
        "Bearer ' OR 1=1 --",
        "Bearer " + "A" * 43,
        "Bearer " + "A" * 5000,
        f"Bearer token={token}",
    ]
    found += [
        f"Bearer {token[:at]}{'A' if token[at] != 'A' else 'B'}{token[at + 1 :]}" for at in range(len(token))
    ]
    return [each for each in dict.fromkeys(found) if each != f"Bearer {token}"]
