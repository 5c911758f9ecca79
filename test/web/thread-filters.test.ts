import { describe, expect, it } from 'vitest'
import { filtersIn, queryOf, searchOf } from '../../src/web/pages/threads/filters.ts'
import { mayBeAmong } from '../../src/web/pages/threads/list/shown-meanwhile.ts'
import type { ListedThread } from '../../src/web/pages/threads/thread.ts'

const NOW = Date.parse('2026-03-15T10:20:30.000Z')

const thread = (changes: Partial<ListedThread> = {}): ListedThread => ({
  id: 'thr_1',
  source: 'forum',
  audience: 'public',
  externalId: '1',
  title: 'Charged twice',
  language: 'en',
  tags: [],
  closed: false,
  statedLabels: {},
  facts: {},
  answerCount: 2,
  resolved: false,
  createdAt: '2026-03-01T00:00:00.000Z',
  updatedAt: '2026-03-01T00:00:00.000Z',
  labels: [],
  predictions: [],
  ...changes,
})
const isShown = (search: string, changes?: Partial<ListedThread>) =>
  mayBeAmong(filtersIn(search))(thread(changes))

describe('filters of threads in an address', () => {
  it('come back from the address that they make', () => {
    const search =
      'text=bill&status=open&open=thr_1&label=category%3Abilling&label=urgency%3Ahigh&unlabelled=value'
    expect(searchOf(filtersIn(search))).toBe(search)
  })

  it('ask for an age by the full hour, so that a list asked for again is the same', () => {
    expect(queryOf(filtersIn('age=7'), NOW).createdAfter).toBe('2026-03-08T10:00:00.000Z')
    expect(queryOf(filtersIn('age=7'), NOW + 60_000)).toEqual(queryOf(filtersIn('age=7'), NOW))
    expect(queryOf(filtersIn('age=over-30'), NOW)).toMatchObject({
      createdBefore: '2026-02-13T10:00:00.000Z',
    })
  })

  it('include both days that the threads were asked between', () => {
    expect(queryOf(filtersIn('createdAfter=2026-01-01&createdBefore=2026-01-31'), NOW)).toMatchObject({
      createdAfter: '2026-01-01T00:00:00.000Z',
      createdBefore: '2026-02-01T00:00:00.000Z',
    })
  })

  it('leave out days and ages that do not exist, as an address that was cut off may hold them', () => {
    for (const day of ['2026-13-45', '2026-01', '12:00 2026-01-01', '+275760-09-13', 'soon'])
      expect(queryOf(filtersIn(new URLSearchParams({ createdAfter: day }).toString()), NOW)).toMatchObject({
        createdAfter: undefined,
      })
    for (const age of ['999999999', 'over-1e15', '-5', 'old'])
      expect(queryOf(filtersIn(`age=${age}`), NOW)).toMatchObject({
        createdAfter: undefined,
        createdBefore: undefined,
      })
  })
})

describe('a loaded thread, until the server has answered to new filters', () => {
  const given = { labels: [{ facet: 'category', label: 'billing', provenance: 'agent' as const }] }
  const predicted = {
    predictions: [
      { facet: 'category', label: 'billing', confidence: 0.6, decision: 'abstained', reason: 'unsure' },
    ],
  }

  it('is shown by any label of one facet, given or predicted as the filter says', () => {
    const search = 'label=category:wifi&label=category:billing'
    expect(isShown(search, given)).toBe(true)
    expect(isShown(search, predicted)).toBe(true)
    expect(isShown(search)).toBe(false)
    expect(isShown(`${search}&labelBasis=given`, predicted)).toBe(false)
    expect(isShown(`${search}&labelBasis=predicted`, given)).toBe(false)
    expect(isShown(`${search}&label=urgency:high`, given)).toBe(false)
    expect(isShown('unlabelled=category', given)).toBe(false)
  })

  it('is shown by what was decided about it', () => {
    expect(isShown('status=answered')).toBe(true)
    expect(isShown('status=open')).toBe(false)
    expect(isShown('decision=category:abstained', predicted)).toBe(true)
    expect(isShown('reason=category:two-labels-close', predicted)).toBe(false)
    const routing = {
      destination: { kind: 'queue' as const, name: 'a:b' },
      priority: 'normal' as const,
      rule: 'r',
    }
    expect(isShown('destination=queue:a:b', { routing })).toBe(true)
    expect(isShown('destination=queue', { routing })).toBe(true)
    expect(isShown('destination=queue:a', { routing })).toBe(false)
  })
})
