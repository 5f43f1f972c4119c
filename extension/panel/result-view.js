// A finished report, put together from its parts. Talks to its tab's page, never to the service.

import { marksOf, selectorOf } from "../lib/marks.js";
import { filter, flash, repaint, show } from "../lib/tab-page.js";
import { word } from "../lib/words.js";
import { el } from "./dom.js";
import { articleHeader } from "./header.js";
import { marksSection } from "./marks.js";
import { problems, report } from "./report.js";
import { strip } from "./strip.js";

/** @import { Placed, Result } from "../lib/messages.js" */
/** @import { Run } from "../lib/runs.js" */
/** @import { Reader } from "./evidence.js" */

/**
 * @typedef {object} Deeds What the reader can ask for here and others do.
 * @property {() => void} toggle
 * @property {() => void} again
 * @property {(words: string) => void} announce
 */

/** @param {Result} result @param {number} tabId @param {Deeds} deeds */
export function resultView(result, tabId, deeds) {
  const marks = marksOf(result.annotations);
  const missing = () => deeds.announce(word("could_not_be_placed"));
  /** @type {Reader} */
  const reader = {
    article: result.article,
    async jump(evidence) {
      const found = await flash(tabId, { selector: selectorOf(evidence) });
      if (!found) missing();
      return found;
    },
  };
  const section = marksSection(marks, result, {
    choose: async ({ number }) => (await flash(tabId, { number })) || missing(),
    filter: (hidden) => void filter(tabId, hidden).catch(() => undefined),
    toggle: deeds.toggle,
    announce: deeds.announce,
  });
  const moved = el(
    "section",
    { class: "moved", role: "status", "data-testid": "moved", hidden: true },
    el("p", { class: "quiet" }, word("moved_note"), " ", again(deeds, "again_moved")),
  );
  const placedIn = (/** @type {"strip" | "report"} */ placement) =>
    result.report.sections.filter((one) => one.placement === placement);
  const node = el(
    "div",
    { "data-testid": "result", "data-analysis": result.id },
    articleHeader(result.article),
    moved,
    strip(placedIn("strip"), reader),
    section.node,
    report(placedIn("report"), reader),
    problems(result),
    footer(result, deeds),
  );

  let shown = false;
  return {
    node,
    enter: section.enter,
    reveal: section.reveal,
    setVisible: section.setVisible,
    /** Puts the marks on the page. @param {Run} run */
    async show(run) {
      section.setVisible(run.visible);
      section.setPlaced(await show(run, marks, section.hidden));
      shown = true;
    },
    /** The page has placed its marks anew. @param {Run} run @param {Placed} placed */
    async setPlaced(run, placed) {
      if (!shown) return; // show() gets the same answer by itself.
      section.setPlaced(placed);
      moved.hidden = withoutHash(placed.url) === withoutHash(run.url);
      await repaint(run, marks, placed.dark);
    },
  };
}

/** @param {Deeds} deeds @param {string} testid */
function again(deeds, testid) {
  return el(
    "button",
    { type: "button", class: "aside", "data-testid": testid, onclick: deeds.again },
    word("again"),
  );
}

/** @param {Result} result @param {Deeds} deeds */
function footer({ timings_ms: { total = 0 } }, deeds) {
  return el(
    "footer",
    { "data-testid": "footer" },
    el("span", {}, word("footer_local", (total / 1000).toFixed(1))),
    el("span", {}, word("footer_sent")),
    again(deeds, "again"),
  );
}

const withoutHash = (/** @type {string} */ url) => url.replace(/#.*$/s, "");
