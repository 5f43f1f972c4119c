// Figures about the reader's own reading, from the lines that the list gives. Pure.

import { addressOf, dayOfLine, outletOf } from "../lib/naming.js";

/** @import { LibraryLine } from "../lib/messages.js" */
/** @import { Measure } from "./measures.js" */

/** Articles from which a median means something. */
export const ENOUGH = 3;

/**
 * @typedef {object} Dot One article.
 * @property {string} id
 * @property {string} title
 * @property {string} outlet
 * @property {string} day ISO 8601
 * @property {number} value In the unit of the measure.
 *
 * @typedef {{outlet: string, dots: Dot[], median: number | null}} Group `median` null: too few articles.
 */

/**
 * Each article once, as it was last saved; what has no value is left out.
 *
 * @param {LibraryLine[]} lines The newest first.
 * @param {Measure["valueOf"]} valueOf
 * @returns {Dot[]} The oldest first.
 */
export function dotsOf(lines, valueOf) {
  /** @type {Map<string, Dot>} */
  const found = new Map();
  for (const line of lines) {
    const key = addressOf(line.canonical_url) || addressOf(line.url) || line.id;
    const day = dayOfLine(line);
    const value = valueOf(line);
    if (found.has(key) || value === null || !day) continue;
    found.set(key, { id: line.id, title: line.title, outlet: outletOf(line), day, value });
  }
  return [...found.values()].sort((one, other) => one.day.localeCompare(other.day));
}

/** Most read first. @param {Dot[]} dots @returns {Group[]} */
export function byOutlet(dots) {
  return grouped(dots, ({ outlet }) => outlet)
    .map(([outlet, own]) => ({ outlet, dots: own, median: medianOf(own) }))
    .sort((one, other) => other.dots.length - one.dots.length || one.outlet.localeCompare(other.outlet));
}

/** By month, the oldest first. @param {Dot[]} dots @returns {{month: string, dots: Dot[], median: number | null}[]} */
export function byMonth(dots) {
  return grouped(dots, ({ day }) => day.slice(0, 7)).map(([month, own]) => ({
    month,
    dots: own,
    median: medianOf(own),
  }));
}

/** @param {Dot[]} dots */
function medianOf(dots) {
  if (dots.length < ENOUGH) return null;
  const sorted = dots.map(({ value }) => value).sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = /** @type {number} */ (sorted[middle]);
  return sorted.length % 2 === 1 ? upper : (upper + /** @type {number} */ (sorted[middle - 1])) / 2;
}

/** @param {Dot[]} dots @param {(dot: Dot) => string} keyOf @returns {[string, Dot[]][]} */
function grouped(dots, keyOf) {
  /** @type {Map<string, Dot[]>} */
  const found = new Map();
  for (const dot of dots) {
    const key = keyOf(dot);
    const known = found.get(key);
    if (known) known.push(dot);
    else found.set(key, [dot]);
  }
  return [...found];
}

/** The end of an axis from 0: a round number not below the largest value. @param {number[]} values */
export function roundCeiling(values) {
  const largest = Math.max(0, ...values);
  return (
    [0.5, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 40, 50, 60, 80, 100].find((end) => end >= largest) ??
    Math.ceil(largest)
  );
}
