// The only fetch() of the extension. Every way of failing leaves here as a ServiceFailure that names its remedy.

import { api } from "./browser.js";
import { readSettings, saveSettings } from "./settings.js";
import { word } from "./words.js";

/** @import { Catalogue, Comparison, Coverage, Departures, ExportForm, ExportedFile, Failure, Feeds, FiguresPage, Job, LanguageModel, LibraryPage, LibraryQuery, Preferences, Result, Revisions, Status, Versions } from "./messages.js" */

export const API = 1;

/** Articles in one comparison. The ceiling is the service's: each of them is read anew. */
export const COMPARED_FLOOR = 2;
export const COMPARED_CEILING = 5;

/** Milliseconds between two looks whether the terminal has answered: the service gives a claim a second. */
const PAIR_POLL_MS = 1000;

/** Milliseconds. A page of 8 MiB is uploaded within the longest of them on any loopback. */
const PATIENCE = Object.freeze({
  status: 3000,
  pair: 10_000,
  submit: 30_000,
  poll: 8000,
  compare: 60_000, // each article is read anew
  feeds: 120_000, // up to 20, four at once, each with a patience of its own
  export: 120_000, // everything that is kept
});

/** `code` is the service's, or one of ours: service_down, no_answer, not_truthlens, wrong_version, not_paired. */
export class ServiceFailure extends Error {
  /** @param {Failure} failure */
  constructor({ code, message, remedy }) {
    super(message);
    this.name = "ServiceFailure";
    this.code = code;
    this.remedy = remedy;
    /** What the browser said itself, in its own words. */
    this.detail = "";
  }

  /** @returns {Failure} */
  toJSON() {
    const { code, message, remedy, detail } = this;
    return { code, message, remedy, ...(detail ? { detail } : {}) };
  }
}

/**
 * @param {string} code One that `_locales` words as `error_<code>` and `remedy_<code>`.
 * @param {...(string | number)} values
 */
export function failure(code, ...values) {
  return new ServiceFailure({
    code,
    message: word(`error_${code}`, ...values),
    remedy: word(`remedy_${code}`, ...values),
  });
}

/** Any thrown value as the shape that may cross to another context. @returns {Failure} */
export function asFailure(/** @type {unknown} */ thrown) {
  if (thrown instanceof ServiceFailure) return thrown.toJSON();
  return failure("unexpected", thrown instanceof Error ? thrown.message : String(thrown)).toJSON();
}

/** Throws wrong_version for a service that speaks another interface. @returns {Promise<Status>} */
export async function status() {
  const { port } = await readSettings();
  const answer = await request(port, "GET", "/v1/status", { patience: PATIENCE.status });
  if (answer?.name !== "truthlens") throw failure("not_truthlens", port);
  if (answer.api !== API) throw failure("wrong_version", String(answer.version), String(answer.api), API);
  return answer;
}

/**
 * Trades the code for a token and keeps it. Where the terminal asks first whether it is this browser, the same
 * code is sent again until that is answered; the service ends it after two minutes.
 *
 * @param {string} code As the reader types it.
 * @param {() => void} [asking] Called while the terminal asks.
 */
export async function pair(code, asking) {
  const { port } = await readSettings();
  const body = { code: code.trim().toUpperCase(), name: browserName() };
  for (;;) {
    const answer = await request(port, "POST", "/v1/pair", { body, patience: PATIENCE.pair });
    if (answer?.state !== "asking") {
      if (typeof answer?.token !== "string" || !answer.token) throw failure("not_truthlens", port);
      return saveSettings({ token: answer.token });
    }
    asking?.();
    await new Promise((resolve) => setTimeout(resolve, PAIR_POLL_MS));
  }
}

/** @param {{url: string, html?: string, text?: string, keep?: boolean}} page A page, or words of it. @returns {Promise<Job | Result>} */
export function submit(page) {
  return authorised("POST", "/v1/analyses", { body: page, patience: PATIENCE.submit });
}

/** @param {string} id @param {AbortSignal} [signal] @returns {Promise<Job | Result>} */
export function read(id, signal) {
  return authorised("GET", `/v1/analyses/${encodeURIComponent(id)}`, { patience: PATIENCE.poll, signal });
}

/** Cancels it while it runs, forgets it when it is done. @param {string} id */
export function drop(id) {
  return authorised("DELETE", `/v1/analyses/${encodeURIComponent(id)}`, { patience: PATIENCE.poll });
}

/** @param {Partial<LibraryQuery>} query @param {AbortSignal} [signal] @returns {Promise<LibraryPage>} */
export function listLibrary(query, signal) {
  const asked = Object.entries(query).filter(([, value]) => value !== "");
  const words = new URLSearchParams(asked.map(([name, value]) => [name, String(value)]));
  return authorised("GET", `/v1/library?${words}`, { patience: PATIENCE.submit, signal });
}

/** Which sites the service has asked since it began. @param {AbortSignal} [signal] @returns {Promise<Departures>} */
export function departures(signal) {
  return authorised("GET", "/v1/departures", { patience: PATIENCE.poll, signal });
}

/** Everything that is kept, as one JSON file. @returns {Promise<Blob>} */
export function exportLibrary() {
  return authorised("GET", "/v1/library/export", { patience: PATIENCE.export, asFile: true });
}

/** @returns {Promise<{forgotten: number}>} */
export function forgetAll() {
  return authorised("DELETE", "/v1/library", { patience: PATIENCE.submit });
}

/** @param {AbortSignal} [signal] @returns {Promise<Preferences>} */
export function preferences(signal) {
  return authorised("GET", "/v1/library/preferences", { patience: PATIENCE.poll, signal });
}

