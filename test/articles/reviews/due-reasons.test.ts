import { describe, expect, it } from 'vitest'
import { dueReasons, type ReviewFacts } from '../../../src/articles/reviews/due-reasons.ts'
import { DEFAULT_REVIEW_SETTINGS as settings } from '../../../src/articles/reviews/review-settings.ts'

const now = new Date('2026-12-31T00:00:00.000Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()
const fresh: ReviewFacts = {
  articleId: 'art_1',
  createdAt: daysAgo(400),
  updatedAt: daysAgo(10),
  openReports: 0,
  unsolved: 0,
  flags: 0,
  resolution: { posts: 2, lost: 0 },
  figures: { days: 180, uses: 1, reads: 0, solved: 0, unsolved: 0 },
}
const due = (facts: Partial<ReviewFacts>, more: Partial<typeof settings> = {}, readsSince = daysAgo(400)) =>
  dueReasons({ ...fresh, ...facts }, { ...settings, ...more }, { now, readsSince })

describe('an article is due for a review', () => {
  it('when nobody has checked or changed it for as long as its category allows', () => {
    expect(due({})).toBeUndefined()
    expect(due({ updatedAt: daysAgo(180) })).toEqual({
      kind: 'check',
      reasons: [{ reason: 'age', count: 180 }],
    })
    expect(due({ updatedAt: daysAgo(180), checkedAt: daysAgo(179) })).toBeUndefined()
    const categories = { billing: 5 }
    expect(due({ category: 'billing' }, { categories })?.reasons).toEqual([{ reason: 'age', count: 10 }])
    expect(due({ category: 'roaming' }, { categories })).toBeUndefined()
  })

  it('when there are reports, readers whom it did not help, or posts that changed, and says how many', () => {
    expect(due({ openReports: 2, flags: 1, unsolved: 3 })).toEqual({
      kind: 'check',
      reasons: [
        { reason: 'reports', count: 2 },
        { reason: 'flags', count: 1 },
        { reason: 'feedback', count: 3 },
      ],
    })
    expect(due({ unsolved: 2 })).toBeUndefined()
  })

  it('to be archived when nobody reads or uses it, once readings have been counted for long enough', () => {
    const unused = { updatedAt: daysAgo(200), figures: { ...fresh.figures, uses: 0 } }
    expect(due(unused)).toMatchObject({ kind: 'archive', reasons: [{ reason: 'unused' }, { reason: 'age' }] })
    expect(due({ ...unused, checkedAt: daysAgo(100) })).toBeUndefined()
    expect(due(unused, {}, daysAgo(100))).toMatchObject({ kind: 'check', reasons: [{ reason: 'age' }] })
    expect(due({ ...unused, figures: { ...unused.figures, reads: 1 } })?.kind).toBe('check')
  })

  it('to be archived when nothing holds any more that its resolution rests on', () => {
    expect(due({ flags: 2, resolution: { posts: 2, lost: 2 } })).toEqual({
      kind: 'archive',
      reasons: [{ reason: 'superseded', count: 2 }],
    })
    expect(due({ flags: 1, resolution: { posts: 2, lost: 1 } })?.kind).toBe('check')
  })
})
