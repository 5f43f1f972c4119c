// The reader's agreement and disagreement with single marks, in storage.local. Votes never leave this browser but by
// the reader's own export. Those cast in a private window are only kept in memory.

import { api } from "./browser.js";

/**
 * @typedef {object} Vote
 * @property {string} indicator
 * @property {string} exact The words of the mark.
 * @property {string} voice
 * @property {number} score What the mark scored, 0..1.
 * @property {boolean} agree
 * @property {string} at ISO 8601, UTC.
 *
 * @typedef {Omit<Vote, "agree" | "at">} Ballot What is voted on.
 */

const KEY = "votes";
/** The oldest go first. */
const CEILING = 5000;
/** Fewer say more about chance than about the reader. */
export const ENOUGH = 8;

/** @template T @param {() => Promise<T>} task @returns {Promise<T>} */
const alone = (task) => navigator.locks.request(KEY, task);

/** @param {Ballot} one @param {Ballot} other */
const isSame = (one, other) =>
  one.indicator === other.indicator &&
  one.exact === other.exact &&
  one.voice === other.voice &&
  one.score === other.score;

/** @param {any} vote @returns {vote is Vote} */
function isSound(vote) {
  const texts = [vote?.indicator, vote?.exact, vote?.voice];
  return (
    texts.every((text) => typeof text === "string" && text.length <= 2000) &&
    Number.isFinite(vote.score) &&
    typeof vote.agree === "boolean"
  );
}

/**
 * @param {boolean} [isPrivate] Whether for a private window, where those cast in one count as well.
 * @returns {Promise<Vote[]>} The oldest first; what is unusable in the store is left out.
 */
export async function readVotes(isPrivate = false) {
  const kept = await readFrom(api.storage.local);
  return isPrivate ? [...kept, ...(await readFrom(api.storage.session))] : kept;
}

/** @param {chrome.storage.StorageArea} area @returns {Promise<Vote[]>} */
async function readFrom(area) {
  const stored = /** @type {any} */ (await area.get(KEY))[KEY];
  return Array.isArray(stored) ? stored.filter(isSound) : [];
}

/**
 * Keeps one vote per mark.
 *
 * @param {Ballot} ballot
 * @param {boolean | null} agree null takes the vote back.
 * @param {boolean} [isPrivate]
 * @param {Date} [now]
 * @returns {Promise<void>}
 */
export function vote({ indicator, exact, voice, score }, agree, isPrivate = false, now = new Date()) {
  const area = isPrivate ? api.storage.session : api.storage.local;
  return alone(async () => {
    const ballot = { indicator, exact, voice, score };
    const votes = (await readFrom(area)).filter((one) => !isSame(one, ballot));
    const cast = { ...ballot, agree: agree === true, at: now.toISOString() };
    if (agree !== null && isSound(cast)) votes.push(cast);
    await area.set({ [KEY]: votes.slice(-CEILING) });
  });
}

/** @returns {Promise<void>} */
export function forgetVotes() {
  return alone(() => api.storage.local.remove(KEY));
}

/** What the reader said of a mark; null without a vote. Pure. @param {Ballot} ballot @param {Vote[]} votes */
export function voteOn(ballot, votes) {
  return votes.find((one) => isSame(one, ballot))?.agree ?? null;
}

/** How many agreed and disagreed, by indicator. Pure. @param {Vote[]} votes */
export function countsOf(votes) {
  /** @type {Record<string, {agree: number, disagree: number}>} */
  const counts = Object.create(null);
  for (const { indicator, agree } of votes) {
    const count = (counts[indicator] ??= { agree: 0, disagree: 0 });
    count[agree ? "agree" : "disagree"] += 1;
  }
  return counts;
}

/**
 * From which score on the reader wants to see an indicator, learnt from the reader's own votes.
 *
 * The rule: with at least 8 votes on the indicator, the floor is the lowest score such that the reader agreed with at
 * least half of the voted marks at or above it. With fewer votes, or where no score fulfils it, the default stays.
 * Pure.
 *
 * @param {string} indicator
 * @param {Vote[]} votes
 * @param {number} [otherwise] The default.
 * @returns {number} 0..1
 */
export function floorOf(indicator, votes, otherwise = 0) {
  const own = votes.filter((one) => one.indicator === indicator);
  if (own.length < ENOUGH) return otherwise;
  own.sort((one, other) => other.score - one.score);
  let floor = otherwise;
  let agreed = 0;
  for (const [k, one] of own.entries()) {
    agreed += Number(one.agree);
    // Marks of the same score are judged together.
    if (own[k + 1]?.score !== one.score && agreed * 2 >= k + 1) floor = one.score;
  }
  return floor;
}
