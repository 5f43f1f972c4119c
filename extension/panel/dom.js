// Elements from plain data. Strings become text, never markup; that no other panel file makes elements keeps it so.

import { plain } from "../lib/plain.js";

/** @typedef {string | number | boolean | undefined | ((event: any) => void)} Value */
/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, Value>} [attributes] Functions under `on…` listen; true is an empty attribute, false and
 *   undefined are none. Addresses do not belong here: lib/plain.js judges them first.
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? "" : plain(String(value)));
    }
  }
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === "string" ? plain(child) : child);
  }
  return element;
}

/**
 * The same for pictures.
 *
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {...Child} children
 * @returns {SVGElement}
 */
export function svg(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, plain(String(value)));
  for (const child of children) if (child) element.append(typeof child === "string" ? plain(child) : child);
  return element;
}

/** Words for screen readers alone. @param {string} words */
export function spoken(words) {
  return el("span", { class: "spoken" }, words);
}

/** Nodes with a separator between them; empty ones fall out. @param {Child[]} children */
export function dotted(...children) {
  return children
    .filter((child) => child !== "" && child)
    .flatMap((child, k) => (k === 0 ? [child] : [" · ", child]));
}
