// The form that takes the pairing code, for the panel and the options.

import { asFailure, pair } from "../lib/service.js";
import { word } from "../lib/words.js";
import { el } from "./dom.js";

/** Whoever shows it learns of success from the stored token. */
export function pairingForm() {
  const input = el("input", {
    id: "pair-code",
    name: "code",
    "data-testid": "pair_code",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    maxlength: 16,
    required: true,
    "aria-describedby": "pair-hint pair-error",
  });
  const button = el("button", { class: "act main", "data-testid": "pair" }, word("pair_button"));
  const hint = el(
    "p",
    { id: "pair-hint", class: "hint", role: "status", "data-testid": "pair_hint" },
    word("pair_hint"),
  );
  const error = el("p", { id: "pair-error", class: "error", role: "alert", "data-testid": "pair_error" });
  const form = el(
    "form",
    { class: "pairing", "data-testid": "pairing" },
    el("label", { for: "pair-code" }, word("pair_code")),
    el("div", { class: "row" }, input, button),
    hint,
    error,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    error.textContent = "";
    try {
      await pair(input.value, () => {
        const asking = word("pair_asking");
        if (hint.textContent !== asking) hint.textContent = asking; // a status is read out at each change
      });
      input.value = "";
      hint.textContent = word("pair_done");
    } catch (thrown) {
      const { message, remedy } = asFailure(thrown);
      hint.textContent = word("pair_hint");
      error.textContent = `${message} ${remedy}`;
      input.select();
    } finally {
      button.disabled = false;
    }
  });
  return form;
}
