// A page with the extension's page scripts in it, as the browser would put them there.

import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";
import { EXTENSION, fakeApi } from "./browser-stub.js";

const source = (name) => readFileSync(new URL(name, EXTENSION), "utf8");
const SCRIPTS = [...source("lib/tab-page.js").matchAll(/"(page\/[a-z]+\.js)"/g)].map(([, name]) =>
  source(name),
);

/**
 * @param {string} body Markup of the page's body.
 * @param {{highlights?: boolean}} [browser]
 */
export function pageOf(body, { highlights = true } = {}) {
  const { window } = new JSDOM(`<!doctype html><html><body>${body}</body></html>`, {
    url: "https://news.invalid/story",
    runScripts: "outside-only",
    pretendToBeVisual: true,
  });
  const api = fakeApi();
  window.chrome = api;
  // jsdom has no CSS highlights, no popovers and no layout.
  if (highlights) {
    window.Highlight = class extends Set {
      constructor(...ranges) {
        super(ranges);
      }
    };
  }
  window.CSS = { highlights: highlights ? new Map() : undefined };
  // Our own sheets would only be parsed, by a parser that knows half of them.
  window.CSSStyleSheet.prototype.replaceSync = function () {};
  const closed = new Map();
  const { attachShadow } = window.Element.prototype;
  window.Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options);
    closed.set(this, root);
    return root;
  };
  api.dom = { openOrClosedShadowRoot: (element) => closed.get(element) ?? null };
  window.matchMedia = (query) => ({ matches: query.includes("reduced-motion"), addEventListener() {} });
  window.scrollBy = () => undefined;
  window.HTMLElement.prototype.showPopover = function () {
    this.dataset.open = "yes";
  };
  window.HTMLElement.prototype.hidePopover = function () {
    delete this.dataset.open;
  };
  window.Element.prototype.scrollIntoView = function () {};
  window.Range.prototype.getBoundingClientRect = () => new window.DOMRect(10, 10, 50, 20);
  window.Range.prototype.getClientRects = () => [new window.DOMRect(10, 10, 50, 20)];
  for (const script of SCRIPTS) window.eval(script);
  return {
    window,
    api,
    /** What stands behind the closed shadow root of an element of ours. @param {string} name */
    inside: (name) => closed.get(window.document.querySelector(name)),
    TL: window.TruthLens,
    /** Sends a message as the extension does. */
    ask(message) {
      let answer;
      api.runtime.onMessage.emit(message, {}, (value) => (answer = structuredClone(value)));
      return answer;
    },
    /** Painted text by highlight name. */
    painted: () =>
      Object.fromEntries([...window.CSS.highlights].map(([name, ranges]) => [name, [...ranges].map(String)])),
  };
}

/** A quotation as the service makes one. @param {string} text @param {number} start @param {number} end */
export function quote(text, start, end) {
  return {
    exact: text.slice(start, end),
    prefix: text.slice(Math.max(0, start - 32), start),
    suffix: text.slice(end, end + 32),
    hint: start,
  };
}
