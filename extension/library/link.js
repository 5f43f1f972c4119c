// The way to the library's page, for the panel and the options.

import { word } from "../lib/words.js";
import { el } from "../panel/dom.js";

/** @param {string} [look] Its class. */
export function libraryLink(look = "aside") {
  const link = el("a", { class: look, target: "_blank", "data-testid": "library" }, word("library_link"));
  link.href = "/library/library.html";
  return link;
}
