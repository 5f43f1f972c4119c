// The entries of the browser's context menus: what they are called, where they stand, and which was chosen.

import { api } from "./browser.js";
import { word } from "./words.js";

/** @typedef {"read_page" | "read_selection" | "allow_site" | "disallow_site"} Entry */

/** Where each entry stands: on the page, over selected words, on our own button. */
const ENTRIES = /** @type {Readonly<Record<Entry, "page" | "selection" | "action">>} */ (
  Object.freeze({
    read_page: "page",
    read_selection: "selection",
    allow_site: "action",
    disallow_site: "action",
  })
);

/** Sets the entries down. Browsers keep them, so once per installation or new version is enough. */
export async function makeMenus() {
  await api.contextMenus.removeAll();
  for (const [id, context] of Object.entries(ENTRIES)) {
    api.contextMenus.create({
      id,
      contexts: [context],
      title: word(`menu_${id}`),
      // Entries of pages show on web pages only; those of the button have no such choice.
      ...(context === "action" ? {} : { documentUrlPatterns: ["http://*/*", "https://*/*"] }),
    });
  }
}

/**
 * Calls back at once when an entry is chosen: what asks the browser's leave must do so during the press.
 *
 * @param {(entry: Entry, tab: chrome.tabs.Tab, selected: string) => void} callback
 */
export function onMenu(callback) {
  api.contextMenus.onClicked.addListener(({ menuItemId, selectionText = "" }, tab) => {
    if (tab && Object.hasOwn(ENTRIES, menuItemId)) {
      callback(/** @type {Entry} */ (menuItemId), tab, selectionText);
    }
  });
}
