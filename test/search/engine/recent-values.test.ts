import { describe, expect, it } from 'vitest'
import { createRecentValues } from '../../../src/search/engine/recent-values.ts'

describe('values used lately', () => {
  it('are kept while they are asked for, and forgotten when others take their room', () => {
    const recent = createRecentValues<number>(20)
    recent.set('asked', 1, 1)
    recent.set('not asked', 2, 1)
    for (let at = 0; at < 100; at++) {
      recent.set(`other ${at}`, at, 1)
      expect(recent.get('asked')).toBe(1)
    }
    expect(recent.get('not asked')).toBeUndefined()
    const kept = Array.from({ length: 100 }, (_, at) => recent.get(`other ${at}`)).filter(
      (v) => v !== undefined,
    )
    expect(kept.length).toBeLessThanOrEqual(20)
    expect(kept).toContain(99)
  })

  it('do not come back when they were deleted or replaced, nor are they kept when they are too heavy', () => {
    const recent = createRecentValues<string>(20)
    recent.set('a', 'old', 1)
    for (let at = 0; at < 10; at++) recent.set(`other ${at}`, '', 1)
    recent.set('a', 'new', 1)
    expect(recent.get('a')).toBe('new')
    recent.delete('a')
    expect(recent.get('a')).toBeUndefined()
    recent.set('heavy', '', 11)
    expect(recent.get('heavy')).toBeUndefined()
  })
})
