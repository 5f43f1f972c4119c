// What stands over the shelf: a way back, and what is fetched for it, or why it could not be.

import { word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { failing, waiting } from "./faces.js";

/**
 * @param {string} testid
 * @param {string} asking Said meanwhile.
 * @param {string} failed The title over a reason.
 * @param {(signal: AbortSignal) => Promise<Node>} make The signal aborts when the reader leaves.
 */
export function overlay(testid, asking, failed, make) {
  const leaving = new AbortController();
  const link = el("a", { "data-testid": "back" }, word("library_back"));
  link.href = "#";
  const body = el("div");
  const root = el(
    "div",
    { class: "over", tabindex: -1, "data-testid": testid },
    el("nav", { class: "back" }, link),
    body,
  );
  async function load() {
    body.replaceChildren(waiting(asking));
    try {
      body.replaceChildren(await make(leaving.signal));
    } catch (thrown) {
      if (leaving.signal.aborted) return;
      body.replaceChildren(failing(thrown, failed, () => void load()));
    }
  }
  void load();
  return { root, dispose: () => leaving.abort() };
}
