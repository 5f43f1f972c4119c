// Saved reports of the same event, each to be ticked for a comparison.

import { word } from "../lib/words.js";
import { dayOfLine, outletOf, shownDay } from "../lib/naming.js";
import { COMPARED_CEILING } from "../lib/service.js";
import { closenessInWords } from "./closeness.js";
import { dotted, el } from "./dom.js";

/** @import { LibraryLine } from "../lib/messages.js" */

/** Beside the article at hand. */
const MOST = COMPARED_CEILING - 1;

/** @param {LibraryLine[]} lines The nearest first. @param {() => void} changed */
export function siblingList(lines, changed) {
  let isBusy = false;
  const items = lines.map((line, k) => {
    const tick = el("input", { type: "checkbox", "data-testid": "sibling", onchange: refresh });
    tick.checked = k < MOST;
    return { id: line.id, tick, item: el("li", {}, el("label", {}, tick, el("span", {}, ...named(line)))) };
  });

  function refresh() {
    limit();
    changed();
  }

  function limit() {
    const isFull = items.filter(({ tick }) => tick.checked).length >= MOST;
    for (const { tick } of items) tick.disabled = isBusy || (isFull && !tick.checked);
  }

  limit();
  return {
    node: el(
      "div",
      { role: "group", "aria-label": word("siblings_title") },
      el("p", { class: "note" }, word(lines.length > MOST ? "siblings_title_most" : "siblings_title", MOST)),
      el("ul", { class: "siblings" }, ...items.map(({ item }) => item)),
    ),
    /** @returns {string[]} Ids, the nearest first. */
    chosen: () => items.filter(({ tick }) => tick.checked).map(({ id }) => id),
    /** @param {boolean} busy */
    setBusy(busy) {
      isBusy = busy;
      limit();
    },
  };
}

/** @param {LibraryLine} line */
function named(line) {
  return [
    el("span", { class: "words" }, line.title || outletOf(line) || word("other_article")),
    el(
      "span",
      { class: "meta" },
      ...dotted(outletOf(line), shownDay(dayOfLine(line)), closenessInWords(line.closeness)),
    ),
  ];
}
