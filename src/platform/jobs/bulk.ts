import { createAmbient } from '../ambient.ts'

/**
 * Whether the work in progress is bulk work: an import, a training, a sweep, and whatever these cause. Nobody waits for
 * any one piece of it, so that what people and live posts cause goes first.
 */
const ambient = createAmbient<boolean>()

/** Does bulk work: the events that it appends and the jobs that it enqueues are bulk work, and so on. */
export function inBulk<T>(work: () => Promise<T>): Promise<T> {
  return ambient.run(true, work)
}

/** Does a job, bulk or not, as what its row says. */
export function runAs<T>(bulk: boolean, work: () => Promise<T>): Promise<T> {
  return ambient.run(bulk, work)
}

/** Whether bulk work is in progress. */
export function isBulk(): boolean {
  return ambient.get() ?? false
}
