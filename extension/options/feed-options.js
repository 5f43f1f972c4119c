// The reader's feeds: where other reports of an event are looked for, and only when that is asked for.

import { addFeed, listFeeds, removeFeed } from "../lib/service.js";
import { plain } from "../lib/plain.js";
import { word } from "../lib/words.js";
import { el } from "../panel/dom.js";
import { asked, attempt } from "./asked.js";
import { entry } from "./entry.js";

/** @import { ReadersFeed } from "../lib/messages.js" */

/** @param {HTMLElement} place @returns {() => Promise<void>} Asks the service and shows. */
export function feedOptions(place) {
  const ask = asked(place, async () => {
    const { feeds, most } = await listFeeds();
    const fault = el("div");
    const field = el("input", {
      id: "feed",
      type: "url",
      required: true,
      autocomplete: "off",
      placeholder: "https://",
      maxlength: 2048,
      "data-testid": "feed",
    });
    const button = el("button", { class: "act", "data-testid": "add_feed" }, word("options_add"));
    const form = el(
      "form",
      {},
      el("label", { for: "feed" }, word("options_feeds_add")),
      el("div", { class: "row" }, field, button),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void attempt(fault, button, async () => {
        await addFeed(field.value.trim());
        await ask();
        document.getElementById("feed")?.focus();
      });
    });
    field.disabled = button.disabled = feeds.length >= most;
    return [
      el("p", {}, word("options_feeds_text")),
      feeds.length > 0
        ? el("ul", { class: "off", "data-testid": "feeds" }, ...feeds.map((feed) => line(feed, fault, ask)))
        : el("p", { "data-testid": "feeds_none" }, word("options_feeds_none")),
      form,
      fault,
    ];
  });
  return ask;
}

/** @param {ReadersFeed} feed @param {HTMLElement} fault @param {() => Promise<void>} ask */
function line({ url, title }, fault, ask) {
  const name = plain(title, 120);
  const address = plain(url, 200);
  const label = word("options_take_off_what", name);
  const face = { testid: "remove_feed", words: word("options_take_off"), label };
  return entry([name, name !== address && el("small", {}, address)], face, (button) => {
    void attempt(fault, button, async () => {
      await removeFeed(url);
      await ask();
    });
  });
}
