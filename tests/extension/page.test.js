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
const shown = (browser) => {
  const page = pageOf(body, browser);
  return { ...page, placed: page.ask({ kind: "show", marks, hidden, visible: true }) };
};
async function until(condition) {
  for (let turn = 0; turn < 1000 && !condition(); turn += 1) await pause(10);
  assert.ok(condition(), `never came true: ${condition}`);
}

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
  const own = () => page.painted()["truthlens-loaded_language-own"];
  const reports = () => page.api.sent.filter(({ kind }) => kind === "placed");
  const before = reports().length;
  for (const paragraph of document.querySelectorAll("article p"))
    paragraph.replaceWith(paragraph.cloneNode(true));
  assert.deepEqual(own(), ["", ""]);
  await until(() => reports().length > before);
  assert.deepEqual(own(), ["stunning", "boasted"]);
  document.querySelectorAll("article p")[3].remove();
  await until(() => reports().at(-1).unplaced.length > 0);
  assert.deepEqual(reports().at(-1).unplaced, [2]);
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
  assert.equal(card.isConnected, false, "nothing of ours is left in the page");
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

test("marks the reader does not want are placed but not painted", () => {
  const page = pageOf(body);
  const standing = { withheld: [1, 7], votes: [], hoverMs: 0 };
  const placed = page.ask({ kind: "show", marks, hidden, visible: true, standing });
  assert.deepEqual(placed.unplaced, []);
  assert.deepEqual(placed.withheld, [1, 7]);
  assert.deepEqual(page.painted()["truthlens-loaded_language-own"], ["boasted"]);
  assert.equal(page.painted()["truthlens-exaggeration-quote"], undefined);
});

test("a refresh asks the background which marks are wanted", async () => {
  const page = shown();
  let asked;
  page.api.runtime.sendMessage = async (message) => {
    if (message.kind !== "judge") return undefined;
    asked = message;
    return { withheld: [1], votes: [], hoverMs: 0 };
  };
  page.ask({ kind: "refresh" });
  await until(() => page.painted()["truthlens-loaded_language-own"].length === 1);
  assert.equal(asked.url, "https://news.invalid/story");
  assert.deepEqual(Object.keys(asked.marks[0]).sort(), ["indicator", "number", "score", "selector", "voice"]);
});

test("a burst of changes is one pass, and text that comes later is found", async () => {
  const late = body
    .replace("<p>Ferries", '<p id="late" hidden>Ferries')
    .replace(/<div class="menu">.*?<.div>/, "");
  const page = pageOf(late);
  const { document } = page.window;
  assert.equal(page.ask({ kind: "show", marks, hidden, visible: true }).unplaced.length, 1);
  let passes = 0;
  const { index } = page.TL.text;
  page.TL.text.index = (root) => {
    passes += 1;
    return index(root);
  };
  document.getElementById("late").removeAttribute("hidden");
  for (let k = 0; k < 300; k += 1) document.body.append(document.createElement("hr"));
  await until(() => page.api.sent.at(-1).unplaced?.length === 0);
  assert.equal(passes, 1);
  for (let k = 0; k < 300; k += 1) document.body.append(document.createElement("hr"));
  await pause(400);
  assert.equal(passes, 1, "nothing is lost or missing: nothing is read again");
});

test("marks stand within open shadow roots and survive what happens there", async () => {
  const host = "<main><h1>Late</h1><news-body><p slot=lead>A stunning start.</p></news-body></main>";
  const page = pageOf(host);
  const { document } = page.window;
  const root = document.querySelector("news-body").attachShadow({ mode: "open" });
  root.innerHTML = "<slot name=lead></slot><div><p>Then <b>a dis</b>aster of a week.</p></div>";
  const selector = (exact, prefix, suffix, hint) => ({ exact, prefix, suffix, hint });
  const both = [
    { ...marks[1], number: 0, selector: selector("stunning", "Late\nA ", " start.", 7) },
    { ...marks[1], number: 1, selector: selector("disaster", "Then a ", " of a week.", 30) },
  ];
  const name = marks[1].name;
  assert.deepEqual(page.ask({ kind: "show", marks: both, hidden, visible: true }).unplaced, []);
  assert.deepEqual(page.painted()[name], ["stunning", "disaster"]);
  root.querySelector("div").innerHTML = "<p>Then a disaster of a week.</p>";
  await until(() => page.painted()[name]?.at(-1) === "disaster");
  const { html } = page.ask({ kind: "collect" });
  assert.match(html, /A stunning start\.<\/p><div><p>Then a disaster of a week/);
  assert.doesNotMatch(html, /<slot|news-body/);
});

