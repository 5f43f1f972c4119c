// One entry of a list that the reader made, with the button that takes it away again.

import { el } from "../panel/dom.js";

/** @import { Child } from "../panel/dom.js" */

/**
 * @param {Child[]} shown What the entry says.
 * @param {{testid: string, words: string, label: string}} face Of the button; `label` is for those who hear it alone.
 * @param {(button: HTMLButtonElement) => void} act
 */
export function entry(shown, { testid, words, label }, act) {
  const button = el(
    "button",
    { type: "button", class: "act", "data-testid": testid, "aria-label": label, onclick: () => act(button) },
    words,
  );
  return el("li", {}, el("span", {}, ...shown), button);
}
