// Brings a run to its end where no panel does it: waits for the report and has its marks painted.

import { earlyMarks } from "./early.js";
import { endOf, follow } from "./job.js";
import { marksOf, withOwnWords } from "./marks.js";
import { readOwnWords } from "./own-words.js";
import { changeRun, stillWaiting } from "./runs.js";
import { show } from "./tab-page.js";

/** @import { Run } from "./runs.js" */

/** Runs that are being finished here. @type {Set<string>} */
const finishing = new Set();

/**
 * @param {Run} run Handed in to the service.
 * @returns {Promise<void>} When the page carries its marks, the run has failed, or another has taken its place.
 */
export async function finish(run) {
  if (finishing.has(run.runId)) return;
  finishing.add(run.runId);
  const ended = new AbortController();
  const early = earlyMarks(run);
  try {
    // Asking the store at every turn also keeps this worker from being ended meanwhile.
    const result = await follow(run.analysisId, ended.signal, (job) => {
      early.update(job);
      void stillWaiting(run).then((now) => now ?? ended.abort());
    });
    await early.settled();
    const marks = withOwnWords(marksOf(result.annotations), result.article, await readOwnWords());
    const now = await stillWaiting(run);
    if (!now) return;
    await show(now, marks);
    await changeRun(now, { phase: "done" });
  } catch (thrown) {
    await early.withdraw();
    if (ended.signal.aborted) return;
    await changeRun(run, endOf(thrown));
  } finally {
    finishing.delete(run.runId);
  }
}
