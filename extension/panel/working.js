// The panel while a page is being read: its frame stands already, the stage is named in words.

import { word, wordFor } from "../lib/words.js";
import { el } from "./dom.js";
import { tabHeader } from "./header.js";

/** @import { Job } from "../lib/messages.js" */

/** @param {string} url @param {string} title @param {() => void} cancel */
export function working(url, title, cancel) {
  const line = el("progress", {
    max: 1,
    value: 0,
    "aria-label": word("working_title"),
    "data-testid": "progress",
  });
  const stage = el("span", { role: "status", "data-testid": "stage" }, word("stage_extract"));
  const header = el("div", {}, tabHeader(url, title, word("working_title")));
  const node = el(
    "div",
    { "data-testid": "working", "aria-busy": "true" },
    header,
    line,
    el(
      "section",
      { class: "working" },
      stage,
      el(
        "button",
        { type: "button", class: "act", "data-testid": "cancel", onclick: cancel },
        word("cancel"),
      ),
    ),
    frame(word("strip_title"), "ghost part", 5),
    frame(word("marks_title"), "ghost finding", 3),
  );
  return {
    node,
    /** The page has said what it is. @param {string} url @param {string} title */
    name(url, title) {
      header.replaceChildren(tabHeader(url, title, word("working_title")));
    },
    /** @param {Job} job @param {boolean} loading Whether the model is still being loaded. */
    update(job, loading) {
      nameStage(stage, job, loading);
      line.value = job.progress ?? 0;
    },
  };
}

/**
 * Names the stage of a job in words.
 *
 * @param {HTMLElement} place
 * @param {Job} job
 * @param {boolean} loading Whether the model is still being loaded.
 */
export function nameStage(place, job, loading) {
  const key = loading ? "model" : job.state === "queued" ? "queued" : (job.stage ?? "");
  const said = wordFor("stage", key, job.stage_title || word("working_title"));
  // Set only when it changes: screen readers would say it again at every poll.
  if (place.textContent !== said) place.textContent = said;
}

/** @param {string} title @param {string} look @param {number} rows */
function frame(title, look, rows) {
  const ghosts = Array.from({ length: rows }, () => el("div", { class: look }, el("i"), el("i"), el("i")));
  return el(
    "section",
    { "aria-hidden": "true" },
    el("div", { class: "head" }, el("h2", {}, title)),
    ...ghosts,
  );
}
