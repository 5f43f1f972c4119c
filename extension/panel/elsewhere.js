// The chip of a place that is not on this page: it previews the passage and, where there is an address, opens it.

import { contextOf } from "../lib/context.js";
import { plain, webAddress } from "../lib/plain.js";
import { word } from "../lib/words.js";
import { el, spoken } from "./dom.js";

/** @import { Evidence } from "../lib/messages.js" */

const LABEL = 13; // characters: three columns of a table have room for it at 360 px
const PREVIEW = 300;
const EDGE = 4; // words at either end by which a browser finds a long passage

/** @typedef {{label: string, address: string}} Elsewhere `address` "": nothing to open. */

/** @param {Evidence} place @param {Elsewhere} where */
export function placeElsewhere({ exact, prefix, suffix, note }, { label, address }) {
  const { before, after } = contextOf(prefix, suffix);
  const preview = [plain(`${before}${exact}${after}`, PREVIEW), note].filter(Boolean).join(" — ");
  const short = label.length > LABEL ? `${label.slice(0, LABEL - 1).trimEnd()}…` : label;
  const look = { class: "evidence elsewhere", "data-testid": "evidence", title: `${label}: ${preview}` };
  const url = addressAt(address, exact);
  if (!url) return el("span", look, short, spoken(`: ${preview}`));
  const link = el(
    "a",
    { ...look, target: "_blank", rel: "noopener noreferrer" },
    short,
    spoken(`: ${preview} (${word("new_tab")})`),
  );
  link.href = url;
  return link;
}

/**
 * The address with a text fragment, by which browsers scroll to the passage; it is never sent to the site.
 *
 * @param {string} address
 * @param {string} passage
 */
export function addressAt(address, passage) {
  const url = webAddress(address);
  const words = passage.trim().split(/\s+/);
  if (!url || !words[0]) return url;
  const ends = words.length > 2 * EDGE ? [words.slice(0, EDGE), words.slice(-EDGE)] : [words];
  const text = ends.map((end) => encodeURIComponent(end.join(" ")).replaceAll("-", "%2D")).join(",");
  return `${url}${url.includes("#") ? "" : "#"}:~:text=${text}`;
}
