// What the reader has switched off, each with a button that takes it back.

import { readIgnored, restore } from "../lib/ignored.js";
import { plain } from "../lib/plain.js";
import { word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { entry } from "./entry.js";

/** @import { Ignored, Place } from "../lib/ignored.js" */

/**
 * @param {HTMLElement} place
 * @param {HTMLElement} title Gets the focus when the button that had it is gone.
 * @returns {() => Promise<void>} Shows what is switched off.
 */
export function switchedOff(place, title) {
  /** @type {Ignored | undefined} */
  let shown;

  async function show() {
    const ignored = await readIgnored();
    // Other things of the same store change as well, and a list drawn anew would lose the focus.
    if (JSON.stringify(ignored) === JSON.stringify(shown)) return;
    const hadFocus = place.contains(document.activeElement);
    shown = ignored;
    const lists = [
      listOf("sites", "options_off_sites", ignored.sites, (site) => site),
      listOf("indicators", "options_off_indicators", ignored.indicators, (indicator) => indicator.title),
      listOf("phrases", "options_off_phrases", ignored.phrases, (phrase) => word("card_phrase", phrase)),
      listOf("marks", "options_off_marks", ignored.marks, (mark) =>
        word("options_off_mark_on", mark.exact, shortened(mark)),
      ),
    ].flat();
    place.replaceChildren(...(lists.length > 0 ? lists : [el("p", {}, word("options_off_nothing"))]));
    if (hadFocus) title.focus();
  }
  return show;
}

/**
 * @template {keyof Ignored} Kind
 * @param {Kind} kind
 * @param {string} title
 * @param {Ignored[Kind]} entries
 * @param {(entry: any) => string} name
 */
function listOf(kind, title, entries, name) {
  if (entries.length === 0) return [];
  const items = entries.map((one) => {
    const said = plain(name(one), 200);
    const label = word("options_off_back_what", said);
    const face = { testid: `back_${kind}`, words: word("options_off_back"), label };
    return entry([said], face, () => void restore(kind, one));
  });
  return [el("h3", {}, word(title)), el("ul", { class: "off" }, ...items.reverse())];
}

/** @param {Place} mark */
function shortened({ url }) {
  return URL.canParse(url) ? `${new URL(url).host}${new URL(url).pathname}` : url;
}
