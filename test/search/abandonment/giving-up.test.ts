import { describe, expect, it } from 'vitest'
import { searchesInVain } from '../../../src/search/abandonment/giving-up.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 10, 8, minutes)).toISOString()
const search = (minutes: number, openedAfter?: number) => ({
  askedAt: at(minutes),
  openedAt: openedAfter === undefined ? undefined : at(openedAfter),
})
const minutesOf = (searches: readonly { readonly askedAt: string }[]) =>
  searches.map(({ askedAt }) => new Date(askedAt).getUTCMinutes())

describe('searches in vain', () => {
  it('are those of one matter, the latest first', () => {
    const searches = [search(50), search(40), search(30), search(10), search(5)]
    expect(minutesOf(searchesInVain(searches, at(55)))).toEqual([50, 40, 30])
    expect(searchesInVain([search(10)], at(26))).toEqual([])
    expect(searchesInVain([], at(1))).toEqual([])
  })

  it('begin anew when something is opened, whichever search had shown it', () => {
    const searches = [search(20), search(15), search(10, 17), search(5)]
    expect(minutesOf(searchesInVain(searches, at(21)))).toEqual([20])
    // Before the opening all of them were.
    expect(minutesOf(searchesInVain(searches, at(16)))).toEqual([15, 10, 5])
  })
})
