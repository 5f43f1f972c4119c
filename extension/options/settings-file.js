// Everything that the reader has set and switched off, as one file, and back from one. Never the pairing: a file may
// be passed on.

import { api } from "../lib/browser.js";
import { word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { handOver } from "../panel/hand-over.js";
import { ask } from "../library/ask.js";

const KIND = "truthlens-settings";
/** What a file may hold. Whoever reads these from the store leaves out what is unusable, so nothing is judged here. */
const KEYS = [
  "port",
  "floor",
  "hoverMs",
  "markStyle",
  "theme",
  "density",
  "ignored",
  "votes",
  "own_words",
  "sites",
];
/** Sites that are read by themselves need the browser's leave, which no file can give. */
const WITHOUT_LEAVE = "allowed";
/** Bytes; votes and switched-off marks at their ceilings take less. */
const LARGEST = 5_000_000;

/** @param {HTMLElement} place */
export function settingsFile(place) {
  const said = el("p", { role: "status", "data-testid": "settings_said" });
  const chooser = el("input", {
    id: "settings-file",
    type: "file",
    accept: "application/json,.json",
    "data-testid": "settings_file",
  });
  const save = el(
    "button",
    { type: "button", class: "act", "data-testid": "settings_save", onclick: () => void hand() },
    word("options_file_save"),
  );
  const load = el(
    "button",
    { type: "button", class: "act", "data-testid": "settings_load", onclick: () => void offer() },
    word("options_file_load"),
  );

  async function hand() {
    const file = new Blob([`${JSON.stringify(await settingsNow(), null, 2)}\n`], {
      type: "application/json",
    });
    handOver(file, "truthlens-settings.json");
  }

  async function offer() {
    const [file] = chooser.files ?? [];
    const found = file && file.size <= LARGEST ? settingsFrom(await file.text()) : null;
    if (!found) {
      said.textContent = word(file ? "options_file_wrong" : "options_file_none");
      return;
    }
    ask(load, word("options_file_ask"), word("options_file_replace"), () => {
      void api.storage.local.set(found).then(() => (said.textContent = word("options_file_done")));
    });
  }

  place.replaceChildren(
    el("p", {}, word("options_file_text")),
    el("div", { class: "row" }, save),
    el("label", { for: "settings-file" }, word("options_file_choose")),
    el("div", { class: "row" }, chooser, load),
    said,
  );
}

/** @returns {Promise<object>} */
export async function settingsNow() {
  const { version } = api.runtime.getManifest();
  const stored = /** @type {Record<string, unknown>} */ (await api.storage.local.get(null));
  return { kind: KIND, version, settings: picked(stored) };
}

/** What may stand in a file, and nothing else of what is stored. @param {Record<string, unknown>} stored */
function picked(stored) {
  return Object.fromEntries(
    KEYS.filter((key) => Object.hasOwn(stored, key)).map((key) => [key, stored[key]]),
  );
}

/**
 * What a file sets; null for one that is none of ours. Pure.
 *
 * @param {string} text
 * @returns {Record<string, unknown> | null}
 */
export function settingsFrom(text) {
  /** @type {any} */
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  const settings = read?.kind === KIND ? read.settings : null;
  if (typeof settings !== "object" || settings === null || Array.isArray(settings)) return null;
  const known = picked(settings);
  const sites = known["sites"];
  if (sites && typeof sites === "object") known["sites"] = { ...sites, [WITHOUT_LEAVE]: [] };
  return known;
}
