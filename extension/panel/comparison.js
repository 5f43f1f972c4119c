// The report's section on other reports of the event: saved ones to set beside this one, and what the reader's feeds
// name. Nothing outside this computer is asked before a press.

import { ServiceFailure, asFailure, compare, siblings } from "../lib/service.js";
import { counted, word } from "../lib/words.js";
import { namesOf } from "../lib/naming.js";
import { coverageList } from "./coverage.js";
import { el } from "./dom.js";
import { sectionNodes } from "./report.js";
import { siblingList } from "./siblings.js";
import { trouble } from "./trouble.js";

/** @import { Comparison, LibraryLine } from "../lib/messages.js" */
/** @import { Reader } from "./evidence.js" */

/** Answers to the question for siblings that are no failure: there is nothing to look with. */
const NOT_KEPT = "unknown_analysis";
const NOT_TRACED = "not_traced";

/**
 * @param {string} title
 * @param {string} id Of the analysis.
 * @param {Reader} reader
 * @param {AbortSignal} signal Ends what is still being asked.
 * @param {() => void} feedsAsked Called when an address outside this computer was asked.
 */
export function comparisonSection(title, id, reader, signal, feedsAsked) {
  const node = el("div", { "data-testid": "section_comparison" }, quiet(word("siblings_looking")));

  /** @param {string} words @param {Node[]} more */
  function quiet(words, ...more) {
    return el("div", { class: "none" }, el("span", {}, title), el("small", {}, words), ...more);
  }

  async function begin() {
    try {
      const { analyses } = await siblings(id, signal);
      const feeds = coverageList(id, signal, feedsAsked);
      if (analyses.length === 0) node.replaceChildren(quiet(word("siblings_none"), feeds.button), feeds.node);
      else node.replaceChildren(full(analyses, feeds));
    } catch (thrown) {
      if (signal.aborted) return;
      const code = thrown instanceof ServiceFailure ? thrown.code : "";
      if (code === NOT_KEPT) node.replaceChildren(quiet(word("siblings_not_kept")));
      else if (code === NOT_TRACED) node.replaceChildren(quiet(asFailure(thrown).message));
      else
        node.replaceChildren(
          quiet(word("siblings_unknown")),
          trouble(thrown, () => void begin()),
        );
    }
  }

  /** @param {LibraryLine[]} analyses @param {ReturnType<typeof coverageList>} feeds */
  function full(analyses, feeds) {
    const list = siblingList(analyses, () => refresh(false));
    const said = el("p", { class: "note", role: "status", "data-testid": "comparing" });
    const compared = el("div", { class: "compared", "data-testid": "compared" });
    const button = el(
      "button",
      { type: "button", class: "act", "data-testid": "compare", onclick: () => void run() },
      word("compare"),
    );

    /** @param {boolean} busy */
    function refresh(busy) {
      button.disabled = busy || list.chosen().length === 0;
      list.setBusy(busy);
    }

    async function run() {
      const ids = [id, ...list.chosen()];
      refresh(true);
      said.textContent = counted("comparing", ids.length - 1);
      compared.replaceChildren();
      try {
        compared.replaceChildren(...outcome(await compare(ids, signal), reader));
        said.textContent = counted("compared", ids.length - 1);
      } catch (thrown) {
        if (signal.aborted) return;
        said.textContent = "";
        compared.replaceChildren(trouble(thrown, () => void run()));
      }
      refresh(false);
    }

    refresh(false);
    return el(
      "details",
      {},
      el(
        "summary",
        {},
        el("h3", {}, title),
        el("span", { class: "aside", "data-testid": "siblings_count" }, counted("siblings", analyses.length)),
      ),
      el(
        "div",
        { class: "blocks" },
        list.node,
        el("div", { class: "acts" }, button, feeds.button),
        said,
        feeds.node,
        compared,
      ),
    );
  }

  return { node, begin };
}

/** @param {Comparison} comparison @param {Reader} reader */
function outcome({ articles, sections }, reader) {
  const names = namesOf(articles);
  const known = new Map(
    articles.map(({ id, url }, k) => [id, { label: names[k] || word("other_article"), address: url }]),
  );
  const unknown = { label: word("other_article"), address: "" };
  return sectionNodes(sections, { ...reader, elsewhere: ({ other }) => known.get(other) ?? unknown }, "h4");
}
