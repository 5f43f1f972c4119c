// Pictures of the reader's own reading: one measure of each article, over time and by outlet.

import { counted, word } from "../lib/words.js";
import { el, svg } from "../panel/dom.js";
import { shownDay } from "../lib/naming.js";
import { toReport } from "./routes.js";
import { measuresOf } from "./measures.js";
import { ENOUGH, byMonth, byOutlet, dotsOf, roundCeiling } from "./statistics.js";

/** @import { Figures, LibraryLine } from "../lib/messages.js" */
/** @import { Measure } from "./measures.js" */
/** @import { Dot, Group } from "./statistics.js" */

const WIDTH = 336;
const LEFT = 30;
const RIGHT = WIDTH - 8;
const TOP = 10;
const HEIGHT = 168;
const BOTTOM = HEIGHT - 22;
const NAMES = 122; // what the outlets' names take of the width
const ROW = 20;
const OUTLETS = 10;
const LETTERS = 18;

/**
 * @param {LibraryLine[]} lines The newest first.
 * @param {number} total How many are saved; more than `lines` when not all were asked for.
 * @param {string} outlet The one that the reader looks at, or "".
 * @param {Figures[]} figures Of these reports; none where the service could not say.
 * @param {string} chosen The key of a measure.
 * @param {(key: string) => void} choose
 */
export function plots(lines, total, outlet, figures, chosen, choose) {
  const measures = measuresOf(lines, figures);
  const measure = /** @type {Measure} */ (measures.find(({ key }) => key === chosen) ?? measures[0]);
  const dots = dotsOf(lines, measure.valueOf);
  const groups = byOutlet(dots);
  const rests = restsOn(dots, groups);
  return el(
    "section",
    { class: "plots", "aria-labelledby": "plots-title", "data-testid": "plots" },
    el("h2", { id: "plots-title" }, word("library_plots")),
    measures.length > 1 && measureChoice(measures, measure, choose),
    ...(dots.length < 2
      ? [el("p", { class: "note", "data-testid": "plots_few" }, word("library_plots_few"))]
      : [
          el("p", { class: "note", "data-testid": "plots_unit" }, measure.unit),
          figure("library_plot_time", overTime(dots, outlet), rests, months(dots, measure)),
          figure("library_plot_outlets", perOutlet(groups), rests, outlets(groups, measure)),
          groups.length > OUTLETS &&
            el("p", { class: "note" }, word("library_outlets_shown", OUTLETS, groups.length)),
          figures.length === 0 && el("p", { class: "note" }, word("library_plots_left_out")),
        ]),
    total > lines.length && el("p", { class: "note" }, word("library_plots_newest", lines.length, total)),
  );
}

/** @param {Measure[]} measures @param {Measure} chosen @param {(key: string) => void} choose */
function measureChoice(measures, chosen, choose) {
  const list = el(
    "select",
    { id: "measure", "data-testid": "measure", onchange: () => choose(list.value) },
    ...measures.map(({ key, name }) => el("option", { value: key }, name)),
  );
  list.value = chosen.key;
  return el("p", { class: "field" }, el("label", { for: list.id }, word("library_measure")), list);
}

/** @param {string} key @param {SVGElement} picture @param {string} rests @param {HTMLElement} table */
function figure(key, picture, rests, table) {
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", `${word(key)}. ${rests}`);
  return el(
    "figure",
    { "data-testid": key },
    el("figcaption", {}, word(key)),
    picture,
    el("p", { class: "note", "data-testid": "rests_on" }, rests),
    el("details", {}, el("summary", {}, word("library_as_table")), el("div", { class: "blocks" }, table)),
  );
}

/** What a picture stands on, in words. @param {Dot[]} dots @param {Group[]} groups */
function restsOn(dots, groups) {
  const few = groups.filter(({ median }) => median === null).length;
  const articles = counted("library_rests", dots.length);
  return few > 0
    ? `${articles}; ${word(few === 1 ? "library_few_one" : "library_few_many", few, ENOUGH)}`
    : articles;
}

