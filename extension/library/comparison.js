// Saved articles on one event side by side, with the words of all of them beside it.

import { readIgnored } from "../lib/ignored.js";
import { marksOf, withheldOf } from "../lib/marks.js";
import { compare } from "../lib/service.js";
import { viewOf } from "../lib/standing.js";
import { word } from "../lib/words.js";
import { dotted, el } from "../panel/dom.js";
import { report } from "../panel/report.js";
import { dayOf, namesOf, shownDay } from "../lib/naming.js";
import { overlay } from "./overlay.js";
import { toReport } from "./routes.js";
import { savedResult } from "./saved.js";
import { extentOf, texts } from "./texts.js";

/** @import { ComparedArticle, Comparison, Result } from "../lib/messages.js" */
/** @import { Reader } from "../panel/evidence.js" */

const LETTERS = 18; // of a name: one chip must not fill a cell of a table

/** @param {string[]} ids @param {(words: string) => void} announce */
export function comparisonView(ids, announce) {
  return overlay(
    "comparison_view",
    word("library_comparing"),
    word("library_compare_failed"),
    async (signal) => {
      const [found, ...results] = await Promise.all([
        compare(ids, signal),
        ...ids.map(async (id) => asSeen(await savedResult(id, signal))),
      ]);
      document.title = `${word("library_comparison")} · ${word("library_page_title")}`;
      announce(word("library_compared"));
      return sideBySide(ids, found, results);
    },
  );
}

/** Without the marks that the reader's settings and switches withhold. @param {Result} result @returns {Promise<Result>} */
async function asSeen(result) {
  const marks = marksOf(result.annotations);
  const withheld = withheldOf(marks, await readIgnored(), await viewOf(marks, result.article.url));
  return { ...result, annotations: result.annotations.filter((_, number) => !withheld.has(number)) };
}

/** @param {string[]} ids @param {Comparison} comparison @param {Result[]} results All in the same order. */
function sideBySide(ids, { articles, sections }, results) {
  const names = namesOf(results.map(({ article }) => article)).map((name) => name || word("other_article"));
  const shown = results.map(({ article, annotations }, k) => ({
    id: ids[k] ?? "",
    name: names[k] ?? "",
    article,
    annotations,
  }));
  const [first] = shown;
  if (!first) throw new Error("nothing to compare");
  const beside = texts(shown);
  /** @type {Reader} */
  const reader = {
    article: first.article,
    jump: async (evidence) => beside.show(extentOf(evidence), evidence.other),
    beside({ other }) {
      const found = other ? shown.find(({ id }) => id === other) : first;
      return found ? { name: short(found.name), article: found.article } : null;
    },
  };
  const said = report(sections, reader);
  for (const section of said.querySelectorAll("details")) section.open = true;
  return el(
    "div",
    { class: "columns reading", "data-testid": "comparison" },
    el("div", { class: "said" }, header(articles, names), said),
    beside.node,
  );
}

/** @param {ComparedArticle[]} articles @param {string[]} names */
function header(articles, names) {
  return el(
    "header",
    {},
    el("h1", { "data-testid": "title" }, word("library_comparison")),
    el("ol", { class: "articles" }, ...articles.map((article, k) => named(article, names[k] ?? ""))),
  );
}

/** @param {ComparedArticle} article @param {string} name */
function named({ id, title, published }, name) {
  const link = el("a", {}, title || word("library_untitled"));
  link.href = toReport(id);
  const meta = el("span", { class: "meta" }, ...dotted(name, shownDay(dayOf(published))));
  return el("li", { "data-testid": "compared" }, meta, " ", link);
}

/** @param {string} name */
function short(name) {
  return name.length > LETTERS ? `${name.slice(0, LETTERS - 1).trimEnd()}…` : name;
}
