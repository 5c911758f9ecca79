import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  type EarlierAttempts,
  earlierAttempts,
  firstAttempt,
} from '../../../src/ingest/imports/begin-import.ts'
import type { OutcomeCounts } from '../../../src/ingest/rows/batch.ts'
import { propertyRuns } from '../../support/matrix.ts'

type Outcome = 'new' | 'changed' | 'unchanged'

/** Counts of reading these rows from the start, of which the first `written` were committed by attempts before. */
function read(rows: readonly Outcome[], upTo: number, written: number): OutcomeCounts {
  const counts: OutcomeCounts = { new: 0, changed: 0, unchanged: 0, rejected: 0 }
  rows.slice(0, upTo).forEach((outcome, i) => {
    counts[i < written ? 'unchanged' : outcome] += 1
  })
  return counts
}

it('counts over any number of attempts, cut wherever they were, what one attempt would have counted', () => {
  const outcome = fc.constantFrom<Outcome>('new', 'changed', 'unchanged')
  fc.assert(
    fc.property(
      fc.array(outcome, { maxLength: 40 }),
      fc.array(fc.nat({ max: 40 }), { maxLength: 5 }),
      (rows, cuts) => {
        let noted: string | null = null
        let written = 0
        for (const cut of [...cuts, rows.length]) {
          const counts = { threads: read(rows, cut, written), posts: read(rows, cut, written) }
          const earlier: EarlierAttempts = noted === null ? firstAttempt : earlierAttempts(noted)
          const together = earlier.together(counts)
          if (cut > 0) noted = JSON.stringify({ counts: together })
          written = Math.max(written, Math.min(cut, rows.length))
          if (cut >= rows.length) expect(together.posts).toEqual(read(rows, rows.length, 0))
        }
      },
    ),
    { numRuns: propertyRuns(2000) },
  )
})

it('counts a thread once that was begun in one attempt and accepted in the next', () => {
  const posts = { new: 0, changed: 0, unchanged: 0, rejected: 0 }
  const before = { threads: { new: 3, changed: 0, unchanged: 0, rejected: 0 }, posts }
  const now = { threads: { new: 2, changed: 1, unchanged: 2, rejected: 0 }, posts }
  const together = earlierAttempts(JSON.stringify({ counts: before })).together(now)
  expect(together.threads).toEqual({ new: 5, changed: 0, unchanged: 0, rejected: 0 })
})

it('adds up what was deleted, which is not there to be deleted again', () => {
  const none = { new: 0, changed: 0, unchanged: 4, rejected: 0 }
  const noted = JSON.stringify({ counts: { threads: { ...none, deleted: 2 }, posts: none } })
  const now = { threads: { ...none, deleted: 1 }, posts: { ...none, deleted: 5 } }
  const { threads, posts } = earlierAttempts(noted).together(now)
  expect([threads.deleted, posts.deleted]).toEqual([3, 5])
})
