import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createSparseIndex,
  GONE,
  type PostingRun,
  type SparseIndex,
} from '../../src/text/sparse-index/sparse-index.ts'

/** A payload that is a weight in single precision. */
function floatPayload(weight: number): number {
  return new Uint32Array(new Float32Array([weight]).buffer)[0]!
}

/** The run's payloads read as such weights. */
function floatsOf(run: PostingRun): Float32Array {
  return new Float32Array(run.payloads.buffer, run.payloads.byteOffset, run.payloads.length)
}

type Row = Readonly<Record<string, number>>

function add(index: SparseIndex, row: Row): number {
  return index.add(new Map(Object.entries(row)))
}

/** A term's live postings as [document, payload]. */
function postings(index: SparseIndex, term: string): [number, number][] {
  return index.runs(term).flatMap(({ docs, payloads, from, to }) => {
    const found: [number, number][] = []
    for (let i = from; i < to; i++) if (index.isLive(docs[i]!)) found.push([docs[i]!, payloads[i]!])
    return found
  })
}

const terms = ['ab', 'abc', 'abcd', 'abx', 'z', 'ça', '__proto__']
const rows = fc.dictionary(fc.constantFrom(...terms), fc.integer({ min: 0, max: 0xffffffff }), { maxKeys: 5 })
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: rows.map((row) => ({ do: 'add', row }) as const) },
    { weight: 2, arbitrary: fc.nat(40).map((doc) => ({ do: 'remove', doc }) as const) },
    { weight: 1, arbitrary: fc.constant({ do: 'compact' } as const) },
  ),
  { maxLength: 60 },
)

describe('sparse index', () => {
  it('holds what a plain list of rows would, through seals, merges, removals and compactions', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const index = createSparseIndex({ sealAt: 4, fanOut: 2 })
        let model: (Row | undefined)[] = []
        for (const step of script) {
          if (step.do === 'add') expect(add(index, step.row)).toBe(model.push(step.row) - 1)
          else if (step.do === 'remove') {
            expect(index.remove(step.doc)).toBe(model[step.doc] !== undefined)
            if (step.doc < model.length) model[step.doc] = undefined
          } else {
            const renumbered = index.compact()
            let next = 0
            expect([...renumbered]).toEqual(model.map((row) => (row ? next++ : GONE)))
            model = model.filter((row) => row !== undefined)
          }
          expect(index.documents).toBe(model.length)
          expect(index.live).toBe(model.filter(Boolean).length)
        }
        for (const term of terms) {
          const expected = model.flatMap((row, doc) =>
            row && Object.hasOwn(row, term) ? [[doc, row[term]]] : [],
          )
          expect(postings(index, term)).toEqual(expected)
        }
      }),
    )
  })

  it('is the same when made anew from its parts', () => {
    const index = createSparseIndex({ sealAt: 2 })
    add(index, { a: 1, b: 2 })
    add(index, { b: 3 })
    index.remove(add(index, { gone: 1 }))
    index.compact()
    const again = createSparseIndex({ parts: index.parts() })
    expect(again.documents).toBe(2)
    expect(postings(again, 'b')).toEqual(postings(index, 'b'))
    expect(again.parts().terms).toEqual(['a', 'b'])
    expect(add(again, { b: 9 })).toBe(2)
    expect(postings(again, 'b')).toEqual([
      [0, 2],
      [1, 3],
      [2, 9],
    ])
  })

  it('finds terms by how they start, with a bound on how often they occur', () => {
    const index = createSparseIndex({ sealAt: 3 })
    const rows: Record<string, number>[] = [{ abc: 1, abcd: 1 }, { abc: 1, abx: 1 }, { ab: 1 }]
    for (const row of rows) add(index, row)
    const sorted = (prefix: string) =>
      index.termsWithPrefix(prefix).sort((a, b) => (a.term < b.term ? -1 : 1))
    expect(sorted('abc')).toEqual([
      { term: 'abc', postings: 2 },
      { term: 'abcd', postings: 1 },
    ])
    expect(sorted('ab')).toEqual([])
    index.remove(0)
    index.compact()
    expect(sorted('abc')).toEqual([{ term: 'abc', postings: 1 }])
  })

  it('serves cosine similarity with weights as payloads', () => {
    const index = createSparseIndex({ sealAt: 4, fanOut: 2 })
    const vectors: Row[] = [
      { router: 0.6, light: 0.8 },
      { router: 0.8, bill: 0.6 },
      { bill: 1 },
      { light: 0.8, router: 0.6 },
    ]
    for (const vector of vectors) {
      index.add(new Map(Object.entries(vector).map(([term, weight]) => [term, floatPayload(weight)])))
    }
    const cosines = new Float64Array(index.documents)
    for (const [term, weight] of Object.entries(vectors[0]!)) {
      for (const run of index.runs(term)) {
        const weights = floatsOf(run)
        for (let i = run.from; i < run.to; i++) cosines[run.docs[i]!]! += weight * weights[i]!
      }
    }
    expect([...cosines].map((cosine) => Number(cosine.toFixed(6)))).toEqual([1, 0.48, 0, 1])
  })
})
