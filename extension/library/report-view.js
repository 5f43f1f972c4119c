// A stored report, with what became of its article since, other reports of its event, and what to do with it.

import { readOwnWords } from "../lib/own-words.js";
import { drop } from "../lib/service.js";
import { counted, word } from "../lib/words.js";
import { comparisonSection } from "../panel/comparison.js";
import { el } from "../panel/dom.js";
import { historySection } from "../panel/history.js";
import { saveMenu } from "../panel/save.js";
import { trouble } from "../panel/trouble.js";
import { ask } from "./ask.js";
import { button } from "./faces.js";
import { overlay } from "./overlay.js";
import { readingView } from "./reading-view.js";
import { savedHeader, savedResult } from "./saved.js";

/** @import { LibraryLine, Result } from "../lib/messages.js" */

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
    return stored(result, await readOwnWords(), signal, deeds);
  });
}

/** @param {Result} result @param {string[]} ownWords @param {AbortSignal} signal @param {Deeds} deeds */
function stored(result, ownWords, signal, deeds) {
  const { article, report: found, id } = result;
  return readingView(result, ownWords, signal, deeds.announce, {
    header: savedHeader(article, deeds.lineOf(id)),
    more(reader) {
      const title = found.sections.find(({ key }) => key === COMPARISON)?.title ?? "";
      const changes = historySection(id, reader, signal);
      const others = comparisonSection(title, id, reader, signal, () => deeds.announce(word("footer_feeds")));
      void changes.begin();
      void others.begin();
      return { changes: changes.node, sections: { [COMPARISON]: others.node } };
    },
    footer: footer(result, signal, deeds),
  });
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
