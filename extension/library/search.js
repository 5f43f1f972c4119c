// The form that says which saved reports to list: words, outlet, days.

import { word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { dayOf, nextDay } from "../lib/naming.js";

/** Milliseconds without a key before a search begins. */
const PAUSE = 250;
/** The service's own bound. */
const LONGEST = 200;
const LAST_DAY = "2999-12-30";

/** @typedef {{query: string, outlet: string, after: string, before: string}} Wish */

/** @param {() => void} changed */
export function searchForm(changed) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const now = () => {
    clearTimeout(timer);
    changed();
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, PAUSE);
  };
  const query = el("input", {
    id: "query",
    type: "search",
    maxlength: LONGEST,
    autocomplete: "off",
    "data-testid": "query",
    oninput: later,
  });
  const outlet = el("select", { id: "outlet", "data-testid": "outlet_filter", onchange: now });
  const after = day("after");
  const before = day("before");
  /** @param {string} name */
  function day(name) {
    return el("input", { id: name, type: "date", max: LAST_DAY, "data-testid": name, onchange: now });
  }
  const clear = el(
    "button",
    { type: "button", class: "act", "data-testid": "clear", onclick: empty },
    word("library_clear"),
  );
  function empty() {
    for (const field of [query, outlet, after, before]) field.value = "";
    now();
    query.focus();
  }
  const node = el(
    "form",
    { class: "search", role: "search", "data-testid": "search" },
    field("library_search", query, "wide"),
    field("library_outlet", outlet),
    field("library_after", after),
    field("library_before", before),
    clear,
  );
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    now();
  });
  offer([]);

  /** The outlets to choose from. @param {string[]} names */
  function offer(names) {
    const chosen = outlet.value;
    const known = chosen && !names.includes(chosen) ? [chosen, ...names] : names;
    outlet.replaceChildren(
      el("option", { value: "" }, word("library_all_outlets")),
      ...known.map((name) => {
        const option = el("option", {}, name);
        option.value = name; // as the service wrote it: `el` would take out what cannot be seen
        return option;
      }),
    );
    outlet.value = chosen;
  }

  return {
    node,
    empty,
    offer: (/** @type {string[]} */ names) => offer(names.filter((name) => name.length <= LONGEST)),
    /** @returns {Wish} */
    wish() {
      const wish = {
        query: query.value.trim(),
        outlet: outlet.value,
        after: dayOf(after.value),
        before: nextDay(dayOf(before.value)),
      };
      clear.disabled = !Object.values(wish).some(Boolean);
      return wish;
    },
  };
}

/** @param {string} key @param {HTMLElement} control @param {string} [look] */
function field(key, control, look = "") {
  return el("div", { class: `field ${look}` }, el("label", { for: control.id }, word(key)), control);
}
