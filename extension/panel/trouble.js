// A failure beside things that work: what is the matter, what to do about it, and the same again.

import { asFailure } from "../lib/service.js";
import { word } from "../lib/words.js";
import { el } from "./dom.js";

/** @param {unknown} thrown @param {() => void} again */
export function trouble(thrown, again) {
  const { code, message, remedy } = asFailure(thrown);
  return el(
    "div",
    { class: "quiet", role: "alert", "data-testid": "trouble", "data-code": code },
    el("p", {}, `${message} ${remedy}`.trim()),
    el(
      "button",
      { type: "button", class: "aside", "data-testid": "trouble_again", onclick: again },
      word("retry"),
    ),
  );
}
