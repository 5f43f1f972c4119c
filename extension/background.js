// From the press of the button to a job at the service: panel, page scripts, HTML, submit. The rest is the
// panel's, since this worker may be ended at any moment.

import { api } from "./lib/browser.js";
import { FROM_PAGE, TO_BACKGROUND, TO_PANEL } from "./lib/messages.js";
import { changeRun, forgetRun, readRun, startRun } from "./lib/runs.js";
import { asFailure, drop, read, status, submit } from "./lib/service.js";
import { guardSettings } from "./lib/settings.js";
import { carryOut, concernsMarks, standingOf } from "./lib/standing.js";
import { collect, isAlive, refresh, setVisible, step } from "./lib/tab-page.js";

/** @import { Deed, Placed } from "./lib/messages.js" */
/** @import { Run } from "./lib/runs.js" */

/** Runs that this worker is reading right now; one found in storage only belongs to a worker that was ended. */
const reading = new Set();

void guardSettings();

api.action.onClicked.addListener(press);

api.commands.onCommand.addListener((command, tab) => {
  if (!tab) return;
  if (command === "run") press(tab);
  else if (tab.id === undefined) return;
  else if (command === "toggle") void toggle(tab.id);
  else void step(tab.id, command === "next" ? 1 : -1).catch(() => undefined);
});

api.runtime.onMessage.addListener((message, sender) => {
  const tabId = message.tabId;
  if (message.kind === FROM_PAGE.placed && sender.tab?.id !== undefined) {
    void showCount(sender.tab.id, message.visible ? painted(message) : 0);
  } else if (message.kind === TO_BACKGROUND.run) void check(tabId, false);
  else if (message.kind === TO_BACKGROUND.cancel) void cancel(tabId);
  else if (message.kind === TO_BACKGROUND.toggle) void toggle(tabId);
});

// A page shows what the reader did in its card, and asks which of its marks are wanted now.
api.runtime.onMessage.addListener((message, sender, respond) => {
  if (message.kind !== FROM_PAGE.judge || !sender.tab) return undefined;
  void judge(message, sender.tab.incognito === true).then(respond, () => respond(null));
  return true; // The answer comes later.
});

api.storage.onChanged.addListener((changes, area) => {
  if (["local", "session"].includes(area) && concernsMarks(changes)) void refreshPages();
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
    const { incognito } = tab ?? (await api.tabs.get(tabId));
    if (!(await changeRun(run, { url, title, keep: !incognito }))) return;
    await status();
    const job = await submit({ url, html, ...(incognito ? { keep: false } : {}) });
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

/** @param {{url: string, marks: import("./lib/marks.js").Judged[], deed?: Deed}} message @param {boolean} isPrivate */
async function judge({ url, marks, deed }, isPrivate) {
  if (deed) await carryOut(deed, isPrivate);
  return standingOf(marks, url, isPrivate);
}

/** After a change in the options or in another tab. */
async function refreshPages() {
  const stored = await api.storage.session.get(null);
  for (const [name, { phase, tabId }] of Object.entries(/** @type {Record<string, Run>} */ (stored))) {
    if (name.startsWith("run:") && phase === "done") void refresh(tabId).catch(() => undefined);
  }
}

/** @param {Placed} placed */
function painted({ placed, withheld = [] }) {
  return placed.filter((number) => !withheld.includes(number)).length;
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
