// One saved report in the list.

import { counted, word } from "../lib/words.js";
import { dotted, el, spoken } from "../panel/dom.js";
import { ask } from "./ask.js";
import { addressOf, dayOf, dayOfLine, outletOf, shownDay } from "../lib/naming.js";
import { toReport } from "./routes.js";

/** @import { LibraryLine } from "../lib/messages.js" */

/**
 * @typedef {object} Deeds
 * @property {(line: LibraryLine, chosen: boolean) => void} choose For a comparison.
 * @property {(line: LibraryLine) => void} near
 * @property {(line: LibraryLine) => void} forget
 */

/** @param {LibraryLine} line @param {boolean} isChosen @param {Deeds} deeds */
export function entry(line, isChosen, deeds) {
  const { id, url, title, words, findings, own_findings, traced, excerpt, closeness } = line;
  const name = title || addressOf(url) || word("library_untitled");
  const outlet = outletOf(line) || word("library_no_outlet");
  const tick = el("input", {
    type: "checkbox",
    class: "tick",
    "data-testid": "tick",
    "aria-label": word("library_choose", name),
    onchange: () => deeds.choose(line, tick.checked),
  });
  tick.checked = isChosen;
  const forget = act("library_forget", name, () =>
    ask(forget, word("library_forget_ask"), word("library_forget"), () => deeds.forget(line)),
  );
  const node = el(
    "li",
    { class: "entry", "data-testid": "entry" },
    tick,
    el(
      "div",
      {},
      el("p", { class: "meta" }, ...dotted(outlet, shownDay(dayOfLine(line)))),
      el("h2", { class: "name" }, reportLink(id, name)),
      el(
        "p",
        { class: "meta", "data-testid": "counts" },
        ...dotted(
          word("meta_words", words.toLocaleString()),
          marked(own_findings, findings),
          word("library_saved", shownDay(dayOf(line.saved_at))),
          closeness !== null && word("library_closeness", closeness.toFixed(2)),
        ),
      ),
      excerpt && el("p", { class: "excerpt", "data-testid": "excerpt" }, excerpt),
      el(
        "div",
        { class: "deeds" },
        articleLink(url, name),
        traced && act("library_near", name, () => deeds.near(line)),
        forget,
      ),
    ),
  );
  return { id, node, tick };
}

/** @param {number} own @param {number} all */
function marked(own, all) {
  if (all === 0) return word("library_no_marks");
  return own === all ? counted("library_own", own) : word("library_own_of", own, all);
}

/** @param {string} id @param {string} name */
function reportLink(id, name) {
  const link = el("a", { "data-testid": "show_report", title: word("library_show_report") }, name);
  link.href = toReport(id);
  return link;
}

/** The article where it was read; nothing for pasted text. @param {string} url @param {string} [name] */
export function articleLink(url, name = "") {
  const address = addressOf(url);
  if (!address) return el("span", { class: "aside" }, word("library_no_address"));
  const link = el(
    "a",
    {
      class: "aside",
      target: "_blank",
      rel: "noopener noreferrer",
      title: address,
      "data-testid": "open_article",
    },
    word("library_open_article"),
    name && spoken(`: ${name}`),
  );
  link.href = address;
  return link;
}

/** @param {string} key @param {string} name @param {() => void} deed */
function act(key, name, deed) {
  return el(
    "button",
    { type: "button", class: "aside", "data-testid": key, onclick: deed },
    word(key),
    spoken(`: ${name}`),
  );
}
