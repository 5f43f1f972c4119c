// One check of a tab's page: reading it, handing it to the service, and ending it before its time. In the background.

import { finish } from "./finish.js";
import { changeRun, forgetRun, readRun, startRun } from "./runs.js";
import { asFailure, drop, read, status, submit } from "./service.js";
import { collect } from "./tab-page.js";

/** @import { Run } from "./runs.js" */

/**
 * @typedef {object} Wish
 * @property {boolean} [pressed] Whether a press is behind it, which is what lets pages be read.
 * @property {boolean} [byItself] Whether it is one of the sites that are read without a press.
 * @property {string} [selected] Only these words of the page are meant, as the browser's menu gives them.
 */

/** Runs that this worker is reading right now; one found in storage only belongs to a worker that was ended. */
const reading = new Set();

/** @param {Run} run */
export const isReading = ({ runId }) => reading.has(runId);

/**
 * Reads the tab's page and hands it to the service.
 *
 * @param {chrome.tabs.Tab & {id: number}} tab
 * @param {Wish} wish
 */
export async function check(tab, { pressed = false, byItself = false, selected = "" }) {
  const { id: tabId, incognito } = tab;
  const selection = selected !== "";
  const before = await readRun(tabId);
  const run = await startRun(tabId, tab.url ?? "", tab.title ?? "", { byItself, selection });
  reading.add(run.runId);
  try {
    const page = await collect(tabId, pressed || byItself, selection);
    const { url, title } = page;
    if (!(await changeRun(run, { url, title, keep: !incognito }))) return;
    await status();
    // Words of a page are not the page: kept under its address, they would count as a change of it.
    const asked = selection
      ? { url, text: page.selected || selected, keep: false }
      : { url, html: page.html, ...(incognito ? { keep: false } : {}) };
    const job = await submit(asked);
    // The service gives unchanged pages the job they have already.
    if (before && before.analysisId !== job.id) void stop(before);
    const kept = await changeRun(run, { phase: "submitted", analysisId: job.id });
    if (!kept) await stop({ ...run, analysisId: job.id });
    else if (byItself) void finish(kept);
  } catch (thrown) {
    await changeRun(run, { phase: "failed", error: asFailure(thrown) });
  } finally {
    reading.delete(run.runId);
  }
}

/** Ends what the reader no longer waits for. @param {number} tabId */
export async function cancel(tabId) {
  const run = await readRun(tabId);
  if (!run || !["reading", "submitted"].includes(run.phase)) return;
  await changeRun(run, { phase: "cancelled" });
  await stop(run);
}

/** Forgets a run and ends its job, for which nobody waits any more. @param {Run} run */
export async function abandon(run) {
  await forgetRun(run);
  await stop(run);
}

/**
 * Ends a run's job. One that is done stays: deleting it would take it out of the reader's store.
 *
 * @param {Run} run
 */
async function stop({ analysisId, phase }) {
  if (!analysisId || phase === "done") return;
  try {
    const { state } = await read(analysisId);
    if (state === "queued" || state === "working") await drop(analysisId);
  } catch {
    // The service is gone, and its jobs with it.
  }
}
