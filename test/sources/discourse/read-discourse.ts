import { afterEach } from 'vitest'
import { CodedError } from '../../../src/platform/errors.ts'
import { createOutbound } from '../../../src/platform/outbound.ts'
import { readDiscourseApi } from '../../../src/sources/discourse/api.ts'
import type { SourceItem } from '../../../src/sources/record.ts'
import { type DiscourseDouble, type DoubleTopic, KEY, startDiscourseDouble } from './discourse-double.ts'

const doubles: DiscourseDouble[] = []
const outbound = createOutbound({ privateHosts: ['127.0.0.1'] })
afterEach(async () => {
  await Promise.all(doubles.splice(0).map((each) => each.close()))
})

/** A community that is deleted after the test. */
export async function serve(topics: DoubleTopic[]): Promise<DiscourseDouble> {
  const double = await startDiscourseDouble(topics)
  doubles.push(double)
  return double
}

interface Options {
  readonly key?: string
  readonly since?: string
  readonly cursor?: string
  /** Stop after so many topics, as a killed import would. */
  readonly most?: number
}

/** Reads with a clock that jumps instead of waiting. */
export async function read(double: DiscourseDouble, { cursor, most, ...options }: Options = {}) {
  const slept: number[] = []
  let now = Date.UTC(2026, 0, 1)
  const pace = {
    now: () => now,
    async sleep(milliseconds: number) {
      slept.push(milliseconds)
      now += milliseconds
    },
    random: () => 0.5,
  }
  const items: SourceItem[] = []
  const progress = { bytesRead: 0, bytesTotal: 0 }
  let fault: CodedError | undefined
  let last: string | undefined
  const context = cursor === undefined ? {} : { cursor }
  const given = { key: KEY, privateHosts: ['127.0.0.1'], ...options }
  try {
    for await (const block of readDiscourseApi({ outbound, pace }, double.url, progress, given, context)) {
      items.push(...block)
      for (const item of block) if (item.outcome === 'checkpoint') last = item.cursor
      if (most !== undefined && threadsOf(items).length >= most) break
    }
  } catch (error) {
    if (!(error instanceof CodedError)) throw error
    fault = error
  }
  return { items, fault, slept, cursor: last, threads: threadsOf(items) }
}

export function threadsOf(items: readonly SourceItem[]): number[] {
  return items.flatMap((item) =>
    item.outcome === 'record' && item.record.type === 'thread' ? [Number(item.record.id)] : [],
  )
}
export const postsOf = (items: readonly SourceItem[]) =>
  items.filter((item) => item.outcome === 'record' && item.record.type === 'post').length
export const ascending = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)
export const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1)
