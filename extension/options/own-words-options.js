// The reader's own list of words to be marked.

import { MOST, readOwnWords, saveOwnWords, wordsIn } from "../lib/own-words.js";
import { counted, word } from "../lib/words.js";
import { el } from "../panel/dom.js";

/** @param {HTMLElement} place @returns {() => Promise<void>} Shows the list. */
export function ownWordsOptions(place) {
  const list = el("textarea", {
    id: "own-words",
    rows: 5,
    spellcheck: "false",
    "aria-describedby": "own-words-text",
    "data-testid": "own_words",
  });
  const said = el("p", { role: "status", "data-testid": "own_words_said" });
  const save = el(
    "button",
    {
      type: "button",
      class: "act",
      "data-testid": "own_words_save",
      onclick: async () => {
        const words = wordsIn(list.value);
        await saveOwnWords(words);
        list.value = words.join("\n");
        said.textContent = counted("own_words_saved", words.length);
      },
    },
    word("options_save"),
  );
  place.replaceChildren(
    el("p", { id: "own-words-text" }, word("own_words_text", MOST)),
    el("label", { for: list.id }, word("own_words_label")),
    list,
    el("div", { class: "row" }, save),
    said,
  );
  return async () => {
    if (document.activeElement !== list) list.value = (await readOwnWords()).join("\n");
  };
}
