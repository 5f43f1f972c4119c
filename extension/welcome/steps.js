// The three steps of the first run: start the service, pair with it, read the demo article. Each says how far it is.

import { status } from "../lib/service.js";
import { readSettings } from "../lib/settings.js";
import { word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { pairingForm } from "../panel/pairing.js";
import { commandLine } from "../panel/states.js";
import { trouble } from "../panel/trouble.js";

/** Milliseconds between two looks for a service that does not run yet. */
const PACE = 2000;

/** @typedef {"waiting" | "now" | "done"} State */

/**
 * @param {{start: HTMLElement, pair: HTMLElement, trial: HTMLElement}} places
 * @param {(button: HTMLButtonElement) => void} read Reads the demo article.
 */
export function steps({ start, pair, trial }, read) {
  const form = pairingForm();
  /** What is shown, so that nothing is drawn anew under the reader's hands. */
  let shown = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  async function look() {
    clearTimeout(timer);
    /** @type {unknown} */
    let fault = null;
    try {
      await status();
    } catch (thrown) {
      fault = thrown;
    }
    const isPaired = (await readSettings()).token !== "";
    const code = fault ? String(/** @type {{code?: string}} */ (fault).code) : "";
    const now = `${code} ${isPaired}`;
    if (now !== shown) {
      shown = now;
      draw(fault, isPaired);
    }
    if (fault) timer = setTimeout(() => void look(), PACE);
  }

  /** @param {unknown} fault @param {boolean} isPaired */
  function draw(fault, isPaired) {
    const isDown = fault && /** @type {{code?: string}} */ (fault).code === "service_down";
    fill(start, fault ? "now" : "done", "welcome_start", [
      el("p", {}, word(fault ? "welcome_start_text" : "welcome_start_done")),
      fault ? commandLine("make run") : null,
      fault === null
        ? null
        : isDown
          ? el("p", { role: "status" }, word("welcome_start_waiting"))
          : trouble(fault, () => void look()),
    ]);
    const asks = !fault && !isPaired;
    fill(pair, fault ? "waiting" : isPaired ? "done" : "now", "welcome_pair", [
      el("p", {}, word(isPaired ? "welcome_pair_done" : "welcome_pair_text")),
      ...(asks ? [el("p", {}, word("welcome_pair_new")), commandLine("make pair"), form] : []),
    ]);
    const isReady = !fault && isPaired;
    const button = el(
      "button",
      { type: "button", class: "act main", "data-testid": "read_demo", onclick: () => read(button) },
      word("welcome_try_button"),
    );
    button.disabled = !isReady;
    fill(trial, isReady ? "now" : "waiting", "welcome_try", [
      el("p", {}, word("welcome_try_text")),
      el("div", { class: "acts" }, button),
    ]);
  }

  return {
    look,
    /** The demo article was read. */
    done: () => (trial.dataset["state"] = "done"),
  };
}

/** @param {HTMLElement} place @param {State} state @param {string} title @param {import("../panel/dom.js").Child[]} children */
function fill(place, state, title, children) {
  place.dataset["state"] = state;
  const said = state === "now" ? [] : [el("span", { class: "spoken" }, ` (${word(`welcome_${state}`)})`)];
  place.replaceChildren(
    el("h2", {}, word(title), ...said),
    ...children.filter((child) => child instanceof Node),
  );
}
