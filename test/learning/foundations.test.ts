import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHalf, toHalf } from '../../src/learning/artefact/weights.ts'
import { createHashIndex } from '../../src/learning/features/hash-index.ts'
import { addSparseProduct } from '../../src/learning/network/sparse-kernel.ts'
import { createRandom, shuffle } from '../../src/learning/random.ts'
import { dealFolds } from '../../src/learning/training/folds.ts'

describe('the random stream', () => {
  it('is the same for the same seed and another for another', () => {
    const draw = (seed: number) => {
      const random = createRandom(seed)
      return Array.from({ length: 20 }, () => random.next())
    }
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
  })

  it('stays in range and is about even', () => {
    const random = createRandom(3)
    const counts = new Array<number>(10).fill(0)
    for (let i = 0; i < 10_000; i++) counts[random.below(10)]!++
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })

  it('shuffles without losing anything', () => {
    const items = Int32Array.from({ length: 100 }, (_, i) => i)
    const shuffled = shuffle(items.slice(), createRandom(1))
    expect(shuffled).not.toEqual(items)
    expect(shuffled.slice().sort()).toEqual(items)
  })
})

describe('the hash index', () => {
  it('numbers hashes as a map would, in the order of their coming', () => {
    const hashes = fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.nat(0xffffffff)), { maxLength: 300 })
    fc.assert(
      fc.property(hashes, (list) => {
        const index = createHashIndex(1)
        const map = new Map<number, number>()
        for (const hash of list) {
          if (!map.has(hash)) map.set(hash, map.size)
          expect(index.add(hash)).toBe(map.get(hash))
        }
        for (let hash = 0; hash < 30; hash++) expect(index.find(hash)).toBe(map.get(hash) ?? -1)
        expect([...index.hashes()]).toEqual([...map.keys()])
      }),
    )
  })
})

describe('half precision', () => {
  it('keeps every finite half as it is', () => {
    const all = Uint16Array.from({ length: 65536 }, (_, bits) => bits).filter(
      (bits) => (bits & 0x7c00) !== 0x7c00,
    )
    const again = toHalf(fromHalf(all))
    expect(Array.from(again)).toEqual(Array.from(all))
  })

  it('rounds to the nearest half', () => {
    fc.assert(
      fc.property(fc.float({ min: -60000, max: 60000, noNaN: true }), (value) => {
        const bits = toHalf(Float32Array.of(value))[0]!
        const error = (candidate: number) =>
          Math.abs(fromHalf(Uint16Array.of(candidate & 0xffff))[0]! - value)
        const sign = bits & 0x8000
        const size = bits & 0x7fff
        expect(error(bits)).toBeLessThanOrEqual(error(sign | (size + 1)))
        if (size > 0) expect(error(bits)).toBeLessThanOrEqual(error(sign | (size - 1)))
      }),
    )
  })

  it('saturates instead of becoming infinite', () => {
    expect(Array.from(fromHalf(toHalf(Float32Array.of(1e9, -1e9))))).toEqual([65504, -65504])
  })
})

describe('the sparse kernel', () => {
  it('agrees with the dense product', () => {
    const entry = fc.tuple(fc.nat(9), fc.float({ min: -4, max: 4, noNaN: true }))
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        (row, width, seed) => {
          const random = createRandom(seed)
          const weights = Float32Array.from({ length: 10 * width }, () => random.next() - 0.5)
          const dense = new Float64Array(10)
          for (const [index, value] of row) dense[index] = dense[index]! + value
          const out = new Float64Array(width).fill(1)
          const indices = Int32Array.from(row, ([index]) => index)
          addSparseProduct(
            indices,
            Float32Array.from(row, ([, value]) => value),
            0,
            row.length,
            weights,
            width,
            out,
          )
          for (let c = 0; c < width; c++) {
            let expected = 1
            for (let f = 0; f < 10; f++) expected += dense[f]! * weights[f * width + c]!
            expect(out[c]).toBeCloseTo(expected, 9)
          }
        },
      ),
    )
  })
})

describe('dealing folds', () => {
  const example = fc.tuple(fc.nat(4), fc.nat(30))
  it('gives folds of nearly equal size, and keeps equal texts together', () => {
    fc.assert(
      fc.property(
        fc.array(example, { minLength: 1, maxLength: 80 }),
        fc.integer({ min: 1, max: 6 }),
        (rows, folds) => {
          const groups = [...new Set(rows.map(([, text]) => text))]
          const groupOf = Int32Array.from(rows, ([, text]) => groups.indexOf(text))
          const dealt = dealFolds(
            Int32Array.from(rows, ([target]) => target),
            groupOf,
            folds,
            5,
          )
          const foldOfGroup = new Map<number, number>()
          dealt.forEach((fold, row) => {
            expect(foldOfGroup.get(groupOf[row]!) ?? fold).toBe(fold)
            foldOfGroup.set(groupOf[row]!, fold)
          })
          const sizes = Array.from(
            { length: folds },
            (_, fold) => [...foldOfGroup.values()].filter((f) => f === fold).length,
          )
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        },
      ),
    )
  })

  it('spreads each class over the folds', () => {
    const targets = Int32Array.from({ length: 50 }, (_, i) => i % 5)
    const folds = dealFolds(targets, Int32Array.from(targets.keys()), 5, 1)
    for (let c = 0; c < 5; c++) {
      for (let fold = 0; fold < 5; fold++) {
        expect(folds.filter((f, row) => f === fold && targets[row] === c).length).toBe(2)
      }
    }
  })
})
