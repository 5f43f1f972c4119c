// What the reader sets and what pairing leaves behind, in storage.local, with defaults. Nobody else reads it.

import { api } from "./browser.js";

/**
 * @typedef {object} Settings
 * @property {number} port Where the service listens on 127.0.0.1.
 * @property {string} token From pairing; "" when not paired.
 * @property {"strong" | "clear" | "slight"} floor The weakest marks that are painted.
 * @property {"line_and_tint" | "line" | "strong"} markStyle How marks look on pages.
 * @property {"system" | "light" | "dark"} theme Of the extension's own pages.
 * @property {"comfortable" | "compact"} density Of the same.
 * @property {number} hoverMs How long the pointer rests on a mark before its card opens; 0 for clicks and keys only.
 */

/** @type {Readonly<Settings>} */
/** The service shows what passed a threshold for precision already: a handful in a partisan article, none in a wire report. */
export const DEFAULTS = Object.freeze({
  port: 8765,
  token: "",
  floor: "slight",
  hoverMs: 350,
  markStyle: "line_and_tint",
  theme: "system",
  density: "comfortable",
});

/** What each choice may be. */
const CHOICES = Object.freeze({
  floor: ["strong", "clear", "slight"],
  markStyle: ["line_and_tint", "line", "strong"],
  theme: ["system", "light", "dark"],
  density: ["comfortable", "compact"],
});

/** The stored choice where it is one. @template {keyof typeof CHOICES} Key @param {Key} key @param {unknown} value @returns {Settings[Key]} */
const choiceOf = (key, value) =>
  /** @type {Settings[Key]} */ (CHOICES[key].includes(String(value)) ? value : DEFAULTS[key]);

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
    floor: choiceOf("floor", stored.floor),
    hoverMs: isDelay(stored.hoverMs) ? stored.hoverMs : DEFAULTS.hoverMs,
    markStyle: choiceOf("markStyle", stored.markStyle),
    theme: choiceOf("theme", stored.theme),
    density: choiceOf("density", stored.density),
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

/** @param {unknown} value @returns {value is number} */
function isDelay(value) {
  return typeof value === "number" && value >= 0 && value <= 5000;
}
