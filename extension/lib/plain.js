// Text from outside made safe to show among our own. Pure.

/** Bidi controls could make a line read differently from what it says; control characters have no look at all. */
// eslint-disable-next-line no-control-regex -- they are what is meant
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * @param {string} text
 * @param {number} ceiling The longest result in UTF-16 units; what is longer ends in "…".
 */
export function plain(text, ceiling = 4000) {
  const seen = text.replace(UNSEEN, "");
  return seen.length > ceiling ? `${seen.slice(0, ceiling).replace(/[\ud800-\udbff]$/, "")}…` : seen;
}

/** The address as a link may carry it; "" for anything that is not plain http(s). @param {string} url */
export function webAddress(url) {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed && ["http:", "https:"].includes(parsed.protocol) ? parsed.href : "";
}
