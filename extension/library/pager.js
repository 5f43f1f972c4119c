// Which part of the list is shown, and the way to the others.

import { word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { button } from "./faces.js";

/** Reports on one page of the list. */
export const PAGE = 25;

/** @param {number} offset @param {number} total @param {(offset: number) => void} turn */
export function pager(offset, total, turn) {
  const earlier = button("library_previous", () => turn(Math.max(0, offset - PAGE)));
  const later = button("library_next", () => turn(offset + PAGE));
  earlier.disabled = offset === 0;
  later.disabled = offset + PAGE >= total;
  return el(
    "nav",
    { class: "pager", "aria-label": word("library_pages"), hidden: total <= PAGE, "data-testid": "pager" },
    earlier,
    el("span", {}, word("library_range", offset + 1, Math.min(offset + PAGE, total), total)),
    later,
  );
}
