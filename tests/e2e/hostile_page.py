"""What a hostile page can do to reach a service on its reader's computer, as scripts that run in the page."""

from __future__ import annotations

# Each returns what it could read: a text, or the word for its failure. P is where the service listens.
TELL = """
const tell = (response) => response.text().then((text) => `${response.status} ${text}`);
const failed = (thrown) => `failed ${thrown?.name ?? "event"}`;
const loaded = (element) =>
  new Promise((resolve) => {
    element.onload = () => resolve("loaded");
    element.onerror = () => resolve("failed event");
    setTimeout(() => resolve("failed never"), 4000);
    document.body.append(element);
  });
const frame = () => {
  const element = document.createElement("iframe");
  element.name = "f" + Math.random();
  return element;
};
const inside = (element) => {
  try {
    return element.contentDocument?.body?.textContent || "empty";
  } catch (thrown) {
    return failed(thrown);
  }
};
const form = async (enctype, method, path) => {
  const target = frame();
  const element = document.createElement("form");
  Object.assign(element, { action: P + path, method, enctype, target: target.name });
  const field = document.createElement("input");
  Object.assign(field, { name: '{"text":"An article","x":"', value: '"}' });
  element.append(field);
  document.body.append(element);
  const done = loaded(target);
  element.submit();
  await done;
  await new Promise((resolve) => setTimeout(resolve, 300));
  return inside(target);
};
const xhr = (method, path, type, body, headers = {}) =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(method, P + path);
    if (type) request.setRequestHeader("Content-Type", type);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.onload = () => resolve(`${request.status} ${request.responseText}`);
    request.onerror = () => resolve("failed event");
    request.send(body);
  });
const JSON_BODY = '{"text":"An article."}';
const OURS = { "X-TruthLens-Client": "1", Authorization: "Bearer " + "A".repeat(43) };
"""
WAYS = {
    "form, urlencoded": 'form("application/x-www-form-urlencoded", "POST", "/v1/analyses")',
    "form, multipart": 'form("multipart/form-data", "POST", "/v1/pair")',
    "form, plain": 'form("text/plain", "POST", "/v1/analyses")',
    "fetch, no-cors": """fetch(P + "/v1/analyses", { method: "POST", mode: "no-cors", body: JSON_BODY,
      credentials: "include" }).then(tell, failed)""",
    "image": 'loaded(Object.assign(new Image(), { src: P + "/v1/status" }))',
    "script": 'loaded(Object.assign(document.createElement("script"), { src: P + "/v1/openapi.json" }))',
    "frame": """(() => { const element = Object.assign(frame(), { src: P + "/v1/status" });
      return loaded(element).then(() => inside(element)); })()""",
    "beacon": """(navigator.sendBeacon(P + "/v1/analyses", new Blob([JSON_BODY], { type: "text/plain" })),
      new Promise((resolve) => setTimeout(() => resolve("failed never"), 500)))""",
    "navigation": """(() => { const other = open(P + "/v1/status");
      return new Promise((resolve) => setTimeout(() => {
      try { resolve(other?.document?.body?.textContent || "empty"); }
      catch (thrown) { resolve(failed(thrown)); }
      other?.close(); }, 800)); })()""",
    "WebSocket": """new Promise((resolve) => {
      const socket = new WebSocket(P.replace("http", "ws") + "/v1/status");
      socket.onopen = () => resolve("open"); socket.onmessage = (event) => resolve(String(event.data));
      socket.onerror = () => resolve("failed event"); })""",
    "XHR, plain": 'xhr("POST", "/v1/analyses", "text/plain", JSON_BODY)',
    "XHR, form": 'xhr("POST", "/v1/analyses", "application/x-www-form-urlencoded", JSON_BODY)',
    "XHR, JSON": 'xhr("POST", "/v1/analyses", "application/json", JSON_BODY)',
    "XHR, our headers": 'xhr("POST", "/v1/analyses", "application/json", JSON_BODY, OURS)',
    "XHR, DELETE": 'xhr("DELETE", "/v1/library", "", null, OURS)',
    "XHR, GET": 'xhr("GET", "/v1/library", "", null)',
    "fetch, status": 'fetch(P + "/v1/status").then(tell, failed)',
    "fetch, PUT": """fetch(P + "/v1/library/preferences", { method: "PUT", headers: { ...OURS,
      "Content-Type": "application/json" }, body: '{"keeping":false,"retention_days":1}' })
      .then(tell, failed)""",
    "fetch, pair": """fetch(P + "/v1/pair", { method: "POST", headers: { ...OURS,
      "Content-Type": "application/json" }, body: '{"code":"AAAA-AAAA"}' }).then(tell, failed)""",
    "EventSource": """new Promise((resolve) => { const source = new EventSource(P + "/v1/status");
      source.onmessage = (event) => resolve(String(event.data));
      source.onerror = () => { source.close(); resolve("failed event"); }; })""",
    "style sheet": """loaded(Object.assign(document.createElement("link"), { rel: "stylesheet",
      href: P + "/v1/status" }))""",
    "module": """import(P + "/v1/openapi.json").then(() => "loaded", failed)""",
    "worker": """new Promise((resolve) => { const source = `fetch("${P}/v1/status").then((r) => r.text())
      .then((t) => postMessage(t), () => postMessage("failed event"))`;
      const worker = new Worker(URL.createObjectURL(new Blob([source])));
      worker.onmessage = (event) => resolve(event.data);
      worker.onerror = () => resolve("failed event"); })""",
}
# Same origin as far as the browser can tell, so every header may be set and every answer read.
SAME_ORIGIN = """
async () => {
  const headers = { "X-TruthLens-Client": "1", Authorization: "Bearer " + "A".repeat(43) };
  const json = { ...headers, "Content-Type": "application/json" };
  const asked = [
    ["/v1/status", {}],
    ["/v1/library", { headers }],
    ["/v1/analyses", { method: "POST", headers: json, body: '{"text":"An article."}' }],
    ["/v1/pair", { method: "POST", headers: json, body: '{"code":"AAAA-AAAA"}' }],
    ["/v1/library", { method: "DELETE", headers }],
    ["/v1/library/preferences",
      { method: "PUT", headers: json, body: '{"keeping":false,"retention_days":1}' }],
  ];
  const told = [];
  for (const [path, options] of asked) {
    const response = await fetch(path, options);
    told.push([response.status, (await response.json()).error?.code ?? "read"]);
  }
  return told;
}
"""


def script(port: int, way: str, host: str = "127.0.0.1") -> str:
    """One of the ways, for a service at this port."""
    return f'async () => {{ const P = "http://{host}:{port}";\n{TELL}\nreturn String(await ({WAYS[way]})); }}'
