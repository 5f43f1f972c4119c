// From the press of the button to a job at the service: panel, page scripts, HTML, submit. The rest is the
// panel's, since this worker may be ended at any moment.

import { api } from "./lib/browser.js";
import { consider, resume } from "./lib/by-itself.js";
import { abandon, cancel, check, isReading } from "./lib/check.js";
import { siteOf, withoutHash } from "./lib/ignored.js";
import { makeMenus, onMenu } from "./lib/menus.js";
import { FROM_PAGE, TO_BACKGROUND, TO_PANEL } from "./lib/messages.js";
import { changeRun, readRun } from "./lib/runs.js";
import { guardSettings } from "./lib/settings.js";
import { allowSite, allowedSiteOf, disallowSite, readSites } from "./lib/sites.js";
import { carryOut, concernsMarks, standingOf } from "./lib/standing.js";
import { isAlive, refresh, setVisible, step } from "./lib/tab-page.js";

/** @import { Deed, Placed } from "./lib/messages.js" */
/** @import { Run } from "./lib/runs.js" */

void guardSettings();
void resume();

api.action.onClicked.addListener(press);

api.commands.onCommand.addListener((command, tab) => {
  if (!tab) return;
  if (command === "run") press(tab);
  else if (command === "panel") openPanel(tab);
  else if (tab.id === undefined) return;
  else if (command === "toggle") void toggle(tab.id);
  else void step(tab.id, command === "next" ? 1 : -1).catch(() => undefined);
});

api.runtime.onInstalled.addListener((details) => {
  void makeMenus();
  if (details?.reason === "install") void api.tabs.create({ url: "/welcome/welcome.html" });
});

onMenu((entry, tab, selected) => {
  const { id } = tab;
  if (id === undefined) return;
  if (entry === "allow_site") void allow({ ...tab, id });
  else if (entry === "disallow_site") void disallow(tab.url ?? "");
  else {
    openPanel(tab);
    void check({ ...tab, id }, { pressed: true, ...(entry === "read_selection" ? { selected } : {}) });
  }
});

api.runtime.onMessage.addListener((message, sender) => {
  const tabId = message.tabId;
  if (message.kind === FROM_PAGE.placed && sender.tab?.id !== undefined) {
    void showCount(sender.tab.id, message.visible ? painted(message) : 0);
  } else if (message.kind === TO_BACKGROUND.run) void again(tabId);
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

api.tabs.onUpdated.addListener((tabId, { status: progress, url }) => {
  if (progress) void forgetIfGone(tabId);
  // The address is told only of sites that the reader has allowed, and of our own.
  if (progress === "complete" || url) consider(tabId);
});

api.tabs.onRemoved.addListener(async (tabId) => {
  const run = await readRun(tabId);
  if (run) await abandon(run);
});

/** @param {chrome.tabs.Tab} tab */
function press(tab) {
  const { id } = tab;
  if (id === undefined) return;
  const now = Date.now();
  openPanel(tab);
  void pressed({ ...tab, id }, now);
}

/** Allowed during a press only: no await may come before it. @param {chrome.tabs.Tab} tab */
function openPanel({ windowId }) {
  const opening = globalThis.browser?.sidebarAction
    ? globalThis.browser.sidebarAction.open()
    : api.sidePanel.open({ windowId });
  opening.catch(() => undefined); // The run is kept: a panel that is opened later shows it.
}

/** @param {chrome.tabs.Tab & {id: number}} tab @param {number} now When the button was pressed. */
async function pressed(tab, now) {
  const run = await readRun(tab.id);
  const known = run && !["failed", "cancelled"].includes(run.phase) && (await isAlive(tab.id));
  if (!known || run.selection || (tab.url && withoutHash(tab.url) !== withoutHash(run.url)))
    return check(tab, { pressed: true });
  if (run.phase === "reading" && !isReading(run)) return check(tab, { pressed: true });
  if (run.phase !== "done") return undefined;
  // A press that only brought a closed panel back is no wish to lose the marks.
  if (await wasPanelOpen(tab.windowId, now)) await toggle(tab.id);
  return undefined;
}

/** What the panel's buttons ask for: the page as it is now. @param {number} tabId */
async function again(tabId) {
  await check({ ...(await api.tabs.get(tabId)), id: tabId }, {});
}

/** Reads pages of the tab's site by themselves from now on, this one first. @param {chrome.tabs.Tab & {id: number}} tab */
async function allow(tab) {
  // What is done in a private window leaves nothing behind.
  if (tab.incognito || !(await allowSite(siteOf(tab.url ?? "")))) return;
  const run = await readRun(tab.id);
  if (!run || run.phase === "failed" || run.phase === "cancelled") await check(tab, { byItself: true });
}

/** @param {string} url */
async function disallow(url) {
  const site = allowedSiteOf(url, await readSites());
  if (site) await disallowSite(site);
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
