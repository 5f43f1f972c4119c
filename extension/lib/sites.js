// On which sites pages are read by themselves: those that the reader has allowed, but never those of the never-list.
// In storage.local. The browser's own permission for a site is asked for and given back together with the entry.

import { api } from "./browser.js";
import { siteOf, withoutHash } from "./ignored.js";

/**
 * @typedef {"mail" | "banking" | "intranet"} Preset
 *
 * @typedef {object} Sites
 * @property {string[]} allowed Host names without "www."; those below them are meant too.
 * @property {string[]} never Rules of the reader's own: a host name, an exact address, or /a regular expression/.
 * @property {Preset[]} presets Kinds of sites on the never-list; all of them at first.
 */

const KEY = "sites";
const CEILING = 500;
/** A longer rule is a mistake, and a long expression may be slow. */
const LONGEST = 300;

/** Told by names alone, since nothing may be asked of the page. A site too many costs one press of the button. */
const PRESETS = /** @type {Readonly<Record<Preset, (host: string) => boolean>>} */ (
  Object.freeze({
    mail: (host) =>
      /^(mail|e-?mail|webmail|inbox|outlook|owa|calendar|chat)\d*\./.test(host) ||
      /(^|\.)(gmail|gmx|hotmail|proton|fastmail|web)\.(com|net|me|de)$/.test(host),
    banking: (host) =>
      /(^|[.-])(bank|onlinebanking|ebanking|netbank)|bank(ing)?([.-]|$)/.test(host) ||
      /^(pay|payments?|checkout|secure|login|accounts?|sso)\./.test(host) ||
      /(^|\.)(paypal|sparkasse|wise|revolut|stripe)\.[a-z]+$/.test(host),
    intranet: (host) =>
      !host.includes(".") ||
      /\.(local|localhost|internal|intranet|lan|corp|private|home|home\.arpa)$/.test(host) ||
      /^(intranet|vpn|wiki|jira|confluence)\./.test(host) ||
      /^(127|10|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(host) ||
      host.startsWith("["),
  })
);

export const PRESET_NAMES = /** @type {readonly Preset[]} */ (Object.freeze(Object.keys(PRESETS)));

/** @returns {Sites} */
export const noSites = () => ({ allowed: [], never: [], presets: [...PRESET_NAMES] });

/** Background and options change the same entry: reading and writing it back must not interleave. @template T @param {() => Promise<T>} task @returns {Promise<T>} */
const alone = (task) => navigator.locks.request(KEY, task);

/** @param {unknown} list @param {(entry: any) => boolean} isSound @returns {any[]} */
const sound = (list, isSound) => (Array.isArray(list) ? list.filter(isSound).slice(-CEILING) : []);

/** @returns {Promise<Sites>} What is unusable in the store is left out. */
export async function readSites() {
  const stored = /** @type {any} */ (await api.storage.local.get(KEY))[KEY];
  if (!stored || typeof stored !== "object") return noSites();
  return {
    allowed: sound(stored.allowed, (host) => typeof host === "string" && ruleOf(host) === host),
    never: sound(stored.never, (rule) => typeof rule === "string" && ruleOf(rule) !== ""),
    presets: Array.isArray(stored.presets)
      ? PRESET_NAMES.filter((name) => stored.presets.includes(name))
      : [...PRESET_NAMES],
  };
}

/** @param {(sites: Sites) => Sites} changed @returns {Promise<void>} */
function change(changed) {
  return alone(async () => api.storage.local.set({ [KEY]: changed(await readSites()) }));
}

/**
 * What a reader has typed as a rule: a host name, an address or an expression; "" for what is none of them. Pure.
 *
 * @param {string} typed
 */
export function ruleOf(typed) {
  const text = typed.trim();
  if (text.length > LONGEST || !text) return "";
  if (/^\/.+\/$/.test(text)) return expressionOf(text) ? text : "";
  if (/^https?:\/\//i.test(text)) return URL.canParse(text) ? withoutHash(new URL(text).href) : "";
  const host = URL.canParse(`http://${text}`) ? new URL(`http://${text}`) : null;
  return host && /^[^/?#@\s]+$/.test(text) ? host.hostname.replace(/^www\./, "") : "";
}

/** The host name that a reader has typed; "" for what is none, other rules too. Pure. @param {string} typed */
export function hostIn(typed) {
  const rule = ruleOf(typed);
  return /^\/|^https?:/.test(rule) ? "" : rule;
}

/** @param {string} rule */
function expressionOf(rule) {
  try {
    return new RegExp(rule.slice(1, -1), "i");
  } catch {
    return null;
  }
}

/** @param {string} rule @param {string} url */
function matches(rule, url) {
  if (rule.startsWith("/")) return expressionOf(rule)?.test(withoutHash(url)) ?? false;
  if (/^https?:/i.test(rule)) return withoutHash(url) === rule;
  return isWithin(siteOf(url), rule);
}

/** @param {string} host @param {string} site */
const isWithin = (host, site) => host === site || host.endsWith(`.${site}`);

/**
 * Why a page is not read by itself; "" when it is. Pure.
 *
 * @param {string} url
 * @param {Sites} sites
 * @param {string[]} off Sites on which the reader has switched the marks off.
 * @returns {"" | "no_page" | "not_allowed" | "off" | "never" | Preset}
 */
export function reasonAgainst(url, { allowed, never, presets }, off) {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return "no_page";
  const host = siteOf(url);
  if (!allowed.some((site) => isWithin(host, site))) return "not_allowed";
  if (off.some((site) => isWithin(host, site))) return "off";
  if (never.some((rule) => matches(rule, url))) return "never";
  // Of a host that the reader has named itself, its name says nothing new.
  if (allowed.includes(host)) return "";
  return presets.find((name) => PRESETS[name](host)) ?? "";
}

/** What the browser is asked for, so that pages of a site can be read without a press. @param {string} site */
const originsOf = (site) => [`*://${site}/*`, `*://*.${site}/*`];

/**
 * Asks the browser's leave and keeps the site. Must be called during a press, before anything is awaited.
 *
 * @param {string} site A host name, as `siteOf` and `hostIn` give it.
 * @returns {Promise<boolean>} Whether the reader agreed.
 */
export async function allowSite(site) {
  if (!site || hostIn(site) !== site) return false;
  if (!(await api.permissions.request({ origins: originsOf(site) }).catch(() => false))) return false;
  await change((sites) => ({ ...sites, allowed: [...sites.allowed.filter((one) => one !== site), site] }));
  return true;
}

/** Takes a site off again, and gives the browser's leave back. @param {string} site */
export async function disallowSite(site) {
  await change((sites) => ({ ...sites, allowed: sites.allowed.filter((one) => one !== site) }));
  // Fails for what another entry or the manifest still needs, which is as it should be.
  await api.permissions.remove({ origins: originsOf(site) }).catch(() => false);
}

/** @param {string} typed @returns {Promise<boolean>} false for what is no rule. */
export async function neverOn(typed) {
  const rule = ruleOf(typed);
  if (!rule) return false;
  await change((sites) => ({ ...sites, never: [...sites.never.filter((one) => one !== rule), rule] }));
  return true;
}

/** Takes a rule off the never-list. @param {string} rule */
export function notNever(rule) {
  return change((sites) => ({ ...sites, never: sites.never.filter((one) => one !== rule) }));
}

/** @param {Preset} name @param {boolean} wanted Whether such sites are on the never-list. */
export function setPreset(name, wanted) {
  return change((sites) => ({
    ...sites,
    presets: PRESET_NAMES.filter((one) => (one === name ? wanted : sites.presets.includes(one))),
  }));
}

/** The allowed site that an address belongs to; "" for none. Pure. @param {string} url @param {Sites} sites */
export function allowedSiteOf(url, { allowed }) {
  return allowed.find((site) => isWithin(siteOf(url), site)) ?? "";
}
