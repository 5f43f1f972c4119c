// Marks that a page shows while its report is still being written: those of a long article's beginning come first.

import { marksOf } from "./marks.js";
import { stillWaiting } from "./runs.js";
import { setVisible, show } from "./tab-page.js";

/** @import { Annotation, Job } from "./messages.js" */
/** @import { Run } from "./runs.js" */

/** @param {Run} run Handed in to the service. */
export function earlyMarks(run) {
  let shown = 0;
  let last = Promise.resolve();

  /** @param {Annotation[]} annotations */
  async function put(annotations) {
    const now = await stillWaiting(run);
    if (now) await show(now, marksOf(annotations));
  }

  return {
    /** What has been found by now, each time in the place of what was before. @param {Job} job */
    update({ annotations = [] }) {
      if (annotations.length <= shown) return;
      shown = annotations.length;
      last = last.then(() => put(annotations)).catch(() => undefined); // The report will tell of a page that is gone.
    },
    /** Resolves when the page does nothing for these any more. */
    settled: () => last,
    /** No report will follow. */
    async withdraw() {
      await last;
      if (shown) await setVisible(run.tabId, false).catch(() => undefined);
    },
  };
}
