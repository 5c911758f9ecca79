import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKernels, type KernelFloats, type Kernels } from '../../../src/learning/network/kernels.ts'
import { KERNELS } from '../../../src/learning/network/kernels-bytes.ts'
import { createRandom, type Random } from '../../../src/learning/random.ts'

const ROWS = 9
const round = Math.fround

/** Everything one call of any kernel takes, filled from a seed; about a third of what may be zero is. */
function problem(entries: number, width: number, units: number, found: number, seed: number) {
  const kernels = createKernels([
    entries,
    entries,
    ROWS * width,
    units,
    units * width,
    width,
    width,
    width,
    units,
  ])
  const random = createRandom(seed)
  const arrays = {
    indices: kernels.i32(entries),
    values: fill(kernels.f32(entries), random),
    weights: fill(kernels.f32(ROWS * width), random),
    hidden: fill(kernels.f32(units), random),
    outward: fill(kernels.f32(units * width), random),
    out: fill(kernels.f32(width), random),
    gradient: fill(kernels.f32(width), random),
    active: kernels.i32(width),
    hiddenGradient: fill(kernels.f32(units), random),
  }
  for (let k = 0; k < entries; k++) arrays.indices[k] = Math.floor(random.next() * ROWS)
  for (let u = 0; u < units; u++) if (random.next() < 0.35) arrays.hidden[u] = 0
  // Distinct columns, in no order.
  for (let j = 0; j < width; j++) arrays.active[j] = (width - 1 - j + found) % width
  return { kernels, ...arrays }
}

function fill(array: KernelFloats, random: Random): KernelFloats {
  for (let i = 0; i < array.length; i++) array[i] = random.next() * 4 - 2
  return array
}

type Problem = ReturnType<typeof problem>
interface Shape {
  readonly entries: number
  readonly from: number
  readonly width: number
  readonly units: number
  readonly found: number
  readonly rate: number
}

/** What each kernel says it does, one multiplication and one addition after the other, in single precision. */
const reference: Record<keyof Omit<Kernels, 'f32' | 'i32'>, (of: Problem, shape: Shape) => void> = {
  sparseProduct({ indices, values, weights, out }, { entries, from, width }) {
    for (let k = from; k < entries; k++)
      for (let j = 0; j < width; j++) out[j] = out[j]! + round(values[k]! * weights[indices[k]! * width + j]!)
  },
  sparseUpdate({ indices, values, weights, gradient }, { entries, from, width, rate }) {
    for (let k = from; k < entries; k++)
      for (let j = 0; j < width; j++)
        weights[indices[k]! * width + j]! -= round(round(round(rate) * values[k]!) * gradient[j]!)
  },
  denseProduct({ hidden, outward, out }, { units, width }) {
    for (let u = 0; u < units; u++)
      for (let j = 0; j < width; j++) out[j] = out[j]! + round(hidden[u]! * outward[u * width + j]!)
  },
  denseBackward(of, { units, width, found, rate }) {
    const { hidden, outward, active, gradient, hiddenGradient } = of
    for (let u = 0; u < units; u++) {
      hiddenGradient[u] = 0
      if (hidden[u] === 0) continue
      for (let q = 0; q < found; q++) {
        const at = u * width + active[q]!
        hiddenGradient[u] = hiddenGradient[u]! + round(gradient[q]! * outward[at]!)
        outward[at]! -= round(round(round(rate) * hidden[u]!) * gradient[q]!)
      }
    }
  },
}

const run: typeof reference = {
  sparseProduct: ({ kernels, indices, values, weights, out }, { from, entries, width }) =>
    kernels.sparseProduct(indices, values, from, entries, weights, width, out),
  sparseUpdate: ({ kernels, indices, values, weights, gradient }, { from, entries, width, rate }) =>
    kernels.sparseUpdate(indices, values, from, entries, weights, width, gradient, rate),
  denseProduct: ({ kernels, hidden, outward, out }, { units, width }) =>
    kernels.denseProduct(hidden, outward, units, width, out),
  denseBackward: (of, { units, width, found, rate }) =>
    of.kernels.denseBackward(
      ...([of.hidden, of.outward, units, width, of.active, of.gradient, found, rate] as const),
      of.hiddenGradient,
    ),
}

const names = Object.keys(run) as (keyof typeof run)[]

const contents = ({ kernels, ...arrays }: Problem) =>
  Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, [...array]]))

const shapes = fc
  .record({
    entries: fc.nat(40),
    width: fc.oneof(fc.nat(70), fc.constantFrom(77, 128, 205, 600)),
    units: fc.nat(20),
    rate: fc.double({ min: -2, max: 2, noNaN: true }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ part, ...shape }) => ({
    ...shape,
    from: Math.floor(part * shape.entries),
    found: Math.floor(part * shape.width),
  }))

