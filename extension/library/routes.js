// What the part of the address after # shows. Pure.

import { COMPARED_CEILING, COMPARED_FLOOR } from "../lib/service.js";

/**
 * @param {string} hash
 * @returns {{view: "shelf"} | {view: "report", id: string} | {view: "compare", ids: string[]}}
 */
export function placeOf(hash) {
  const asked = new URLSearchParams(hash.replace(/^#/, ""));
  const id = asked.get("report");
  if (id) return { view: "report", id };
  const ids = [...new Set((asked.get("compare") ?? "").split(",").filter(Boolean))];
  if (ids.length >= COMPARED_FLOOR) return { view: "compare", ids: ids.slice(0, COMPARED_CEILING) };
  return { view: "shelf" };
}

/** @param {string} id */
export function toReport(id) {
  return `#${new URLSearchParams({ report: id })}`;
}

/** @param {string[]} ids */
export function toComparison(ids) {
  return `#${new URLSearchParams({ compare: ids.join(",") })}`;
}
