// What is kept of the reader's reading and for how long: the library's own rules, shown here as well.

import { listLibrary, preferences } from "../lib/service.js";
import { keeping } from "../library/keeping.js";
import { asked } from "./asked.js";

/** The service's bound for one answer. */
const LINES = 200;

/** @param {HTMLElement} place @param {(words: string) => void} announce @returns {() => Promise<void>} */
export function historyOptions(place, announce) {
  const ask = asked(place, async () => {
    const [chosen, { analyses, total }] = await Promise.all([preferences(), listLibrary({ limit: LINES })]);
    return [keeping({ chosen, lines: analyses, total, announce, changed: () => void ask() })];
  });
  return ask;
}
