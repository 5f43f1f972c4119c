// A document for the modules of panel and options. Imported before them.

import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><body></body>", { url: "https://extension.invalid/" });

for (const name of ["window", "document", "navigator", "Element", "HTMLElement", "Node"]) {
  // Newer Node has a navigator that cannot be assigned.
  Object.defineProperty(globalThis, name, {
    value: window[name] ?? window,
    configurable: true,
    writable: true,
  });
}
window.Element.prototype.scrollIntoView = function () {};

export { window };
