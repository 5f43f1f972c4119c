import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { api } from "./browser-stub.js";

const { ownWordMarks, readOwnWords, saveOwnWords, wordsIn } =
  await import("../../extension/lib/own-words.js");
const { marksOf, withOwnWords } = await import("../../extension/lib/marks.js");
const { settingsFrom, settingsNow } = await import("../../extension/options/settings-file.js");

api.runtime.getManifest = () => ({ version: "1.2.3" });
beforeEach(() => api.storage.local.clear());

const TEXT = "Regime falls\nThe regime, he said, “is no regime of ours”. C++ and regimes stay.";
const ARTICLE = { text: TEXT, title: "Regime falls" };

test("a list keeps what can be marked, each once", async () => {
  assert.deepEqual(wordsIn(" Regime \nregime\nx\n12\nso-called   plan\n"), ["regime", "so-called plan"]);
  assert.equal(wordsIn(Array.from({ length: 300 }, (_, k) => `word${k}`).join("\n")).length, 200);
  await saveOwnWords(["regime"]);
  assert.deepEqual(await readOwnWords(), ["regime"]);
  await api.storage.local.set({ own_words: [1, null, "plan"] });
  assert.deepEqual(await readOwnWords(), ["plan"]);
});

test("whole words are marked wherever they stand, and said to be quoted only within quotation marks", () => {
  const marks = ownWordMarks(ARTICLE, ["regime", "C++"], 5);
  assert.deepEqual(
    marks.map(({ number, voice, selector }) => [number, selector.exact, voice]),
    [
      [5, "Regime", "headline"],
      [6, "regime", "own"],
      [7, "regime", "quote"],
      [8, "C++", "own"],
    ],
  );
  for (const { selector } of marks) {
    assert.equal(TEXT.slice(selector.hint, selector.hint + selector.exact.length), selector.exact);
    assert.ok(TEXT.startsWith(selector.prefix, selector.hint - selector.prefix.length));
  }
  assert.equal(marks[1].whose, "outside quotation marks");
  assert.equal(marks[1].name, "truthlens-own_words-own");
  assert.deepEqual(ownWordMarks(ARTICLE, [], 0), []);
});

test("they stand among the service's marks in the order of the article", () => {
  const found = withOwnWords(marksOf([]), ARTICLE, ["stay", "regime"]);
  assert.deepEqual(
    found.map(({ selector }) => selector.exact),
    ["Regime", "regime", "regime", "stay"],
  );
});

test("settings go into a file without the pairing, and come back without leave for sites", async () => {
  await api.storage.local.set({
    token: "secret",
    theme: "dark",
    sites: { allowed: ["a.test"], never: ["b.test"], presets: [] },
  });
  assert.deepEqual(await settingsNow(), {
    kind: "truthlens-settings",
    version: "1.2.3",
    settings: { theme: "dark", sites: { allowed: ["a.test"], never: ["b.test"], presets: [] } },
  });
  const file = JSON.stringify({
    kind: "truthlens-settings",
    settings: {
      theme: "dark",
      token: "other",
      unknown: 1,
      sites: { allowed: ["a.test"], never: ["b.test"], presets: [] },
    },
  });
  assert.deepEqual(settingsFrom(file), {
    theme: "dark",
    sites: { allowed: [], never: ["b.test"], presets: [] },
  });
  for (const other of ["", "[]", "{}", '{"kind":"truthlens-settings"}', '{"kind":"x","settings":{}}']) {
    assert.equal(settingsFrom(other), null);
  }
});
