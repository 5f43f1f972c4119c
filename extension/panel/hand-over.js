// Hands a file to the browser, which saves it as a download; nothing is asked of the network for it.

import { el } from "./dom.js";

const READ_MS = 60_000; // within which the browser has read what it saves

/** @param {Blob} file @param {string} name */
export function handOver(file, name) {
  const address = URL.createObjectURL(file);
  const link = el("a", { download: name });
  link.href = address;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), READ_MS);
}
