// The reports chosen for a comparison, kept while the list is searched and turned, and the bar that starts it.

import { counted, word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { button } from "./faces.js";
import { COMPARED_CEILING, COMPARED_FLOOR } from "../lib/service.js";
import { toComparison } from "./routes.js";

/** @import { LibraryLine } from "../lib/messages.js" */

/** @param {() => void} changed */
export function choice(changed) {
  /** In the order of choosing: the first is what the others are set against. @type {Map<string, LibraryLine>} */
  const chosen = new Map();
  const words = el("p", { role: "status", "data-testid": "chosen" });
  const go = el("a", { class: "act main", "data-testid": "compare" }, word("library_compare"));
  const node = el(
    "div",
    { class: "choice", role: "group", "aria-label": word("library_compare"), hidden: true },
    words,
    go,
    button("library_choose_none", clear),
  );

  function refresh() {
    node.hidden = chosen.size === 0;
    const enough = chosen.size >= COMPARED_FLOOR;
    words.textContent = enough
      ? word(
          chosen.size >= COMPARED_CEILING ? "library_chosen_most" : "library_chosen",
          chosen.size,
          [...chosen.values()][0]?.title ?? "",
        )
      : counted("library_chosen_few", chosen.size);
    go.hidden = !enough;
    go.href = toComparison([...chosen.keys()]);
    changed();
  }
  function clear() {
    chosen.clear();
    refresh();
  }

  return {
    node,
    has: (/** @type {string} */ id) => chosen.has(id),
    isFull: () => chosen.size >= COMPARED_CEILING,
    /** @param {LibraryLine} line @param {boolean} isWanted */
    set(line, isWanted) {
      if (isWanted && chosen.size < COMPARED_CEILING) chosen.set(line.id, line);
      else chosen.delete(line.id);
      refresh();
    },
    /** Drops what is no longer saved. @param {LibraryLine[]} saved */
    keepOnly(saved) {
      const known = new Set(saved.map(({ id }) => id));
      const gone = [...chosen.keys()].filter((id) => !known.has(id));
      for (const id of gone) chosen.delete(id);
      if (gone.length > 0) refresh();
    },
  };
}
