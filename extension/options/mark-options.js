// Which marks are painted on pages, and whether their card opens by itself.

import { readSettings, saveSettings } from "../lib/settings.js";

/** @import { Settings } from "../lib/settings.js" */

/**
 * @param {HTMLElement} floorChoice
 * @param {HTMLElement} hoverChoice
 * @returns {() => Promise<void>} Shows what is set.
 */
export function markOptions(floorChoice, hoverChoice) {
  const floor = /** @type {HTMLSelectElement} */ (floorChoice);
  const hover = /** @type {HTMLSelectElement} */ (hoverChoice);
  floor.addEventListener("change", () => {
    void saveSettings({ floor: /** @type {Settings["floor"]} */ (floor.value) });
  });
  hover.addEventListener("change", () => void saveSettings({ hoverMs: Number(hover.value) }));
  return async () => {
    const set = await readSettings();
    floor.value = set.floor;
    hover.value = String(set.hoverMs);
  };
}
