// The few words round a quotation that a reader needs to recognise it. Pure.

const WORDS = 4;
/** A full stop, or its like, with what closes a quotation, before a new sentence. */
const ENDING = /[.!?]["”’)\]]*\s+(?=["“‘([]*\p{Lu})/gu;

/**
 * Whole words of the quotation's own sentence on both sides, with "…" where the sentence goes on.
 *
 * @param {string} prefix Up to 32 characters of the article, and so perhaps cut within a word.
 * @param {string} suffix
 */
export function contextOf(prefix, suffix) {
  return { before: before(prefix), after: after(suffix) };
}

/** @param {string} prefix */
function before(prefix) {
  const line = prefix.slice(prefix.lastIndexOf("\n") + 1);
  const sentence = line.slice(endings(line).at(-1) ?? 0);
  const isWhole = sentence.length < prefix.length;
  const whole = isWhole ? sentence : sentence.replace(/^\S*\s+/, "");
  const kept = new RegExp(`(?:\\S+\\s+){0,${WORDS}}\\S*$`, "u").exec(whole)?.[0] ?? "";
  return isWhole && kept.length === whole.length ? kept : `…\u00a0${kept}`;
}

/** @param {string} suffix */
function after(suffix) {
  const line = /** @type {string} */ (suffix.split("\n")[0]);
  const end = endings(line)[0];
  const isWhole = end !== undefined || line.length < suffix.length || /[.!?]["”’)\]]*$/.test(line);
  const whole = isWhole ? line.slice(0, end).trimEnd() : line.replace(/\s+\S*$/, "");
  const kept = new RegExp(`^\\S*(?:\\s+\\S+){0,${WORDS}}`, "u").exec(whole)?.[0] ?? "";
  return isWhole && kept.length === whole.length ? kept : `${kept}\u00a0…`;
}

/** Where sentences begin within a line. @param {string} line */
function endings(line) {
  return [...line.matchAll(ENDING)].map((match) => match.index + match[0].length);
}
