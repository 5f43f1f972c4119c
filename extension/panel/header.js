// The head of the panel: outlet, date, what the page calls itself, title, length.

import { word, wordFor } from "../lib/words.js";
import { dotted, el } from "./dom.js";

/** @import { Article } from "../lib/messages.js" */

/** The pace of a careful reader. */
const WORDS_PER_MINUTE = 240;

/** @param {Article} article */
export function articleHeader(article) {
  const { outlet, url, published, labels, title, words } = article;
  return head(
    [outlet || hostOf(url), dateOf(published)],
    labels.slice(0, 2).map((label) => wordFor("label", label.replaceAll(" ", "_"), label)),
    title || hostOf(url),
    dotted(
      word("meta_words", words.toLocaleString()),
      word("meta_minutes", Math.max(1, Math.round(words / WORDS_PER_MINUTE))),
      word("meta_source"),
    ),
  );
}

/** Before anything is known but the tab. @param {string} url @param {string} title @param {string} meta */
export function tabHeader(url, title, meta) {
  return head([hostOf(url)], [], title || hostOf(url) || word("name"), [meta]);
}

/**
 * @param {string[]} kicker
 * @param {string[]} genres
 * @param {string} title
 * @param {import("./dom.js").Child[]} meta
 */
function head(kicker, genres, title, meta) {
  return el(
    "header",
    {},
    el(
      "div",
      { class: "kicker" },
      el("span", { "data-testid": "outlet" }, ...dotted(...kicker)),
      ...genres.map((genre) => el("span", { class: "genre", "data-testid": "genre" }, genre)),
    ),
    el("h1", { "data-testid": "title" }, title),
    el("p", { class: "meta", "data-testid": "meta" }, ...meta),
  );
}

/** @param {string} url */
function hostOf(url) {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, "") : "";
}

/** The day as the page gives it: no time zone may move it. @param {string} published ISO 8601 */
function dateOf(published) {
  const day = /^\d{4}-\d\d-\d\d/.exec(published)?.[0];
  const date = new Date(day ?? "");
  if (Number.isNaN(date.getTime())) return "";
  const year = date.getUTCFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year, timeZone: "UTC" }).format(
    date,
  );
}
