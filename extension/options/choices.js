// The choices that are plain settings: how marks, panel and pages look, and when cards open.

import { readSettings, saveSettings } from "../lib/settings.js";

/** @import { Settings } from "../lib/settings.js" */

/** By the setting's name, which is the id of its list in the page. */
const KEYS = /** @type {const} */ (["floor", "hoverMs", "markStyle", "theme", "density"]);

/** @returns {() => Promise<void>} Shows what is set. */
export function choices() {
  const lists = KEYS.map((key) => {
    const list = /** @type {HTMLSelectElement} */ (document.getElementById(key));
    list.addEventListener("change", () => {
      const value = key === "hoverMs" ? Number(list.value) : list.value;
      void saveSettings(/** @type {Partial<Settings>} */ ({ [key]: value }));
    });
    return { key, list };
  });
  return async () => {
    const set = await readSettings();
    for (const { key, list } of lists) list.value = String(set[key]);
  };
}
