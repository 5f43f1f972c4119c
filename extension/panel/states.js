// The faces of the panel when there is no report to show: what is the matter and what to do about it.

import { api } from "../lib/browser.js";
import { word, wordFor } from "../lib/words.js";
import { el } from "./dom.js";
import { libraryNotice } from "./library-notice.js";
import { pairingForm } from "./pairing.js";

/** @import { Failure } from "../lib/messages.js" */

/**
 * What a face offers besides its words. Codes that are not here offer Retry.
 *
 * @type {Record<string, {command?: string, pairing?: boolean, options?: boolean, allow?: boolean, retry?: boolean}>}
 */
const FACES = {
  service_down: { command: "make run", retry: true },
  service_stopped: { command: "make run", retry: true },
  not_paired: { command: "make pair", pairing: true },
  wrong_token: { command: "make pair", pairing: true },
  origin_refused: { command: "make pair", pairing: true },
  not_truthlens: { options: true, retry: true },
  no_answer: { options: true, retry: true },
  address_not_allowed: { allow: true, retry: true },
  page_not_supported: {},
  permission_missing: {},
  page_moved: {},
};

/** @param {Failure} failure @param {() => void} retry */
export function failed({ code, message, remedy, detail }, retry) {
  const known = Object.hasOwn(FACES, code) ? FACES[code] : undefined;
  const { command, pairing, options, allow, retry: again } = known ?? { retry: true };
  return face(
    code,
    wordFor("title", code, word("title_failed")),
    el("p", { "data-testid": "message" }, message),
    remedy && el("p", { class: "remedy", "data-testid": "remedy" }, remedy),
    detail && el("p", { class: "quiet", "data-testid": "detail" }, word("browser_says", detail)),
    command && commandLine(command),
    pairing && libraryNotice(),
    pairing && pairingForm(),
    el(
      "div",
      { class: "acts" },
      allow && action("allow", () => void allowAddress(retry), true),
      again && action("retry", retry, !allow),
      options && action("open_options", () => void api.runtime.openOptionsPage(), false),
    ),
  );
}

export function idle() {
  return face(
    "idle",
    word("idle_title"),
    el("p", { class: "remedy" }, word("idle_text")),
    el("p", {}, word("idle_local")),
  );
}

/** @param {() => void} retry */
export function cancelled(retry) {
  return face(
    "cancelled",
    word("title_cancelled"),
    el("p", {}, word("text_cancelled")),
    el("div", { class: "acts" }, action("again", retry, true)),
  );
}

/** @param {string} code @param {string} title @param {...import("./dom.js").Child} children */
function face(code, title, ...children) {
  return el(
    "section",
    { class: "face", "data-testid": "face", "data-code": code, role: "status" },
    el("h1", { class: "title" }, title),
    ...children,
  );
}

/** @param {string} key @param {() => void} act @param {boolean} main */
function action(key, act, main) {
  return el(
    "button",
    { type: "button", class: main ? "act main" : "act", "data-testid": key, onclick: act },
    word(key),
  );
}

/** A command for the terminal, to be copied. @param {string} command */
export function commandLine(command) {
  const copy = el("button", { type: "button", class: "act", "data-testid": "copy" }, word("copy"));
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(command);
    copy.textContent = word("copied");
  });
  return el("div", { class: "command" }, el("code", { "data-testid": "command" }, command), copy);
}

/** Only a click may ask for it. @param {() => void} then */
async function allowAddress(then) {
  if (await api.permissions.request({ origins: ["http://127.0.0.1/*"] })) then();
}
