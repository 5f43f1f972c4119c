// Follows a job until it ends. The panel does this where it is open, because the worker may be ended between two
// polls; the background does it for pages that are read by themselves.

import { ServiceFailure, asFailure, failure, read, status } from "./service.js";

/** @import { Job, Result } from "./messages.js" */
/** @import { Run } from "./runs.js" */

/** Milliseconds between polls: eager while the first marks may come, calmer for what takes long. */
const paceAfter = (/** @type {number} */ elapsed) =>
  elapsed < 1500 ? 60 : elapsed < 8000 ? 200 : elapsed < 30_000 ? 500 : 1000;
/** How long a job runs before it is worth asking whether the model is the reason, and how often. */
const ASK_MS = 1500;
/** Polls in a row that may go unanswered; a service being stopped and started again takes longer. */
const PATIENCE = 4;

/**
 * @param {string} id
 * @param {AbortSignal} signal
 * @param {(job: Job, loading: boolean) => void} onProgress
 * @returns {Promise<Result>} Throws ServiceFailure for a job that failed, was cancelled or lost its service.
 */
export async function follow(id, signal, onProgress) {
  const started = Date.now();
  let asked = started;
  let loading = false;
  let answered = false;
  let unanswered = 0;
  for (;;) {
    try {
      const job = await read(id, signal);
      answered = true;
      unanswered = 0;
      if ("article" in job) return job;
      if (job.state === "failed" && job.error) throw new ServiceFailure(job.error);
      if (job.state === "cancelled") throw failure("cancelled");
      if (Date.now() - asked > ASK_MS) {
        asked = Date.now();
        loading = (await status()).model.state === "loading";
      }
      onProgress(job, loading);
    } catch (thrown) {
      signal.throwIfAborted();
      const silent = thrown instanceof ServiceFailure && ["service_down", "no_answer"].includes(thrown.code);
      unanswered += 1;
      if (silent && unanswered > PATIENCE && answered) throw failure("service_stopped");
      if (!silent || unanswered > PATIENCE) throw thrown;
    }
    await pause(paceAfter(Date.now() - started), signal);
  }
}

/** How a run ends that was not followed to its report. @param {unknown} thrown @returns {Partial<Run>} */
export function endOf(thrown) {
  const error = asFailure(thrown);
  return error.code === "cancelled" ? { phase: "cancelled" } : { phase: "failed", error };
}

/** @param {number} milliseconds @param {AbortSignal} signal @returns {Promise<void>} */
function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true },
    );
  });
}
