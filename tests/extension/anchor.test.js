import assert from "node:assert/strict";
import { test } from "node:test";
import { pageOf, quote } from "./page-stub.js";

/** Places one selector and says what stands there. */
function placed(body, selector) {
  const { TL, window } = pageOf(body);
  return TL.anchor.place(TL.text.index(window.document.body), [
    { prefix: "", suffix: "", hint: 0, ...selector },
  ])[0];
}

test("a quotation is found across inline elements, blanks and soft hyphens", () => {
  const body = "<p>This is a dis&shy;grace<b>ful\n</b>&nbsp;<i>betrayal</i> of all.</p>";
  const range = placed(body, { exact: "disgraceful betrayal", prefix: "This is a ", suffix: " of all." });
  assert.equal(String(range).replace(/\s+/g, " "), "dis\u00adgraceful betrayal");
});

test("context decides between duplicates", () => {
  const body = "<p>Critics say yes.</p><p>Some critics say no. Critics say maybe.</p>";
  const range = placed(body, { exact: "Critics say", prefix: "critics say no. ", suffix: " maybe." });
  assert.equal(range.startContainer.data.slice(range.endOffset), " maybe.");
});

test("the hint decides between places with the same context, shifted as their neighbours are", () => {
  const { TL, window } = pageOf(
    `<nav>${"Home ".repeat(40)}</nav><p>aa bb cc</p><p>unique</p><p>aa bb cc</p><p>aa bb cc</p>`,
  );
  const index = TL.text.index(window.document.body);
  const text = "aa bb cc\nunique\naa bb cc\naa bb cc";
  const twin = { exact: "bb", prefix: "aa ", suffix: " cc" };
  const [, first, second] = TL.anchor.place(index, [
    { exact: "unique", prefix: "", suffix: "", hint: text.indexOf("unique") },
    { ...twin, hint: text.indexOf("bb") },
    { ...twin, hint: text.indexOf("bb", 10) },
  ]);
  const paragraphs = [...window.document.querySelectorAll("p")];
  assert.equal(first.startContainer.parentElement, paragraphs[0]);
  assert.equal(second.startContainer.parentElement, paragraphs[2]);
});

test("among equals the one that is seen is taken", () => {
  const { TL, window } = pageOf('<div id="menu">The bridge closes</div><h1>The bridge closes</h1>');
  window.Element.prototype.checkVisibility = function () {
    return this.id !== "menu";
  };
  const [range] = TL.anchor.place(TL.text.index(window.document.body), [
    { exact: "The bridge closes", prefix: "", suffix: "", hint: 0 },
  ]);
  assert.equal(range.startContainer.parentElement.tagName, "H1");
});

test("the headline is the heading, not a link that names the article", () => {
  const { TL, window } = pageOf(
    "<aside><a>The harbour bridge closes on Monday</a></aside><h1>The harbour bridge <i>closes</i> on Monday</h1><p><a>The harbour bridge closes on Monday</a></p>",
  );
  const [range] = TL.anchor.place(TL.text.index(window.document.body), [
    { exact: "The harbour bridge closes on Monday", prefix: "", suffix: "\nIt is old.", hint: 0 },
  ]);
  assert.equal(range.startContainer.parentElement.tagName, "H1");
});

test("a quotation is found where page and extractor disagree about blanks", () => {
  const range = placed("<p>He called it<a>stunning</a> , twice.</p>", {
    exact: "stunning, twice",
    prefix: "He called it ",
    suffix: ".",
  });
  assert.equal(String(range), "stunning , twice");
});

test("scripts of all directions, ligatures and emoji are found as pages write them", () => {
  const body = `<p>The minister, \u2067<bdi>שָׁלוֹם כֹּהֵן</bdi>\u2069, called the o<b>ﬃ</b>ce &#x1f9d1;&#x200d;&#x1f692; a mess.</p>
    <p>وقال <i>مُحَمَّد</i> العلي ذلك.</p>`;
  const found = (exact, prefix, suffix) => String(placed(body, { exact, prefix, suffix }));
  assert.equal(found("שלום כהן", "The minister, ", ", called"), "שָׁלוֹם כֹּהֵן");
  assert.equal(found("office", "called the ", " 🧑‍🚒 a mess"), "oﬃce");
  assert.equal(found("a mess", "office 🧑‍🚒 ", "."), "a mess");
  assert.equal(found("محمد العلي", "وقال ", " ذلك"), "مُحَمَّد العلي");
});

