// What the feeds that the reader added name on the same event. Their addresses are asked at the press and never before.

import { webAddress } from "../lib/plain.js";
import { coverage } from "../lib/service.js";
import { counted, word } from "../lib/words.js";
import { dayOf, shownDay } from "../lib/naming.js";
import { closenessInWords } from "./closeness.js";
import { dotted, el } from "./dom.js";
import { trouble } from "./trouble.js";

/** @import { Coverage, CoveringItem } from "../lib/messages.js" */

/**
 * @param {string} id Of the analysis.
 * @param {AbortSignal} signal
 * @param {() => void} asked Called when there were feeds to ask.
 */
export function coverageList(id, signal, asked) {
  const node = el("div", { class: "coverage", role: "status", "data-testid": "coverage" });
  const button = el(
    "button",
    { type: "button", class: "aside", "data-testid": "look_in_feeds", onclick: () => void look() },
    word("feeds_look"),
  );

  async function look() {
    button.disabled = true;
    node.replaceChildren(el("p", { class: "note" }, word("feeds_looking")));
    try {
      const found = await coverage(id, signal);
      if (found.feeds > 0) asked();
      node.replaceChildren(...shown(found));
    } catch (thrown) {
      if (signal.aborted) return;
      node.replaceChildren(trouble(thrown, () => void look()));
    }
    button.disabled = false;
  }

  return { node, button };
}

/** @param {Coverage} coverage @returns {Node[]} */
function shown({ feeds, items, unread }) {
  if (feeds === 0) return [el("p", { class: "note" }, word("feeds_none"))];
  const nodes = [];
  if (items.length === 0) nodes.push(el("p", { class: "note" }, counted("feeds_nothing", feeds)));
  else {
    nodes.push(
      el("p", { class: "note" }, word("feeds_found")),
      el("ul", { class: "links" }, ...items.map((item) => el("li", {}, ...named(item)))),
    );
  }
  for (const { url, message } of unread) {
    nodes.push(el("p", { class: "note", "data-testid": "unread" }, word("feeds_unread", url, message)));
  }
  return nodes;
}

/** @param {CoveringItem} item */
function named({ title, url, outlet, published, closeness }) {
  const address = webAddress(url);
  const meta = el(
    "span",
    { class: "meta" },
    ...dotted(outlet, shownDay(dayOf(published)), closenessInWords(closeness)),
  );
  if (!address) return [title, " ", meta];
  const link = el("a", { target: "_blank", rel: "noopener noreferrer", title: address }, title || address);
  link.href = address;
  return [link, " ", meta];
}
