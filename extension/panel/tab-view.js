// What the panel shows for one tab, from the press of the button to the report. Keeps its state while other tabs
// are looked at.

import { api } from "../lib/browser.js";
import { earlyMarks } from "../lib/early.js";
import { endOf, follow } from "../lib/job.js";
import { TO_BACKGROUND } from "../lib/messages.js";
import { readOwnWords } from "../lib/own-words.js";
import { changeRun, forgetRun, readRun } from "../lib/runs.js";
import { el } from "./dom.js";
import { resultView } from "./result-view.js";
import { cancelled, failed, idle } from "./states.js";
import { working } from "./working.js";

/** @import { Failure, Placed, Result } from "../lib/messages.js" */
/** @import { Run } from "../lib/runs.js" */

export class TabView {
  root = el("div", { class: "view" });
  /** @type {Run | null} */
  #run = null;
  /** @type {ReturnType<typeof working> | null} */
  #working = null;
  /** @type {ReturnType<typeof resultView> | null} */
  #result = null;
  /** @type {AbortController | null} */
  #watch = null;
  /** The code of the failure on show. */
  #code = "";

  /** @param {number} tabId @param {(words: string) => void} announce */
  constructor(tabId, announce) {
    this.tabId = tabId;
    this.announce = announce;
    void readRun(tabId).then((run) => this.update(run));
  }

  /** @param {Run | null} run */
  update(run) {
    const other = run?.runId !== this.#run?.runId;
    this.#run = run;
    if (other || run?.phase === "cancelled" || run?.phase === "failed") this.#stop();
    if (!run) this.#put(idle());
    else if (run.phase === "failed" && run.error) this.#fail(run.error);
    else if (run.phase === "cancelled") this.#put(cancelled(this.again));
    else if (run.phase === "done" && this.#result) this.#result.setVisible(run.visible);
    else if (!this.#watch) this.#begin(run);
    else {
      this.#working?.name(run.url, run.title);
      if (run.phase === "submitted" && !this.#watching) void this.#await(run);
    }
  }

  /** Whether the job itself is being followed, not only the page being read. */
  #watching = false;

  /** @param {Run} run */
  #begin(run) {
    this.#watch = new AbortController();
    this.#working = working(run.url, run.title, this.cancel);
    this.#put(this.#working.node);
    if (run.analysisId) void this.#await(run);
  }

  /** @param {Run} run */
  async #await(run) {
    const watch = this.#watch;
    if (!watch) return;
    this.#watching = true;
    const early = earlyMarks(run);
    try {
      const result = await follow(run.analysisId, watch.signal, (job, loading) => {
        this.#working?.update(job, loading);
        early.update(job);
      });
      await early.settled();
      await this.#show(run, result, watch.signal);
    } catch (thrown) {
      await early.withdraw();
      if (watch.signal.aborted) return;
      await changeRun(run, endOf(thrown));
    }
  }

  /** @param {Run} run @param {Result} result @param {AbortSignal} signal */
  async #show(run, result, signal) {
    const view = resultView(result, await readOwnWords(), this.#run ?? run, signal, {
      toggle: () => this.#tell(TO_BACKGROUND.toggle),
      again: this.again,
      announce: this.announce,
    });
    await view.judge(); // Before it is seen, or the list would jump.
    if (signal.aborted) return;
    this.#working = null;
    this.#result = view;
    this.#put(view.node);
    try {
      await view.show((await readRun(run.tabId)) ?? run); // Early marks have brought a style sheet with them.
    } catch {
      // The document that was read is gone, and its report with it.
      if (!signal.aborted) await forgetRun(run);
      return;
    }
    await changeRun(run, { phase: "done" });
  }

  #stop() {
    this.#watch?.abort();
    this.#watch = null;
    this.#watching = false;
    this.#working = null;
    this.#result = null;
    this.#code = "";
  }

  /** @param {Failure} failure */
  #fail(failure) {
    this.#code = failure.code;
    this.#put(failed(failure, this.again));
  }

  /** @param {Node} node */
  #put(node) {
    this.root.replaceChildren(node);
  }

  /** @param {string} kind */
  #tell(kind) {
    void api.runtime.sendMessage({ kind, tabId: this.tabId }).catch(() => undefined);
  }

  again = () => this.#tell(TO_BACKGROUND.run);

  cancel = () => this.#tell(TO_BACKGROUND.cancel);

  /** The page has placed its marks anew. @param {Placed} placed */
  placed(placed) {
    if (this.#run) void this.#result?.setPlaced(this.#run, placed);
  }

  /** The tab shows another address, perhaps of the same document. @param {string} url */
  moved(url) {
    this.#result?.setAddress(url);
  }

  /** The reader's settings or switches for marks have changed. */
  judge() {
    void this.#result?.judge();
  }

  /** A mark was clicked on the page. @param {number} number */
  chosen(number) {
    this.#result?.reveal(number);
  }

  /** This browser was paired, here or in the options. */
  paired() {
    if (["not_paired", "wrong_token", "origin_refused"].includes(this.#code)) this.again();
  }

  /** Moves the focus to the findings. */
  enter() {
    this.#result?.enter();
  }

  dispose() {
    this.#stop();
  }
}
