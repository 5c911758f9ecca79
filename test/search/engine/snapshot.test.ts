import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CodedError } from '../../../src/platform/errors.ts'
import { createSearchEngine } from '../../../src/search/engine/create-search-engine.ts'
import { changes, queries } from './arbitraries.ts'

function filled() {
  const engine = createSearchEngine()
  engine.put({
    id: 'a',
    kind: 'thread',
    language: 'fr',
    audience: 'customer',
    title: 'Forfait bloqué',
    body: 'Mon forfait est bloqué',
    tags: ['forfait'],
    category: 'mobile',
  })
  return engine
}

const codeOf = (work: () => void): string => {
  try {
    work()
  } catch (error) {
    return error instanceof CodedError ? error.code : `uncoded: ${error}`
  }
  return 'none'
}

describe('snapshot', () => {
  it('gives an engine that answers identically, and goes on identically', () => {
    fc.assert(
      fc.property(changes, changes, queries, (before, after, query) => {
        const one = createSearchEngine({ index: { sealAt: 8, fanOut: 2 } })
        const other = createSearchEngine()
        const run = (script: typeof before, engine: typeof one) => {
          for (const change of script) 'put' in change ? engine.put(change.put) : engine.remove(change.remove)
        }
        run(before, one)
        const untouched = one.query(query)
        other.restore(one.snapshot())
        expect(one.query(query)).toEqual(untouched)
        expect(other.query(query)).toEqual(untouched)
        expect(other.size).toBe(one.size)
        run(after, one)
        run(after, other)
        expect(other.query(query)).toEqual(one.query(query))
      }),
    )
  })

  it('is the same, byte for byte, when taken again', () => {
    const engine = filled()
    const bytes = engine.snapshot()
    expect(engine.snapshot()).toEqual(bytes)
    const again = createSearchEngine()
    again.restore(bytes)
    expect(again.snapshot()).toEqual(bytes)
  })

  it('can be read from the middle of a larger buffer', () => {
    const bytes = filled().snapshot()
    for (const offset of [1, 2, 4, 8]) {
      const buffer = Buffer.alloc(bytes.length + 16)
      buffer.set(bytes, offset)
      const engine = createSearchEngine()
      engine.restore(buffer.subarray(offset, offset + bytes.length))
      if (offset % 8 !== 0) buffer.fill(0)
      expect(engine.query({ text: 'forfaits', audience: 'customer' }).total).toBe(1)
    }
  })

  it('holds an empty engine', () => {
    const engine = filled()
    engine.restore(createSearchEngine().snapshot())
    expect(engine.size).toBe(0)
    expect(engine.query({ text: 'forfait', audience: 'internal' }).total).toBe(0)
  })

  it('refuses what was damaged anywhere, and leaves the engine as it was', () => {
    const bytes = filled().snapshot()
    const engine = filled()
    for (let at = 0; at < bytes.length; at++) {
      const damaged = bytes.slice()
      damaged[at]! ^= 0x10
      const code = codeOf(() => engine.restore(damaged))
      expect(code, `byte ${at}`).toMatch(/^SEARCH_SNAPSHOT_(INCOMPATIBLE|CORRUPT)$/)
    }
    for (const length of [0, 7, 31, 32, bytes.length - 1]) {
      expect(codeOf(() => engine.restore(bytes.slice(0, length)))).toMatch(/^SEARCH_SNAPSHOT_/)
    }
    expect(codeOf(() => engine.restore(Buffer.concat([bytes, Buffer.from('more')])))).toBe(
      'SEARCH_SNAPSHOT_CORRUPT',
    )
    expect(engine.query({ text: 'forfait', audience: 'customer' }).total).toBe(1)
  })

  it('refuses another format and another version as foreign', () => {
    const engine = filled()
    expect(
      codeOf(() => engine.restore(new TextEncoder().encode('{"not":"a snapshot at all, but JSON"}'))),
    ).toBe('SEARCH_SNAPSHOT_INCOMPATIBLE')
    const older = engine.snapshot()
    older[12] = 99
    expect(codeOf(() => engine.restore(older))).toBe('SEARCH_SNAPSHOT_INCOMPATIBLE')
  })
})
