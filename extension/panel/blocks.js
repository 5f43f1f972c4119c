// Renders the block kinds of the report. Knows kinds, not sections: a new section needs nothing here.

import { word } from "../lib/words.js";
import { webAddress } from "../lib/plain.js";
import { bars } from "./bars.js";
import { el } from "./dom.js";
import { chips } from "./evidence.js";
import { graph } from "./graph.js";
import { meter } from "./meter.js";

/** @import { Block, LinksBlock, ListBlock, Meter, NothingBlock, NoteBlock, QuoteBlock, Statement, TableBlock, TextBlock } from "../lib/messages.js" */
/** @import { Reader } from "./evidence.js" */

const KINDS = {
  /** @param {TextBlock} block @param {Reader} reader */
  text: ({ statement }, reader) => el("p", { class: "statement" }, ...words(statement, reader)),

  /** @param {ListBlock} block @param {Reader} reader */
  list: ({ statements }, reader) =>
    el(
      "ul",
      { class: "statements" },
      ...statements.map((statement) => el("li", {}, ...words(statement, reader))),
    ),

  /** @param {Meter} block @param {Reader} reader */
  meter: (block, reader) => meter(block, reader),

  /** @param {TableBlock} block @param {Reader} reader */
  table: ({ columns, rows }, reader) =>
    // Wide tables scroll by themselves, and so must be reachable by keyboard.
    el(
      "div",
      { class: "table", tabindex: 0, role: "group", "aria-label": columns.join(", ") },
      el(
        "table",
        {},
        el("thead", {}, el("tr", {}, ...columns.map((column) => el("th", { scope: "col" }, column)))),
        el(
          "tbody",
          {},
          ...rows.map((row) => el("tr", {}, ...row.map((cell) => el("td", {}, ...words(cell, reader))))),
        ),
      ),
    ),

  /** @param {LinksBlock} block */
  links: ({ links }) => el("ul", { class: "links" }, ...links.map((link) => el("li", {}, anchor(link)))),

  /** @param {QuoteBlock} block @param {Reader} reader */
  quote: ({ text, evidence }, reader) =>
    el("blockquote", {}, el("p", {}, el("span", { class: "words" }, text), ...chips(evidence, reader))),

  bars,
  graph,

  /** @param {NoteBlock} block */
  note: ({ text }) => el("p", { class: "note" }, text),

  /** @param {NothingBlock} block */
  nothing: ({ text }) => el("p", { class: "nothing" }, text),
};

/** @param {Block} block @param {Reader} reader @returns {HTMLElement} */
export function render(block, reader) {
  const renderer = Object.hasOwn(KINDS, block.kind) ? KINDS[block.kind] : undefined;
  const made = renderer
    ? /** @type {(block: any, reader: Reader) => HTMLElement} */ (renderer)(block, reader)
    : el("p", { class: "note" }, word("block_unknown"));
  made.dataset["kind"] = block.kind;
  return made;
}

/** @param {Statement} statement @param {Reader} reader */
function words({ text, evidence }, reader) {
  return [text, ...chips(evidence, reader)];
}

/** @param {{text: string, url: string}} link */
function anchor({ text, url }) {
  const address = webAddress(url);
  if (!address) return el("span", {}, text);
  const link = el("a", { target: "_blank", rel: "noopener noreferrer", title: address }, text || address);
  link.href = address;
  return link;
}
