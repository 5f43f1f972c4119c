// What stands where reports would: nothing saved, nothing found, or the service's reason and its remedy.

import { asFailure } from "../lib/service.js";
import { word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { failed } from "../panel/states.js";

/** @import { Child } from "../panel/dom.js" */

/** Reasons that lie between this browser and the service, for which the panel has whole faces. */
const CONNECTION = [
  "service_down",
  "no_answer",
  "not_truthlens",
  "wrong_version",
  "address_not_allowed",
  "not_paired",
  "wrong_token",
  "origin_refused",
];

/** @param {unknown} thrown @param {string} title @param {() => void} retry */
export function failing(thrown, title, retry) {
  const failure = asFailure(thrown);
  if (CONNECTION.includes(failure.code)) return failed(failure, retry);
  return face(
    failure.code,
    title,
    el("p", { "data-testid": "message" }, failure.message),
    failure.remedy && el("p", { class: "remedy", "data-testid": "remedy" }, failure.remedy),
    el("div", { class: "acts" }, button("library_retry", retry, "act main")),
  );
}

/** @param {string} code @param {string} title @param {...Child} children */
export function face(code, title, ...children) {
  return el(
    "section",
    { class: "face", "data-testid": "face", "data-code": code, role: "status" },
    el("h2", { class: "title" }, title),
    ...children,
  );
}

/** @param {string} words */
export function waiting(words) {
  return el("p", { class: "waiting", role: "status", "data-testid": "waiting" }, words);
}

/** @param {string} key Of its words, and its test id. @param {() => void} act @param {string} [look] */
export function button(key, act, look = "act") {
  return el("button", { type: "button", class: look, "data-testid": key, onclick: act }, word(key));
}
