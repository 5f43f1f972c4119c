import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { api } from "./browser-stub.js";
import "./document-stub.js";

const { historySection } = await import("../../extension/panel/history.js");

let reply;
globalThis.fetch = async () => {
  if (!reply) throw new TypeError("Failed to fetch");
  return { ok: true, status: 200, json: async () => reply };
};

const place = (other) => ({
  exact: "12 ferries",
  prefix: "At least ",
  suffix: " stopped.",
  paragraph: 0,
  start: 9,
  end: 19,
  utf16_start: 9,
  utf16_end: 19,
  note: "",
  other,
});
const changed = (id, saved_at) => ({
  id,
  saved_at,
  title: "T",
  blocks: [
    {
      kind: "table",
      columns: ["Figure before", "Figure now"],
      rows: [
        [
          { text: "12 ferries", evidence: [place(id)] },
          { text: "14 ferries", evidence: [place("")] },
        ],
      ],
    },
  ],
});
const same = {
  id: "v0",
  saved_at: "2026-11-20T08:00:00Z",
  title: "T",
  blocks: [{ kind: "nothing", text: "same" }],
};
const jumps = [];
const reader = {
  article: { text: "At least 14 ferries stopped.", title: "" },
  jump: async (evidence) => jumps.push(evidence),
};

/** @param {object[] | undefined} earlier */
async function begun(earlier, signal = new AbortController().signal) {
  reply = earlier && { id: "a1", earlier };
  const section = historySection("a1", reader, signal);
  await section.begin();
  return section.node;
}

beforeEach(() => api.storage.local.set({ token: "T0" }));

test("an article that was not read before, or has not changed, has no history", async () => {
  assert.equal((await begun([])).hidden, true);
  assert.equal((await begun([same])).hidden, true);
});

test("each version that differs is told from when it is, the latest open", async () => {
  const node = await begun([
    changed("v2", "2026-11-22T08:00:00Z"),
    same,
    changed("v1", "2026-11-19T08:00:00Z"),
  ]);
  assert.equal(node.hidden, false);
  assert.equal(node.querySelector("h2").textContent, "Changed since you first read it");
  const versions = [...node.querySelectorAll('[data-testid="revision"]')];
  assert.deepEqual(
    versions.map(({ open }) => open),
    [true, false],
  );
  assert.match(versions[0].querySelector("h3").textContent, /^Since .*22.*2026/);
});

test("what stood before is previewed and opens nothing; what stands now is on the page", async () => {
  const node = await begun([changed("v1", "2026-11-22T08:00:00Z")]);
  const [before, now] = node.querySelectorAll('[data-testid="evidence"]');
  assert.equal(before.tagName, "SPAN");
  assert.match(before.textContent, /^before/);
  assert.match(before.title, /least 12 ferries stopped/);
  now.click();
  assert.equal(jumps.length, 1);
});

test("a question that fails can be asked again, unless the report has gone", async () => {
  const node = await begun(undefined);
  assert.equal(node.hidden, false);
  assert.equal(node.querySelector('[data-testid="trouble"]').dataset.code, "service_down");
  reply = { id: "a1", earlier: [] };
  node.querySelector('[data-testid="trouble_again"]').click();
  for (let turn = 0; turn < 50 && !node.hidden; turn += 1) await new Promise(setImmediate);
  assert.equal(node.hidden, true);
  const leaving = new AbortController();
  leaving.abort();
  assert.equal((await begun(undefined, leaving.signal)).hidden, true);
});
