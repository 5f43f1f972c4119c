"""Serves the demo articles and a few odd pages under names of *.test, as a news site would."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from truthlens.seeds import articles_dir

ODD = {
    "/links": (
        "text/html",
        "<title>Front page</title>" + "".join(f"<p><a href=/{n}>Story {n}</a>" for n in range(80)),
    ),
    "/french": (
        "text/html",
        "<title>La mairie</title><article><h1>La mairie vote le budget</h1>"
        + "<p>Le conseil municipal a adopté mardi le budget de la ville après un long débat, et les élus de "
        "l’opposition ont regretté que les crédits des écoles restent les mêmes que l’an dernier.</p>"
        * 6
        + "</article>",
    ),
    "/short": (
        "text/html",
        "<title>Brief</title><article><h1>Brief</h1><p>It rained in the town.</p></article>",
    ),
    "/notes.pdf": ("application/pdf", "%PDF-1.4\n%%EOF"),
}


class Site:
    """``address(slug)`` is where a page stands; the server is at 127.0.0.1, its names are not."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def put(self, name: str, html: str) -> str:
        """Serve this page as well. Returns its address."""
        ODD[f"/{name}"] = ("text/html", html)
        return self.address(name)

    def address(self, page: str, host: str = "news.test") -> str:
        return f"http://{host}:{self._server.server_port}/{page}"

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        kind, content = ODD.get(self.path, ("", ""))
        if not kind:
            file = articles_dir() / f"{self.path.strip('/')}.html"
            if not file.is_file():
                self.send_error(404)
                return
            kind, content = "text/html", file.read_text("utf-8")
        body = content.encode("utf-8", "replace")
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        # As strict as news sites come: nothing of ours may need the page's leave.
        self.send_header(
            "Content-Security-Policy",
            "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
            "require-trusted-types-for 'script'",
        )
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """The test runner's output is no place for an access log."""
