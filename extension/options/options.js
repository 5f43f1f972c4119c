// The options, part by part: where the service listens and whether it answers, the pairing, and what the reader sets.

import { keepAppearance } from "../lib/appearance.js";
import { api } from "../lib/browser.js";
import { asFailure, status } from "../lib/service.js";
import { isPort, readSettings, saveSettings } from "../lib/settings.js";
import { fillWords, word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { pairingForm } from "../panel/pairing.js";
import { choices } from "./choices.js";
import { feedOptions } from "./feed-options.js";
import { historyOptions } from "./history-options.js";
import { indicatorOptions } from "./indicator-options.js";
import { keyOptions } from "./key-options.js";
import { languageModelOptions } from "./language-model-options.js";
import { ownWordsOptions } from "./own-words-options.js";
import { settingsFile } from "./settings-file.js";
import { siteOptions } from "./site-options.js";
import { switchedOff } from "./switched-off.js";
import { versionsShown } from "./versions.js";
import { voteOptions } from "./vote-options.js";

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const port = /** @type {HTMLInputElement} */ (byId("port"));

/** @param {string} words */
function answer(words) {
  byId("answer").textContent = words;
}

async function showPairing() {
  const { token } = await readSettings();
  byId("paired").textContent = word(token ? "options_paired" : "options_not_paired");
  byId("pairing").hidden = token !== "";
  byId("unpair").hidden = token === "";
}

fillWords(document);
void keepAppearance();
const indicators = indicatorOptions(byId("indicators"));
/** What this browser keeps. */
const kept = [
  showPairing,
  choices(),
  indicators.tick,
  ownWordsOptions(byId("own-words-place")),
  siteOptions(byId("sites"), byId("sites-title")),
  switchedOff(byId("off"), byId("off-title")),
  voteOptions(byId("votes"), byId("votes-title")),
];
/** What the service keeps; each asks it. */
const atService = [
  indicators.ask,
  historyOptions(byId("history"), (words) => (byId("live").textContent = words)),
  feedOptions(byId("feeds")),
  languageModelOptions(byId("llm")),
  versionsShown(byId("versions")),
];

/** @param {(() => Promise<void>)[]} parts */
const showAll = (parts) => Promise.all(parts.map((show) => show()));

async function save(/** @type {Event} */ event) {
  event.preventDefault();
  const number = Number(port.value);
  if (!isPort(number)) return answer(word("options_port_wrong"));
  await saveSettings({ port: number });
  return answer(word("options_saved"));
}

async function check() {
  answer(word("options_checking"));
  try {
    const { version, model } = await status();
    const key = model.state === "failed" ? "model_failed" : model.state;
    answer(word(`options_${key}`, version, model.detail));
  } catch (thrown) {
    const { message, remedy } = asFailure(thrown);
    answer(`${message} ${remedy}`);
  }
}

async function unpair() {
  await saveSettings({ token: "" });
  answer(word("options_unpaired"));
}

/** The way to each part: the page is long. */
function listParts() {
  const links = [...document.querySelectorAll("section > h2")].map((title) => {
    const link = el("a", {}, title.textContent ?? "");
    link.href = `#${title.id}`;
    return el("li", {}, link);
  });
  const list = byId("parts");
  list.setAttribute("aria-label", word("options_parts"));
  list.replaceChildren(el("ul", {}, ...links));
}

listParts();
byId("pairing").append(pairingForm());
byId("service").addEventListener("submit", save);
byId("check").addEventListener("click", check);
byId("unpair").addEventListener("click", unpair);
settingsFile(byId("file"));
void keyOptions(byId("keys"))();
api.storage.local.onChanged.addListener((changes) => {
  void showAll(kept);
  if ("token" in changes || "port" in changes) void showAll(atService);
});
port.value = String((await readSettings()).port);
await showAll(kept);
await showAll(atService);
