"""Certificates of a small authority of our own, good and bad ones, made by the openssl program."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from truthlens.net.connection import trusting

NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
_CONFIG = """
[ca]
default_ca = ours
[ours]
new_certs_dir = {folder}
database = {folder}/index.txt
serial = {folder}/serial
default_md = sha256
policy = any
unique_subject = no
email_in_dn = no
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
"""


class Authority:
    """``trust()`` is what a fetcher believes; ``server(...)`` is what a site shows."""

    def __init__(self, folder: Path, name: str = "authority") -> None:
        if shutil.which("openssl") is None:
            pytest.skip("openssl makes the certificates")
        self._folder = folder
        folder.mkdir(exist_ok=True)
        (folder / "index.txt").touch()
        (folder / "serial").write_text("1000\n")
        (folder / "config").write_text(_CONFIG.format(folder=folder))
        self.file = folder / "authority.pem"
        self._openssl(
            *("req", "-x509", *NEW_KEY, "-days", "3650", "-subj", f"/CN={name}"),
            *("-extensions", "authority", "-out", str(self.file), "-keyout", str(folder / "authority.key")),
        )

    def trust(self) -> ssl.SSLContext:
        return trusting(self.file)

    def server(
        self, name: str = "site.test", *, days: tuple[int, int] = (-1, 30), by_name: bool = True
    ) -> ssl.SSLContext:
        """For ``name``, valid between these days from now; without ``by_name`` only its subject says so."""
        stem = f"{name.replace('*', 'any')}{days[0]}{days[1]}{by_name}"
        certificate, key, asked, more = (
            self._folder / f"{stem}.{end}" for end in ("pem", "key", "csr", "more")
        )
        kind = "IP" if name[0].isdigit() else "DNS"
        more.write_text(f"subjectAltName={kind}:{name}\n" if by_name else "keyUsage=digitalSignature\n")
        self._openssl("req", *NEW_KEY, "-subj", f"/CN={name}", "-out", str(asked), "-keyout", str(key))
        start, end = (f"{datetime.now(UTC) + timedelta(days=day):%Y%m%d%H%M%SZ}" for day in days)
        self._openssl(
            *("ca", "-batch", "-notext", "-in", str(asked), "-out", str(certificate), "-extfile", str(more)),
            *("-startdate", start, "-enddate", end),
            *("-cert", str(self.file), "-keyfile", str(self._folder / "authority.key")),
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        return context

    def _openssl(self, *words: str) -> None:
        command = ["openssl", *words, "-config", str(self._folder / "config")]
        subprocess.run(command, check=True, capture_output=True)