/** What is older than the wish allows is deleted at once. @param {Preferences} wish @returns {Promise<Preferences>} */
export function prefer(wish) {
  return authorised("PUT", "/v1/library/preferences", { body: wish, patience: PATIENCE.submit });
}

/** What changed since earlier saved versions. @param {string} id @param {AbortSignal} [signal] @returns {Promise<Revisions>} */
export function revisions(id, signal) {
  return about(id, "revisions", PATIENCE.submit, signal);
}

/** Saved articles on the same event. @param {string} id @param {AbortSignal} [signal] @returns {Promise<LibraryPage>} */
export function siblings(id, signal) {
  return about(id, "siblings", PATIENCE.submit, signal);
}

/** What the reader's feeds name on the same event: the service asks their addresses. @param {string} id @param {AbortSignal} [signal] @returns {Promise<Coverage>} */
export function coverage(id, signal) {
  return about(id, "coverage", PATIENCE.feeds, signal);
}

/** @param {string} id @param {ExportForm} form @param {AbortSignal} [signal] @returns {Promise<ExportedFile>} */
export function exportAnalysis(id, form, signal) {
  return about(id, `export?format=${form}`, PATIENCE.submit, signal);
}

/** Two to five saved articles, the first being the one at hand. @param {string[]} ids @param {AbortSignal} [signal] @returns {Promise<Comparison>} */
export function compare(ids, signal) {
  return authorised("POST", "/v1/comparisons", { body: { ids }, patience: PATIENCE.compare, signal });
}

/** @param {AbortSignal} [signal] @returns {Promise<Catalogue>} */
export function catalogue(signal) {
  return authorised("GET", "/v1/indicators", { patience: PATIENCE.submit, signal });
}

/** @returns {Promise<Versions>} */
export function versions() {
  return authorised("GET", "/v1/versions", { patience: PATIENCE.poll });
}

/** Themes and sources of the newest saved reports. @returns {Promise<FiguresPage>} */
export function figures() {
  return authorised("GET", "/v1/library/figures", { patience: PATIENCE.submit });
}

/** The reader's feeds; none of them is asked. @returns {Promise<Feeds>} */
export function listFeeds() {
  return authorised("GET", "/v1/feeds", { patience: PATIENCE.poll });
}

/** The service fetches it once, to see that it is a feed. @param {string} url @returns {Promise<Feeds>} */
export function addFeed(url) {
  return authorised("POST", "/v1/feeds", { body: { url }, patience: PATIENCE.feeds });
}

/** @param {string} url @returns {Promise<Feeds>} */
export function removeFeed(url) {
  return authorised("POST", "/v1/feeds/remove", { body: { url }, patience: PATIENCE.poll });
}

/** @returns {Promise<LanguageModel>} */
export function languageModel() {
  return authorised("GET", "/v1/language-model", { patience: PATIENCE.submit });
}

/** @param {{url: string, model: string}} wish "" for none. @returns {Promise<LanguageModel>} */
export function chooseLanguageModel(wish) {
  return authorised("PUT", "/v1/language-model", { body: wish, patience: PATIENCE.submit });
}

/** @param {string} id @param {string} what @param {number} patience @param {AbortSignal | undefined} signal */
function about(id, what, patience, signal) {
  return authorised("GET", `/v1/analyses/${encodeURIComponent(id)}/${what}`, { patience, signal });
}

/**
 * @typedef {object} Options
 * @property {object} [body]
 * @property {string} [token]
 * @property {number} patience
 * @property {AbortSignal | undefined} [signal]
 * @property {boolean} [asFile] The answer is handed on unread.
 *
 * @param {string} method
 * @param {string} path
 * @param {Options} options
 */
async function authorised(method, path, options) {
  const { port, token } = await readSettings();
  if (!token) throw failure("not_paired");
  return request(port, method, path, { ...options, token });
}

/**
 * @param {number} port
 * @param {string} method
 * @param {string} path
 * @param {Options} options
 * @returns {Promise<any>} Checked by the callers only as far as they use it: the service is paired, not a stranger.
 */
async function request(port, method, path, { body, token, patience, signal, asFile = false }) {
  /** @type {Record<string, string>} */
  const headers = { "X-TruthLens-Client": "1" };
  if (token) headers["Authorization"] = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const deadline = AbortSignal.timeout(patience);
  /** @type {Response} */
  let response;
  /** @type {any} */
  let answer;
  try {
    response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers,
      body: body ? JSON.stringify(body) : null,
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
    });
    answer = asFile && response.ok ? await response.blob() : await response.json();
  } catch (thrown) {
    signal?.throwIfAborted();
    if (deadline.aborted) throw failure("no_answer", port);
    if (thrown instanceof SyntaxError) throw failure("not_truthlens", port);
    throw failure((await mayReachService()) ? "service_down" : "address_not_allowed", port);
  }
  if (response.ok) return answer;
  throw refusal(answer?.error, response.status, port);
}

/**
 * @param {Partial<Failure> | undefined} error
 * @param {number} status
 * @param {number} port
 */
function refusal(error, status, port) {
  if (typeof error?.code !== "string") return failure("not_truthlens", port);
  return new ServiceFailure({
    code: error.code,
    message: error.message || word("error_unexpected", String(status)),
    remedy: error.remedy ?? "",
  });
}

/** Readers may withdraw host permissions; then a fetch fails just as it does with nobody listening. */
async function mayReachService() {
  try {
    return await api.permissions.contains({ origins: ["http://127.0.0.1/*"] });
  } catch {
    return true;
  }
}

/** For the service's list of paired browsers. */
function browserName() {
  return /Firefox\//.test(navigator.userAgent) ? "Firefox" : "Chromium";
}
