// A stored report: the panel's own parts, with the article's text in the place of its page.

import { api } from "../lib/browser.js";
import { readIgnored } from "../lib/ignored.js";
import { marksOf, withheldOf } from "../lib/marks.js";
import { drop } from "../lib/service.js";
import { saveSettings } from "../lib/settings.js";
import { concernsMarks, viewOf } from "../lib/standing.js";
import { counted, word } from "../lib/words.js";
import { comparisonSection } from "../panel/comparison.js";
import { el } from "../panel/dom.js";
import { historySection } from "../panel/history.js";
import { marksSection } from "../panel/marks.js";
import { problems, report } from "../panel/report.js";
import { saveMenu } from "../panel/save.js";
import { strip } from "../panel/strip.js";
import { trouble } from "../panel/trouble.js";
import { ask } from "./ask.js";
import { button } from "./faces.js";
import { outletOf } from "../lib/naming.js";
import { overlay } from "./overlay.js";
import { savedHeader, savedResult } from "./saved.js";
import { extentOf, texts } from "./texts.js";

/** @import { LibraryLine, Result } from "../lib/messages.js" */
/** @import { Reader } from "../panel/evidence.js" */

/** The section that goes on after the report is shown. */
const COMPARISON = "comparison";

/**
 * @typedef {object} Deeds
 * @property {(words: string) => void} announce
 * @property {() => void} forgotten
 * @property {(id: string) => LibraryLine | undefined} lineOf
 */

/** @param {string} id @param {Deeds} deeds */
export function reportView(id, deeds) {
  return overlay("report_view", word("library_asking"), word("library_report_failed"), async (signal) => {
    const result = await savedResult(id, signal);
    document.title = `${result.article.title} · ${word("library_page_title")}`;
    return stored(result, signal, deeds);
  });
}

/** @param {Result} result @param {AbortSignal} signal @param {Deeds} deeds */
function stored(result, signal, deeds) {
  const { article, annotations, report: found, id } = result;
  const name = outletOf(article) || word("library_this_article");
  const beside = texts([{ id, name, article, annotations }], (number) => section.reveal(number));
  const marks = marksOf(annotations);
  /** @type {Reader} */
  const reader = { article, jump: async (evidence) => beside.show(extentOf(evidence)) };
  let visible = true;
  const section = marksSection(marks, result, {
    choose({ number }) {
      const body = annotations[number]?.body;
      if (body) beside.show(extentOf(body));
    },
    filter: beside.filter,
    setFloor: (floor) => void saveSettings({ floor }),
    toggle() {
      visible = !visible;
      section.setVisible(visible);
      beside.setVisible(visible);
    },
    announce: deeds.announce,
  });
  section.setPlaced({
    placed: marks.map(({ number }) => number),
    unplaced: [],
    dark: false,
    url: article.url,
  });

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
  const inReport = placedIn("report");
  const changes = historySection(id, reader, signal);
  const title = inReport.find(({ key }) => key === COMPARISON)?.title ?? "";
  const others = comparisonSection(title, id, reader, signal, () => deeds.announce(word("footer_feeds")));
  void changes.begin();
  void others.begin();
  return el(
    "div",
    { class: "columns reading", "data-testid": "result", "data-analysis": id },
    el(
      "div",
      { class: "said" },
      savedHeader(article, deeds.lineOf(id)),
      strip(placedIn("strip"), reader),
      section.node,
      changes.node,
      report(inReport, reader, { [COMPARISON]: others.node }),
      problems(result),
      footer(result, signal, deeds),
    ),
    beside.node,
  );
}

/** @param {Result} result @param {AbortSignal} signal @param {Deeds} deeds */
function footer(result, signal, deeds) {
  const save = saveMenu(result, signal);
  const fault = el("div");
  async function forget() {
    fault.replaceChildren();
    try {
      await drop(result.id);
    } catch (thrown) {
      fault.replaceChildren(trouble(thrown, () => void forget()));
      return;
    }
    deeds.announce(counted("library_forgotten", 1));
    deeds.forgotten();
  }
  const asked = button(
    "library_forget_report",
    () => ask(asked, word("library_forget_ask"), word("library_forget"), () => void forget()),
    "aside",
  );
  return el("footer", {}, el("div", { class: "deeds" }, save.button, asked), save.choices, fault);
}
