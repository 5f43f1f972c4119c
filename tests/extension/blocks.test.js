import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import "./browser-stub.js";
import "./document-stub.js";

const { render } = await import("../../extension/panel/blocks.js");
const { report } = await import("../../extension/panel/report.js");
const { strip } = await import("../../extension/panel/strip.js");

const result = JSON.parse(readFileSync(new URL("fixtures/result.json", import.meta.url), "utf8"));
const jumps = [];
const reader = {
  article: result.article,
  jump: async (evidence) => {
    jumps.push(evidence.exact);
    return evidence.exact !== "lost";
  },
};
const blocks = result.report.sections.flatMap((section) => section.blocks);
const one = (kind) => blocks.find((block) => block.kind === kind);

test("the fixture has every kind of block", () => {
  assert.deepEqual([...new Set(blocks.map((block) => block.kind))].sort(), [
    "bars",
    "graph",
    "links",
    "list",
    "meter",
    "note",
    "nothing",
    "quote",
    "table",
    "text",
  ]);
});

test("statements show their text and open their evidence", async () => {
  const { statement } = one("text");
  const node = render(one("text"), reader);
  assert.ok(node.textContent.startsWith(statement.text));
  const chips = node.querySelectorAll('[data-testid="evidence"]');
  assert.equal(chips.length, 3);
  assert.match(chips[0].textContent, /^¶7/);
  assert.match(chips[0].title, /federal roads agency/);
  chips[0].click();
  assert.equal(jumps.at(-1), statement.evidence[0].exact);
  const more = node.querySelector('[data-testid="evidence_more"]');
  assert.equal(more.textContent, "+2");
  more.click();
  assert.equal(node.querySelectorAll('[data-testid="evidence"]').length, 5);
});

test("a place that is not on the page is marked as such", async () => {
  const evidence = [{ ...one("text").statement.evidence[0], exact: "lost" }];
  const node = render({ kind: "text", statement: { text: "A claim.", evidence } }, reader);
  node.querySelector("button").click();
  await new Promise(setImmediate);
  assert.match(node.querySelector("button").title, /could not be placed/);
});

test("tables have heads, and evidence in their cells", () => {
  const node = render(one("table"), reader);
  assert.deepEqual(
    [...node.querySelectorAll("th")].map((cell) => cell.textContent),
    ["Who", "Verb", "Share"],
  );
  assert.equal(node.querySelectorAll("tbody tr").length, 3);
  assert.equal(node.querySelectorAll("td button").length, 3);
});

test("bars are split by voice, said in words, and open their places", () => {
  const node = render(one("bars"), reader);
  const [policy, crime] = node.querySelectorAll('[data-testid="bar"]');
  const segments = (bar) =>
    [...bar.querySelectorAll("i")].map((part) => [part.className, part.style.inlineSize]);
  assert.deepEqual(segments(policy), [
    ["own", `${(100 * 2) / 3}%`],
    ["quote", `${100 / 3}%`],
  ]);
  assert.deepEqual(segments(crime), [["attributed", `${100 / 3}%`]]);
  assert.equal(policy.title, "2 the outlet’s own, 1 quoted (sentences)");
  assert.match(node.textContent, /sentences, of 9/);
  const places = policy.nextElementSibling;
  assert.equal(places.hidden, true);
  policy.click();
  assert.equal(places.hidden, false);
  assert.equal(policy.getAttribute("aria-expanded"), "true");
  assert.equal(places.querySelectorAll('[data-testid="evidence"]').length, 2);
});

test("a graph is drawn, and listed with its places", () => {
  const node = render(one("graph"), reader);
  const texts = (name) => [...node.querySelectorAll(`text.${name}`)].map((text) => text.textContent);
  assert.deepEqual(texts("node"), ["Arland", "Borland", "The Council of Nort…"]);
  assert.deepEqual(texts("number"), ["1, 3", "2"], "what goes one way shares an arrow");
  assert.equal(node.querySelectorAll("li").length, 4, "what cannot be drawn is listed all the same");
  assert.match(node.querySelector("li").textContent, /^Arland → Borland: warned/);
  assert.match(node.querySelector("svg").getAttribute("aria-label"), /Arland, Borland/);
  const arrows = [...node.querySelectorAll("path.arrow")].map((arrow) => arrow.getAttribute("d"));
  assert.ok(arrows.every((path) => !/NaN|undefined/.test(path)));
});

test("only web addresses become links, and they tell nobody where they come from", () => {
  const node = render(one("links"), reader);
  const links = [...node.querySelectorAll("a")];
  assert.deepEqual(
    links.map((link) => link.href),
    ["https://council.example/bridge"],
  );
  assert.equal(links[0].rel, "noopener noreferrer");
  assert.match(node.textContent, /not a web address/);
});

test("meters have four steps, hatch the last when unsure, and say so in words", () => {
  const steps = (grade, unsure) => {
    const node = render({ ...one("meter"), grade, unsure }, reader);
    return [
      [...node.querySelectorAll(".steps i")].map((step) => step.className),
      node.querySelector(".steps").title,
    ];
  };
  assert.deepEqual(steps(3, false), [["on", "on", "on", ""], "3 of 4 steps"]);
  assert.deepEqual(steps(3, true), [["on", "on", "unsure", ""], "3 of 4 steps, the last unsure"]);
  assert.deepEqual(steps(0, true)[0], ["unsure", "", "", ""]);
  assert.deepEqual(steps(null, true), [["", "", "", ""], "not rated"]);
});

test("a click on a part opens its workings; one button opens all", () => {
  const node = strip([result.report.sections[0]], reader);
  const [first] = node.querySelectorAll("button.part");
  first.click();
  assert.equal(first.getAttribute("aria-expanded"), "true");
  assert.equal(first.nextElementSibling.hidden, false);
  assert.match(first.nextElementSibling.textContent, /named sources2/);
  node.querySelector('[data-testid="strip_how"]').click();
  assert.equal(node.querySelectorAll(".workings[hidden]").length, 0);
});

test("empty sections are one line with the service's words, others are details", () => {
  const node = report(result.report.sections.slice(1), reader);
  const quiet = node.querySelector('[data-testid="section_market_effects"]');
  assert.equal(quiet.tagName, "P");
  assert.match(quiet.textContent, /The article does not mention markets\./);
  const open = [...node.querySelectorAll("details[open]")].map((section) => section.dataset.testid);
  assert.deepEqual(open, ["section_suggested_headline"]);
});

test("text is never markup, whatever the block", () => {
  const evil = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
  const poison = (value) => {
    if (typeof value === "string") return evil;
    if (Array.isArray(value)) return value.map(poison);
    if (value && typeof value === "object") {
      return Object.fromEntries(
        Object.entries(value).map(([key, part]) => [key, key === "kind" ? part : poison(part)]),
      );
    }
    return value;
  };
  for (const block of blocks) {
    const node = render(poison(block), reader);
    assert.equal(node.querySelector("img, script, [onerror]"), null, block.kind);
    assert.ok(node.textContent.includes(evil), block.kind);
  }
});

test("bidi controls are taken out, and very long text is cut", () => {
  const node = render({ kind: "note", text: `safe\u202eevil${"x".repeat(9000)}` }, reader);
  assert.ok(node.textContent.startsWith("safeevil"));
  assert.ok(node.textContent.length < 5000);
});

test("a kind that is not known is said, not hidden", () => {
  assert.match(render({ kind: "hologram" }, reader).textContent, /cannot show/);
  assert.match(render({ kind: "constructor" }, reader).textContent, /cannot show/);
});
