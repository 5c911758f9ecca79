import { LearningError } from '../errors.ts'
import { KERNELS } from './kernels-bytes.ts'

/**
 * The classifier's inner loops, in WebAssembly (kernels.wat), over a memory of their own. Every array they are given
 * must be one that `f32` or `i32` of the same instance has given, or a `subarray` of one: others are INVALID_ARGUMENT,
 * as are arrays too short for the shapes. Indices are trusted: one out of its range reads or writes another array.
 *
 * Sums are taken in single precision, from the first entry to the last, each product and each sum rounded: results
 * are the same to the bit on every machine, whatever the width.
 */
export interface Kernels {
  /** An array of zeros that is never moved. Throws INVALID_ARGUMENT when there is no room left for it. */
  f32(length: number): KernelFloats
  i32(length: number): KernelIndices

  /**
   * Adds a sparse row times a matrix: `out[j] += Σ_k values[k] · weights[indices[k] · width + j]`, k in `[from, to)`.
   *
   * @param indices rows of the matrix, each in `[0, weights.length / width)`; they may repeat
   * @param weights row-major; fastest where `width` is a multiple of 4
   * @param out `width` sums
   */
  sparseProduct(
    indices: KernelIndices,
    values: KernelFloats,
    from: number,
    to: number,
    weights: KernelFloats,
    width: number,
    out: KernelFloats,
  ): void

  /**
   * A step down the gradient of `sparseProduct`: `weights[indices[k] · width + j] -= rate · values[k] · gradient[j]`.
   *
   * @param gradient of the loss by the `width` sums
   */
  sparseUpdate(
    indices: KernelIndices,
    values: KernelFloats,
    from: number,
    to: number,
    weights: KernelFloats,
    width: number,
    gradient: KernelFloats,
    rate: number,
  ): void

  /**
   * Adds a vector, many of whose components are zero, times a matrix: `out[j] += Σ_u hidden[u] · weights[u · width + j]`.
   * Rows of components that are zero are not read.
   *
   * @param hidden `units` components, at most 8,192
   * @param weights row-major, `units` rows of `width`
   * @param out `width` sums
   */
  denseProduct(
    hidden: KernelFloats,
    weights: KernelFloats,
    units: number,
    width: number,
    out: KernelFloats,
  ): void

  /**
   * A step down the gradient of `denseProduct`, and that gradient by `hidden`. For each unit u that is not zero,
   * q in `[0, found)`: `hiddenGradient[u] = Σ_q gradient[q] · weights[u · width + active[q]]`, and then
   * `weights[u · width + active[q]] -= rate · hidden[u] · gradient[q]`. For a unit that is zero, `hiddenGradient[u] = 0`.
   *
   * @param active columns, each in `[0, width)`, none twice, at least `found`
   * @param gradient of the loss by the sums of those columns, in their order
   * @param hiddenGradient `units` components
   */
  denseBackward(
    hidden: KernelFloats,
    weights: KernelFloats,
    units: number,
    width: number,
    active: KernelIndices,
    gradient: KernelFloats,
    found: number,
    rate: number,
    hiddenGradient: KernelFloats,
  ): void
}

export type KernelFloats = Float32Array<ArrayBuffer>
type KernelIndices = Int32Array<ArrayBuffer>

/** The memory's first page is the kernels' own, and gives `denseProduct` its limit. */
const PAGE = 65_536
const MOST_UNITS = PAGE / 8
/** A line of the processor's cache: rows of 16 columns then take no more lines than they fill. */
const ALIGNMENT = 64
const MOST_PAGES = 65_536

let compiled: InstanceType<typeof WebAssembly.Module> | undefined

/**
 * Kernels with room for arrays of these lengths, of either kind, asked for in any order. The memory does not grow, so
 * no array is ever detached; what is not yet written to takes no room in RAM. It is freed with the last reference to
 * the kernels and their arrays.
 *
 * @param lengths in elements (of four bytes)
 * @throws LearningError INVALID_ARGUMENT when they take more than the 4 GB that WebAssembly addresses
 */
export function createKernels(lengths: Iterable<number>): Kernels {
  let needed = PAGE + ALIGNMENT // The last tile of a row may read beyond the last array, never write.
  for (const length of lengths) needed += bytesOf(length)
  const pages = Math.ceil(needed / PAGE)
  if (!(pages <= MOST_PAGES)) throw invalid(`${needed} bytes exceed the address space of the kernels`)
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNELS), (digit) => digit.charCodeAt(0)))
  const run = new WebAssembly.Instance(compiled, { kernels: { memory } }).exports
  const { buffer } = memory
  let next = PAGE

  const allocate = (length: number): number => {
    const at = next
    if (!(at + bytesOf(length) + ALIGNMENT <= buffer.byteLength))
      throw invalid(`no memory for another ${length} elements`)
    next += bytesOf(length)
    return at
  }
  /** Where an array starts, once it is known to hold what will be read of it. */
  const address = (array: KernelFloats | KernelIndices, length: number): number => {
    if (array.buffer !== buffer) throw invalid('the array belongs to another memory')
    if (!(length <= array.length))
      throw invalid(`an array of length ${array.length} where ${length} is expected`)
    return array.byteOffset
  }
  const entries = (array: KernelFloats | KernelIndices, from: number, to: number): number => {
    if (!(from >= 0 && from <= to)) throw invalid(`entries from ${from} to ${to} are not a valid range`)
    return address(array, to) + 4 * from
  }
  const hiddenUnits = (units: number): number => {
    if (!(units <= MOST_UNITS)) throw invalid(`${units} units exceed the limit of ${MOST_UNITS}`)
    return units
  }

  return {
    f32: (length) => new Float32Array(buffer, allocate(length), length),
    i32: (length) => new Int32Array(buffer, allocate(length), length),

    sparseProduct(indices, values, from, to, weights, width, out) {
      run.sparseProduct(
        entries(indices, from, to),
        entries(values, from, to),
        to - from,
        address(weights, 0),
        width,
        address(out, width),
      )
    },

    sparseUpdate(indices, values, from, to, weights, width, gradient, rate) {
      run.sparseUpdate(
        entries(indices, from, to),
        entries(values, from, to),
        to - from,
        address(weights, 0),
        width,
        address(gradient, width),
        rate,
      )
    },

    denseProduct(hidden, weights, units, width, out) {
      run.denseProduct(
        address(hidden, hiddenUnits(units)),
        units,
        address(weights, units * width),
        width,
        address(out, width),
      )
    },

    denseBackward(hidden, weights, units, width, active, gradient, found, rate, hiddenGradient) {
      run.denseBackward(
        address(hidden, units),
        units,
        address(weights, units * width),
        width,
        address(active, found),
        address(gradient, found),
        found,
        rate,
        address(hiddenGradient, units),
      )
    },
  }
}

function bytesOf(length: number): number {
  if (!Number.isSafeInteger(length) || length < 0) throw invalid(`${length} is not a valid length`)
  return Math.ceil((length * 4) / ALIGNMENT) * ALIGNMENT
}

function invalid(what: string): LearningError {
  return new LearningError('INVALID_ARGUMENT', `kernels: ${what}`)
}

/** The little that is used of what Node and browsers have: the project's types have neither DOM nor WebAssembly. */
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer }
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: { kernels: object }) => { readonly exports: Exports }
}

type Exports = Readonly<
  Record<'sparseProduct' | 'sparseUpdate' | 'denseProduct' | 'denseBackward', (...numbers: number[]) => void>
>
