import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { api } from "./browser-stub.js";
import "./document-stub.js";

const {
  allowSite,
  allowedSiteOf,
  disallowSite,
  neverOn,
  noSites,
  notNever,
  readSites,
  reasonAgainst,
  ruleOf,
  setPreset,
} = await import("../../extension/lib/sites.js");

beforeEach(() => {
  api.storage.local.clear();
  api.called.length = 0;
});

const allowing = (...allowed) => ({ ...noSites(), allowed });

test("nothing is read by itself until a site is allowed, and then only there", () => {
  assert.equal(reasonAgainst("https://news.example/a", noSites(), []), "not_allowed");
  const sites = allowing("news.example");
  for (const url of ["https://news.example/a", "http://www.news.example/", "https://live.news.example/b"])
    assert.equal(reasonAgainst(url, sites, []), "", url);
  for (const url of ["https://oldnews.example/", "https://news.example.evil.test/", "https://example/"])
    assert.equal(reasonAgainst(url, sites, []), "not_allowed", url);
  for (const url of ["about:blank", "chrome://settings/", "file:///a.html", "data:text/html,a", ""])
    assert.equal(reasonAgainst(url, sites, []), "no_page", url);
});

test("a site that is switched off is not read by itself, nor what lies below it", () => {
  const sites = allowing("news.example");
  assert.equal(reasonAgainst("https://www.news.example/a", sites, ["news.example"]), "off");
  assert.equal(reasonAgainst("https://news.example/a", sites, ["live.news.example"]), "");
});

test("the never-list knows host names, addresses and expressions", () => {
  const not = (rule, url) => reasonAgainst(url, { ...allowing("news.example"), never: [rule] }, []);
  assert.equal(not("live.news.example", "https://live.news.example/x"), "never");
  assert.equal(not("live.news.example", "https://news.example/x"), "");
  assert.equal(not("https://news.example/shop", "https://news.example/shop#top"), "never");
  assert.equal(not("https://news.example/shop", "https://news.example/shop/2"), "");
  assert.equal(not("/\\/(games|shop)\\//", "https://news.example/games/1"), "never");
  assert.equal(not("/\\/(games|shop)\\//", "https://news.example/politics/1"), "");
});

test("mail, banks and the reader's own network are on it from the beginning", () => {
  const reason = (host) => reasonAgainst(`https://${host}/`, allowing(host.replace(/^[^.]+\./, "")), []);
  for (const host of ["mail.portal.example", "webmail.portal.example", "outlook.portal.example"])
    assert.equal(reason(host), "mail", host);
  for (const host of ["my-bank.example.com", "banking.portal.example", "login.portal.example"])
    assert.equal(reason(host), "banking", host);
  for (const host of ["wiki.firm.corp", "nas.at.home.arpa", "intranet.firm.example"])
    assert.equal(reason(host), "intranet", host);
  for (const host of ["live.bbc.co.uk", "edition.news.example", "bankruptcy-news.example"])
    assert.notEqual(reason(host), "mail", host);
  const presets = allowing("portal.example");
  assert.equal(reasonAgainst("https://mail.portal.example/", { ...presets, presets: [] }, []), "");
  assert.equal(reasonAgainst("https://mail.portal.example/", allowing("mail.portal.example"), []), "");
  assert.equal(reasonAgainst("http://192.168.1.4/", allowing("192.168.1.4"), []), "", "named by the reader");
});

test("what is typed becomes a rule, or nothing", () => {
  assert.equal(ruleOf(" WWW.News.Example "), "news.example");
  assert.equal(ruleOf("https://news.example/a#b"), "https://news.example/a");
  assert.equal(ruleOf("/shop/"), "/shop/");
  for (const typed of ["", "   ", "two words", "/[/", "//", "news.example/path", `/${"a".repeat(400)}/`])
    assert.equal(ruleOf(typed), "", typed);
});

test("allowing asks the browser first, and keeps nothing when it says no", async () => {
  assert.equal(await allowSite("news.example"), true);
  assert.deepEqual(api.called[0], [
    "permissions.request",
    { origins: ["*://news.example/*", "*://*.news.example/*"] },
  ]);
  assert.deepEqual((await readSites()).allowed, ["news.example"]);
  const { request } = api.permissions;
  api.permissions.request = async () => false;
  assert.equal(await allowSite("other.example"), false);
  api.permissions.request = request;
  assert.deepEqual((await readSites()).allowed, ["news.example"]);
  await disallowSite("news.example");
  assert.deepEqual((await readSites()).allowed, []);
  assert.equal(api.called.at(-1)[0], "permissions.remove");
});

test("the question is put within the press itself", () => {
  void allowSite("news.example");
  assert.equal(api.called[0][0], "permissions.request", "before anything is awaited");
});

test("rules and presets are kept and taken back", async () => {
  assert.equal(await neverOn("www.quiet.example"), true);
  assert.equal(await neverOn("no such thing"), false);
  await setPreset("mail", false);
  assert.deepEqual(await readSites(), {
    allowed: [],
    never: ["quiet.example"],
    presets: ["banking", "intranet"],
  });
  await notNever("quiet.example");
  await setPreset("mail", true);
  assert.deepEqual(await readSites(), noSites());
});

test("what is unusable in the store is left out", async () => {
  await api.storage.local.set({
    sites: { allowed: ["a.example", 7, "two words"], never: ["/[/"], presets: "x" },
  });
  assert.deepEqual(await readSites(), { ...noSites(), allowed: ["a.example"] });
  assert.equal(allowedSiteOf("https://b.a.example/x", await readSites()), "a.example");
});
