// One part of the summary: four steps and a line, with formula, inputs and evidence one click away.

import { word } from "../lib/words.js";
import { el, spoken } from "./dom.js";
import { chips } from "./evidence.js";

/** @import { Meter } from "../lib/messages.js" */
/** @import { Reader } from "./evidence.js" */

const STEPS = [0, 1, 2, 3];

/** @param {Meter} block @param {Reader} reader */
export function meter({ key, title, grade, unsure, line, formula, inputs, evidence }, reader) {
  const id = `workings-${key.replace(/[^a-z0-9_]/gi, "_")}`;
  const button = el(
    "button",
    {
      type: "button",
      class: "part",
      "data-testid": `part_${key}`,
      "aria-expanded": "false",
      "aria-controls": id,
      onclick: () => unfold(button, button.getAttribute("aria-expanded") !== "true"),
    },
    el("b", {}, title),
    steps(grade, unsure),
    el("span", { class: "line" }, line),
  );
  const workings = el(
    "dl",
    { id, class: "workings", hidden: true },
    ...(formula ? [el("dt", {}, word("formula")), el("dd", {}, formula)] : []),
    ...(inputs.length > 0 ? [el("dt", {}, word("inputs")), ...inputs.map(input)] : []),
    ...(evidence.length > 0
      ? [el("dt", {}, word("evidence")), el("dd", {}, ...chips(evidence, reader))]
      : []),
  );
  return el("div", {}, button, workings);
}

/** @param {[string, string]} pair */
function input([name, value]) {
  return el("dd", { class: "input" }, el("span", {}, name), el("span", {}, String(value)));
}

/** @param {number | null} grade @param {boolean} unsure */
function steps(grade, unsure) {
  const last = Math.max(0, (grade ?? 0) - 1);
  const boxes = STEPS.map((step) => {
    const kind = grade !== null && unsure && step === last ? "unsure" : step < (grade ?? 0) ? "on" : "";
    return el("i", { class: kind });
  });
  const said =
    grade === null ? word("steps_none") : word(unsure && grade > 0 ? "steps_unsure" : "steps", grade);
  const name = grade === null ? "steps unrated" : "steps";
  return el("span", { class: name, title: said }, ...boxes, spoken(said));
}

/** Shows or hides the workings behind a part. @param {Element} button @param {boolean} open */
export function unfold(button, open) {
  button.setAttribute("aria-expanded", String(open));
  const workings = button.nextElementSibling;
  if (workings instanceof HTMLElement) workings.hidden = !open;
}
