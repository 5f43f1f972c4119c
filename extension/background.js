// From the press of the button to a job at the service: panel, page scripts, HTML, submit. The rest is the
// panel's, since this worker may be ended at any moment.

import { api } from "./lib/browser.js";
import { FROM_PAGE, TO_BACKGROUND, TO_PANEL } from "./lib/messages.js";
import { changeRun, forgetRun, readRun, startRun } from "./lib/runs.js";
import { asFailure, drop, read, status, submit } from "./lib/service.js";
import { guardSettings } from "./lib/settings.js";
import { collect, isAlive, setVisible } from "./lib/tab-page.js";

/** @import { Run } from "./lib/runs.js" */

/** Runs that this worker is reading right now; one found in storage only belongs to a worker that was ended. */
const reading = new Set();

void guardSettings();

api.action.onClicked.addListener(press);

api.commands.onCommand.addListener((command, tab) => {
  if (!tab) return;
  if (command === "run") press(tab);
  else if (tab.id !== undefined) void toggle(tab.id);
});

api.runtime.onMessage.addListener((message, sender) => {
  const tabId = message.tabId;
  if (message.kind === FROM_PAGE.placed && sender.tab?.id !== undefined) {
    void showCount(sender.tab.id, message.visible ? message.placed.length : 0);
  } else if (message.kind === TO_BACKGROUND.run) void check(tabId, false);
  else if (message.kind === TO_BACKGROUND.cancel) void cancel(tabId);
  else if (message.kind === TO_BACKGROUND.toggle) void toggle(tabId);
});

api.tabs.onUpdated.addListener((tabId, { status: progress }) => {
  if (progress) void forgetIfGone(tabId);
});

api.tabs.onRemoved.addListener(async (tabId) => {
  const run = await readRun(tabId);
  if (run) await abandon(run);
});

/** @param {chrome.tabs.Tab} tab */
function press(tab) {
  const { id, windowId } = tab;
  if (id === undefined) return;
  const now = Date.now();
  // Opening is allowed during the press only: no await may come before it.
  const opening = globalThis.browser?.sidebarAction
    ? globalThis.browser.sidebarAction.open()
    : api.sidePanel.open({ windowId });
  opening.catch(() => undefined); // The run is kept: a panel that is opened later shows it.
  void pressed(id, tab, now);
}

/** @param {number} tabId @param {chrome.tabs.Tab} tab @param {number} now When the button was pressed. */
async function pressed(tabId, tab, now) {
  const run = await readRun(tabId);
  const known = run && !["failed", "cancelled"].includes(run.phase) && (await isAlive(tabId));
  if (!known || (tab.url && withoutHash(tab.url) !== withoutHash(run.url))) return check(tabId, true, tab);
  if (run.phase === "reading" && !reading.has(run.runId)) return check(tabId, true, tab);
  if (run.phase !== "done") return undefined;
  // A press that only brought a closed panel back is no wish to lose the marks.
  if (await wasPanelOpen(tab.windowId, now)) await toggle(tabId);
  return undefined;
}

/** @param {number} windowId @param {number} now */
async function wasPanelOpen(windowId, now) {
  try {
    // runtime.getContexts would say it without asking, but gives side panels the window -1.
    return (await api.runtime.sendMessage({ kind: TO_PANEL.present, windowId })) < now;
  } catch {
    return false;
  }
}

/**
 * Reads the tab's page and hands it to the service.
 *
 * @param {number} tabId
 * @param {boolean} byButton
 * @param {chrome.tabs.Tab} [tab]
 */
async function check(tabId, byButton, tab) {
  const before = await readRun(tabId);
  const run = await startRun(tabId, tab?.url ?? "", tab?.title ?? "");
  reading.add(run.runId);
  try {
    const { url, title, html } = await collect(tabId, byButton);
    if (!(await changeRun(run, { url, title }))) return;
    await status();
    const job = await submit({ url, html });
    // The service gives unchanged pages the job they have already.
    if (before && before.analysisId !== job.id) void stop(before);
    const kept = await changeRun(run, { phase: "submitted", analysisId: job.id });
    if (!kept) await stop({ ...run, analysisId: job.id });
  } catch (thrown) {
    await changeRun(run, { phase: "failed", error: asFailure(thrown) });
  } finally {
    reading.delete(run.runId);
  }
}

/** @param {number} tabId */
async function cancel(tabId) {
  const run = await readRun(tabId);
  if (!run || !["reading", "submitted"].includes(run.phase)) return;
  await changeRun(run, { phase: "cancelled" });
  await stop(run);
}

/** Marks off, or on again. @param {number} tabId */
async function toggle(tabId) {
  const run = await readRun(tabId);
  if (run?.phase !== "done") return;
  const visible = !run.visible;
  await changeRun(run, { visible });
  await setVisible(tabId, visible).catch(() => forgetIfGone(tabId));
}

/** @param {number} tabId */
async function forgetIfGone(tabId) {
  const run = await readRun(tabId);
  // While reading, the scripts may not have been put in yet.
  if (!run || run.phase === "reading" || (await isAlive(tabId))) return;
  await abandon(run);
  await showCount(tabId, 0);
}

/** Forgets a run and ends its job, for which nobody waits any more. @param {Run} run */
async function abandon(run) {
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

/** @param {number} tabId @param {number} count */
async function showCount(tabId, count) {
  try {
    await api.action.setBadgeBackgroundColor({ tabId, color: "#1d1c1a" });
    await api.action.setBadgeTextColor({ tabId, color: "#ffffff" });
    await api.action.setBadgeText({ tabId, text: count ? String(count) : "" });
  } catch {
    // The tab was closed meanwhile.
  }
}

const withoutHash = (/** @type {string} */ url) => url.replace(/#.*$/s, "");
