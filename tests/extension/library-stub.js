// A service with a library in memory, in the place of fetch. Imported before the extension.

import { window } from "./document-stub.js";

globalThis.location = window.location;
globalThis.scrollTo = () => undefined;

/** @param {object} fields */
export const line = (fields) => ({
  url: `https://www.news.test/${fields.id}`,
  canonical_url: "",
  title: `Title ${fields.id}`,
  outlet: "Harbour Courier",
  published: "2026-11-02",
  language: "en",
  saved_at: "2026-11-20T10:00:00Z",
  words: 400,
  findings: 6,
  own_findings: 4,
  traced: true,
  excerpt: "",
  closeness: null,
  ...fields,
});

/** `asked` holds "METHOD path" of every request; `refuse` is answered to all but status while it is set. */
export const service = {
  lines: [],
  results: {},
  rules: { keeping: true, retention_days: null },
  comparison: null,
  figures: [],
  notice: "",
  down: false,
  refuse: null,
  asked: [],
  bodies: [],
  reset() {
    Object.assign(this, { lines: [], results: {}, comparison: null, figures: [], notice: "" });
    Object.assign(this, { down: false, refuse: null });
    Object.assign(this, { rules: { keeping: true, retention_days: null }, asked: [], bodies: [] });
  },
};

globalThis.fetch = async (address, { method, body }) => {
  const { pathname, searchParams } = new URL(address);
  service.asked.push(`${method} ${pathname}${searchParams.size > 0 ? `?${searchParams}` : ""}`);
  if (body) service.bodies.push(JSON.parse(body));
  if (service.down) throw new TypeError("Failed to fetch");
  if (pathname === "/v1/status")
    return json({ name: "truthlens", api: 1, version: "1", model: { state: "ready" } });
  if (service.refuse) return json({ error: service.refuse }, 409);
  return answer(method, pathname, searchParams, body);
};

function answer(method, path, query, body) {
  if (path === "/v1/library/preferences") {
    if (method === "PUT") service.rules = JSON.parse(body);
    return json(service.rules);
  }
  if (path === "/v1/library/figures") return json({ figures: service.figures, total: service.lines.length });
  if (path === "/v1/library/export") return json({ analyses: service.lines });
  if (path === "/v1/library" && method === "DELETE") {
    const forgotten = service.lines.splice(0).length;
    return json({ forgotten });
  }
  if (path === "/v1/library") return json(page(query));
  if (path === "/v1/comparisons") return json(service.comparison);
  const [, , , id, more] = path.split("/");
  if (more === "revisions") return json({ id, earlier: [] });
  if (more === "siblings") return json({ analyses: [], total: 0, notice: "" });
  if (method === "DELETE") {
    service.lines = service.lines.filter((one) => one.id !== id);
    return json({ id, state: "forgotten" });
  }
  const known = service.results[id];
  const unknown = { code: "unknown_analysis", message: "No such report.", remedy: "Read the page again." };
  return known ? json(known) : json({ error: unknown }, 404);
}

function page(query) {
  const words = query.get("query") ?? "";
  const near = query.get("like");
  const matching = service.lines.filter(
    ({ id, title, outlet }) =>
      title.includes(words) && [outlet, null].includes(query.get("outlet")) && id !== near,
  );
  const from = Number(query.get("offset"));
  const analyses = matching.slice(from, from + Number(query.get("limit")));
  return {
    analyses: analyses.map((one) => ({ ...one, closeness: near ? 0.83 : null })),
    total: matching.length,
    notice: service.notice,
  };
}

const json = (body, status = 200) => ({
  ok: status === 200,
  status,
  json: async () => structuredClone(body),
  blob: async () => new Blob([JSON.stringify(body)], { type: "application/json" }),
});
