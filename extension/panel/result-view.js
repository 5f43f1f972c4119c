// A finished report, put together from its parts. Talks to its tab's page; what is asked of the service later, the
// parts ask themselves.

import { readIgnored } from "../lib/ignored.js";
import { marksOf, selectorOf, withheldOf, withOwnWords } from "../lib/marks.js";
import { saveSettings } from "../lib/settings.js";
import { viewOf } from "../lib/standing.js";
import { filter, flash, repaint, show } from "../lib/tab-page.js";
import { word } from "../lib/words.js";
import { comparisonSection } from "./comparison.js";
import { el } from "./dom.js";
import { footer } from "./footer.js";
import { articleHeader } from "./header.js";
import { historySection } from "./history.js";
import { marksSection } from "./marks.js";
import { problems, report } from "./report.js";
import { strip } from "./strip.js";

/** @import { Placed, Result } from "../lib/messages.js" */
/** @import { Run } from "../lib/runs.js" */
/** @import { Reader } from "./evidence.js" */

/** The section that goes on after the report is shown. */
const COMPARISON = "comparison";

/**
 * @typedef {object} Deeds What the reader can ask for here and others do.
 * @property {() => void} toggle
 * @property {() => void} again
 * @property {(words: string) => void} announce
 */

/**
 * @param {Result} result
 * @param {string[]} ownWords The reader's list.
 * @param {Run} run
 * @param {AbortSignal} signal Ends what is still being asked when the report goes.
 * @param {Deeds} deeds
 */
export function resultView(result, ownWords, { tabId, url, keep }, signal, deeds) {
  const marks = withOwnWords(marksOf(result.annotations), result.article, ownWords);
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
    setFloor: (floor) => void saveSettings({ floor }),
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
  const inReport = placedIn("report");
  const foot = footer(result, signal, again(deeds, "again"));
  const changes = historySection(result.id, reader, signal);
  const others = comparisonSection(
    inReport.find(({ key }) => key === COMPARISON)?.title ?? "",
    result.id,
    reader,
    signal,
    foot.feedsAsked,
  );
  const node = el(
    "div",
    { "data-testid": "result", "data-analysis": result.id },
    articleHeader(result.article),
    moved,
    strip(placedIn("strip"), reader),
    section.node,
    changes.node,
    report(inReport, reader, { [COMPARISON]: others.node }),
    problems(result),
    foot.node,
  );

  /** What the page's address is now. @param {string} address */
  function setAddress(address) {
    moved.hidden = withoutHash(address) === withoutHash(url);
  }

  /** Which marks the reader's settings and switches withhold, and why. */
  async function judge() {
    const view = await viewOf(marks, url);
    section.setWithheld(withheldOf(marks, await readIgnored(), view), view.floor);
  }

  let shown = false;
  return {
    node,
    enter: section.enter,
    reveal: section.reveal,
    setVisible: section.setVisible,
    judge,
    setAddress,
    /** Puts the marks on the page, then asks what more there is to say. @param {Run} run */
    async show(run) {
      section.setVisible(run.visible);
      const placed = await show(run, marks, section.hidden);
      section.setPlaced(placed);
      foot.setForeign(placed.foreign);
      shown = true;
      void changes.begin();
      void others.begin();
      void foot.begin(keep);
    },
    /** The page has placed its marks anew. @param {Run} run @param {Placed} placed */
    async setPlaced(run, placed) {
      if (!shown) return; // show() gets the same answer by itself.
      section.setPlaced(placed);
      foot.setForeign(placed.foreign);
      setAddress(placed.url);
      await repaint(run, marks, placed);
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

const withoutHash = (/** @type {string} */ url) => url.replace(/#.*$/s, "");
