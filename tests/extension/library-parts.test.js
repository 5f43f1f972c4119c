import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { EXTENSION, catalogue } from "./browser-stub.js";

const { addressOf, dayOf, namesOf, nextDay, outletOf, shownDay } =
  await import("../../extension/lib/naming.js");
const { placeOf, toComparison, toReport } = await import("../../extension/library/routes.js");
const { paragraphsOf, pieces } = await import("../../extension/library/segments.js");
const { measuresOf } = await import("../../extension/library/measures.js");
const { byMonth, byOutlet, dotsOf, roundCeiling } = await import("../../extension/library/statistics.js");

const loading = measuresOf([], [])[0].valueOf;

const line = (fields) => ({
  id: "a",
  url: "https://a.test/1",
  canonical_url: "",
  title: "A",
  outlet: "Post",
  published: "2026-11-02",
  saved_at: "2026-11-20T10:00:00Z",
  words: 200,
  findings: 4,
  own_findings: 2,
  ...fields,
});

test("outlets are called by name or site, and alike ones are counted", () => {
  assert.equal(outletOf({ outlet: "", url: "https://www.tide.test/a" }), "tide.test");
  assert.equal(outletOf({ outlet: "", url: "https://text.invalid/1" }), "");
  const post = { outlet: "Post", url: "" };
  assert.deepEqual(namesOf([post, { outlet: "Tide", url: "" }, post, post]), [
    "Post",
    "Tide",
    "Post (3)",
    "Post (4)",
  ]);
});

test("only what was on the web has an address", () => {
  assert.equal(addressOf("https://a.test/x"), "https://a.test/x");
  for (const url of ["javascript:alert(1)", "file:///etc/passwd", "https://text.invalid/1", "", "nonsense"])
    assert.equal(addressOf(url), "", url);
});

test("days stay as they are written", () => {
  assert.equal(dayOf("2026-11-02T23:30:00-08:00"), "2026-11-02");
  for (const text of ["", "2 November", "2026-13-40"]) assert.equal(dayOf(text), "", text);
  assert.equal(nextDay("2026-12-31"), "2027-01-01");
  assert.equal(nextDay(""), "");
  assert.match(shownDay("2025-03-04", 2026), /2025/);
  assert.doesNotMatch(shownDay("2026-03-04", 2026), /2026/);
});

test("an address says what is shown", () => {
  assert.deepEqual(placeOf(""), { view: "shelf" });
  assert.deepEqual(placeOf("#"), { view: "shelf" });
  assert.deepEqual(placeOf(toReport("a/1&b=2")), { view: "report", id: "a/1&b=2" });
  assert.deepEqual(placeOf(toComparison(["a", "b"])), { view: "compare", ids: ["a", "b"] });
  assert.deepEqual(placeOf("#compare=a,a"), { view: "shelf" });
  assert.equal(placeOf("#compare=1,2,3,4,5,6,7").ids.length, 5);
});

test("an article counts once, as it was last saved, at the day it was published", () => {
  const dots = dotsOf(
    [
      line({ id: "new", canonical_url: "https://a.test/1", own_findings: 5 }),
      line({ id: "old", url: "https://a.test/1?from=feed", canonical_url: "https://a.test/1" }),
      line({ id: "pasted", url: "https://text.invalid/", published: "" }),
      line({ id: "pasted too", url: "https://text.invalid/", published: "2026-10-01" }),
      line({ id: "empty", url: "https://a.test/2", words: 0 }),
    ],
    loading,
  );
  assert.deepEqual(
    dots.map(({ id, day, value }) => [id, day, value]),
    [
      ["pasted too", "2026-10-01", 1],
      ["new", "2026-11-02", 2.5],
      ["pasted", "2026-11-20", 1],
    ],
  );
});

test("a median needs three articles", () => {
  const own = [1, 9, 2, 4];
  const dots = dotsOf(
    [...own.map((own_findings) => line({ own_findings })), line({ outlet: "Tide" })].map((one, k) => ({
      ...one,
      id: String(k),
      url: `https://a.test/${k}`,
      words: 100,
      published: k < 3 ? "2026-10-05" : "2026-11-05",
    })),
    loading,
  );
  assert.deepEqual(
    byOutlet(dots).map(({ outlet, median }) => [outlet, median]),
    [
      ["Post", 3],
      ["Tide", null],
    ],
  );
  assert.deepEqual(
    byMonth(dots).map(({ month, median }) => [month, median]),
    [
      ["2026-10", 2],
      ["2026-11", null],
    ],
  );
});

test("an axis ends at a round number that holds every value", () => {
  assert.deepEqual(
    [[], [0], [0.4], [1.01], [9], [77.3]].map((values) => roundCeiling(values)),
    [0.5, 0.5, 0.5, 2, 10, 80],
  );
});

test("themes and sources are measured where the service has told them", () => {
  const lines = ["a", "b", "c"].map((id) => line({ id }));
  const economy = { label: "Economy", own: 1, all: 3 };
  const figures = [
    { id: "a", sentences: 12, themes: [economy], named: 3, unnamed: 1 },
    { id: "b", sentences: 10, themes: [], named: 0, unnamed: 0 },
    { id: "c", sentences: 0, themes: [], named: null, unnamed: null },
  ];
  const found = Object.fromEntries(
    measuresOf(lines, figures).map(({ key, valueOf }) => [key, lines.map(valueOf)]),
  );
  assert.deepEqual(found, {
    loading: [1, 1, 1],
    named: [3, 0, null],
    unnamed: [25, null, null],
    "theme:Economy": [25, 0, null],
  });
  assert.deepEqual(
    measuresOf(lines, []).map(({ key }) => key),
    ["loading"],
  );
});

test("a paragraph is cut where marks and the place asked for begin and end", () => {
  const text = "Title\n\nA 🥐 stunning and vast claim.";
  const [title, paragraph] = paragraphsOf(text);
  assert.deepEqual([title.number, paragraph.number], [0, 2]);
  assert.equal(text.slice(paragraph.start, paragraph.end), "A 🥐 stunning and vast claim.");
  const at = (words) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length, words });
  const cut = pieces(text, paragraph, [at("stunning and vast"), at("vast claim")], at("and vast"));
  assert.deepEqual(
    cut.map((piece) => [piece.text, piece.mark?.words ?? null, piece.here]),
    [
      ["A 🥐 ", null, false],
      ["stunning ", "stunning and vast", false],
      ["and ", "stunning and vast", true],
      ["vast", "vast claim", true],
      [" claim", "vast claim", false],
      [".", null, false],
    ],
  );
  assert.equal(cut.map((piece) => piece.text).join(""), text.slice(paragraph.start, paragraph.end));
});

test("every wording of the library exists and is used", () => {
  const folder = new URL("library/", EXTENSION);
  const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
  const asked = new Set(sources.flatMap((source) => source.match(/library_[a-z_]+/g) ?? []));
  const known = Object.keys(catalogue).filter((key) => key.startsWith("library_"));
  const stems = known.map((key) => key.replace(/_(one|many)$/, ""));
  assert.deepEqual(
    [...asked].filter((key) => !known.includes(key) && !stems.includes(key)),
    [],
  );
  assert.deepEqual(
    stems.filter((stem, k) => !asked.has(stem) && !asked.has(known[k])),
    [],
  );
});
