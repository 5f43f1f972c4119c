// Words of the reader's own that are to be marked wherever they stand, in storage.local.

import { api } from "./browser.js";
import { contextOf } from "./context.js";
import { highlightName } from "./slots.js";
import { word } from "./words.js";

/** @import { Article, Mark, Voice } from "./messages.js" */

const KEY = "own_words";
/** How many, and how long each may be. */
export const MOST = 200;
const SHORTEST = 2;
const LONGEST = 80;
/** Of one list on one page; a word that stands oftener marks nothing any more. */
const MARKS = 300;
/** Characters round a mark by which the page finds it, as many as the service sends. */
const CONTEXT = 32;
const INDICATOR = "own_words";

/** @returns {Promise<string[]>} */
export async function readOwnWords() {
  const stored = /** @type {any} */ (await api.storage.local.get(KEY))[KEY];
  return wordsIn(Array.isArray(stored) ? stored.filter((one) => typeof one === "string").join("\n") : "");
}

/** @param {string[]} words @returns {Promise<void>} */
export function saveOwnWords(words) {
  return api.storage.local.set({ [KEY]: words });
}

/** One a line; what is too short, too long, twice or without a letter falls out. Pure. @param {string} lines */
export function wordsIn(lines) {
  const found = lines
    .normalize("NFC")
    .split("\n")
    .map((line) => line.trim().replace(/\s+/g, " "))
    .filter((line) => line.length >= SHORTEST && line.length <= LONGEST && /\p{L}/u.test(line));
  const byFolded = new Map(found.map((one) => [one.toLowerCase(), one]));
  return [...byFolded.values()].slice(0, MOST);
}

/**
 * Marks on the reader's words. Whose words they are is told by quotation marks alone, and said so: the service, which
 * reads reported speech as well, does not know this list. Pure.
 *
 * @param {Pick<Article, "text" | "title">} article
 * @param {string[]} words
 * @param {number} from The number of the first of these marks.
 * @returns {Mark[]} In the order of the article.
 */
export function ownWordMarks({ text, title }, words, from) {
  if (words.length === 0) return [];
  const longestFirst = [...words].sort((one, other) => other.length - one.length);
  const any = longestFirst.map((one) => one.split(" ").map(escaped).join("\\s+")).join("|");
  const expression = new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, "giu");
  const quotes = quotesIn(text);
  const headline = text.startsWith(title) ? title.length : 0;
  return [...text.matchAll(expression)].slice(0, MARKS).map(({ 0: exact, index }, k) => {
    const end = index + exact.length;
    const quoted = quotes.some((quote) => quote.start <= index && end <= quote.end);
    const voice = /** @type {Voice} */ (end <= headline ? "headline" : quoted ? "quote" : "own");
    const prefix = text.slice(Math.max(0, index - CONTEXT), index);
    const suffix = text.slice(end, end + CONTEXT);
    return {
      number: from + k,
      name: highlightName(INDICATOR, voice),
      indicator: INDICATOR,
      title: word("own_words"),
      colour: "other",
      voice,
      whose: word(`own_words_${voice}`),
      score: 1,
      strength: word("own_words_strength"),
      message: word("own_words_message"),
      wording: null,
      similar: [],
      ...contextOf(prefix, suffix),
      selector: { exact, prefix, suffix, hint: index },
    };
  });
}

/** @param {string} words */
const escaped = (words) => words.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

/** Quotations that open and close within one line. @param {string} text */
function quotesIn(text) {
  const found = text.matchAll(/“[^“”\n]*”|"[^"\n]*"|«[^«»\n]*»|„[^“„\n]*“/g);
  return [...found].map(({ 0: quote, index }) => ({ start: index, end: index + quote.length }));
}
