// A question before something cannot be undone, in the place of the button that was pressed.

import { el } from "../panel/dom.js";
import { word } from "../lib/words.js";

/**
 * @param {HTMLElement} button What was pressed; it comes back when the answer is no.
 * @param {string} question
 * @param {string} yes What the button that does it says.
 * @param {() => void} act
 */
export function ask(button, question, yes, act) {
  const no = el("button", { type: "button", class: "act", "data-testid": "ask_no" }, word("library_ask_no"));
  const back = () => {
    asked.replaceWith(button);
    button.focus();
  };
  no.addEventListener("click", back);
  const asked = el(
    "span",
    { class: "ask", role: "group", "aria-label": question, "data-testid": "ask" },
    el("span", {}, question),
    el(
      "button",
      {
        type: "button",
        class: "act main",
        "data-testid": "ask_yes",
        onclick: () => {
          back();
          act();
        },
      },
      yes,
    ),
    no,
  );
  asked.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") back();
  });
  button.replaceWith(asked);
  no.focus();
}
