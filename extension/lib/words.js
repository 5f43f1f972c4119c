// What readers see, by key, from _locales. No sentence for readers stands in any other script.

import { api } from "./browser.js";

/**
 * @param {string} key A key of `_locales/<language>/messages.json`.
 * @param {...(string | number)} values Put in place of $1, $2, …
 * @returns {string} The key itself when the catalogue lacks it, so that the gap shows instead of an empty button.
 */
export function word(key, ...values) {
  return api.i18n.getMessage(key, values.map(String)) || key;
}

/**
 * One of two wordings: `<key>_one` for exactly 1, `<key>_many` for every other number.
 *
 * @param {string} key
 * @param {number} count Becomes $1.
 */
export function counted(key, count) {
  return word(`${key}_${count === 1 ? "one" : "many"}`, count);
}

/**
 * A wording for a value that the service may extend: the catalogue's when it has one, else the value.
 *
 * @param {string} prefix
 * @param {string} value Anything; only `[a-z0-9_]` can be looked up.
 * @param {string} [otherwise] Used instead of the value when the catalogue has no wording.
 */
export function wordFor(prefix, value, otherwise = value) {
  return (/^[a-z0-9_]+$/i.test(value) && api.i18n.getMessage(`${prefix}_${value}`)) || otherwise;
}

/** Fills every element of `root` that names its wording in `data-word`. */
export function fillWords(/** @type {ParentNode} */ root) {
  for (const element of root.querySelectorAll("[data-word]")) {
    element.textContent = word(element.getAttribute("data-word") ?? "");
  }
}
