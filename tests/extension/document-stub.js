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
/** No test process waits for what is only tidied away much later, as the addresses of saved files are. */
const { setTimeout: later } = globalThis;
globalThis.setTimeout = (act, wait, ...given) => {
  const timer = later(act, wait, ...given);
  if (wait >= 10_000) timer.unref();
  return timer;
};
window.Element.prototype.scrollIntoView = function () {};

export { window };
