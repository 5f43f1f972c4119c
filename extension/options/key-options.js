// The keys: which are set now, and the way to the browser's own page for changing them.

import { api } from "../lib/browser.js";
import { word } from "../lib/words.js";
import { el } from "../panel/dom.js";

/** Where Chromium keeps it; Firefox has a call of its own. */
const PAGE = "chrome://extensions/shortcuts";

/** @param {HTMLElement} place @returns {() => Promise<void>} */
export function keyOptions(place) {
  return async () => {
    const commands = await api.commands.getAll();
    const rows = commands
      .filter(({ description }) => description)
      .map(({ description, shortcut }) =>
        el(
          "div",
          {},
          el("dt", {}, description ?? ""),
          el("dd", {}, shortcut ? el("kbd", {}, shortcut) : word("options_keys_none")),
        ),
      );
    place.replaceChildren(
      el("dl", { class: "versions", "data-testid": "keys" }, ...rows),
      el("p", {}, word("options_keys_text")),
      el(
        "button",
        { type: "button", class: "act", "data-testid": "shortcuts", onclick: () => void openPage() },
        word("options_keys_page"),
      ),
    );
  };
}

function openPage() {
  const { openShortcutSettings } = /** @type {{openShortcutSettings?: () => Promise<void>}} */ (api.commands);
  return openShortcutSettings ? openShortcutSettings() : api.tabs.create({ url: PAGE });
}
