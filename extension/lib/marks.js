// From the service's annotations to the marks that page and panel show: placed in colour and line, put in words.

import { contextOf } from "./context.js";
import { highlightName, slotOf } from "./slots.js";
import { word, wordFor } from "./words.js";

/** @import { Annotation, Evidence, Mark, Selector } from "./messages.js" */

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
