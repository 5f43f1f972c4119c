// The marks of the page: how many of which kind and whose, filters, and the list of findings.

import { counted, word, wordFor } from "../lib/words.js";
import { el } from "./dom.js";
import { findings } from "./findings.js";
import { strengthSlider } from "./strength.js";

/** @import { Reason } from "../lib/marks.js" */
/** @import { Hidden, Mark, Placed, Result } from "../lib/messages.js" */
/** @import { Floor } from "./strength.js" */

const VOICES = /** @type {const} */ (["own", "quote", "attributed", "headline"]);

/**
 * @typedef {object} Handlers
 * @property {(mark: Mark) => void} choose
 * @property {(hidden: Hidden) => void} filter
 * @property {(floor: Floor) => void} [setFloor] Without it there is no slider.
 * @property {() => void} toggle
 * @property {(words: string) => void} announce
 */

/** @param {Mark[]} marks @param {Result} result @param {Handlers} handlers */
export function marksSection(marks, result, handlers) {
  /** @type {Hidden} */
  const hidden = { indicators: [], voices: [] };
  let unplaced = /** @type {Set<number>} */ (new Set());
  let unplacedOnly = false;
  let withheld = /** @type {Map<number, Reason>} */ (new Map());
  let visible = true;

  const list = findings(marks, result.annotations, result.article, handlers.choose);
  const empty = el("p", { class: "nothing", "data-testid": "marks_none" });
  const kept = el("p", { class: "note", "data-testid": "marks_withheld" });
  const slider = handlers.setFloor && marks.length > 0 ? strengthSlider(handlers.setFloor) : null;
  const missing = el("button", {
    type: "button",
    class: "aside",
    "data-testid": "unplaced",
    "aria-pressed": "false",
    onclick: () => {
      unplacedOnly = !unplacedOnly;
      refresh();
    },
  });
  const power = el("button", {
    type: "button",
    class: "aside power",
    "data-testid": "toggle_marks",
    hidden: marks.length === 0,
    onclick: handlers.toggle,
  });
  const chips = indicatorsOf(marks).map(({ mark, count }) =>
    filterButton("chip", `filter_${mark.indicator}`, mark.indicator, hidden.indicators, [
      mark.title,
      el("span", {}, String(count)),
    ]),
  );
  for (const [k, { mark }] of indicatorsOf(marks).entries()) chips[k]?.setAttribute("data-slot", mark.colour);
  const legend = VOICES.filter((voice) => marks.some((mark) => mark.voice === voice)).map((voice) =>
    filterButton(`line ${voice}`, `filter_${voice}`, voice, hidden.voices, [word(`legend_${voice}`)]),
  );

  /** @param {string} look @param {string} testid @param {string} key @param {string[]} off @param {import("./dom.js").Child[]} words */
  function filterButton(look, testid, key, off, words) {
    const button = el(
      "button",
      { type: "button", class: look, "aria-pressed": "true", "data-testid": testid },
      ...words,
    );
    button.addEventListener("click", () => {
      const at = off.indexOf(key);
      if (at < 0) off.push(key);
      else off.splice(at, 1);
      button.setAttribute("aria-pressed", String(at >= 0));
      const left = refresh();
      handlers.filter(hidden);
      handlers.announce(counted("marks_shown", left));
    });
    return button;
  }

  /** @param {Mark} mark */
  function isShown({ number, indicator, voice }) {
    if (withheld.has(number) || (unplacedOnly && !unplaced.has(number))) return false;
    return !hidden.indicators.includes(indicator) && !hidden.voices.includes(voice);
  }

  function refresh() {
    if (unplaced.size === 0) unplacedOnly = false;
    const left = list.filter(isShown, unplaced);
    kept.textContent = withheldInWords(withheld);
    kept.hidden = withheld.size === 0;
    missing.textContent = word("unplaced", unplaced.size);
    missing.disabled = unplaced.size === 0;
    missing.setAttribute("aria-pressed", String(unplacedOnly));
    power.textContent = word(visible ? "marks_hide" : "marks_show");
    empty.hidden = left > 0;
    empty.textContent = word(marks.length === 0 ? "marks_none" : "marks_filtered");
    return left;
  }
  refresh();

  const node = el(
    "section",
    { "aria-labelledby": "marks-title", "data-testid": "marks" },
    el(
      "div",
      { class: "head" },
      el("h2", { id: "marks-title" }, word("marks_title")),
      el(
        "p",
        { class: "aside" },
        el("span", { "data-testid": "marks_count" }, String(marks.length)),
        " · ",
        missing,
      ),
    ),
    bar(marks),
    el("div", { class: "chips", role: "group", "aria-label": word("filters") }, ...chips),
    el("div", { class: "legend", role: "group", "aria-label": word("legend") }, ...legend, power),
    slider?.node,
    list.node,
    empty,
    kept,
  );

  return {
    node,
    hidden,
    reveal: list.reveal,
    enter: list.enter,
    /** @param {Pick<Placed, "unplaced">} placed */
    setPlaced(placed) {
      unplaced = new Set(placed.unplaced);
      refresh();
    },
    /** @param {Map<number, Reason>} reasons Why marks are not shown, by number. @param {Floor} floor */
    setWithheld(reasons, floor) {
      withheld = reasons;
      slider?.set(floor);
      refresh();
    },
    /** @param {boolean} wanted */
    setVisible(wanted) {
      if (visible === wanted) return;
      visible = wanted;
      node.classList.toggle("off", !visible);
      refresh();
      handlers.announce(visible ? counted("marks_shown", marks.length) : word("marks_hidden"));
    },
  };
}

/** What the list lacks, and why. @param {Map<number, Reason>} withheld */
function withheldInWords(withheld) {
  const weaker = [...withheld.values()].filter((reason) => reason === "strength").length;
  const off = withheld.size - weaker;
  return [weaker > 0 && counted("marks_weaker", weaker), off > 0 && counted("marks_off", off)]
    .filter(Boolean)
    .join(" · ");
}

/** One mark of each indicator with how many there are, most first. @param {Mark[]} marks */
function indicatorsOf(marks) {
  /** @type {Map<string, {mark: Mark, count: number}>} */
  const found = new Map();
  for (const mark of marks) {
    const known = found.get(mark.indicator) ?? { mark, count: 0 };
    known.count += 1;
    found.set(mark.indicator, known);
  }
  return [...found.values()].sort((one, other) => other.count - one.count);
}

/** Shares by indicator, and within it by voice. The chips say the same in words. @param {Mark[]} marks */
function bar(marks) {
  const parts = indicatorsOf(marks).flatMap(({ mark }) =>
    VOICES.map((voice) => {
      const count = marks.filter((one) => one.indicator === mark.indicator && one.voice === voice).length;
      const part = el("i", { class: voice, "data-slot": mark.colour });
      part.style.flexGrow = String(count);
      part.title = `${mark.title}: ${wordFor("legend", voice)}, ${count}`;
      return count > 0 ? part : null;
    }),
  );
  return el("div", { class: "bar", "aria-hidden": "true", hidden: marks.length === 0 }, ...parts);
}
