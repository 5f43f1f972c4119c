// What the reader has switched off for good: phrases, indicators, sites and single marks, in storage.local. It stays
// in this browser, and all of it can be taken back. What is switched off in a private window is only kept in memory.

import { api } from "./browser.js";

/** @import { Selector } from "./messages.js" */

/**
 * @typedef {object} Place One mark on one page.
 * @property {string} url Without its fragment.
 * @property {string} exact Folded, as is the prefix.
 * @property {string} prefix
 *
 * @typedef {object} Ignored
 * @property {string[]} phrases Folded.
 * @property {{key: string, title: string}[]} indicators
 * @property {string[]} sites Host names.
 * @property {Place[]} marks
 */

const KEY = "ignored";
/** Of each kind; the oldest go first. Keeps the whole far below what a browser lets an extension store. */
const CEILING = 2000;
/** Longer ones than any mark's. */
const LONGEST = 2000;

/** @returns {Ignored} */
export const nothingIgnored = () => ({ phrases: [], indicators: [], sites: [], marks: [] });

/** Background and options change the same entry: reading and writing it back must not interleave. @template T @param {() => Promise<T>} task @returns {Promise<T>} */
const alone = (task) => navigator.locks.request(KEY, task);

/**
 * A phrase without what pages and readers write differently: case, kinds of quotes, hyphens and blanks, and the
 * punctuation round it. Pure.
 *
 * @param {string} phrase
 */
export function foldPhrase(phrase) {
  const folded = phrase
    .normalize("NFKC")
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u2010-\u2015]/g, "-")
    .replace(/\p{Cf}/gu, "")
    .toLowerCase()
    .replace(/\s+/g, " ");
  const characters = [...folded];
  const isWord = (/** @type {string} */ character) => /[\p{L}\p{N}\p{M}]/u.test(character);
  const first = characters.findIndex(isWord);
  return first < 0 ? "" : characters.slice(first, characters.findLastIndex(isWord) + 1).join("");
}

/** The host name of an address, without "www."; "" for what has none. Pure. @param {string} url */
export function siteOf(url) {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, "") : "";
}

/** The address of a page, whatever place on it is meant. Pure. @param {string} url */
export const withoutHash = (url) => url.replace(/#.*$/s, "");

/** @param {Pick<Selector, "exact" | "prefix">} selector @param {string} url @returns {Place} */
export function placeOf({ exact, prefix }, url) {
  return { url: withoutHash(url), exact: foldPhrase(exact), prefix: foldPhrase(prefix) };
}

/** @param {unknown} value */
const isText = (value) => typeof value === "string" && value.length > 0 && value.length <= LONGEST;

/** Whether an entry can be kept, by kind. @type {{[Kind in keyof Ignored]: (entry: any) => boolean}} */
const sound = {
  phrases: isText,
  indicators: (entry) => isText(entry?.key) && isText(entry?.title),
  sites: isText,
  marks: (entry) => isText(entry?.url) && isText(entry?.exact) && typeof entry?.prefix === "string",
};

/** Two entries are the same when this is. @param {any} entry */
const identity = (entry) =>
  typeof entry === "string" ? entry : (entry.key ?? JSON.stringify([entry.url, entry.exact, entry.prefix]));

/**
 * @param {boolean} [isPrivate] Whether for a private window, where what was switched off in one holds as well.
 * @returns {Promise<Ignored>} What is unusable in the store is left out.
 */
export async function readIgnored(isPrivate = false) {
  const ignored = await readFrom(api.storage.local);
  if (!isPrivate) return ignored;
  const { phrases, indicators, sites, marks } = await readFrom(api.storage.session);
  return {
    phrases: [...ignored.phrases, ...phrases],
    indicators: [...ignored.indicators, ...indicators],
    sites: [...ignored.sites, ...sites],
    marks: [...ignored.marks, ...marks],
  };
}

/** @param {chrome.storage.StorageArea} area */
async function readFrom(area) {
  const stored = /** @type {any} */ (await area.get(KEY))[KEY];
  const ignored = nothingIgnored();
  for (const kind of /** @type {(keyof Ignored)[]} */ (Object.keys(ignored))) {
    const entries = Array.isArray(stored?.[kind]) ? stored[kind] : [];
    ignored[kind] = entries.filter(sound[kind]);
  }
  return ignored;
}

/**
 * @template {keyof Ignored} Kind
 * @param {Kind} kind
 * @param {Ignored[Kind][number]} entry
 * @param {boolean} [isPrivate]
 */
export function ignore(kind, entry, isPrivate = false) {
  return change(isPrivate ? api.storage.session : api.storage.local, kind, entry, true);
}

/**
 * Takes back what `ignore` did.
 *
 * @template {keyof Ignored} Kind
 * @param {Kind} kind
 * @param {Ignored[Kind][number]} entry
 * @param {boolean} [isPrivate]
 */
export function restore(kind, entry, isPrivate = false) {
  return change(isPrivate ? api.storage.session : api.storage.local, kind, entry, false);
}

/**
 * @param {chrome.storage.StorageArea} area
 * @param {keyof Ignored} kind
 * @param {Ignored[keyof Ignored][number]} entry
 * @param {boolean} wanted
 * @returns {Promise<void>}
 */
function change(area, kind, entry, wanted) {
  return alone(async () => {
    if (!sound[kind](entry)) return;
    const ignored = await readFrom(area);
    const others = /** @type {any[]} */ (ignored[kind]).filter((one) => identity(one) !== identity(entry));
    const entries = wanted ? [...others, entry].slice(-CEILING) : others;
    await area.set({ [KEY]: { ...ignored, [kind]: entries } });
  });
}
