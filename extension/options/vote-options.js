// The reader's votes, counted by indicator, with their export.

import { countsOf, floorOf, forgetVotes, readVotes } from "../lib/votes.js";
import { word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { handOver } from "../panel/hand-over.js";

/** @import { Vote } from "../lib/votes.js" */

/**
 * @param {HTMLElement} place
 * @param {HTMLElement} title Gets the focus when the button that had it is gone.
 * @returns {() => Promise<void>} Shows the counts.
 */
export function voteOptions(place, title) {
  /** @type {Vote[] | undefined} */
  let shown;

  return async function show() {
    const votes = await readVotes();
    if (JSON.stringify(votes) === JSON.stringify(shown)) return;
    const hadFocus = place.contains(document.activeElement);
    shown = votes;
    if (votes.length === 0) {
      place.replaceChildren(el("p", {}, word("options_votes_none")));
      if (hadFocus) title.focus();
      return;
    }
    const act = (/** @type {string} */ key, /** @type {() => void} */ onclick) =>
      el("button", { type: "button", class: "act", "data-testid": key, onclick }, word(key));
    place.replaceChildren(
      el("ul", {}, ...countedByIndicator(votes)),
      el("p", {}, word("options_votes_rule")),
      el(
        "div",
        { class: "row" },
        act("options_votes_export", () => exportVotes(votes)),
        act("options_votes_forget", () => void forgetVotes()),
      ),
    );
  };
}

/** @param {Vote[]} votes */
function countedByIndicator(votes) {
  return Object.entries(countsOf(votes)).map(([key, { agree, disagree }]) => {
    const floor = floorOf(key, votes);
    const name = key.replaceAll("_", " ");
    const said =
      floor > 0
        ? word("options_votes_floor", name, agree, disagree, floor.toFixed(2))
        : word("options_votes_count", name, agree, disagree);
    return el("li", {}, said);
  });
}

/** @param {Vote[]} votes */
function exportVotes(votes) {
  const file = new Blob([`${JSON.stringify({ votes }, null, 2)}\n`], { type: "application/json" });
  handOver(file, "truthlens-votes.json");
}
