// A small bar chart: one row each, split by whose words, with its places one click away.

import { word, wordFor } from "../lib/words.js";
import { el, spoken } from "./dom.js";
import { chips } from "./evidence.js";

/** @import { Bar, BarsBlock } from "../lib/messages.js" */
/** @import { Reader } from "./evidence.js" */

/** @param {BarsBlock} block @param {Reader} reader */
export function bars({ unit, whole, bars: rows }, reader) {
  const longest = Math.max(1, ...rows.map(totalOf));
  return el(
    "div",
    { class: "bars" },
    el("p", { class: "note" }, whole > 0 ? word("bars_unit_of", unit, whole) : unit),
    ...rows.map((bar) => row(bar, longest, unit, reader)),
  );
}

/** @param {Bar} bar @param {number} longest @param {string} unit @param {Reader} reader */
function row(bar, longest, unit, reader) {
  const total = totalOf(bar);
  const places = el("div", { class: "places", hidden: true }, ...chips(bar.evidence, reader));
  const button = el(
    "button",
    {
      type: "button",
      class: "row",
      "data-testid": "bar",
      "aria-expanded": "false",
      title: said(bar, unit),
      onclick: () => {
        places.hidden = !places.hidden;
        button.setAttribute("aria-expanded", String(!places.hidden));
      },
    },
    el("span", {}, bar.label),
    el("span", { class: "track", "aria-hidden": "true" }, ...segments(bar, longest)),
    el("span", { class: "amount" }, String(total)),
    spoken(`: ${said(bar, unit)}`),
  );
  return el("div", {}, button, places);
}

/** @param {Bar} bar @param {number} longest */
function segments({ amounts }, longest) {
  return amounts
    .filter(([, amount]) => amount > 0)
    .map(([voice, amount]) => {
      const segment = el("i", { class: voice });
      segment.style.inlineSize = `${(100 * amount) / longest}%`;
      return segment;
    });
}

/** @param {Bar} bar @param {string} unit */
function said({ amounts }, unit) {
  const parts = amounts.map(([voice, amount]) => `${amount} ${wordFor("voice", voice)}`);
  return `${parts.join(", ")} (${unit})`;
}

/** @param {Bar} bar */
function totalOf({ amounts }) {
  return amounts.reduce((sum, [, amount]) => sum + amount, 0);
}
