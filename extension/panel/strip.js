// The credibility summary on top of the panel: its parts, and one switch for all their workings.

import { word } from "../lib/words.js";
import { render } from "./blocks.js";
import { el } from "./dom.js";
import { unfold } from "./meter.js";

/** @import { Section } from "../lib/messages.js" */
/** @import { Reader } from "./evidence.js" */

/** @param {Section[]} sections Those with the placement "strip". @param {Reader} reader */
export function strip(sections, reader) {
  const blocks = sections.flatMap((section) => section.blocks);
  const parts = el("div", { class: "parts" }, ...blocks.map((block) => render(block, reader)));
  const how = el(
    "button",
    { type: "button", class: "aside", "data-testid": "strip_how", "aria-expanded": "false", onclick: all },
    word("strip_how"),
  );
  function all() {
    const open = how.getAttribute("aria-expanded") !== "true";
    how.setAttribute("aria-expanded", String(open));
    how.textContent = word(open ? "strip_hide" : "strip_how");
    for (const part of parts.querySelectorAll("button.part")) unfold(part, open);
  }
  const title = sections[0]?.title ?? word("strip_title");
  return el(
    "section",
    { "aria-labelledby": "strip-title", "data-testid": "strip", hidden: blocks.length === 0 },
    el("div", { class: "head" }, el("h2", { id: "strip-title" }, title), how),
    parts,
  );
}
