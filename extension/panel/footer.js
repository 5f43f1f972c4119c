// The foot of a report: where it was made, what left the computer, whether it is kept, and what to do with it.

import { preferences } from "../lib/service.js";
import { word } from "../lib/words.js";
import { libraryLink } from "../library/link.js";
import { el } from "./dom.js";
import { saveMenu } from "./save.js";

/** @import { Result } from "../lib/messages.js" */

/** @param {Result} result @param {AbortSignal} signal @param {Node} again */
export function footer(result, signal, again) {
  const { total = 0 } = result.timings_ms;
  const sent = el("span", { "data-testid": "footer_sent" }, word("footer_sent"));
  const kept = el("span", { "data-testid": "footer_kept", hidden: true });
  const save = saveMenu(result, signal);
  const node = el(
    "footer",
    { "data-testid": "footer" },
    el("span", {}, word("footer_local", (total / 1000).toFixed(1))),
    sent,
    kept,
    el("div", { class: "deeds" }, libraryLink(), save.button, again),
    save.choices,
  );

  /** @param {string} words */
  function notKept(words) {
    kept.textContent = words;
    kept.hidden = false;
  }

  return {
    node,
    feedsAsked: () => (sent.textContent = word("footer_feeds")),
    /** @param {boolean} keep Whether the page was handed in to be kept. */
    async begin(keep) {
      if (!keep) return notKept(word("footer_private"));
      try {
        if (!(await preferences(signal)).keeping) notKept(word("footer_off"));
      } catch {
        // Nothing is known of it, and nothing is said; what else is asked tells of the failure.
      }
    },
  };
}
