// Everything that is done to the page of a tab: putting the scripts in, asking, painting. Runs in the background
// and in the panel alike.

import { api } from "./browser.js";
import { TO_PAGE } from "./messages.js";
import { changeRun } from "./runs.js";
import { failure } from "./service.js";
import { readSettings } from "./settings.js";
import { sheetFor } from "./slots.js";
import { standingOf } from "./standing.js";

/** @import { Hidden, Mark, Page, Placed, Selector } from "./messages.js" */
/** @import { Run } from "./runs.js" */

/** In this order: each adds to what the ones before it left in `TruthLens`. */
const SCRIPTS = [
  "page/text.js",
  "page/anchor.js",
  "page/look.js",
  "page/layer.js",
  "page/paint.js",
  "page/plain.js",
  "page/account.js",
  "page/card.js",
  "page/pointer.js",
  "page/keys.js",
  "page/ground.js",
  "page/watch.js",
  "page/collect.js",
  "page/main.js",
];

/** Chromium ignores highlights of the user's origin, Firefox those of the author's within shadow roots. */
const origin = /** @type {"USER" | "AUTHOR"} */ (globalThis.browser?.sidebarAction ? "USER" : "AUTHOR");

/** Types that the service can read. A PDF viewer is a page too, and answers. */
const READABLE = ["text/html", "application/xhtml+xml", "text/plain"];

/** A page that takes another's place refuses scripts for a moment; one that refuses them twice means it. */
const SETTLE_MS = 250;

/**
 * @param {number} tabId
 * @param {boolean} pressed Whether the toolbar button was pressed for this, which is what allows it.
 * @param {boolean} [selection] Whether only the selected words are wanted.
 * @returns {Promise<Page>} Throws permission_missing or page_not_supported.
 */
export async function collect(tabId, pressed, selection = false) {
  try {
    await putIn(tabId).catch(async (thrown) => {
      if (!pressed) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      await putIn(tabId);
    });
  } catch (thrown) {
    // Firefox words both cases alike, so the button decides: after a press only the page can be the reason.
    const missing = /host permission|permission to access/i.test(String(thrown));
    const told = failure(missing && !pressed ? "permission_missing" : "page_not_supported");
    told.detail = thrown instanceof Error ? thrown.message : "";
    throw told;
  }
  /** @type {Page} */
  const page = await ask(tabId, { kind: TO_PAGE.collect, selection }).catch(() => {
    throw failure("page_moved");
  });
  if (!READABLE.includes(page.type)) throw failure("page_not_supported");
  return page;
}

/** @param {number} tabId */
async function putIn(tabId) {
  const [injected] = await api.scripting.executeScript({ target: { tabId }, files: SCRIPTS });
  // Firefox does not reject for pages of its own (about:config), but answers [null].
  if (!injected) throw new Error();
  await inAllFrames(tabId, insertBase);
}

/** What our style sheets have in common. @param {{tabId: number, allFrames?: boolean}} target */
const insertBase = (target) => api.scripting.insertCSS({ target, files: ["page/page.css"], origin });

/**
 * Does something to the style sheets of the page and of all frames that we may reach. Scripts go to the page alone: it
 * reaches into its own frames.
 *
 * @param {number} tabId
 * @param {(target: {tabId: number, allFrames?: boolean}) => Promise<void>} act
 */
async function inAllFrames(tabId, act) {
  try {
    await act({ tabId, allFrames: true });
  } catch {
    // A frame that is broken or goes away meanwhile must not cost the page its marks.
    await act({ tabId });
  }
}

/** Whether our scripts still live in the tab's document. @param {number} tabId */
export async function isAlive(tabId) {
  try {
    return (await ask(tabId, { kind: TO_PAGE.ping })) === true;
  } catch {
    return false;
  }
}

/**
 * Anchors and paints.
 *
 * @param {Run} run
 * @param {Mark[]} marks
 * @param {Hidden} [hidden] What the reader has filtered out; nothing where nobody could.
 * @returns {Promise<Placed>} Throws when the tab's document is no longer the one that was read.
 */
export async function show(run, marks, hidden = { indicators: [], voices: [] }) {
  const standing = await standingOf(marks, run.url, run.keep === false);
  const wish = { marks, hidden, visible: run.visible, standing };
  /** @type {Placed} */
  const placed = await ask(run.tabId, { kind: TO_PAGE.show, ...wish });
  await repaint(run, marks, placed);
  return placed;
}

/**
 * For a page that has become dark or light since, that has got another frame, and for another style.
 *
 * @param {Run} run
 * @param {Mark[]} marks
 * @param {Placed} placed
 */
export async function repaint(run, marks, { dark, frames }) {
  const { markStyle } = await readSettings();
  return paint(run, sheetFor(marks, dark, markStyle), frames);
}

/** @param {Run} run @param {string} sheet @param {number} frames */
async function paint(run, sheet, frames) {
  const { tabId, sheet: before } = run;
  if (before === sheet && frames <= run.frames) return;
  if (frames > run.frames) await inAllFrames(tabId, insertBase);
  if (before) await inAllFrames(tabId, (target) => api.scripting.removeCSS({ target, css: before, origin }));
  if (sheet) await inAllFrames(tabId, (target) => api.scripting.insertCSS({ target, css: sheet, origin }));
  await changeRun(run, { sheet, frames });
}

/** @param {number} tabId @param {boolean} visible @returns {Promise<Placed>} */
export function setVisible(tabId, visible) {
  return ask(tabId, { kind: TO_PAGE.visible, visible });
}

/** @param {number} tabId @param {Hidden} hidden */
export function filter(tabId, hidden) {
  return ask(tabId, { kind: TO_PAGE.filter, hidden });
}

/**
 * Scrolls to a mark or to a place in the article and pulses it.
 *
 * @param {number} tabId
 * @param {{number: number} | {selector: Selector}} place
 * @returns {Promise<boolean>} false when it could not be placed.
 */
export async function flash(tabId, place) {
  try {
    return await ask(tabId, { kind: TO_PAGE.flash, ...place });
  } catch {
    return false;
  }
}

/** Goes to the next (1) or the previous (-1) mark. @param {number} tabId @param {1 | -1} by */
export function step(tabId, by) {
  return ask(tabId, { kind: TO_PAGE.step, by });
}

/** Lets a page ask anew which of its marks are to be painted. @param {number} tabId */
export function refresh(tabId) {
  return ask(tabId, { kind: TO_PAGE.refresh });
}

/** @param {number} tabId @param {object} message @returns {Promise<any>} */
function ask(tabId, message) {
  return api.tabs.sendMessage(tabId, message, { frameId: 0 });
}
