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

/** A page with marks, and a background that remembers what it was told. */
function marked(list = marks, standing = { withheld: [], votes: [], hoverMs: 0 }) {
  const page = pageOf(body);
  const { window } = page;
  const deeds = [];
  page.api.runtime.sendMessage = async (message) => {
    page.api.sent.push(structuredClone(message));
    if (message.kind !== "judge") return undefined;
    if (message.deed) deeds.push(message.deed);
    return standing;
  };
  page.ask({ kind: "show", marks: list, hidden, visible: true, standing });
  const key = (name, more = {}) => {
    const event = new window.KeyboardEvent("keydown", {
      key: name,
      bubbles: true,
      cancelable: true,
      ...more,
    });
    (window.document.activeElement ?? window.document.body).dispatchEvent(event);
    return event;
  };
  /** Opens the card by a click on the first words that read so. */
  const click = (words) => {
    const ranges = [...window.CSS.highlights.values()].flatMap((highlight) => [...highlight]);
    const range = ranges.find((one) => String(one) === words);
    window.CSS.highlights.highlightsFromPoint = () => [{ ranges: [range] }];
    window.document.body.click();
    return page.inside("truthlens-card")?.querySelector(".card");
  };
  return { ...page, standing, deeds, key, click, document: window.document };
}
const words = (element, selector) => element.querySelector(selector)?.textContent;
const press = (card, deed) => card.querySelector(`[data-deed="${deed}"]`).click();

test("the card says what, how surely, whose words, why, and what else could stand there", () => {
  const { click } = marked();
  const card = click("stunning");
  assert.equal(card.getAttribute("aria-label"), "Loaded language: stunning");
  assert.equal(words(card, ".phrase"), "stunning");
  assert.equal(words(card, "h2"), "Loaded languagestrong · 0.86");
  assert.equal(words(card, ".who"), "the outlet’s own");
  assert.equal(words(card, ".why"), result.annotations[1].body.message);
  assert.match(words(card, ".plain"), /stunning series of failures/);
  assert.equal(words(card, ".plain del"), "stunning");
  assert.equal(words(card, ".near"), "Similar to “the staggering size of”, “a jaw-dropping rise”.");
});

test("a plainer wording names what it loses", () => {
  const card = marked().click("spiral out of control");
  assert.equal(words(card, ".plain ins"), "rise");
  assert.equal(words(card, ".near"), "Lost by the plainer wording: the sense of alarm");
});

test("shown in place it is a label over the phrase, and taken back it is gone", async () => {
  const page = marked();
  const text = page.document.body.textContent;
  const card = page.click("spiral out of control");
  press(card, "plain");
  assert.deepEqual(page.painted()["truthlens-plain"], ["spiral out of control"]);
  for (let turn = 0; turn < 100 && !page.inside("truthlens-layer"); turn += 1) await pause(10);
  assert.equal(words(page.inside("truthlens-layer"), ".label"), "rise");
  assert.equal(words(card, '[data-deed="plain"]'), "Take it back");
  assert.equal(page.document.body.textContent, text);
  press(card, "plain");
  assert.equal(page.painted()["truthlens-plain"], undefined);
  for (let turn = 0; turn < 100 && page.document.querySelector("truthlens-layer"); turn += 1) await pause(10);
  assert.equal(page.document.querySelector("truthlens-layer"), null);
});

