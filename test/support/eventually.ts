import { setTimeout as sleep } from 'node:timers/promises'

/** Far longer than anything takes on a machine that has other work: what never comes fails, what is slow does not. */
const PATIENCE_MS = 270_000

/**
 * Asks until the answer is good, for as long as processes and their jobs may take.
 *
 * @returns the last answer, good or not: the caller's assertion then shows what was wrong with it
 */
export async function eventually<T>(
  ask: () => Promise<T> | T,
  good: (answer: T) => boolean,
  everyMs = 200,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const answer = await ask()
    if (good(answer) || Date.now() > deadline) return answer
    await sleep(everyMs)
  }
}
