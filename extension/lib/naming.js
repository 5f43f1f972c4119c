// How saved articles are called: outlets, days, addresses. Pure.

import { webAddress } from "./plain.js";

/** @import { Article, LibraryLine } from "./messages.js" */

/** @typedef {{outlet: string, url: string}} Named */

/** The outlet, or the site where it does not say; "" for neither. @param {Named} article */
export function outletOf({ outlet, url }) {
  return outlet || hostOf(url);
}

/** Names for articles side by side, as the service makes them: those that would be alike are counted. @param {Named[]} articles */
export function namesOf(articles) {
  /** @type {string[]} */
  const plain = [];
  return articles.map((article, k) => {
    const name = outletOf(article);
    const isAlike = plain.includes(name);
    plain.push(name);
    return isAlike ? `${name} (${k + 1})` : name;
  });
}

/** The address where an article can be opened; "" for what was never on the web. @param {string} url */
export function addressOf(url) {
  return hostOf(url) ? webAddress(url) : "";
}

/** `*.invalid` stands for files and pasted text. @param {string} url */
function hostOf(url) {
  const host = URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, "") : "";
  return host.endsWith(".invalid") ? "" : host;
}

/** The day of an ISO 8601 moment as the text gives it, since no time zone may move it; "" without one. @param {string} moment */
export function dayOf(moment) {
  const day = /^\d{4}-\d\d-\d\d/.exec(moment)?.[0] ?? "";
  return Number.isNaN(Date.parse(day)) ? "" : day;
}

/** When it was published or, where it does not say, saved. @param {LibraryLine} line */
export function dayOfLine({ published, saved_at }) {
  return dayOf(published) || dayOf(saved_at);
}

/** @param {string} day ISO 8601, or "" @param {number} [thisYear] */
export function shownDay(day, thisYear = new Date().getFullYear()) {
  if (!day) return "";
  const year = day.startsWith(String(thisYear)) ? undefined : /** @type {const} */ ("numeric");
  const format = { day: "numeric", month: "short", year, timeZone: "UTC" };
  return new Intl.DateTimeFormat(undefined, /** @type {Intl.DateTimeFormatOptions} */ (format)).format(
    Date.parse(day),
  );
}

/** The day after, for a bound that is left out. @param {string} day ISO 8601 */
export function nextDay(day) {
  const next = new Date(Date.parse(day) + 86_400_000);
  return Number.isNaN(next.getTime()) ? "" : next.toISOString().slice(0, 10);
}
