import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { api } from "./browser-stub.js";
import "./document-stub.js";

const { foldPhrase, ignore, nothingIgnored, placeOf, readIgnored, restore, siteOf } =
  await import("../../extension/lib/ignored.js");
const { visibleMarks, withheldOf } = await import("../../extension/lib/marks.js");
const { carryOut, concernsMarks, standingOf } = await import("../../extension/lib/standing.js");

const URL_HERE = "https://www.news.invalid/story?page=2#top";
const mark = (number, exact, more = {}) => ({
  number,
  indicator: "loaded_language",
  voice: "own",
  score: 0.8,
  ...more,
  selector: { exact, prefix: `before ${number} `, ...more.selector },
});
const MARKS = [
  mark(0, "stunning"),
  mark(1, "“Stunning”", { voice: "quote" }),
  mark(2, "a so-called plan", { indicator: "doubt", score: 0.6 }),
  mark(3, "rather odd", { score: 0.4 }),
];
const VIEW = { floor: "slight", url: URL_HERE };
const reasons = (ignored, view = VIEW) =>
  Object.fromEntries(withheldOf(MARKS, { ...nothingIgnored(), ...ignored }, view));

beforeEach(() => {
  api.storage.local.clear();
  api.storage.session.clear();
});

test("phrases fold as readers would take them for the same", () => {
  assert.equal(foldPhrase("“The  So‑Called\u00ad\nPlan”…"), "the so-called plan");
  assert.equal(foldPhrase("it’s"), foldPhrase("It's,"));
  assert.equal(foldPhrase("— …"), "");
});

test("sites are host names, with or without www", () => {
  assert.equal(siteOf(URL_HERE), "news.invalid");
  assert.equal(siteOf("nonsense"), "");
});

test("each kind withholds what it names and nothing else", () => {
  assert.deepEqual(reasons({}), {});
  assert.deepEqual(reasons({ phrases: ["stunning"] }), { 0: "phrase", 1: "phrase" });
  assert.deepEqual(reasons({ indicators: [{ key: "doubt", title: "Doubt" }] }), { 2: "indicator" });
  assert.deepEqual(reasons({ sites: ["news.invalid"] }), { 0: "site", 1: "site", 2: "site", 3: "site" });
  assert.deepEqual(reasons({ sites: ["other.invalid"] }), {});
  const marks = [placeOf(MARKS[0].selector, URL_HERE)];
  assert.deepEqual(reasons({ marks }), { 0: "mark" }, "the same words elsewhere on the page stay");
  assert.deepEqual(reasons({ marks }, { ...VIEW, url: "https://www.news.invalid/other" }), {});
  assert.deepEqual(reasons({ marks }, { ...VIEW, url: URL_HERE.replace("#top", "") }), { 0: "mark" });
});

test("weak marks stay away where that is wished, and the reader's votes can only raise the floor", () => {
  assert.deepEqual(reasons({}, { ...VIEW, floor: "clear" }), { 3: "strength" });
  assert.deepEqual(reasons({}, { ...VIEW, floor: "strong" }), { 2: "strength", 3: "strength" });
  const floors = { loaded_language: 0.5 };
  assert.deepEqual(reasons({}, { ...VIEW, floors }), { 3: "strength" });
  assert.deepEqual(reasons({}, { ...VIEW, floor: "strong", floors }), { 2: "strength", 3: "strength" });
  const left = visibleMarks(MARKS, nothingIgnored(), { ...VIEW, floor: "strong" });
  assert.deepEqual(left, [MARKS[0], MARKS[1]]);
});

test("what is switched off is kept once and can be taken back", async () => {
  await ignore("phrases", "stunning");
  await ignore("phrases", "stunning");
  await ignore("indicators", { key: "doubt", title: "Doubt" });
  await Promise.all(["a.invalid", "b.invalid"].map((site) => ignore("sites", site)));
  const place = placeOf(MARKS[0].selector, URL_HERE);
  await ignore("marks", place);
  assert.deepEqual(await readIgnored(), {
    phrases: ["stunning"],
    indicators: [{ key: "doubt", title: "Doubt" }],
    sites: ["a.invalid", "b.invalid"],
    marks: [place],
  });
  await restore("phrases", "stunning");
  await restore("indicators", { key: "doubt", title: "Anything" });
  await restore("sites", "a.invalid");
  await restore("marks", { ...place });
  assert.deepEqual(await readIgnored(), { ...nothingIgnored(), sites: ["b.invalid"] });
});

test("nothing unusable goes into the store or comes out of it", async () => {
  await ignore("phrases", "");
  await ignore("phrases", "x".repeat(3000));
  await ignore("marks", { url: "", exact: "a", prefix: "" });
  assert.deepEqual(await readIgnored(), nothingIgnored());
  await api.storage.local.set({
    ignored: { phrases: [7, "good"], sites: "all", indicators: [{}], marks: [null] },
  });
  assert.deepEqual(await readIgnored(), { ...nothingIgnored(), phrases: ["good"] });
});

test("deeds of a card withhold marks, and undoing them brings these back", async () => {
  const deed = (what, undo = false) => ({ what, undo, url: URL_HERE, title: "Loaded", mark: MARKS[0] });
  const withheld = async () => (await standingOf(MARKS, URL_HERE)).withheld;
  for (const [what, gone] of [
    ["mark", [0]],
    ["phrase", [0, 1]],
    ["indicator", [0, 1, 3]],
    ["site", [0, 1, 2, 3]],
  ]) {
    await carryOut(deed(what));
    assert.deepEqual(await withheld(), gone, what);
    await carryOut(deed(what, true));
    assert.deepEqual(await withheld(), [], what);
  }
  await carryOut({ ...deed("vote"), agree: false });
  assert.deepEqual((await standingOf(MARKS, URL_HERE)).votes, [[0, false]]);
});

test("a private window leaves nothing behind", async () => {
  const deed = { what: "phrase", undo: false, url: URL_HERE, title: "Loaded", mark: MARKS[0] };
  await carryOut(deed, true);
  await carryOut({ ...deed, what: "vote", agree: true }, true);
  assert.deepEqual((await standingOf(MARKS, URL_HERE, true)).withheld, [0, 1]);
  assert.deepEqual((await standingOf(MARKS, URL_HERE)).withheld, []);
  assert.deepEqual(await readIgnored(), nothingIgnored());
  assert.deepEqual(await api.storage.local.get("votes"), {});
});

test("pages are only bothered by what concerns their marks", () => {
  assert.ok(concernsMarks({ ignored: {} }) && concernsMarks({ floor: {} }));
  assert.ok(!concernsMarks({ token: {}, "run:7": {} }));
});
