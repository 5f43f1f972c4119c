// What changed in the article since it was first read; not there when nothing did.

import { revisions } from "../lib/service.js";
import { word } from "../lib/words.js";
import { render } from "./blocks.js";
import { el } from "./dom.js";
import { trouble } from "./trouble.js";

/** @import { Revision } from "../lib/messages.js" */
/** @import { Reader } from "./evidence.js" */

/** @param {string} id Of the analysis. @param {Reader} reader @param {AbortSignal} signal */
export function historySection(id, reader, signal) {
  const body = el("div");
  const node = el(
    "section",
    { "aria-labelledby": "history-title", "data-testid": "history", hidden: true },
    el("h2", { id: "history-title" }, word("history_title")),
    body,
  );
  /** What was read before is on no page any more. @type {Reader} */
  const both = { ...reader, elsewhere: () => ({ label: word("history_before"), address: "" }) };

  async function begin() {
    try {
      const { earlier } = await revisions(id, signal);
      const changed = earlier.filter(({ blocks }) => blocks.some(({ kind }) => kind !== "nothing"));
      body.replaceChildren(...changed.map((revision, k) => version(revision, k === 0, both)));
      node.hidden = changed.length === 0;
    } catch (thrown) {
      if (signal.aborted) return;
      body.replaceChildren(trouble(thrown, () => void begin()));
      node.hidden = false;
    }
  }

  return { node, begin };
}

/** @param {Revision} revision @param {boolean} open @param {Reader} reader */
function version({ saved_at, blocks }, open, reader) {
  return el(
    "details",
    { open, "data-testid": "revision" },
    el("summary", {}, el("h3", {}, word("history_since", shownMoment(saved_at)))),
    el("div", { class: "blocks" }, ...blocks.map((block) => render(block, reader))),
  );
}

/** In the reader's own time. @param {string} moment ISO 8601 in UTC */
function shownMoment(moment) {
  const time = new Date(moment);
  if (Number.isNaN(time.getTime())) return moment;
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(time);
}
