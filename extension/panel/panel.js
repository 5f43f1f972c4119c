// The panel: shows the view of the tab that its window looks at, and passes on what the others report.

import { keepAppearance } from "../lib/appearance.js";
import { api } from "../lib/browser.js";
import { FROM_PAGE, TO_PANEL } from "../lib/messages.js";
import { onRunChanged } from "../lib/runs.js";
import { concernsMarks } from "../lib/standing.js";
import { fillWords } from "../lib/words.js";
import { TabView } from "./tab-view.js";

/** @type {Map<number, TabView>} */
const views = new Map();
const place = /** @type {HTMLElement} */ (document.getElementById("view"));
const live = /** @type {HTMLElement} */ (document.getElementById("live"));

/** @param {string} words */
function announce(words) {
  live.textContent = words;
}

/** @param {number} tabId */
function look(tabId) {
  let view = views.get(tabId);
  if (!view) {
    view = new TabView(tabId, announce);
    views.set(tabId, view);
  }
  if (view.root.parentElement === place) return;
  place.replaceChildren(view.root);
  scrollTo(0, 0);
}

/** Follows the window's active tab; `?tab=7` holds the panel to that one. */
async function followTab() {
  const held = Number(new URLSearchParams(location.search).get("tab"));
  const { id: windowId } = await api.windows.getCurrent();
  api.runtime.onMessage.addListener((message, _sender, respond) => {
    if (message.kind === TO_PANEL.present && message.windowId === windowId) respond(performance.timeOrigin);
  });
  if (held) return look(held);
  api.tabs.onActivated.addListener((active) => {
    if (active.windowId === windowId) look(active.tabId);
  });
  const [tab] = await api.tabs.query({ active: true, ...(windowId === undefined ? {} : { windowId }) });
  if (tab?.id !== undefined) look(tab.id);
}

fillWords(document);
void keepAppearance();

// Before the first read: a change between the two would be lost.
onRunChanged((tabId, run) => views.get(tabId)?.update(run));

api.runtime.onMessage.addListener((message, sender) => {
  const view = sender.tab?.id === undefined ? undefined : views.get(sender.tab.id);
  if (message.kind === FROM_PAGE.placed) view?.placed(message);
  else if (message.kind === FROM_PAGE.chosen) view?.chosen(message.number);
});

api.storage.onChanged.addListener((changes, area) => {
  if (area !== "local") return;
  for (const view of views.values()) {
    if (changes["token"]?.newValue) view.paired();
    if (concernsMarks(changes)) view.judge();
  }
});

// Pages that change their address by themselves tell nobody; addresses are seen where the button was pressed.
api.tabs.onUpdated.addListener((tabId, { url }) => {
  if (url) views.get(tabId)?.moved(url);
});

api.tabs.onRemoved.addListener((tabId) => {
  views.get(tabId)?.dispose();
  views.delete(tabId);
});

document.addEventListener("keydown", (event) => {
  const inField = event.target instanceof Element && event.target.closest("input, ol.findings") !== null;
  const plainKey = !event.ctrlKey && !event.altKey && !event.metaKey;
  if (inField || !plainKey || !["j", "k"].includes(event.key)) return;
  for (const view of views.values()) if (view.root.isConnected) view.enter();
});

void followTab();
