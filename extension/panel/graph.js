// Who does what to whom: a small picture, and under it the same as a list with its places.

import { word } from "../lib/words.js";
import { el, svg } from "./dom.js";
import { chips } from "./evidence.js";

/** @import { Edge, GraphBlock } from "../lib/messages.js" */
/** @import { Reader } from "./evidence.js" */

const WIDTH = 320;
const HEIGHT = 190;
const BEND = 0.16; // of an arrow's length: what goes back and forth does not lie on one line
const LABEL = 20; // characters of a name that fit beside the others

/** @typedef {{x: number, y: number}} Point */

/** @param {GraphBlock} block @param {Reader} reader */
export function graph({ nodes, edges }, reader) {
  const places = new Map(nodes.map((node, k) => [node, onEllipse(k, nodes.length)]));
  return el(
    "div",
    { class: "graph" },
    picture(nodes, edges, places),
    el(
      "ol",
      { class: "statements" },
      ...edges.map(({ source, target, label, evidence }) =>
        el("li", {}, `${source} → ${target}: ${label}`, ...chips(evidence, reader)),
      ),
    ),
  );
}

/** @param {string[]} nodes @param {Edge[]} edges @param {Map<string, Point>} places */
function picture(nodes, edges, places) {
  return svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": word("graph", nodes.join(", ")) },
    svg(
      "defs",
      {},
      svg(
        "marker",
        {
          id: "arrow",
          viewBox: "0 0 8 8",
          refX: 7,
          refY: 4,
          markerWidth: 6,
          markerHeight: 6,
          orient: "auto",
        },
        svg("path", { d: "M0 0 8 4 0 8z", class: "tip" }),
      ),
    ),
    ...numbered(edges).map(([edge, numbers]) => arrow(edge, numbers, places)),
    ...nodes.map((node) => name(node, /** @type {Point} */ (places.get(node)))),
  );
}

/** Edges of one direction share an arrow, with the numbers that they have in the list. @param {Edge[]} edges */
function numbered(edges) {
  /** @type {Map<string, [Edge, number[]]>} */
  const found = new Map();
  edges.forEach((edge, k) => {
    const key = JSON.stringify([edge.source, edge.target]);
    const entry = found.get(key) ?? [edge, []];
    entry[1].push(k + 1);
    found.set(key, entry);
  });
  return [...found.values()];
}

/** @param {Edge} edge @param {number[]} numbers @param {Map<string, Point>} places */
function arrow({ source, target }, numbers, places) {
  const from = places.get(source);
  const to = places.get(target);
  if (!from || !to || from === to) return null;
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const middle = { x: (from.x + to.x) / 2 - dy * BEND, y: (from.y + to.y) / 2 + dx * BEND };
  const start = towards(from, middle);
  const end = towards(to, middle);
  const label = { x: (start.x + 2 * middle.x + end.x) / 4, y: (start.y + 2 * middle.y + end.y) / 4 };
  return svg(
    "g",
    {},
    svg("path", {
      class: "arrow",
      d: `M${at(start)} Q${at(middle)} ${at(end)}`,
      "marker-end": "url(#arrow)",
    }),
    svg("text", { class: "number", x: label.x.toFixed(1), y: (label.y + 3).toFixed(1) }, numbers.join(", ")),
  );
}

/** @param {string} node @param {Point} place */
function name(node, { x, y }) {
  const short = node.length > LABEL ? `${node.slice(0, LABEL - 1)}…` : node;
  return svg("text", { class: "node", x: x.toFixed(1), y: (y + 4).toFixed(1) }, short);
}

/** @param {number} k @param {number} count @returns {Point} */
function onEllipse(k, count) {
  const angle = (2 * Math.PI * k) / count + Math.PI;
  return { x: WIDTH / 2 + 105 * Math.cos(angle), y: HEIGHT / 2 + 76 * Math.sin(angle) };
}

/** A point that leaves room for the name at `place`. @param {Point} place @param {Point} other @returns {Point} */
function towards(place, other) {
  const dx = other.x - place.x;
  const dy = other.y - place.y;
  const room = Math.min(1, 1 / Math.hypot(dx / 44, dy / 13));
  return { x: place.x + dx * room, y: place.y + dy * room };
}

/** @param {Point} point */
function at({ x, y }) {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
