// The articles' own words beside a report: a column where there is room, else a sheet at the foot of the page.

import { markOf } from "../lib/marks.js";
import { word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { paragraphLabel } from "../panel/evidence.js";
import { paragraphsOf, pieces } from "./segments.js";

/** @import { Annotation, Article, Hidden, Mark } from "../lib/messages.js" */
/** @import { Extent } from "./segments.js" */

/**
 * @typedef {object} Shown
 * @property {string} id Of its analysis.
 * @property {string} name
 * @property {Article} article
 * @property {Annotation[]} annotations
 * @property {Mark[]} [marks] Where more is marked than the service found.
 *
 * @typedef {Extent & {mark: Mark}} Marked
 */

/** @param {Shown[]} articles @param {(number: number) => void} [chosen] A mark of the first article was clicked. */
export function texts(articles, chosen) {
  let current = 0;
  /** @type {Extent | null} */
  let here = null;
  /** @type {Hidden} */
  let hidden = { indicators: [], voices: [] };
  /** Numbers of the first article's marks that the reader's settings keep from being shown. @type {Set<number>} */
  let withheld = new Set();

  const tabs = el("div", { class: "chips", role: "group", "aria-label": word("library_texts") });
  const body = el("div", { class: "text", tabindex: 0, role: "group", "data-testid": "text" });
  const close = el(
    "button",
    { type: "button", class: "act close", "data-testid": "close_text", onclick: () => open(false) },
    word("library_close"),
  );
  const node = el(
    "aside",
    { class: "texts", "aria-label": word("library_texts"), "data-testid": "texts" },
    el("div", { class: "texts-head" }, tabs, close),
    body,
  );
  node.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") open(false);
  });

  /** Matters for the sheet only; the column always stands. @param {boolean} wanted */
  function open(wanted) {
    node.classList.toggle("open", wanted);
  }

  function refresh() {
    const shown = articles[current];
    if (!shown) return;
    tabs.replaceChildren(...(articles.length > 1 ? articles.map(tab) : []));
    body.setAttribute("aria-label", word("library_text_of", shown.name));
    const marked = (shown.marks ?? shown.annotations.map(markOf))
      .map((mark) => ({
        start: mark.selector.hint,
        end: mark.selector.hint + mark.selector.exact.length,
        mark,
      }))
      .filter(({ mark }) => isSeen(mark));
    const { scrollTop } = body;
    body.replaceChildren(
      ...paragraphsOf(shown.article.text).map((extent) => paragraph(shown.article, extent, marked)),
    );
    body.scrollTop = scrollTop;
  }

  /** @param {Mark} mark */
  function isSeen({ number, indicator, voice }) {
    if (current === 0 && withheld.has(number)) return false;
    return !hidden.indicators.includes(indicator) && !hidden.voices.includes(voice);
  }

  /** @param {Article} article @param {Extent & {number: number}} extent @param {Marked[]} marked */
  function paragraph(article, extent, marked) {
    const label = paragraphLabel(extent.number, article);
    const headline = label === word("paragraph_headline");
    return el(
      "p",
      { class: headline ? "headline-line" : "" },
      el("span", { class: "number", "aria-hidden": "true" }, headline ? "" : label),
      ...pieces(article.text, extent, marked, here).map(piece),
    );
  }

  /** @param {import("./segments.js").Piece<Marked>} piece */
  function piece({ text, mark: found, here: isHere }) {
    if (!found) return isHere ? el("span", { class: "here" }, text) : text;
    const { mark } = found;
    const painted = el(
      "mark",
      {
        class: `${mark.voice}${isHere ? " here" : ""}`,
        "data-slot": mark.colour,
        title: `${mark.title} · ${mark.whose}`,
      },
      text,
    );
    if (chosen && current === 0) painted.addEventListener("click", () => chosen(mark.number));
    return painted;
  }

  /** @param {Shown} shown @param {number} number */
  function tab({ name }, number) {
    return el(
      "button",
      {
        type: "button",
        class: "tab",
        "aria-pressed": String(number === current),
        "data-testid": "text_tab",
        onclick: () => {
          here = null;
          current = number;
          refresh();
          body.scrollTop = 0;
        },
      },
      name,
    );
  }

  refresh();
  return {
    node,
    /** Brings a place into view. @param {Extent} place @param {string} id "" for the first article. */
    show(place, id = "") {
      const number = id ? articles.findIndex((one) => one.id === id) : 0;
      if (number < 0) return false;
      current = number;
      here = place;
      refresh();
      open(true);
      const target = body.querySelector(".here");
      // By hand: scrollIntoView would move the report as well, which keeps its place.
      if (target instanceof HTMLElement) {
        body.scrollTop = target.offsetTop - Math.max(0, (body.clientHeight - target.offsetHeight) / 2);
      }
      return target !== null;
    },
    /** @param {Hidden} wanted */
    filter(wanted) {
      hidden = wanted;
      refresh();
    },
    /** @param {Map<number, unknown>} numbers */
    withhold(numbers) {
      withheld = new Set(numbers.keys());
      refresh();
    },
    /** @param {boolean} wanted */
    setVisible(wanted) {
      node.classList.toggle("off", !wanted);
    },
  };
}

/** @param {{utf16_start: number, utf16_end: number}} place @returns {Extent} */
export function extentOf({ utf16_start, utf16_end }) {
  return { start: utf16_start, end: utf16_end };
}
