// How close another report of the event is, in words.

import { word } from "../lib/words.js";

/** Steps of the service's event score, 0..1. A choice, not measured; what is below its own bar is not sent. */
const VERY_CLOSE = 0.8;
const CLOSE = 0.7;

/** @param {number | null} score @returns {string} "" where nothing was compared. */
export function closenessInWords(score) {
  if (score === null) return "";
  if (score >= VERY_CLOSE) return word("closeness_very");
  return word(score >= CLOSE ? "closeness_close" : "closeness_fairly");
}
