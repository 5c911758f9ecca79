import { createYielder } from '../../platform/yield-to-event-loop.ts'
import type { DriftDeps } from './deps.ts'
import type { DriftReport } from './drift-report.ts'
import { type DriftModel, observe, type ReadThread, readThreads } from './read-posts.ts'

import type { TrainingSnapshot } from './snapshot.ts'
import { DAY_MS, LONGEST_WINDOW_DAYS } from './take-snapshot.ts'
import type { TrafficThread } from './traffic-store.ts'

/** The shortest window with enough posts is taken, else the longest. Counts alone decide, so that the choice does not depend on findings. */
const WINDOW_DAYS = [7, 14, LONGEST_WINDOW_DAYS] as const
const ENOUGH_POSTS = 100
/** Most posts that are read, the latest of a busier window. */
const MOST_POSTS = 5_000

/** A thread of the window with its prediction and terms. */
export interface WindowThread extends TrafficThread {
  readonly post: ReadThread
}

/** The posts of the last days, the latest first. */
export async function readWindow(
  deps: DriftDeps,
  model: DriftModel,
  { vocabulary }: TrainingSnapshot,
  now: Date,
  signal: AbortSignal | undefined,
): Promise<{ window: DriftReport['window']; threads: WindowThread[] }> {
  let days = 0
  let since = now
  let traffic: TrafficThread[] = []
  for (days of WINDOW_DAYS) {
    since = new Date(now.getTime() - days * DAY_MS)
    traffic = await deps.traffic.between(since, now, MOST_POSTS)
    if (traffic.length >= ENOUGH_POSTS) break
  }
  const byId = new Map(traffic.map((thread) => [thread.id, thread]))
  const threads: WindowThread[] = []
  const yieldToEventLoop = createYielder()
  for await (const each of readThreads(deps, [...byId.keys()], yieldToEventLoop, signal)) {
    const post = observe(model, vocabulary, each)
    threads.push({ ...byId.get(post.id)!, post })
  }
  return { window: { since: since.toISOString(), until: now.toISOString(), days }, threads }
}
