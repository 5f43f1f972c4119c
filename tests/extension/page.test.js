import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { api } from "./browser-stub.js";
import { pageOf } from "./page-stub.js";

globalThis.chrome = api;
const { marksOf } = await import("../../extension/lib/marks.js");

const read = (name) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");
const result = JSON.parse(read("result.json"));
const body = /<body>([\s\S]*)<\/body>/.exec(read("article.html"))[1];
const marks = marksOf(result.annotations);
const hidden = { indicators: [], voices: [] };
const shown = () => {
  const page = pageOf(body);
  return { ...page, placed: page.ask({ kind: "show", marks, hidden, visible: true }) };
};

test("one highlight per indicator and voice, all marks placed", () => {
  const { placed, painted } = shown();
  assert.deepEqual(placed.unplaced, []);
  assert.deepEqual(painted(), {
    "truthlens-loaded_language-headline": ["spiral out of control"],
    "truthlens-loaded_language-own": ["stunning", "boasted"],
    "truthlens-loaded_language-quote": ["disgrace\u00adful betrayal"],
    "truthlens-vague_source-own": ["Critics say", "Critics say"],
    "truthlens-loaded_language-attributed": ["dithered", "brushed off"],
    "truthlens-exaggeration-quote": ["doom‑laden"],
  });
});

test("the page's elements stay as they were", () => {
  const page = pageOf(body);
  const before = page.window.document.body.innerHTML;
  page.ask({ kind: "show", marks, hidden, visible: true });
  assert.equal(page.window.document.body.innerHTML, before);
});

test("filters and the switch take marks away and bring them back", () => {
  const page = shown();
  page.ask({ kind: "filter", hidden: { indicators: ["loaded_language"], voices: ["quote"] } });
  assert.deepEqual(Object.keys(page.painted()), ["truthlens-vague_source-own"]);
  page.ask({ kind: "visible", visible: false });
  assert.deepEqual(page.painted(), {});
  page.ask({ kind: "filter", hidden });
  assert.deepEqual(page.painted(), {}, "a filter does not switch the marks on");
  page.ask({ kind: "visible", visible: true });
  assert.equal(Object.keys(page.painted()).length, 6);
});

test("names that are not ours are left in the registry", () => {
  const page = shown();
  page.window.CSS.highlights.set("search", new page.window.Highlight());
  page.ask({ kind: "visible", visible: false });
  assert.deepEqual([...page.window.CSS.highlights.keys()], ["search"]);
});

test("marks come back when the page replaces its text, and losses are reported", async () => {
  const page = shown();
  const { document } = page.window;
  for (const paragraph of document.querySelectorAll("article p"))
    paragraph.replaceWith(paragraph.cloneNode(true));
  await pause(250);
  assert.deepEqual(page.painted()["truthlens-loaded_language-own"], ["stunning", "boasted"]);
  document.querySelectorAll("article p")[3].remove();
  await pause(250);
  assert.deepEqual(page.api.sent.at(-1).unplaced, [2]);
  assert.equal(page.api.sent.at(-1).kind, "placed");
});

test("evidence is flashed without being a mark", () => {
  const page = shown();
  const { exact, prefix, suffix, utf16_start: hint } = result.report.sections[0].blocks[0].evidence[0];
  assert.equal(page.ask({ kind: "flash", selector: { exact, prefix, suffix, hint } }), true);
  assert.deepEqual(page.painted()["truthlens-flash"], ["Mayor Ana\u00a0Lindqvist said on Tuesday"]);
  assert.equal(
    page.ask({ kind: "flash", selector: { exact: "not in it", prefix: "", suffix: "", hint: 0 } }),
    false,
  );
});

test("a new collection ends the marks of the one before", () => {
  const page = shown();
  const { url, type, html } = page.ask({ kind: "collect" });
  assert.deepEqual(page.painted(), {});
  assert.equal(url, "https://news.invalid/story");
  assert.equal(type, "text/html");
  assert.match(html, /^<!doctype html><html>.*harbour bridge/s);
});

test("dark grounds are told from light ones", () => {
  const page = shown();
  assert.equal(page.placed.dark, false);
  page.window.document.body.style.background = "rgb(20, 22, 26)";
  assert.equal(page.ask({ kind: "show", marks, hidden, visible: true }).dark, true);
});

test("a click on a mark opens the card and tells the panel; Escape closes it", () => {
  const page = shown();
  const { window } = page;
  const [range] = window.CSS.highlights.get("truthlens-loaded_language-own");
  window.CSS.highlights.highlightsFromPoint = () => [{ ranges: [range] }];
  window.document.body.click();
  assert.deepEqual(page.api.sent.at(-1), { kind: "mark_chosen", number: 1 });
  const card = window.document.querySelector("truthlens-card");
  assert.equal(card.dataset.open, "yes");
  assert.equal(card.shadowRoot, null, "the page cannot look into it");
  window.document.dispatchEvent(new window.KeyboardEvent("keydown", { key: "Escape" }));
  assert.equal(card.dataset.open, undefined);
});

test("no card opens while text is selected", () => {
  const page = shown();
  const { window } = page;
  const [range] = window.CSS.highlights.get("truthlens-loaded_language-own");
  window.CSS.highlights.highlightsFromPoint = () => [{ ranges: [range] }];
  window.getSelection().selectAllChildren(window.document.querySelector("h1"));
  window.document.body.click();
  assert.equal(window.document.querySelector("truthlens-card"), null);
});

test("scripts put in twice are one", () => {
  const page = shown();
  const first = page.TL.text;
  assert.equal(page.ask({ kind: "ping" }), true);
  assert.equal(pageOf(body).TL.text === first, false);
  assert.equal(page.window.TruthLens.text, first);
});
