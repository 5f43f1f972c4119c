// What is known of the check of each tab, in storage.session, so that neither the worker's death nor a closed
// panel loses it. Entries hold ids and states, never the article.

import { api } from "./browser.js";

/** @import { Failure } from "./messages.js" */

/**
 * @typedef {object} Run
 * @property {string} runId New for every check: storage.onChanged is silent about equal values.
 * @property {number} tabId
 * @property {"reading" | "submitted" | "done" | "failed" | "cancelled"} phase `done`: the page carries its marks.
 * @property {string} url
 * @property {string} title
 * @property {boolean} keep false for a private window: nothing of the page is to be written anywhere.
 * @property {string} analysisId "" until the service has answered.
 * @property {Failure | null} error
 * @property {boolean} visible Whether the reader wants the marks shown.
 * @property {boolean} byItself Whether the page is read without a press: nobody waits, and no panel may be open.
 * @property {boolean} selection Whether only the selected words were handed in.
 * @property {string} sheet The style sheet put into the page, so that it can be taken out again.
 * @property {number} frames Frames of the page that had it put in as well.
 */

/**
 * Background and panels change the same entries: reading and writing one back must not interleave.
 *
 * @template T
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
const alone = (task) => navigator.locks.request("runs", task);

const key = (/** @type {number} */ tabId) => `run:${tabId}`;

/** @param {number} tabId @returns {Promise<Run | null>} */
export async function readRun(tabId) {
  const stored = await api.storage.session.get(key(tabId));
  return /** @type {Run | undefined} */ (stored[key(tabId)]) ?? null;
}

/**
 * @param {number} tabId
 * @param {string} url
 * @param {string} title
 * @param {{byItself?: boolean, selection?: boolean}} [how]
 * @returns {Promise<Run>}
 */
export async function startRun(tabId, url, title, { byItself = false, selection = false } = {}) {
  /** @type {Run} */
  const run = {
    runId: crypto.randomUUID(),
    tabId,
    phase: "reading",
    url,
    title,
    keep: true,
    analysisId: "",
    error: null,
    visible: true,
    byItself,
    selection,
    sheet: "",
    frames: 0,
  };
  await alone(() => api.storage.session.set({ [key(tabId)]: run }));
  return run;
}

/**
 * A run that has been handed in, as it is stored now; null when it has ended or another has taken its place.
 *
 * @param {Run} run
 * @returns {Promise<Run | null>}
 */
export async function stillWaiting(run) {
  const now = await readRun(run.tabId);
  return now?.runId === run.runId && now.phase === "submitted" ? now : null;
}

/**
 * Changes a run unless another has taken its place or it was cancelled meanwhile.
 *
 * @param {Run} run
 * @param {Partial<Run>} changes
 * @returns {Promise<Run | null>} The run as stored; null when it is no longer the tab's.
 */
export function changeRun(run, changes) {
  return alone(async () => {
    const current = await readRun(run.tabId);
    if (current?.runId !== run.runId || current.phase === "cancelled") return null;
    const changed = { ...current, ...changes };
    await api.storage.session.set({ [key(run.tabId)]: changed });
    return changed;
  });
}

/** Forgets a run unless another has taken its place meanwhile. @param {Run} run */
export function forgetRun(run) {
  return alone(async () => {
    const current = await readRun(run.tabId);
    if (current?.runId === run.runId) await api.storage.session.remove(key(run.tabId));
  });
}

/**
 * Calls back with the tab whose run changed, and its new state.
 *
 * @param {(tabId: number, run: Run | null) => void} callback
 */
export function onRunChanged(callback) {
  api.storage.onChanged.addListener((changes, area) => {
    if (area !== "session") return;
    for (const [name, change] of Object.entries(changes)) {
      if (name.startsWith("run:")) {
        callback(Number(name.slice(4)), /** @type {Run | undefined} */ (change.newValue) ?? null);
      }
    }
  });
}
