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
let last = Promise.resolve();
/** One lock for all: enough for tests, which have one context. */
window.navigator.locks = { request: (_name, task) => (last = last.then(task, task)) };
window.Element.prototype.scrollIntoView = function () {};

export { window };
