// The sections of the report, one under the other; empty ones stand as one grey line in their place.

import { word } from "../lib/words.js";
import { render } from "./blocks.js";
import { el } from "./dom.js";

/** @import { Result, Section } from "../lib/messages.js" */
/** @import { Reader } from "./evidence.js" */

/**
 * @param {Section[]} sections Those with the placement "report".
 * @param {Reader} reader
 * @param {Record<string, Node>} [live] By key, what stands in the place of sections that go on after the report.
 */
export function report(sections, reader, live = {}) {
  return el(
    "section",
    { "aria-labelledby": "report-title", "data-testid": "report", hidden: sections.length === 0 },
    el("h2", { id: "report-title" }, word("report_title")),
    ...sectionNodes(sections, reader, "h3", live),
  );
}

/**
 * The first section that says something stands open.
 *
 * @param {Section[]} sections
 * @param {Reader} reader
 * @param {"h3" | "h4"} level Of the titles.
 * @param {Record<string, Node>} [live]
 */
export function sectionNodes(sections, reader, level, live = {}) {
  const first = sections.find(
    (section) => !isEmpty(section) && !isAside(section) && !Object.hasOwn(live, section.key),
  );
  return sections.map((section) => {
    if (Object.hasOwn(live, section.key)) return /** @type {Node} */ (live[section.key]);
    if (isEmpty(section)) return quiet(section);
    if (isAside(section)) return aside(section, reader, level);
    return full(section, section === first, reader, level);
  });
}

/** What could not be done. @param {Result} result */
export function problems({ report: { problems } }) {
  return el(
    "section",
    { "data-testid": "problems", hidden: problems.length === 0 },
    ...problems.map(({ message }) =>
      el("p", { class: "quiet", "data-testid": "problem" }, word("problem", message)),
    ),
  );
}

/** @param {Section} section */
function isEmpty({ blocks }) {
  return blocks.every((block) => block.kind === "nothing");
}

/** Notes claim nothing about the article: what was not checked stands open, and none need open it. @param {Section} section */
function isAside({ blocks }) {
  return blocks.every((block) => block.kind === "note");
}

/** @param {Section} section @param {Reader} reader @param {"h3" | "h4"} level */
function aside({ key, title, blocks }, reader, level) {
  return el(
    "div",
    { class: "quiet", "data-testid": `section_${key}` },
    el(level, {}, title),
    ...blocks.map((block) => render(block, reader)),
  );
}

/** @param {Section} section */
function quiet({ key, title, blocks }) {
  const said = blocks.map((block) => (block.kind === "nothing" ? block.text : "")).join(" ");
  return el(
    "p",
    { class: "none", "data-testid": `section_${key}` },
    el("span", {}, title),
    el("small", {}, said || word("section_empty")),
  );
}

/** @param {Section} section @param {boolean} open @param {Reader} reader @param {"h3" | "h4"} level */
function full({ key, title, blocks }, open, reader, level) {
  return el(
    "details",
    { open, "data-testid": `section_${key}` },
    el("summary", {}, el(level, {}, title)),
    el("div", { class: "blocks" }, ...blocks.map((block) => render(block, reader))),
  );
}
