// A part of the options that the service has to be asked for: what it says, or why it could not be asked.

import { word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { trouble } from "../panel/trouble.js";

/**
 * @param {HTMLElement} place
 * @param {() => Promise<Node[]>} make Asks and gives what is shown.
 * @returns {() => Promise<void>} Asks and shows. Where a button that had the focus is gone, the place gets it.
 */
export function asked(place, make) {
  place.tabIndex = -1;
  return async function show() {
    const hadFocus = place.contains(document.activeElement);
    if (!place.hasChildNodes()) place.replaceChildren(el("p", {}, word("options_checking")));
    try {
      place.replaceChildren(...(await make()));
    } catch (thrown) {
      place.replaceChildren(trouble(thrown, () => void show()));
    }
    if (hadFocus && !place.contains(document.activeElement)) place.focus();
  };
}

/**
 * Does what a button was pressed for, and says beside it what went wrong.
 *
 * @param {HTMLElement} beside
 * @param {HTMLButtonElement} button
 * @param {() => Promise<void>} deed
 */
export async function attempt(beside, button, deed) {
  button.disabled = true;
  beside.replaceChildren();
  try {
    await deed();
  } catch (thrown) {
    beside.replaceChildren(trouble(thrown, () => void attempt(beside, button, deed)));
  } finally {
    button.disabled = false;
  }
}
