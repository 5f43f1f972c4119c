// From the service's annotations to the marks that page and panel show: placed in colour and line, put in words.

import { contextOf } from "./context.js";
import { foldPhrase, placeOf, siteOf } from "./ignored.js";
import { ownWordMarks } from "./own-words.js";
import { highlightName, slotOf } from "./slots.js";
import { word, wordFor } from "./words.js";

/** @import { Annotation, Article, Evidence, Mark, Selector } from "./messages.js" */
/** @import { Ignored } from "./ignored.js" */

/** The least score of each strength, as the service words it. */
export const STRENGTHS = Object.freeze({ strong: 0.75, clear: 0.55, slight: 0 });

/**
 * @typedef {Pick<Mark, "number" | "indicator" | "score" | "voice"> & {selector: Pick<Selector, "exact" | "prefix">}} Judged
 *
 * @typedef {object} View What decides besides the lists of what is ignored.
 * @property {keyof typeof STRENGTHS} floor The weakest marks that the reader wants to see.
 * @property {string} url Of the page.
 * @property {Record<string, number>} [floors] From the reader's votes, by indicator; they raise the floor only.
 *
 * @typedef {"site" | "indicator" | "phrase" | "mark" | "strength"} Reason Why a mark is not shown.
 */

/** @param {Annotation} annotation @param {number} number @returns {Mark} */
export function markOf(annotation, number) {
  const { body } = annotation;
  const quote = quoteOf(annotation);
  return {
    number,
    name: highlightName(body.indicator, body.voice),
    indicator: body.indicator,
    title: body.indicator_title,
    colour: slotOf(body.colour),
    voice: body.voice,
    whose: whose(body.voice, body.speaker),
    score: body.score,
    strength: wordFor("strength", body.strength),
    message: body.message,
    wording: body.wording,
    similar: body.similar.map((example) => example.phrase),
    ...contextOf(quote.prefix, quote.suffix),
    selector: { ...quote, hint: body.utf16_start },
  };
}

/** In the order of the article, which is the order in which readers meet them. @param {Annotation[]} annotations */
export function marksOf(annotations) {
  return annotations.map(markOf).sort((one, other) => one.selector.hint - other.selector.hint);
}

/**
 * The service's marks and those on the reader's own words, in the order of the article. Pure.
 *
 * @param {Mark[]} marks
 * @param {Pick<Article, "text" | "title">} article
 * @param {string[]} ownWords
 */
export function withOwnWords(marks, article, ownWords) {
  const own = ownWordMarks(article, ownWords, marks.length);
  return [...marks, ...own].sort((one, other) => one.selector.hint - other.selector.hint);
}

/**
 * Why each mark that is not to be painted is not, by its number. Pure.
 *
 * @param {Judged[]} marks
 * @param {Ignored} ignored
 * @param {View} view
 * @returns {Map<number, Reason>}
 */
export function withheldOf(marks, ignored, { floor, url, floors = {} }) {
  const offSite = ignored.sites.includes(siteOf(url));
  const indicators = new Set(ignored.indicators.map(({ key }) => key));
  const phrases = new Set(ignored.phrases);
  const keyOf = (/** @type {{exact: string, prefix: string}} */ place) => `${place.prefix}\n${place.exact}`;
  const page = placeOf({ exact: "", prefix: "" }, url).url;
  const places = new Set(ignored.marks.filter((place) => place.url === page).map(keyOf));
  /** @param {Judged} mark @returns {Reason | null} */
  const reason = ({ indicator, score, selector }) => {
    if (offSite) return "site";
    if (indicators.has(indicator)) return "indicator";
    if (phrases.has(foldPhrase(selector.exact))) return "phrase";
    if (places.has(keyOf(placeOf(selector, url)))) return "mark";
    const own = Object.hasOwn(floors, indicator) ? (floors[indicator] ?? 0) : 0;
    return score < Math.max(STRENGTHS[floor], own) ? "strength" : null;
  };
  const found = /** @type {Map<number, Reason>} */ (new Map());
  for (const mark of marks) {
    const why = reason(mark);
    if (why) found.set(mark.number, why);
  }
  return found;
}

/**
 * The marks that are to be shown on the page. Pure.
 *
 * @template {Judged} Shown
 * @param {Shown[]} marks
 * @param {Ignored} ignored
 * @param {View} settings
 */
export function visibleMarks(marks, ignored, settings) {
  const withheld = withheldOf(marks, ignored, settings);
  return marks.filter(({ number }) => !withheld.has(number));
}

/** @param {Evidence} evidence @returns {Selector} */
export function selectorOf({ exact, prefix, suffix, utf16_start }) {
  return { exact, prefix, suffix, hint: utf16_start };
}

/** @param {Annotation} annotation */
function quoteOf(annotation) {
  for (const selector of annotation.target.selector) {
    if (selector.type === "TextQuoteSelector") {
      return { exact: selector.exact, prefix: selector.prefix, suffix: selector.suffix };
    }
  }
  return { exact: "", prefix: "", suffix: "" };
}

/** Whose words a mark stands on, in words. @param {string} voice @param {string} speaker "" when nobody is named. */
function whose(voice, speaker) {
  if (voice === "quote") return speaker ? word("voice_quote_from", speaker) : word("voice_quote");
  if (voice === "attributed")
    return speaker ? word("voice_attributed_to", speaker) : word("voice_attributed");
  return wordFor("voice", voice);
}
