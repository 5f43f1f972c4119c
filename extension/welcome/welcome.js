// The first-run page: three steps, a demo article that works before any news page, and what the extension may do.

import { keepAppearance } from "../lib/appearance.js";
import { api } from "../lib/browser.js";
import { follow } from "../lib/job.js";
import { readOwnWords } from "../lib/own-words.js";
import { submit } from "../lib/service.js";
import { counted, fillWords, word } from "../lib/words.js";
import { savedHeader } from "../library/saved.js";
import { readingView } from "../library/reading-view.js";
import { el } from "../panel/dom.js";
import { trouble } from "../panel/trouble.js";
import { nameStage } from "../panel/working.js";
import { ADDRESS, PAGE } from "./demo-article.js";
import { permissionTable } from "./permissions.js";
import { steps } from "./steps.js";

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const demo = byId("demo");

/** @param {string} words */
function announce(words) {
  byId("live").textContent = words;
}

/** @type {AbortController | null} */
let reading = null;

/** @param {HTMLButtonElement} button */
async function read(button) {
  reading?.abort();
  const mine = (reading = new AbortController());
  const stage = el("p", { class: "waiting", role: "status", "data-testid": "stage" }, word("stage_extract"));
  demo.replaceChildren(stage);
  button.disabled = true;
  try {
    const job = await submit({ url: ADDRESS, html: PAGE, keep: false });
    const result = await follow(job.id, mine.signal, (now, loading) => nameStage(stage, now, loading));
    demo.replaceChildren(
      readingView(result, await readOwnWords(), mine.signal, announce, {
        header: savedHeader(result.article, undefined),
      }),
    );
    guide.done();
    announce(counted("marks_shown", result.annotations.length));
    demo.focus({ preventScroll: true });
    demo.scrollIntoView({ block: "start" });
  } catch (thrown) {
    if (!mine.signal.aborted) demo.replaceChildren(trouble(thrown, () => void read(button)));
  } finally {
    button.disabled = false;
  }
}

fillWords(document);
void keepAppearance();
byId("permissions").append(permissionTable());
const guide = steps(
  { start: byId("start"), pair: byId("pair"), trial: byId("try") },
  (button) => void read(button),
);
api.storage.local.onChanged.addListener((changes) => {
  if ("token" in changes || "port" in changes) void guide.look();
});
void guide.look();
