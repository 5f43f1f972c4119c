import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { api } from "./browser-stub.js";
import "./document-stub.js";

/** Requests by method and path, answered by `replies`. */
const requests = [];
let replies = {};
globalThis.fetch = async (url, { method, body }) => {
  const { pathname } = new URL(url);
  requests.push({ name: `${method} ${pathname}`, body: body && JSON.parse(body) });
  const reply = await replies[`${method} ${pathname}`];
  if (!reply) throw new TypeError("Failed to fetch");
  return { ok: !reply.error, status: reply.error ? 401 : 200, json: async () => reply };
};

await import("../../extension/background.js");

const TAB = { id: 7, windowId: 1, url: "https://news.invalid/a", title: "A" };
const PAGE = { url: TAB.url, title: "A", type: "text/html", html: "<p>a</p>" };
const run = async () => (await api.storage.session.get("run:7"))["run:7"];
const settled = () => pause(20);
const press = async () => {
  api.action.onClicked.emit(TAB);
  await settled();
};
function deferred() {
  let resolve;
  const promise = new Promise((settle) => (resolve = settle));
  return { promise, resolve };
}
const done = async () => api.storage.session.set({ "run:7": { ...(await run()), phase: "done" } });

beforeEach(async () => {
  api.storage.session.clear();
  await api.storage.local.set({ token: "T0" });
  requests.length = 0;
  api.called.length = 0;
  api.tabs.answer = ({ kind }) => (kind === "collect" ? PAGE : true);
  api.runtime.sendMessage = async () => 0; // A panel that has been open since 1970.
  replies = {
    "GET /v1/status": { name: "truthlens", version: "0.1.0", api: 1, model: { state: "ready" } },
    "POST /v1/analyses": { id: "a1", state: "queued" },
    "GET /v1/analyses/a1": { id: "a1", state: "working" },
    "DELETE /v1/analyses/a1": { id: "a1", state: "cancelled" },
  };
});

test("the panel is opened during the press itself, before anything else", () => {
  api.action.onClicked.emit(TAB);
  assert.deepEqual(api.called[0], ["sidePanel.open", { windowId: 1 }]);
});

test("a press reads the page and hands it in", async () => {
  await press();
  const { phase, analysisId, url, title } = await run();
  assert.deepEqual(
    { phase, analysisId, url, title },
    { phase: "submitted", analysisId: "a1", url: TAB.url, title: "A" },
  );
  assert.deepEqual(requests.at(-1).body, { url: PAGE.url, html: PAGE.html });
});

test("a page of a private window is handed in not to be kept", async () => {
  api.action.onClicked.emit({ ...TAB, incognito: true });
  await settled();
  assert.deepEqual(requests.at(-1).body, { url: PAGE.url, html: PAGE.html, keep: false });
  assert.equal((await run()).keep, false);
  const { get } = api.tabs;
  api.tabs.get = async (id) => ({ id, incognito: true });
  api.runtime.onMessage.emit({ kind: "run", tabId: 7 }, {});
  await settled();
  assert.equal(requests.at(-1).body.keep, false, "also when it is read again from the panel");
  api.tabs.get = get;
});

test("a second press on a page with marks switches them off, a third on", async () => {
  await press();
  await done();
  await press();
  assert.equal((await run()).visible, false);
  assert.deepEqual(api.called.at(-1), ["tabs.sendMessage", { kind: "visible", visible: false }]);
  await press();
  assert.equal((await run()).visible, true);
});

test("a press that brings back a closed panel leaves the marks", async () => {
  await press();
  await done();
  api.runtime.sendMessage = async () => Date.now() + 50;
  await press();
  assert.equal((await run()).visible, true);
});

test("a press while the page is being read starts nothing new", async () => {
  await press();
  const { runId } = await run();
  await press();
  assert.equal((await run()).runId, runId);
});

test("a run whose worker was ended while reading is started again", async () => {
  await api.storage.session.set({
    "run:7": { runId: "old", tabId: 7, phase: "reading", url: TAB.url, analysisId: "" },
  });
  await press();
  assert.equal((await run()).phase, "submitted");
});

for (const [name, change, code] of [
  ["nobody listens", () => (replies = {}), "service_down"],
  ["no token", () => api.storage.local.set({ token: "" }), "not_paired"],
  ["a PDF", () => (api.tabs.answer = () => ({ ...PAGE, type: "application/pdf" })), "page_not_supported"],
  ["a page that went away", () => (api.tabs.answer = () => Promise.reject(new Error("gone"))), "page_moved"],
  [
    "a revoked pairing",
    () => (replies["POST /v1/analyses"] = { error: { code: "wrong_token", message: "m", remedy: "r" } }),
    "wrong_token",
  ],
]) {
  test(`${name}: the run fails with ${code}`, async () => {
    await change();
    await press();
    const { phase, error } = await run();
    assert.equal(phase, "failed");
    assert.equal(error.code, code);
    assert.ok(error.remedy);
  });
}

