import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { api } from "./browser-stub.js";
import { window } from "./document-stub.js";

const { feedOptions } = await import("../../extension/options/feed-options.js");
const { historyOptions } = await import("../../extension/options/history-options.js");
const { indicatorOptions } = await import("../../extension/options/indicator-options.js");
const { languageModelOptions } = await import("../../extension/options/language-model-options.js");
const { readIgnored } = await import("../../extension/lib/ignored.js");

const { document } = window;
/** What the service has; `refusal` is what it answers to changes while it is set. */
const has = {};
/** @type {string[]} */
let asked = [];
const json = (body, status = 200) => ({
  ok: status === 200,
  status,
  json: async () => structuredClone(body),
});

globalThis.fetch = async (address, { method, body }) => {
  const { pathname } = new URL(address);
  asked.push(`${method} ${pathname}`);
  if (has.refusal && method !== "GET") return json({ error: has.refusal }, 422);
  const sent = body ? JSON.parse(body) : {};
  if (pathname === "/v1/feeds" && method === "POST") {
    has.feeds.push({ url: sent.url, title: "Commons", added_at: "2026-11-20T10:00:00Z" });
  }
  if (pathname === "/v1/feeds/remove") has.feeds = has.feeds.filter(({ url }) => url !== sent.url);
  if (pathname.startsWith("/v1/feeds")) return json({ feeds: has.feeds, most: has.most });
  if (pathname === "/v1/language-model") {
    if (method === "PUT") has.model = { ...sent, chosen_in: sent.url ? "options" : "", reachable: true };
    return json(has.model);
  }
  if (pathname === "/v1/library/preferences") return json({ keeping: true, retention_days: 30 });
  if (pathname === "/v1/library") return json({ analyses: [], total: 4, notice: "" });
  return json({
    indicators: [{ key: "doubt", title: "Doubt", describes: "Doubt without a reason.", colour: "doubt" }],
  });
};

const made = () => {
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  return place;
};
const find = (name) => document.querySelector(`[data-testid="${name}"]`);
const submit = (field) =>
  field.closest("form").dispatchEvent(new window.Event("submit", { cancelable: true, bubbles: true }));

beforeEach(async () => {
  api.storage.local.clear();
  await api.storage.local.set({ token: "T" });
  asked = [];
  const model = { url: "", model: "", chosen_in: "", reachable: null };
  Object.assign(has, { feeds: [], most: 20, model, refusal: null });
});

test("feeds are added and taken off, and a list asks for nothing else", async () => {
  await feedOptions(made())();
  assert.deepEqual(asked, ["GET /v1/feeds"]);
  assert.ok(find("feeds_none"));
  find("feed").value = "https://commons.test/feed";
  submit(find("feed"));
  await pause(10);
  assert.match(find("feeds").textContent, /Commons.*https:\/\/commons\.test\/feed/);
  find("remove_feed").click();
  await pause(10);
  assert.ok(find("feeds_none"));
});

test("what is no feed is said beside the form, with the remedy, and can be tried again", async () => {
  has.refusal = { code: "not_feed", message: "This is no feed.", remedy: "Look for its feed." };
  await feedOptions(made())();
  find("feed").value = "https://commons.test/";
  submit(find("feed"));
  await pause(10);
  assert.equal(find("trouble").dataset.code, "not_feed");
  assert.match(find("trouble").textContent, /This is no feed\. Look for its feed\./);
  assert.equal(find("feed").value, "https://commons.test/", "what was typed stays");
  has.refusal = null;
  find("trouble_again").click();
  await pause(10);
  assert.ok(find("feeds"));
});

test("no more feeds can be added than the service takes", async () => {
  has.feeds = [{ url: "https://a.test/", title: "A", added_at: "" }];
  has.most = 1;
  await feedOptions(made())();
  assert.ok(find("feed").disabled && find("add_feed").disabled);
});

test("a language model is named, used and left out", async () => {
  await languageModelOptions(made())();
  assert.equal(find("llm_state").textContent, "None is asked.");
  assert.ok(find("llm_off").hidden);
  find("llm_url").value = "http://127.0.0.1:11434/v1";
  find("llm_model").value = "small";
  submit(find("llm_url"));
  await pause(10);
  assert.match(find("llm_state").textContent, /“small” is asked\. Something listens/);
  find("llm_off").click();
  await pause(10);
  assert.equal(find("llm_state").textContent, "None is asked.");
});

test("indicators are the service's own, and what is switched off is kept here", async () => {
  const shown = indicatorOptions(made());
  await shown.ask();
  const box = find("indicator_doubt");
  assert.ok(box.checked);
  box.checked = false;
  box.dispatchEvent(new window.Event("change"));
  await pause(10);
  assert.deepEqual((await readIgnored()).indicators, [{ key: "doubt", title: "Doubt" }]);
  await api.storage.local.remove("ignored");
  await shown.tick();
  assert.ok(box.checked);
});

test("what is kept can be set here as in the library", async () => {
  await historyOptions(made(), () => undefined)();
  assert.equal(find("days").value, "30");
  assert.equal(find("library_forget_all").disabled, false);
});

test("without pairing each part says so instead of standing empty", async () => {
  await api.storage.local.set({ token: "" });
  for (const show of [feedOptions(made()), languageModelOptions(made()), indicatorOptions(made()).ask]) {
    await show();
  }
  assert.deepEqual(asked, []);
  assert.equal(find("trouble").dataset.code, "not_paired");
});
