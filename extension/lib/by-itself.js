// Pages that are read without a press: when one has come to be on a site that the reader has allowed. In the background.

import { api } from "./browser.js";
import { check } from "./check.js";
import { finish } from "./finish.js";
import { readIgnored, withoutHash } from "./ignored.js";
import { readRun } from "./runs.js";
import { readSites, reasonAgainst } from "./sites.js";

/** @import { Run } from "./runs.js" */

/** Milliseconds. Pages that change their address without loading fill in after that. */
const SETTLE_MS = 600;

/** @type {Map<number, ReturnType<typeof setTimeout>>} */
const waiting = new Map();

/** A tab's page has loaded or has another address. @param {number} tabId */
export function consider(tabId) {
  clearTimeout(waiting.get(tabId));
  waiting.set(
    tabId,
    setTimeout(() => {
      waiting.delete(tabId);
      void readIfAllowed(tabId).catch(() => undefined); // The tab was closed meanwhile.
    }, SETTLE_MS),
  );
}

/** @param {number} tabId */
async function readIfAllowed(tabId) {
  const tab = await api.tabs.get(tabId);
  // Nothing of a private window happens by itself, and nothing in a tab that has gone on to another page.
  if (tab.incognito || !tab.url || tab.status !== "complete") return;
  if (reasonAgainst(tab.url, await readSites(), (await readIgnored()).sites)) return;
  const run = await readRun(tabId);
  if (run && withoutHash(run.url) === withoutHash(tab.url)) return;
  // Readers may take it back in the browser's own pages, where we are not told.
  const origins = [`*://${new URL(tab.url).hostname}/*`];
  if (!(await api.permissions.contains({ origins }))) return;
  await check({ ...tab, id: tabId }, { byItself: true });
}

/** Takes up what a worker that was ended has left. */
export async function resume() {
  const stored = /** @type {Record<string, Run>} */ (await api.storage.session.get(null));
  for (const [name, run] of Object.entries(stored)) {
    if (name.startsWith("run:") && run.byItself && run.phase === "submitted") void finish(run);
  }
}
