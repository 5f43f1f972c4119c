// From numbers to a page and quotations from it, and what must hold of where they are placed.

import assert from "node:assert/strict";
import { pageOf } from "./page-stub.js";

/** @param {number} seed @returns {() => number} From 0 to below 1, the same for the same seed. */
export function random(seed) {
  let state = seed >>> 0;
  return () => (state = (state * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;
}

/** Pieces of text as pages and extractors write them. */
const WORDS = [
  "the",
  "bridge",
  "naïve",
  "“stunning”",
  "it’s",
  "e\u0301lan",
  "👩\u200d🚒",
  "שָׁלוֹם",
  "مُحَمَّد",
  "oﬃce",
  "\u202eevil\u202c",
  "\u0301",
  "dis\u00adgrace",
  "\ud800",
  "\udc00x",
  "𝕏",
  "İ",
  "ß",
  "…",
  "a\u2028b",
  "½",
  "\u200b",
  "--",
  "$48",
  "ﷺ",
  "가",
];
const BLANKS = [" ", " ", "\u00a0", "\n  ", "", " <!-- note --> ", "<br>", "\t"];
const OPENINGS = [
  "",
  "",
  "<b>",
  "</b>",
  "<p>",
  "</p>",
  "<div hidden>",
  "</div>",
  "<script>x</script>",
  "<td>",
  "<i>",
];
const HOST = "<x-host></x-host>";

/** One page for all inputs: to make a new one takes far longer than to place a quotation. */
export class Anchoring {
  #page = pageOf("");

  /** @param {number[]} numbers Throws when a promise is broken. */
  hold(numbers) {
    const { window, TL } = this.#page;
    const left = [...numbers];
    const next = () => left.shift() ?? 0;
    const body = window.document.body;
    const pieces = [];
    const wanted = 5 + (next() % 40);
    for (let k = 0; k < wanted; k += 1) {
      pieces.push(at(OPENINGS, next()), escaped(at(WORDS, next())), at(BLANKS, next()));
    }
    const isShadowed = next() % 8 === 0;
    body.innerHTML = pieces.join("") + (isShadowed ? HOST : ""); // eslint-disable-line no-unsanitized/property -- a test
    if (isShadowed) {
      const root = body.querySelector("x-host")?.attachShadow({ mode: "open" });
      root.append(at(WORDS, next()), window.document.createElement("slot"));
    }
    const index = TL.text.index(body);
    assert.equal(index.text.length, index.nodes.length);
    assert.equal(index.text.length, index.starts.length);
    assert.equal(index.text.length, index.ends.length);
    const selectors = Array.from({ length: 1 + (next() % 4) }, () => selector(index, next));
    const ranges = TL.anchor.place(index, selectors);
    assert.equal(ranges.length, selectors.length);
    for (const [k, range] of ranges.entries()) if (range) same(TL, selectors[k], range);
    this.#own(index);
  }

  /** A stretch of the page with all that stands around it is found, where nothing else reads the same. */
  #own(index) {
    const { TL } = this.#page;
    const text = index.text.replaceAll("\n", " ");
    const words = [...text.matchAll(/\S+/g)];
    const word = words[Math.floor(words.length / 2)];
    if (!word || word[0].length < 3) return;
    const [start, end] = [word.index, word.index + word[0].length];
    if (!index.nodes[start] || index.nodes[start].getRootNode() !== index.nodes[end - 1]?.getRootNode())
      return;
    if (TL.text.fold(word[0]) !== word[0]) return; // an index is folded once, a quotation too
    const [range] = TL.anchor.place(index, [
      {
        exact: word[0],
        prefix: text.slice(Math.max(0, start - 32), start),
        suffix: text.slice(end, end + 32),
        hint: start,
      },
    ]);
    assert.ok(range, `not placed: ${JSON.stringify(word[0])} in ${JSON.stringify(text)}`);
  }
}

/** A character such as "ﷺ" stands for so many letters at most, and is marked whole or not at all. */
const LONGEST_CHARACTER = 18;

/** A placed range reads as the quotation does, but for what pages and extractors write differently. */
function same(TL, { exact }, range) {
  const dense = (string) => TL.text.fold(string).replace(/\s/g, "");
  const shown = range.cloneContents();
  for (const unseen of shown.querySelectorAll("script, [hidden]")) unseen.remove();
  const [text, sought] = [dense(shown.textContent), dense(exact)];
  assert.ok(text.includes(sought), `${JSON.stringify(text)} is not ${JSON.stringify(sought)}`);
  assert.ok(text.length - sought.length < 2 * LONGEST_CHARACTER, `${text} is longer than ${sought}`);
  assert.equal(range.collapsed, false);
}

/** A quotation from the page, cut anywhere and perhaps altered; its context may be right or not. */
function selector(index, next) {
  const length = index.text.length + 1;
  const start = (next() * 257 + next()) % length;
  const exact = index.text.slice(start, start + 1 + (next() % 60));
  const context = next();
  return {
    exact: context % 7 === 0 ? exact.toUpperCase() : context % 5 === 0 ? exact.replaceAll(" ", "") : exact,
    prefix: context % 3 === 0 ? "" : index.text.slice(Math.max(0, start - 32), start),
    suffix:
      context % 2 === 0
        ? at(WORDS, next())
        : index.text.slice(start + exact.length, start + exact.length + 32),
    hint: (next() * 257) % length,
  };
}

/** @template T @param {T[]} items @param {number} number @returns {T} */
function at(items, number) {
  return items[number % items.length];
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
