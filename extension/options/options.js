// The options: where the service listens, whether it answers, and the pairing.

import { api } from "../lib/browser.js";
import { asFailure, status } from "../lib/service.js";
import { isPort, readSettings, saveSettings } from "../lib/settings.js";
import { fillWords, word } from "../lib/words.js";
import { pairingForm } from "../panel/pairing.js";
import { markOptions } from "./mark-options.js";
import { switchedOff } from "./switched-off.js";
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

const showMarks = markOptions(byId("floor"), byId("hover"));
const showOff = switchedOff(byId("off"), byId("off-title"));
const showVotes = voteOptions(byId("votes"), byId("votes-title"));

async function showAll() {
  await Promise.all([showPairing(), showMarks(), showOff(), showVotes()]);
}

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

fillWords(document);
byId("pairing").append(pairingForm());
byId("service").addEventListener("submit", save);
byId("check").addEventListener("click", check);
byId("unpair").addEventListener("click", unpair);
api.storage.local.onChanged.addListener(() => void showAll());
port.value = String((await readSettings()).port);
await showAll();