/** The error of the tab's run, once it has one. */
async function refused() {
  while ((await run())?.phase !== "failed") await settled();
  return (await run()).error;
}

const REFUSED =
  "Cannot access contents of the page. Extension manifest must request permission to access the host.";

test("what may not be scripted: after a press the page is the reason, otherwise the missing press", async () => {
  const { executeScript } = api.scripting;
  api.scripting.executeScript = async () => {
    throw new Error(REFUSED);
  };
  await press();
  const { code, detail } = await refused();
  assert.deepEqual([code, detail], ["page_not_supported", REFUSED]);
  api.runtime.onMessage.emit({ kind: "run", tabId: 7 }, {});
  await settled();
  assert.equal((await refused()).code, "permission_missing");
  // Firefox's answer for about:config, which it does not call an error.
  api.scripting.executeScript = async () => [null];
  await press();
  const error = await refused();
  assert.deepEqual([error.code, error.detail], ["page_not_supported", undefined]);
  api.scripting.executeScript = executeScript;
});

test("a page that refuses scripts for a moment only is read", async () => {
  const { executeScript } = api.scripting;
  let refusals = 1;
  api.scripting.executeScript = async (wish) => {
    if (refusals--) throw new Error("Frame with ID 0 was removed.");
    return executeScript(wish);
  };
  await press();
  while ((await run())?.phase === "reading") await settled();
  assert.equal((await run()).phase, "submitted");
  api.scripting.executeScript = executeScript;
});

test("cancel ends the job at the service", async () => {
  await press();
  api.runtime.onMessage.emit({ kind: "cancel", tabId: 7 }, {});
  await settled();
  assert.equal((await run()).phase, "cancelled");
  assert.equal(requests.at(-1).name, "DELETE /v1/analyses/a1");
});

test("cancel before the service has answered ends the job as soon as it is known", async () => {
  const answered = deferred();
  replies["POST /v1/analyses"] = answered.promise;
  await press();
  api.runtime.onMessage.emit({ kind: "cancel", tabId: 7 }, {});
  await settled();
  answered.resolve({ id: "a1", state: "queued" });
  await settled();
  assert.equal((await run()).phase, "cancelled");
  assert.equal(requests.at(-1).name, "DELETE /v1/analyses/a1");
});

test("the badge counts the marks of its tab and goes with them", async () => {
  const texts = () => api.called.filter(([name]) => name === "setBadgeText").map(([, value]) => value);
  const sender = { tab: { id: 7 } };
  api.runtime.onMessage.emit({ kind: "placed", visible: true, placed: [0, 1, 2], unplaced: [] }, sender);
  api.runtime.onMessage.emit({ kind: "placed", visible: false, placed: [0, 1, 2], unplaced: [] }, sender);
  await settled();
  assert.deepEqual(texts(), [
    { tabId: 7, text: "3" },
    { tabId: 7, text: "" },
  ]);
});

test("navigation forgets the run; a change within the document does not", async () => {
  await press();
  await done();
  api.tabs.onUpdated.emit(7, { status: "complete" });
  await settled();
  assert.equal((await run()).phase, "done");
  api.tabs.answer = () => Promise.reject(new Error("Receiving end does not exist"));
  api.tabs.onUpdated.emit(7, { status: "loading" });
  await settled();
  assert.equal(await run(), undefined);
  assert.ok(!requests.some(({ name }) => name.startsWith("DELETE")), "a finished report stays stored");
});

test("a navigation noticed late does not forget the run of the new page", async () => {
  await press();
  await done();
  const alive = deferred();
  api.tabs.answer = ({ kind }) => (kind === "ping" ? alive.promise : PAGE);
  api.tabs.onUpdated.emit(7, { status: "loading" });
  await settled();
  api.tabs.answer = ({ kind }) => (kind === "ping" ? false : PAGE);
  await press();
  alive.resolve(false);
  await settled();
  assert.equal((await run()).phase, "submitted");
});

test("closing the tab ends its unfinished job", async () => {
  await press();
  api.tabs.onRemoved.emit(7);
  await settled();
  assert.equal(await run(), undefined);
  assert.equal(requests.at(-1).name, "DELETE /v1/analyses/a1");
});