test("without CSS highlights boxes lie over the page and leave with the marks", async () => {
  const page = pageOf(body, { highlights: false });
  const { document } = page.window;
  const before = document.body.innerHTML;
  page.ask({ kind: "show", marks, hidden, visible: true });
  await until(() => document.querySelector("truthlens-layer"));
  const layer = document.querySelector("truthlens-layer");
  assert.equal(layer, document.body.lastChild);
  assert.equal(layer.shadowRoot, null);
  const boxes = [...page.inside("truthlens-layer").querySelectorAll(".box")];
  assert.equal(boxes.length, 9);
  assert.equal(boxes.filter((box) => box.classList.contains("attributed")).length, 2);
  assert.equal(boxes[0].style.left, "10px");
  page.ask({ kind: "visible", visible: false });
  await until(() => !layer.isConnected);
  assert.equal(document.body.innerHTML, before);
});

test("a page that turns dark is told", async () => {
  const page = shown();
  page.window.document.body.style.background = "rgb(20, 22, 26)";
  await until(() => page.api.sent.at(-1).dark === true);
});

test("marks stand within closed shadow roots too, and their text is read", async () => {
  const page = pageOf("<main><h1>Late</h1><div id=host><p>A stunning start.</p></div></main>");
  const root = page.window.document.querySelector("#host").attachShadow({ mode: "closed" });
  root.innerHTML = "<slot></slot><p>Then a disaster of a week.</p>";
  assert.equal(page.window.document.querySelector("#host").shadowRoot, null);
  const selector = (exact, prefix, suffix, hint) => ({ exact, prefix, suffix, hint });
  const both = [
    { ...marks[1], number: 0, selector: selector("stunning", "Late\nA ", " start.", 7) },
    { ...marks[1], number: 1, selector: selector("disaster", "Then a ", " of a week.", 30) },
  ];
  assert.deepEqual(page.ask({ kind: "show", marks: both, hidden, visible: true }).unplaced, []);
  root.querySelector("p").textContent = "Then a disaster of a week.";
  await until(() => page.painted()[marks[1].name]?.at(-1) === "disaster");
  assert.match(page.ask({ kind: "collect" }).html, /A stunning start\.<\/p><p>Then a disaster/);
});

test("a plainer wording stays shown when the marks are shown anew, and only then", async () => {
  const page = shown();
  const worded = marks.findIndex((mark) => mark.wording);
  const struck = () => page.painted()["truthlens-plain"];
  const range = () =>
    [...page.window.CSS.highlights.get(marks[worded].name)].find(
      (one) => page.TL.text.fold(String(one)) === page.TL.text.fold(marks[worded].selector.exact),
    );
  page.window.CSS.highlights.highlightsFromPoint = () => [{ ranges: [range()] }];
  page.window.document.body.click();
  page.inside("truthlens-card").querySelector('[data-deed="plain"]').click();
  assert.equal(struck().length, 1);
  page.ask({ kind: "visible", visible: false });
  assert.equal(struck(), undefined);
  page.ask({ kind: "visible", visible: true });
  assert.equal(struck().length, 1, "off and on");
  const others = marks.map((mark) => ({ ...mark, number: mark.number + 100 }));
  page.ask({ kind: "show", marks: others, hidden, visible: true });
  assert.equal(struck().length, 1, "shown anew, under other numbers");
  page.ask({ kind: "show", marks: others.filter((_, k) => k !== worded), hidden, visible: true });
  assert.equal(struck(), undefined, "without its mark there is none");
});

test("of a selection only its words are handed over", () => {
  const page = shown();
  const { window } = page;
  window.getSelection().selectAllChildren(window.document.querySelector("h1"));
  const { html, selected } = page.ask({ kind: "collect", selection: true });
  assert.equal(html, "");
  assert.equal(selected, window.document.querySelector("h1").textContent.trim());
  assert.equal(page.ask({ kind: "collect" }).selected, "");
});
