// From the service's annotations to the marks that a page draws, and to whose words they are. Pure.

import { highlightName, slotOf } from "./slots.js";

/** @import { Annotation, Evidence, Mark, Selector } from "./messages.js" */

/** @param {Annotation} annotation @param {number} number @returns {Mark} */
export function markOf(annotation, number) {
  const { body } = annotation;
  return {
    number,
    name: highlightName(body.indicator, body.voice),
    indicator: body.indicator,
    title: body.indicator_title,
    colour: slotOf(body.colour),
    voice: body.voice,
    speaker: body.speaker,
    score: body.score,
    strength: body.strength,
    message: body.message,
    wording: body.wording,
    similar: body.similar.map((example) => example.phrase),
    selector: { ...quoteOf(annotation), hint: body.utf16_start },
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