test("a quotation over the edge of a shadow root is not placed", () => {
  const { TL, window } = pageOf("<p>One <x-word></x-word> three.</p>");
  window.document.querySelector("x-word").attachShadow({ mode: "open" }).append("two");
  const index = TL.text.index(window.document.body);
  const at = (exact, prefix, suffix) => ({ exact, prefix, suffix, hint: 0 });
  const [inside, over] = TL.anchor.place(index, [at("two", "One ", " three"), at("One two", "", " three.")]);
  assert.equal(String(inside), "two");
  assert.equal(over, null);
});

test("what is not there is not placed", () => {
  assert.equal(placed("<p>Nothing of the kind.</p>", { exact: "stunning", prefix: "a " }), null);
  assert.equal(placed("<p>Anything.</p>", { exact: "" }), null);
});

test("a short quotation without any of its context is not placed at random", () => {
  const body = "<p>A warm welcome. The war room. To war.</p>";
  assert.equal(placed(body, { exact: "war", prefix: "prisoners of ", suffix: "; others fled" }), null);
});

test("any span of any article anchors on its page, at its own place", () => {
  const random = generator(20261124);
  for (let round = 0; round < 60; round += 1) {
    const { text, html } = article(random);
    const { TL, window } = pageOf(html);
    const index = TL.text.index(window.document.body);
    const spans = Array.from({ length: 12 }, () => span(text, random));
    const ranges = TL.anchor.place(
      index,
      spans.map(([start, end]) => quote(text, start, end)),
    );
    for (const [k, [start, end]] of spans.entries()) {
      const range = ranges[k];
      const said = `round ${round}: ${JSON.stringify(text.slice(start, end))} in ${html}`;
      assert.ok(range, said);
      assert.equal(TL.text.fold(String(range)).trim(), TL.text.fold(text.slice(start, end)), said);
      const at = index.nodes.findIndex((node, unit) => {
        return (
          node === range.startContainer &&
          index.starts[unit] === range.startOffset &&
          index.text[unit] !== "\n"
        );
      });
      const before = TL.text.fold(text.slice(0, start));
      const unit = /\s/.test(index.text[at]) ? at + 1 : at;
      assert.equal(unit - (index.text[0] === "\n" ? 1 : 0), before.length, said);
    }
  }
});

/** A linear congruential generator: the same articles at every run. @param {number} seed @returns {() => number} */
function generator(seed) {
  let state = seed;
  return () => (state = (state * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;
}

const WORDS = [
  "the",
  "bridge",
  "naïve",
  "“stunning”",
  "it’s",
  "🥐",
  "👩‍🚒",
  "cost",
  "critics",
  "said",
  "—",
  "e\u0301lan",
  "$48",
];

/** Paragraphs of few words, so that duplicates abound, and the same as a page would write them. */
function article(random) {
  const pick = (items) => items[Math.floor(random() * items.length)];
  const paragraphs = Array.from({ length: 3 + Math.floor(random() * 4) }, () =>
    Array.from({ length: 8 + Math.floor(random() * 20) }, () => pick(WORDS)),
  );
  const dress = (word) => {
    const shy = random() < 0.2 && word.length > 3 ? `${word.slice(0, 2)}\u00ad${word.slice(2)}` : word;
    return random() < 0.2 ? `<${"b"}>${shy}</b>` : shy;
  };
  const blank = () => pick([" ", " ", " ", "\u00a0", "\n   ", " <!-- note --> "]);
  const html = paragraphs
    .map(
      (words) => `<p>${words.map((word) => dress(word)).reduce((line, word) => line + blank() + word)}</p>`,
    )
    .join(pick(["", "\n", "\n\n  "]));
  return { text: paragraphs.map((words) => words.join(" ")).join("\n"), html };
}

/** One to four whole words of one line. */
function span(text, random) {
  const words = [...text.matchAll(/\S+/g)];
  const first = Math.floor(random() * words.length);
  let last = first;
  while (last - first < 3 && random() < 0.5 && last + 1 < words.length) {
    if (text.slice(words[last].index, words[last + 1].index).includes("\n")) break;
    last += 1;
  }
  return [words[first].index, words[last].index + words[last][0].length];
}