describe.each(names)('%s', (name) => {
  it('does to the bit what its formula says, in single precision, and touches nothing else', () => {
    fc.assert(
      fc.property(shapes, fc.integer(), (shape, seed) => {
        const [ours, theirs] = [0, 1].map(() =>
          problem(shape.entries, shape.width, shape.units, shape.found, seed),
        ) as [Problem, Problem]
        run[name](ours, shape)
        reference[name](theirs, shape)
        expect(contents(ours)).toEqual(contents(theirs))
      }),
    )
  })

  it('gives the same bits here as anywhere', () => {
    const of = problem(33, 47, 19, 11, 42)
    run[name](of, { entries: 33, from: 2, width: 47, units: 19, found: 11, rate: 0.3 })
    const hash = createHash('sha256')
    for (const array of [of.weights, of.outward, of.out, of.hiddenGradient])
      hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    expect(hash.digest('hex').slice(0, 16)).toBe(golden[name])
  })
})

const golden: Record<keyof typeof run, string> = {
  sparseProduct: 'a09183aeee2daee7',
  sparseUpdate: '13124fcf387abce7',
  denseProduct: '1f80153817fd6704',
  denseBackward: '83395f1b8c7ab61b',
}

describe('a row of a matrix inside another', () => {
  it('is a place to add to that leaves its neighbours alone', () => {
    const kernels = createKernels([1, 1, 7, 21])
    const [indices, values, weights] = [kernels.i32(1), kernels.f32(1).fill(2), kernels.f32(7).fill(3)]
    const rows = kernels.f32(21)
    kernels.sparseProduct(indices, values, 0, 1, weights, 7, rows.subarray(7, 14))
    expect([...rows]).toEqual([0, 6, 0].flatMap((sum) => Array(7).fill(sum)))
  })
})

describe('the memory of kernels', () => {
  it('has room for what was announced, zeroed, apart and in place for good', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40_000), { maxLength: 6 }), (lengths) => {
        const kernels = createKernels(lengths)
        const arrays = lengths.map((length, place) => (place % 2 ? kernels.i32(length) : kernels.f32(length)))
        expect(arrays.every((array) => array.every((value) => value === 0))).toBe(true)
        arrays.forEach((array, place) => {
          array.fill(place + 1)
        })
        arrays.forEach((array, place) => {
          expect(array.length).toBe(lengths[place])
          expect(array.byteOffset % 16).toBe(0)
          expect(array.every((value) => value === place + 1)).toBe(true)
        })
      }),
      { numRuns: 30 },
    )
  })

  it('takes the largest tables there are', () => {
    const length = 150_000_000
    const kernels = createKernels([length, 1, 1, 4])
    const [table, indices, values, out] = [
      kernels.f32(length),
      kernels.i32(1),
      kernels.f32(1),
      kernels.f32(4),
    ]
    indices[0] = length / 4 - 1
    values[0] = 2
    table.fill(5, length - 4)
    kernels.sparseProduct(indices, values, 0, 1, table, 4, out)
    expect([...out]).toEqual([10, 10, 10, 10])
  })

  it.each([
    ['more than was announced', () => createKernels([4]).f32(100_000)],
    ['more than can be addressed', () => createKernels([2 ** 31])],
    ['a length that is none', () => createKernels([-1])],
    ['a length that is no number', () => createKernels([Number.NaN])],
  ])('refuses %s', (_, ask) => {
    expect(ask).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }))
  })

  it('refuses arrays of another memory, arrays too short, entries in no order and too many units', () => {
    const kernels = createKernels([8, 8, 8, 9_000])
    const [indices, floats, out, hidden] = [
      kernels.i32(8),
      kernels.f32(8),
      kernels.f32(8),
      kernels.f32(9_000),
    ]
    const code = expect.objectContaining({ code: 'INVALID_ARGUMENT' })
    const foreign = new Float32Array(8)
    expect(() => kernels.sparseProduct(indices, foreign, 0, 1, floats, 4, out)).toThrow(code)
    expect(() => kernels.sparseProduct(indices, floats, 0, 9, floats, 4, out)).toThrow(code)
    expect(() => kernels.sparseProduct(indices, floats, 0, 1, floats, 9, out)).toThrow(code)
    expect(() => kernels.sparseProduct(indices, floats, 2, 1, floats, 4, out)).toThrow(code)
    expect(() => kernels.sparseProduct(indices, floats, -1, 1, floats, 4, out)).toThrow(code)
    expect(() => kernels.denseProduct(hidden, hidden, 8_193, 1, out)).toThrow(code)
  })
})

describe('the compiled kernels', () => {
  it('are what their source compiles to', async () => {
    const script = new URL('../../../scripts/build-kernels.mjs', import.meta.url)
    const { kernelsModule } = await import(script.href)
    const written = await readFile(
      new URL('../../../src/learning/network/kernels-bytes.ts', import.meta.url),
      'utf8',
    )
    expect(written).toBe(await kernelsModule())
  })

  it('are small enough for a browser to compile at once', () => {
    expect(atob(KERNELS).length).toBeLessThan(4096)
  })
})