test("marks that share words share one card, with tabs", () => {
  const over = {
    ...marks[1],
    number: 20,
    name: "truthlens-exaggeration-own",
    indicator: "exaggeration",
    title: "Exaggeration",
    colour: "exaggeration",
    selector: { ...marks[1].selector, exact: "stunning series", suffix: " of failures." },
  };
  const page = marked([...marks, over].sort((one, other) => one.selector.hint - other.selector.hint));
  const card = page.click("stunning");
  const tabs = () => [...card.querySelectorAll('[role="tab"]')];
  const chosen = () => tabs().map((tab) => tab.getAttribute("aria-selected"));
  assert.deepEqual(
    tabs().map((tab) => tab.textContent),
    ["Loaded language", "Exaggeration"],
  );
  assert.deepEqual(chosen(), ["true", "false"]);
  tabs()[1].click();
  assert.deepEqual(chosen(), ["false", "true"]);
  assert.equal(words(card, ".phrase"), "stunning series");
  tabs()[1].focus();
  tabs()[1].dispatchEvent(new page.window.KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
  assert.deepEqual(chosen(), ["true", "false"]);
});

test("votes are told to the background and shown as they stand", async () => {
  const page = marked();
  const card = page.click("stunning");
  page.standing.votes = [[1, false]];
  press(card, "disagree");
  await pause(20);
  const [{ what, undo, agree, mark }] = page.deeds;
  assert.deepEqual({ what, undo, agree }, { what: "vote", undo: false, agree: false });
  assert.equal(mark.selector.exact, "stunning");
  assert.equal(mark.selector.prefix, marks[1].selector.prefix);
  assert.equal(card.querySelector('[data-deed="disagree"]').getAttribute("aria-pressed"), "true");
  page.standing.votes = [];
  press(card, "disagree");
  await pause(20);
  assert.equal(page.deeds.at(-1).undo, true);
  assert.equal(card.querySelector('[data-deed="disagree"]').getAttribute("aria-pressed"), "false");
});

for (const what of ["mark", "phrase", "indicator", "site"]) {
  test(`switching off by ${what} says so and can be undone at once`, async () => {
    const page = marked();
    const card = page.click("stunning");
    page.standing.withheld = [1];
    press(card, what);
    await pause(20);
    assert.equal(page.deeds[0].what, what);
    assert.equal(page.deeds[0].title, "Loaded language");
    assert.deepEqual(page.painted()["truthlens-loaded_language-own"], ["boasted"]);
    assert.match(card.textContent, /options list what you switched off/);
    page.standing.withheld = [];
    card.querySelector("button").click();
    await pause(20);
    assert.deepEqual({ what: page.deeds[1].what, undo: page.deeds[1].undo }, { what, undo: true });
    assert.deepEqual(page.painted()["truthlens-loaded_language-own"], ["stunning", "boasted"]);
    assert.equal(page.document.querySelector("truthlens-card"), null);
  });
}

test("the words for a single mark fit its indicator", () => {
  const page = marked();
  assert.equal(words(page.click("stunning"), '[data-deed="mark"]'), "Not loaded here");
  assert.equal(words(page.click("Critics say"), '[data-deed="mark"]'), "Not so here");
});

test("keys step through the marks in the order of the article and round again", () => {
  const page = marked();
  const step = (by) => page.ask({ kind: "step", by });
  const order = marks.map(({ number }) => number);
  assert.deepEqual(
    order.map(() => step(1)),
    order,
  );
  assert.equal(step(1), order[0]);
  assert.equal(step(-1), order.at(-1));
  assert.deepEqual(page.api.sent.at(-1), { kind: "mark_chosen", number: order.at(-1) });
  assert.deepEqual(page.painted()["truthlens-current"], ["Critics say"]);
});

test("Enter opens the card of the current mark with the focus in it; Escape closes it and gives it back", () => {
  const page = marked();
  assert.equal(page.key("Enter").defaultPrevented, false, "no mark is current: the key is the page's");
  page.ask({ kind: "step", by: 1 });
  page.ask({ kind: "step", by: 1 });
  assert.equal(page.key("Enter").defaultPrevented, true);
  const card = page.document.querySelector("truthlens-card");
  assert.equal(page.document.activeElement, card);
  page.key("Escape");
  assert.equal(card.isConnected, false);
  assert.notEqual(page.document.activeElement, card);
  page.key("Escape");
  assert.equal(page.painted()["truthlens-current"], undefined);
});

test("Enter stays the page's while something there has the focus", () => {
  const page = marked();
  page.ask({ kind: "step", by: 1 });
  page.document.querySelector("nav a").focus();
  assert.equal(page.key("Enter").defaultPrevented, false);
  assert.equal(page.document.querySelector("truthlens-card"), null);
});

test("withheld and filtered marks are no stops of the keys", () => {
  const page = marked(marks, { withheld: [0, 1], votes: [], hoverMs: 0 });
  page.ask({ kind: "filter", hidden: { indicators: ["vague_source"], voices: [] } });
  assert.equal(page.ask({ kind: "step", by: 1 }), 2);
  page.ask({ kind: "visible", visible: false });
  assert.equal(page.ask({ kind: "step", by: 1 }), null);
});

test("the card keeps its keys and clicks from the page", () => {
  const page = marked();
  const heard = [];
  for (const kind of ["click", "keydown"]) page.document.body.addEventListener(kind, () => heard.push(kind));
  const card = page.click("stunning");
  heard.length = 0;
  press(card, "agree");
  card.dispatchEvent(new page.window.KeyboardEvent("keydown", { key: "j", bubbles: true, composed: true }));
  assert.deepEqual(heard, []);
});

test("the pointer opens it only where the reader wants that", async () => {
  for (const [hoverMs, opens] of [
    [0, false],
    [1, true],
  ]) {
    const page = marked(marks, { withheld: [], votes: [], hoverMs });
    const [range] = page.window.CSS.highlights.get("truthlens-loaded_language-own");
    page.window.CSS.highlights.highlightsFromPoint = () => [{ ranges: [range] }];
    const moved = new page.window.MouseEvent("pointermove", { bubbles: true, clientX: 20, clientY: 15 });
    page.document.body.dispatchEvent(moved);
    for (let turn = 0; turn < 20 && !page.document.querySelector("truthlens-card"); turn += 1)
      await pause(10);
    assert.equal(page.document.querySelector("truthlens-card") !== null, opens, String(hoverMs));
  }
});
