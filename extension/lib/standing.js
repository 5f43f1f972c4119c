// Brings together what the reader has set, switched off and voted, for the marks of one page; and carries out what
// the reader does in a card. Runs in the background and in the panel: pages cannot read this store.

import { ignore, placeOf, foldPhrase, readIgnored, restore, siteOf } from "./ignored.js";
import { withheldOf } from "./marks.js";
import { readSettings } from "./settings.js";
import { floorOf, readVotes, vote, voteOn } from "./votes.js";

/** @import { Deed, Standing } from "./messages.js" */
/** @import { Judged, View } from "./marks.js" */

/** What a change of the store must name to matter to pages. */
const KEYS = ["ignored", "votes", "floor", "hoverMs", "markStyle"];

/** @param {{[key: string]: unknown}} changes Of storage.local. */
export function concernsMarks(changes) {
  return KEYS.some((key) => key in changes);
}

/**
 * @param {Judged[]} marks
 * @param {string} url
 * @param {boolean} [isPrivate] Whether the page is in a private window.
 * @returns {Promise<Standing>}
 */
export async function standingOf(marks, url, isPrivate = false) {
  const votes = await readVotes(isPrivate);
  const { hoverMs, ...view } = await viewOf(marks, url, votes);
  const withheld = withheldOf(marks, await readIgnored(isPrivate), view);
  return {
    withheld: [...withheld.keys()],
    votes: marks.flatMap((mark) => {
      const agree = voteOn(ballotOf(mark), votes);
      return agree === null ? [] : [/** @type {[number, boolean]} */ ([mark.number, agree])];
    }),
    hoverMs,
  };
}

/**
 * What `visibleMarks` needs besides the lists of what is ignored.
 *
 * @param {Judged[]} marks
 * @param {string} url
 * @param {import("./votes.js").Vote[] | Promise<import("./votes.js").Vote[]>} [votes]
 * @returns {Promise<View & {hoverMs: number}>}
 */
export async function viewOf(marks, url, votes = readVotes()) {
  const { floor, hoverMs } = await readSettings();
  const cast = await votes;
  const indicators = new Set(marks.map(({ indicator }) => indicator));
  const floors = Object.fromEntries([...indicators].map((key) => [key, floorOf(key, cast)]));
  return { floor, url, floors, hoverMs };
}

/** @param {Deed} deed @param {boolean} [isPrivate] @returns {Promise<void>} */
export async function carryOut({ what, undo, agree, url, title, mark }, isPrivate = false) {
  const change = undo ? restore : ignore;
  if (what === "vote") await vote(ballotOf(mark), undo ? null : agree === true, isPrivate);
  else if (what === "mark") await change("marks", placeOf(mark.selector, url), isPrivate);
  else if (what === "phrase") await change("phrases", foldPhrase(mark.selector.exact), isPrivate);
  else if (what === "indicator") await change("indicators", { key: mark.indicator, title }, isPrivate);
  else if (what === "site") await change("sites", siteOf(url), isPrivate);
}

/** @param {Judged} mark */
function ballotOf({ indicator, voice, score, selector }) {
  return { indicator, voice, score, exact: selector.exact };
}
