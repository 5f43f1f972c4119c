// A saved report in full, for the few articles that are being looked at, and its head.

import { failure, read } from "../lib/service.js";
import { word, wordFor } from "../lib/words.js";
import { dotted, el } from "../panel/dom.js";
import { articleLink } from "./entry.js";
import { dayOf, outletOf, shownDay } from "../lib/naming.js";

/** @import { Article, LibraryLine, Result } from "../lib/messages.js" */

/** @param {string} id @param {AbortSignal} [signal] @returns {Promise<Result>} Throws ServiceFailure. */
export async function savedResult(id, signal) {
  const found = await read(id, signal);
  if (!("article" in found)) throw failure("not_done");
  return found;
}

/** @param {Article} article @param {LibraryLine | undefined} line When it was saved, if that is known. */
export function savedHeader(article, line) {
  const { title, labels, words, published, url } = article;
  return el(
    "header",
    {},
    el(
      "div",
      { class: "kicker" },
      el("span", { "data-testid": "outlet" }, ...dotted(outletOf(article), shownDay(dayOf(published)))),
      ...labels
        .slice(0, 2)
        .map((label) => el("span", { class: "genre" }, wordFor("label", label.replaceAll(" ", "_"), label))),
    ),
    el("h1", { "data-testid": "title" }, title || word("library_untitled")),
    el(
      "p",
      { class: "meta" },
      ...dotted(
        word("meta_words", words.toLocaleString()),
        line && word("library_saved", shownDay(dayOf(line.saved_at))),
        articleLink(url),
      ),
    ),
  );
}
