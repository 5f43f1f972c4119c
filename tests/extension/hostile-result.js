// Results in which every text that comes from outside is a payload: something that runs or loads where it is markup.

import { readFileSync } from "node:fs";

const read = (name) => JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8"));
const fixture = read("result.json");

/** What each payload does, filled in: it counts, and it asks a server of its own. */
export const PAYLOADS = read("payloads.json").payloads.map((payload) =>
  payload.replaceAll("{hit}", "globalThis.hits=1").replaceAll("{canary}", "https://canary.invalid"),
);

/** Fields that the extension compares with what it knows, or counts with; they are not shown as they come. */
const STRUCTURE = new Set(
  "kind key id type placement state voice colour strength indicator other extracted_by language published code".split(
    " ",
  ),
);

/** @template T @param {T} value @param {string} payload @param {string} [key] @returns {T} */
export function poisoned(value, payload, key = "") {
  if (typeof value === "string")
    return /** @type {T} */ (STRUCTURE.has(key) || value === "" ? value : payload);
  if (Array.isArray(value)) {
    if (key === "amounts") return value; // pairs of a voice and a number
    return /** @type {T} */ (value.map((each) => poisoned(each, payload, key)));
  }
  if (!value || typeof value !== "object") return value;
  return /** @type {T} */ (
    Object.fromEntries(Object.entries(value).map(([name, part]) => [name, poisoned(part, payload, name)]))
  );
}

/** A whole result; its article repeats the payload in each line, and each mark stands on one. @param {string} payload */
export function hostileResult(payload) {
  const annotations = fixture.annotations.map((annotation, number) => ({ annotation, number }));
  const inLine = payload.replaceAll("\n", " "); // a line of an article has none
  const lines = [inLine, ...annotations.map(({ number }) => `Line ${number} says ${inLine} and goes on.`)];
  const text = lines.join("\n");
  const result = poisoned(fixture, payload);
  const start = (number) => lines.slice(0, number + 1).join("\n").length + 1 + `Line ${number} says `.length;
  return {
    ...result,
    article: { ...result.article, text, paragraphs: lines.length - 1 },
    annotations: result.annotations.map((annotation, number) => {
      const [from, to] = [start(number), start(number) + inLine.length];
      const [quote, position] = annotation.target.selector;
      return {
        ...annotation,
        target: {
          ...annotation.target,
          selector: [
            { ...quote, exact: inLine, prefix: text.slice(from - 10, from), suffix: text.slice(to, to + 10) },
            { ...position, start: from, end: to },
          ],
        },
        body: { ...annotation.body, paragraph: number + 1, utf16_start: from, utf16_end: to },
      };
    }),
  };
}

/** Elements and the names of their attributes, without any of their text: what markup would add to. @param {Element} root */
export function skeleton(root) {
  const names = (element) => element.getAttributeNames().sort().join(" ");
  return [root, ...root.querySelectorAll("*")]
    .map((element) => `${element.localName}[${names(element)}]`)
    .join("\n");
}
