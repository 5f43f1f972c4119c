// Evidence chips: each opens the place in the article that a statement rests on.

import { counted, word } from "../lib/words.js";
import { el, spoken } from "./dom.js";
import { placeElsewhere } from "./elsewhere.js";

/** @import { Article, Evidence } from "../lib/messages.js" */
/** @import { Elsewhere } from "./elsewhere.js" */

/** Chips beyond these wait behind one that says how many they are. */
const FIRST = 3;
const PREVIEW = 240;

/**
 * @typedef {object} Reader What blocks need to know of the article they speak about.
 * @property {Article} article
 * @property {(evidence: Evidence) => Promise<boolean>} jump false when the place could not be found on the page.
 * @property {(evidence: Evidence) => Elsewhere} [elsewhere] Names places with an `other`, which are not on the page.
 * @property {(evidence: Evidence) => Beside | null} [beside] The text that a place stands in, where several stand
 *   beside the report and `jump` reaches all of them.
 *
 * @typedef {{name: string, article: Article}} Beside `name` "": one that needs no name.
 */

/** @param {Evidence[]} evidence @param {Reader} reader @returns {Node[]} Chips with a blank before each. */
export function chips(evidence, reader) {
  const shown = evidence.slice(0, FIRST).map((place) => chip(place, reader));
  const rest = evidence.slice(FIRST);
  if (rest.length > 0) shown.push(opener(rest, reader));
  return shown.flatMap((node) => [document.createTextNode(" "), node]);
}

/** @param {Evidence} place @param {Reader} reader */
function chip(place, reader) {
  const beside = reader.beside?.(place);
  if (place.other && !beside && reader.elsewhere) return placeElsewhere(place, reader.elsewhere(place));
  const article = beside?.article ?? reader.article;
  const label = [beside?.name, paragraphLabel(place.paragraph, article)].filter(Boolean).join(" ");
  const preview = previewOf(place, article.text);
  const button = el(
    "button",
    {
      type: "button",
      class: "evidence",
      "data-testid": "evidence",
      title: preview,
      onclick: () => void open(),
    },
    label,
    spoken(`: ${preview}`),
  );
  async function open() {
    const found = await reader.jump(place);
    button.classList.toggle("lost", !found);
    if (!found) button.title = `${preview} (${word("could_not_be_placed")})`;
  }
  return button;
}

/** @param {Evidence[]} rest @param {Reader} reader */
function opener(rest, reader) {
  return el(
    "button",
    {
      type: "button",
      class: "evidence",
      "data-testid": "evidence_more",
      "aria-label": counted("more_say", rest.length),
      /** @param {Event} event */
      onclick: (event) => {
        const nodes = rest.map((place) => chip(place, reader));
        const spaced = nodes.flatMap((node, k) => (k === 0 ? [node] : [document.createTextNode(" "), node]));
        /** @type {Element} */ (event.currentTarget).replaceWith(...spaced);
        nodes[0]?.focus();
      },
    },
    word("more", rest.length),
  );
}

/**
 * Lines are counted from 0 and the headline, where there is one, is the first of them; readers count paragraphs
 * from 1 and do not count the headline.
 *
 * @param {number} paragraph
 * @param {Article} article
 */
export function paragraphLabel(paragraph, article) {
  const number = startsWithHeadline(article) ? paragraph : paragraph + 1;
  return number === 0 ? word("paragraph_headline") : word("paragraph", number);
}

/** @param {Article} article */
function startsWithHeadline({ text, title }) {
  return title !== "" && text.startsWith(title);
}

/**
 * The passage round a place, from its own line only, cut at blanks.
 *
 * @param {Evidence} place
 * @param {string} text
 */
function previewOf({ utf16_start, utf16_end, exact, note }, text) {
  const from = text.lastIndexOf("\n", utf16_start - 1) + 1;
  const next = text.indexOf("\n", utf16_end);
  const to = next < 0 ? text.length : next;
  const room = Math.max(0, Math.floor((PREVIEW - (utf16_end - utf16_start)) / 2));
  const start = Math.max(from, utf16_start - room);
  const end = Math.min(to, utf16_end + room);
  let passage = text.slice(start, end);
  if (start > from) passage = passage.replace(/^\S*\s/, "… ");
  if (end < to) passage = passage.replace(/\s\S*$/, " …");
  return [passage || exact, note].filter(Boolean).join(" — ");
}