/** @param {Dot[]} dots The oldest first. @param {string} outlet */
function overTime(dots, outlet) {
  const days = dots.map(({ day }) => Date.parse(day));
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const end = roundCeiling(dots.map(({ value }) => value));
  /** @param {number} day */
  const x = (day) =>
    last > first ? LEFT + 8 + ((RIGHT - LEFT - 16) * (day - first)) / (last - first) : (LEFT + RIGHT) / 2;
  /** @param {number} value */
  const y = (value) => BOTTOM - ((BOTTOM - TOP) * value) / end;
  const [oldest, newest] = [dots[0]?.day ?? "", dots.at(-1)?.day ?? ""];
  return svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}` },
    ...[0, end / 2, end].flatMap((step) => [
      svg("line", { class: "grid", x1: LEFT, x2: RIGHT, y1: y(step), y2: y(step) }),
      svg("text", { class: "end", x: LEFT - 6, y: y(step) + 4 }, String(step)),
    ]),
    ...(oldest === newest
      ? [svg("text", { class: "middle", x: (LEFT + RIGHT) / 2, y: HEIGHT - 6 }, shownDay(newest))]
      : [
          svg("text", { x: LEFT, y: HEIGHT - 6 }, shownDay(oldest)),
          svg("text", { class: "end", x: RIGHT, y: HEIGHT - 6 }, shownDay(newest)),
        ]),
    ...dots.map((dot) =>
      spot(
        dot,
        x(Date.parse(dot.day)),
        y(dot.value),
        outlet === "" || dot.outlet === outlet ? "dot" : "dot pale",
      ),
    ),
  );
}

/** @param {Group[]} groups */
function perOutlet(groups) {
  const shown = groups.slice(0, OUTLETS);
  const end = roundCeiling(shown.flatMap(({ dots }) => dots.map(({ value }) => value)));
  const bottom = TOP + shown.length * ROW;
  /** @param {number} value */
  const x = (value) => NAMES + 6 + ((RIGHT - NAMES - 12) * value) / end;
  return svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${bottom + 20}` },
    ...[0, end / 2, end].flatMap((step) => [
      svg("line", { class: "grid", x1: x(step), x2: x(step), y1: TOP, y2: bottom }),
      svg("text", { class: "middle", x: x(step), y: bottom + 14 }, String(step)),
    ]),
    ...shown.flatMap(({ outlet, dots, median }, row) => {
      const y = TOP + ROW * (row + 0.5);
      return [
        svg("text", { x: 0, y: y + 4 }, short(outlet || word("library_no_outlet")), svg("title", {}, outlet)),
        svg("line", { class: "grid", x1: NAMES, x2: RIGHT, y1: y, y2: y }),
        ...dots.map((dot) => spot(dot, x(dot.value), y, "dot")),
        median !== null &&
          svg("line", { class: "median", x1: x(median), x2: x(median), y1: y - 8, y2: y + 8 }),
      ].filter((node) => node !== false);
    }),
  );
}

/** @param {Dot} dot @param {number} x @param {number} y @param {string} look */
function spot({ id, title, outlet, day, value }, x, y, look) {
  const made = svg(
    "circle",
    { class: look, cx: x.toFixed(1), cy: y.toFixed(1), r: 4.5 },
    svg("title", {}, [title, outlet, shownDay(day), value.toFixed(1)].filter(Boolean).join(" · ")),
  );
  made.addEventListener("click", () => {
    location.hash = toReport(id);
  });
  return made;
}

/** @param {Dot[]} dots @param {Measure} measure */
function months(dots, { column }) {
  return table(
    [word("library_month"), word("library_articles"), column],
    byMonth(dots).map(({ month, dots: own, median }) => [month, own, median]),
  );
}

/** @param {Group[]} groups @param {Measure} measure */
function outlets(groups, { column }) {
  return table(
    [word("library_outlet"), word("library_articles"), column],
    groups.map(({ outlet, dots, median }) => [outlet || word("library_no_outlet"), dots, median]),
  );
}

/** @param {string[]} columns @param {[string, Dot[], number | null][]} rows */
function table(columns, rows) {
  return el(
    "table",
    {},
    el("thead", {}, el("tr", {}, ...columns.map((name) => el("th", { scope: "col" }, name)))),
    el(
      "tbody",
      {},
      ...rows.map(([name, dots, median]) =>
        el(
          "tr",
          {},
          el("td", {}, name),
          el("td", {}, String(dots.length)),
          el("td", {}, median === null ? word("library_too_few", ENOUGH) : median.toFixed(1)),
        ),
      ),
    ),
  );
}

/** @param {string} name */
function short(name) {
  return name.length > LETTERS ? `${name.slice(0, LETTERS - 1)}…` : name;
}
