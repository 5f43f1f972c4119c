// What the reader sets and what pairing leaves behind, in storage.local, with defaults. Nobody else reads it.

import { api } from "./browser.js";

/**
 * @typedef {object} Settings
 * @property {number} port Where the service listens on 127.0.0.1.
 * @property {string} token From pairing; "" when not paired.
 */

/** @type {Readonly<Settings>} */
export const DEFAULTS = Object.freeze({ port: 8765, token: "" });

/**
 * Keeps content scripts, and with them the pages' reach, away from the token. Called at every start of the
 * background, before anything else.
 *
 * Firefox has this only for storage.session: there the token lies in storage.local, which content scripts of
 * this extension may read. Pages still cannot; moving it to IndexedDB of the extension's origin closes the gap.
 */
export async function guardSettings() {
  try {
    await api.storage.local.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });
  } catch {
    // Firefox: see above.
  }
}

/** @returns {Promise<Settings>} */
export async function readSettings() {
  const stored = await api.storage.local.get({ ...DEFAULTS });
  return {
    port: isPort(stored.port) ? stored.port : DEFAULTS.port,
    token: typeof stored.token === "string" ? stored.token : DEFAULTS.token,
  };
}

/** @param {Partial<Settings>} changes */
export async function saveSettings(changes) {
  await api.storage.local.set(changes);
}

/**
 * The service refuses lower ones.
 *
 * @param {unknown} value
 * @returns {value is number}
 */
export function isPort(value) {
  return typeof value === "number" && Number.isInteger(value) && value >= 1024 && value <= 65535;
}
