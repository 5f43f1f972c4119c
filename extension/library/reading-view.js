// A report with the article's own text in the place of its page: the panel's parts beside the words.

import { api } from "../lib/browser.js";
import { readIgnored } from "../lib/ignored.js";
import { marksOf, withOwnWords, withheldOf } from "../lib/marks.js";
import { outletOf } from "../lib/naming.js";
import { saveSettings } from "../lib/settings.js";
import { concernsMarks, viewOf } from "../lib/standing.js";
import { word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { marksSection } from "../panel/marks.js";
import { problems, report } from "../panel/report.js";
import { strip } from "../panel/strip.js";
import { extentOf, texts } from "./texts.js";

/** @import { Result } from "../lib/messages.js" */
/** @import { Reader } from "../panel/evidence.js" */

/**
 * @typedef {object} Frame What stands round the report.
 * @property {Node} header
 * @property {(reader: Reader) => {changes?: Node, sections?: Record<string, Node>}} [more] Parts that ask for
 *   themselves: between marks and report, and in the place of sections.
 * @property {Node} [footer]
 *
 * @param {Result} result
 * @param {string[]} ownWords The reader's list.
 * @param {AbortSignal} signal Aborts when the reader leaves.
 * @param {(words: string) => void} announce
 * @param {Frame} frame
 */
export function readingView(result, ownWords, signal, announce, { header, more, footer }) {
  const { article, annotations, report: found, id } = result;
  const name = outletOf(article) || word("library_this_article");
  const marks = withOwnWords(marksOf(annotations), article, ownWords);
  const beside = texts([{ id, name, article, annotations, marks }], (number) => section.reveal(number));
  /** @type {Reader} */
  const reader = { article, jump: async (evidence) => beside.show(extentOf(evidence)) };
  let visible = true;
  const section = marksSection(marks, result, {
    choose: ({ selector }) =>
      beside.show({ start: selector.hint, end: selector.hint + selector.exact.length }),
    filter: beside.filter,
    setFloor: (floor) => void saveSettings({ floor }),
    toggle() {
      visible = !visible;
      section.setVisible(visible);
      beside.setVisible(visible);
    },
    announce,
  });
  section.setPlaced({ unplaced: [] });

  /** Which marks the reader's settings and switches withhold, and why. */
  async function judge() {
    const view = await viewOf(marks, article.url);
    const withheld = withheldOf(marks, await readIgnored(), view);
    section.setWithheld(withheld, view.floor);
    beside.withhold(withheld);
  }
  /** @param {{[key: string]: chrome.storage.StorageChange}} changes @param {string} area */
  const judgeAgain = (changes, area) => void (area === "local" && concernsMarks(changes) && judge());
  api.storage.onChanged.addListener(judgeAgain);
  signal.addEventListener("abort", () => api.storage.onChanged.removeListener(judgeAgain));
  void judge();

  /** @param {"strip" | "report"} placement */
  const placedIn = (placement) => found.sections.filter((one) => one.placement === placement);
  const { changes = null, sections = {} } = more?.(reader) ?? {};
  return el(
    "div",
    { class: "columns reading", "data-testid": "result", "data-analysis": id },
    el(
      "div",
      { class: "said" },
      header,
      strip(placedIn("strip"), reader),
      section.node,
      changes,
      report(placedIn("report"), reader, sections),
      problems(result),
      footer ?? null,
    ),
    beside.node,
  );
}
