// The foot of a report: where it was made, what left the computer, whether it is kept, and what to do with it.

import { departures, preferences } from "../lib/service.js";
import { counted, word } from "../lib/words.js";
import { libraryLink } from "../library/link.js";
import { el } from "./dom.js";
import { saveMenu } from "./save.js";

/** @import { Result } from "../lib/messages.js" */

/** @param {Result} result @param {AbortSignal} signal @param {Node} again */
export function footer(result, signal, again) {
  const { total = 0 } = result.timings_ms;
  const sent = el("span", { "data-testid": "footer_sent", hidden: true });
  const kept = el("span", { "data-testid": "footer_kept", hidden: true });
  const foreign = el("span", { "data-testid": "footer_foreign", hidden: true });
  const save = saveMenu(result, signal);
  const node = el(
    "footer",
    { "data-testid": "footer" },
    el("span", {}, word("footer_local", (total / 1000).toFixed(1))),
    sent,
    kept,
    foreign,
    el("div", { class: "deeds" }, libraryLink(), save.button, again),
    save.choices,
  );

  /** @param {string} words */
  function notKept(words) {
    kept.textContent = words;
    kept.hidden = false;
  }

  /** What the service sent out since it began, for this page or any other. */
  async function askWhatLeft() {
    try {
      const { hosts } = await departures(signal);
      sent.textContent = hosts.length
        ? word("footer_asked", hosts.map(named).join(", "))
        : word("footer_sent");
      sent.hidden = false;
    } catch {
      sent.hidden = true; // Nothing is known of it, and nothing is promised.
    }
  }

  return {
    node,
    /** @param {number} count Frames of other sites, which are not read. */
    setForeign(count) {
      foreign.hidden = !count;
      foreign.textContent = counted("footer_foreign", count);
    },
    feedsAsked: () => void askWhatLeft(),
    /** @param {boolean} keep Whether the page was handed in to be kept. */
    async begin(keep) {
      void askWhatLeft();
      if (!keep) return notKept(word("footer_private"));
      try {
        if (!(await preferences(signal)).keeping) notKept(word("footer_off"));
      } catch {
        // Nothing is known of it, and nothing is said; what else is asked tells of the failure.
      }
    },
  };
}

/** @param {{host: string, requests: number}} site */
function named({ host, requests }) {
  return `${host || word("footer_others")} ×${requests}`;
}
