// The sections of the report, one under the other; empty ones stand as one grey line in their place.

import { word } from "../lib/words.js";
import { render } from "./blocks.js";
import { el } from "./dom.js";

/** @import { Result, Section } from "../lib/messages.js" */
/** @import { Reader } from "./evidence.js" */

/** @param {Section[]} sections Those with the placement "report". @param {Reader} reader */
export function report(sections, reader) {
  const first = sections.find((section) => !isEmpty(section) && !isAside(section));
  return el(
    "section",
    { "aria-labelledby": "report-title", "data-testid": "report", hidden: sections.length === 0 },
    el("h2", { id: "report-title" }, word("report_title")),
    ...sections.map((section) => {
      if (isEmpty(section)) return quiet(section);
      return isAside(section) ? aside(section, reader) : full(section, section === first, reader);
    }),
  );
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

/** @param {Section} section @param {Reader} reader */
function aside({ key, title, blocks }, reader) {
  return el(
    "div",
    { class: "quiet", "data-testid": `section_${key}` },
    el("h3", {}, title),
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

/** @param {Section} section @param {boolean} open @param {Reader} reader */
function full({ key, title, blocks }, open, reader) {
  return el(
    "details",
    { open, "data-testid": `section_${key}` },
    el("summary", {}, el("h3", {}, title)),
    el("div", { class: "blocks" }, ...blocks.map((block) => render(block, reader))),
  );
}
