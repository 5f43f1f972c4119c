// The list of findings: the marks of the page as a list that keys and screen readers can use.

import { word } from "../lib/words.js";
import { dotted, el } from "./dom.js";
import { paragraphLabel } from "./evidence.js";

/** @import { Annotation, Article, Mark } from "../lib/messages.js" */

/**
 * @param {Mark[]} marks In the order of the article.
 * @param {Annotation[]} annotations In the service's order, by which `number` counts.
 * @param {Article} article
 * @param {(mark: Mark) => void} choose
 */
export function findings(marks, annotations, article, choose) {
  /** Marks on the reader's own words are not the service's. @param {Mark} mark */
  const paragraphOf = ({ number, selector }) =>
    annotations[number]?.body.paragraph ?? article.text.slice(0, selector.hint).split("\n").length - 1;
  const items = marks.map((mark) => {
    const button = finding(mark, paragraphLabel(paragraphOf(mark), article));
    button.addEventListener("click", () => {
      select(mark.number);
      choose(mark);
    });
    return { mark, button, item: el("li", {}, button) };
  });
  const node = el(
    "ol",
    { class: "findings", "aria-label": word("findings"), "data-testid": "findings" },
    ...items.map(({ item }) => item),
  );
  node.addEventListener("keydown", (event) => {
    const step = stepOf(event);
    if (step === null) return;
    event.preventDefault();
    const open = items.filter(({ item }) => !item.hidden);
    const at = open.findIndex(({ button }) => button === document.activeElement);
    rove(open[Math.max(0, Math.min(open.length - 1, at + step))]?.button);
  });

  /** Only one finding is a stop of the Tab key; the arrows do the rest. @param {HTMLElement | undefined} target */
  function rove(target, focus = true) {
    if (!target) return;
    for (const { button } of items) button.tabIndex = button === target ? 0 : -1;
    if (focus) target.focus();
  }

  /** @param {number} number */
  function select(number) {
    for (const { mark, button } of items) {
      if (mark.number === number) {
        button.setAttribute("aria-current", "true");
        rove(button, false);
      } else button.removeAttribute("aria-current");
    }
  }
  rove(items[0]?.button, false);

  return {
    node,
    /** Selects and brings into view, without taking the focus from the page. @param {number} number */
    reveal(number) {
      select(number);
      const chosen = items.find(({ mark }) => mark.number === number);
      chosen?.button.scrollIntoView({ block: "center", behavior: "instant" });
    },
    /** @param {(mark: Mark) => boolean} isShown @param {Set<number>} unplaced @returns {number} How many are left. */
    filter(isShown, unplaced) {
      for (const { mark, button, item } of items) {
        item.hidden = !isShown(mark);
        button.classList.toggle("unplaced", unplaced.has(mark.number));
      }
      const open = items.filter(({ item }) => !item.hidden);
      if (!open.some(({ button }) => button.tabIndex === 0)) rove(open[0]?.button, false);
      return open.length;
    },
    /** Puts the focus on the current finding. */
    enter: () => items.find(({ button, item }) => button.tabIndex === 0 && !item.hidden)?.button.focus(),
  };
}

/** @param {KeyboardEvent} event @returns {number | null} */
function stepOf({ key, ctrlKey, altKey, metaKey }) {
  if (ctrlKey || altKey || metaKey) return null;
  const steps = /** @type {Record<string, number>} */ ({
    ArrowDown: 1,
    j: 1,
    ArrowUp: -1,
    k: -1,
    Home: -Infinity,
    End: Infinity,
  });
  return steps[key] ?? null;
}

/** @param {Mark} mark @param {string} where */
function finding(mark, where) {
  return el(
    "button",
    {
      type: "button",
      class: "finding",
      tabindex: -1,
      "data-testid": "finding",
      "data-number": mark.number,
      "data-indicator": mark.indicator,
      "data-voice": mark.voice,
      "data-slot": mark.colour,
    },
    el("q", {}, mark.before, el("mark", { class: mark.voice }, mark.selector.exact), mark.after),
    el("span", { class: "where" }, where),
    el(
      "span",
      { class: "what" },
      ...dotted(el("b", {}, mark.title), mark.whose, mark.strength, plainer(mark)),
      el("span", { class: "lost" }, ` · ${word("could_not_be_placed")}`),
    ),
  );
}

/** @param {Mark} mark */
function plainer({ wording }) {
  if (!wording) return "";
  return wording.plainer ? word("plainer", wording.plainer) : word("plainer_leave");
}
