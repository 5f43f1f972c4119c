import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { api, catalogue } from "./browser-stub.js";
import "./document-stub.js";

const RESULT = JSON.parse(readFileSync(new URL("fixtures/result.json", import.meta.url), "utf8"));
const requests = [];
let reply;
globalThis.fetch = async (url, { method, body }) => {
  const { pathname } = new URL(url);
  requests.push({ name: `${method} ${pathname}`, body: body && JSON.parse(body) });
  return { ok: true, status: 200, json: async () => reply(`${method} ${pathname}`) };
};

await import("../../extension/background.js");

const URL_A = "https://news.example/a";
const PAGE = { url: URL_A, title: "A", type: "text/html", html: "<p>a</p>", selected: "" };
const PLACED = { placed: [0], unplaced: [], dark: false, url: URL_A };
const run = async () => (await api.storage.session.get("run:7"))["run:7"];
const tab = { id: 7, windowId: 1, url: URL_A, title: "A", status: "complete", incognito: false };
const loaded = async () => {
  api.tabs.onUpdated.emit(7, { status: "complete" });
  await pause(700);
};
const handedIn = () => requests.filter(({ name }) => name === "POST /v1/analyses");
async function until(condition) {
  for (let turn = 0; turn < 300 && !(await condition()); turn += 1) await pause(10);
  assert.ok(await condition(), `never came true: ${condition}`);
}

beforeEach(async () => {
  api.storage.session.clear();
  api.storage.local.clear();
  await api.storage.local.set({ token: "T0", sites: { allowed: ["news.example"] } });
  requests.length = 0;
  api.called.length = 0;
  api.tabs.get = async () => tab;
  api.tabs.answer = ({ kind }) => (kind === "collect" ? PAGE : kind === "show" ? PLACED : true);
  api.permissions.contains = async () => true;
  let polls = 0;
  reply = (name) => {
    if (name === "GET /v1/status")
      return { name: "truthlens", version: "0.1.0", api: 1, model: { state: "ready" } };
    if (name === "POST /v1/analyses") return { id: "a1", state: "queued" };
    polls += 1;
    return polls < 2 ? { id: "a1", state: "working" } : RESULT;
  };
});

test("a page of an allowed site is read and marked, without a panel", async () => {
  await loaded();
  await until(async () => (await run())?.phase === "done");
  const shown = api.called.find(([name, message]) => name === "tabs.sendMessage" && message.kind === "show");
  assert.equal(shown[1].marks.length, RESULT.annotations.length);
  assert.ok(api.called.some(([name, { css }]) => name === "insertCSS" && css?.includes("::highlight(")));
  assert.ok(!api.called.some(([name]) => name === "sidePanel.open"), "nothing opens by itself");
  await loaded();
  assert.equal(handedIn().length, 1, "once for an address");
});

for (const [name, change] of [
  ["is not allowed", () => api.storage.local.set({ sites: { allowed: [] } })],
  [
    "is on the never-list",
    () => api.storage.local.set({ sites: { allowed: ["news.example"], never: ["/a$/"] } }),
  ],
  [
    "is switched off",
    () =>
      api.storage.local.set({ ignored: { phrases: [], indicators: [], sites: ["news.example"], marks: [] } }),
  ],
  ["is in a private window", () => (api.tabs.get = async () => ({ ...tab, incognito: true }))],
  ["has lost the browser's leave", () => (api.permissions.contains = async () => false)],
  ["is still loading", () => (api.tabs.get = async () => ({ ...tab, status: "loading" }))],
  ["hides its address", () => (api.tabs.get = async () => ({ ...tab, url: undefined }))],
]) {
  test(`a page that ${name} is left alone`, async () => {
    await change();
    await loaded();
    assert.deepEqual(handedIn(), []);
    assert.equal(await run(), undefined);
  });
}

test("what a worker that was ended has left is finished by the next", async () => {
  const left = {
    runId: "r",
    tabId: 7,
    phase: "submitted",
    url: URL_A,
    analysisId: "a1",
    byItself: true,
    sheet: "",
  };
  await api.storage.session.set({ "run:7": left });
  const { resume } = await import("../../extension/lib/by-itself.js");
  await resume();
  await until(async () => (await run())?.phase === "done");
});

test("another page in the tab ends what was being finished", async () => {
  reply = (name) =>
    name === "GET /v1/status"
      ? { name: "truthlens", version: "0.1.0", api: 1, model: { state: "ready" } }
      : { id: "a1", state: "working" };
  await loaded();
  await until(async () => (await run())?.phase === "submitted");
  await api.storage.session.set({ "run:7": { ...(await run()), runId: "other" } });
  await pause(500);
  const before = requests.length;
  await pause(500);
  assert.equal(requests.length, before, "nobody asks any more");
});

test("a job that fails is told as the run's failure", async () => {
  const usual = reply;
  reply = (name) =>
    name.startsWith("GET /v1/analyses")
      ? { id: "a1", state: "failed", error: { code: "no_article", message: "m", remedy: "r" } }
      : usual(name);
  await loaded();
  await until(async () => (await run())?.phase === "failed");
  assert.equal((await run()).error.code, "no_article");
});

test("the menus: set down at installation, each with its words", async () => {
  api.runtime.onInstalled.emit({ reason: "install" });
  await pause(10);
  const made = api.called.filter(([name]) => name === "contextMenus.create").map(([, entry]) => entry);
  assert.deepEqual(
    made.map(({ id, contexts, title }) => [id, contexts[0], title]),
    ["read_page", "read_selection", "allow_site", "disallow_site"].map((id, k) => [
      id,
      ["page", "selection", "action", "action"][k],
      catalogue[`menu_${id}`].message,
    ]),
  );
});

test("the menu of selected words hands in those alone, and not to be kept", async () => {
  api.tabs.answer = ({ kind, selection }) =>
    kind === "collect" ? { ...PAGE, html: "", selected: selection ? "Two\nlines." : "" } : true;
  api.contextMenus.onClicked.emit({ menuItemId: "read_selection", selectionText: "Two lines." }, tab);
  assert.equal(api.called[0][0], "sidePanel.open", "within the press");
  await until(() => handedIn().length === 1);
  assert.deepEqual(handedIn()[0].body, { url: URL_A, text: "Two\nlines.", keep: false });
  assert.equal((await run()).selection, true);
  api.tabs.answer = ({ kind }) => (kind === "collect" ? { ...PAGE, html: "", selected: "" } : true);
  api.contextMenus.onClicked.emit({ menuItemId: "read_selection", selectionText: "In a frame." }, tab);
  await until(() => handedIn().length === 2);
  assert.equal(handedIn()[1].body.text, "In a frame.", "as the browser gives it where the page does not");
});

test("a site is allowed by the button's own menu, and no longer", async () => {
  await api.storage.local.set({ sites: { allowed: [] } });
  api.contextMenus.onClicked.emit({ menuItemId: "allow_site" }, tab);
  assert.equal(api.called[0][0], "permissions.request", "within the press");
  await until(() => handedIn().length === 1);
  const { readSites } = await import("../../extension/lib/sites.js");
  assert.deepEqual((await readSites()).allowed, ["news.example"]);
  api.contextMenus.onClicked.emit({ menuItemId: "disallow_site" }, tab);
  await until(async () => (await readSites()).allowed.length === 0);
});
