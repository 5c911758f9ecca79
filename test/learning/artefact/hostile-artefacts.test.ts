import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type ArtefactFileName,
  type ArtefactFiles,
  artefactFileNames,
  loadClassifier,
  saveClassifier,
} from '../../../src/learning/artefact/artefact.ts'
import { LearningError } from '../../../src/learning/errors.ts'
import { trainClassifier } from '../../../src/learning/training/train-classifier.ts'
import { propertyRuns } from '../../support/matrix.ts'
import { expectCodedOrSane } from '../sane-answers.ts'
import { toyPosts } from '../toy-posts.ts'

const TEXTS = ['ma facture, please', '', 'x'.repeat(10_000), '\ud800 SIM 😀']
const jsonNames = artefactFileNames.filter((name) => name.endsWith('.json'))
const binaryNames = artefactFileNames.filter((name) => name.endsWith('.bin'))
/** What no number of an artefact should be; `1e999` is how JSON spells infinity. */
const NONSENSE = [
  'null',
  '"x"',
  '[]',
  '{}',
  'true',
  '-1',
  '0',
  '0.5',
  '1e999',
  '-1e999',
  '4294967296',
  '1e308',
]

const MARK = 'here comes what is replaced'

let files: ArtefactFiles
/** Other posts under the same labels, and posts under others. */
let sibling: ArtefactFiles
let stranger: ArtefactFiles
beforeAll(async () => {
  const { texts, labels } = toyPosts(80)
  files = await saveClassifier(trainClassifier({ texts, labels, seed: 1 }))
  sibling = await saveClassifier(trainClassifier({ ...toyPosts(60, 5), seed: 2 }))
  const others = labels.map((label, i) => (i % 3 === 0 ? 'third' : `${label}s`))
  stranger = await saveClassifier(trainClassifier({ texts, labels: others, seed: 1 }))
})

const fileName = fc.constantFrom<ArtefactFileName>(...artefactFileNames)
const loading = (changed: Partial<Record<ArtefactFileName, Uint8Array>>) => () =>
  loadClassifier({ ...files, ...changed })
const decode = (name: ArtefactFileName) => new TextDecoder().decode(files[name])
const encode = (text: string) => new TextEncoder().encode(text)

/** The file with each of its values replaced by `by` in turn, or left out. */
function* spoilt(name: ArtefactFileName, by: string | undefined): Generator<string> {
  const root: unknown = JSON.parse(decode(name))
  const holders = [{ root }] as Record<string, unknown>[]
  for (let at = 0; at < holders.length; at++)
    for (const value of Object.values(holders[at]!))
      if (value !== null && typeof value === 'object') holders.push(value as Record<string, unknown>)
  for (const holder of holders.slice(1))
    for (const key of Object.keys(holder)) {
      const kept = holder[key]
      if (by === undefined) delete holder[key]
      else holder[key] = MARK
      yield JSON.stringify(root).replaceAll(JSON.stringify(MARK), by ?? '')
      holder[key] = kept
    }
}

describe('an artefact that is not what was saved', () => {
  it('is refused when a file is empty, missing or another of its files', () => {
    for (const name of artefactFileNames) {
      expect(loading({ [name]: new Uint8Array() })).toThrow(LearningError)
      for (const other of artefactFileNames) {
        if (other === name) continue
        expect(loading({ [name]: files[other] })).toThrow(LearningError)
      }
    }
    expect(() => loadClassifier({})).toThrow(LearningError)
  })

  it('is refused when a file is cut short, be it by one byte', () => {
    fc.assert(
      fc.property(fileName, fc.nat(), (name, at) => {
        // The newline that ends a JSON file is no part of it.
        const length = files[name].length - (name.endsWith('.json') ? 1 : 0)
        expect(loading({ [name]: files[name].slice(0, at % length) })).toThrow(LearningError)
        expect(loading({ [name]: files[name].slice(0, length - 1) })).toThrow(LearningError)
      }),
    )
  })

  it('is refused when a binary file has grown', () => {
    for (const name of binaryNames)
      for (const more of [1, 4, 8, 4096]) {
        const grown = new Uint8Array(files[name].length + more)
        grown.set(files[name])
        expect(loading({ [name]: grown })).toThrow(LearningError)
      }
  })

  it('is refused, or answers sanely, when bits of any file are flipped', () => {
    const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 20,
    })
    fc.assert(
      fc.property(fileName, flips, (name, changes) => {
        const bytes = files[name].slice()
        for (const [at, mask] of changes) bytes[at % bytes.length]! ^= mask
        expectCodedOrSane({ ...files, [name]: bytes }, TEXTS)
      }),
      { numRuns: 300 },
    )
  })

  it('is refused, or answers sanely, with files of another artefact among its own', () => {
    fc.assert(
      fc.property(fc.subarray([...artefactFileNames]), fc.boolean(), (names, related) => {
        const other = related ? sibling : stranger
        expectCodedOrSane(
          { ...files, ...Object.fromEntries(names.map((name) => [name, other[name]])) },
          TEXTS,
        )
      }),
    )
  })

  it.each([
    ['NaN', 0x7fc00000, 0x7e00],
    ['Infinity', 0x7f800000, 0x7c00],
    ['-Infinity', 0xff800000, 0xfc00],
    ['the largest number', 0x7f7fffff, 0x7bff],
  ])('is refused, or answers sanely, with %s anywhere in its numbers', (_, single, half) => {
    fc.assert(
      fc.property(fc.constantFrom(...binaryNames), fc.nat(), fc.nat(64), (name, at, count) => {
        for (const width of [2, 4]) {
          const bytes = files[name].slice()
          const view = new DataView(bytes.buffer)
          const places = Math.floor(bytes.length / width)
          for (let place = at % places; place < Math.min(places, (at % places) + count + 1); place++) {
            if (width === 4) view.setUint32(place * 4, single, true)
            else view.setUint16(place * 2, half, true)
          }
          expectCodedOrSane({ ...files, [name]: bytes }, TEXTS)
        }
      }),
    )
    for (const name of binaryNames)
      for (const share of [0, 0.25, 0.5, 0.75]) {
        const bytes = files[name].slice()
        const view = new DataView(bytes.buffer)
        const from = Math.floor((bytes.length * share) / 4) * 4
        for (let at = from; at + 4 <= bytes.length; at += 4) view.setUint32(at, single, true)
        expectCodedOrSane({ ...files, [name]: bytes }, TEXTS)
      }
  })

  it.each([0x00, 0x7f, 0x80, 0xff])('is refused, or answers sanely, when a file is all %s', (byte) => {
    for (const name of artefactFileNames)
      expectCodedOrSane({ ...files, [name]: files[name].slice().fill(byte) }, TEXTS)
  })

  it.each(jsonNames)('is refused, or answers sanely, whatever stands for any value of %s', (name) => {
    const all = [...NONSENSE, undefined].flatMap((by) => [...spoilt(name, by)])
    // A short run takes as many as of other properties, evenly over all.
    const step = all.length / propertyRuns(all.length)
    for (let at = 0; at < all.length; at += step)
      expectCodedOrSane({ ...files, [name]: encode(all[Math.floor(at)]!) }, TEXTS.slice(0, 2))
  })

  it.each(['temperature', 'threshold'])('is refused with a %s that is no finite number', (name) => {
    const about = JSON.parse(decode('classifier.json')) as Record<string, unknown>
    expect(about).toHaveProperty(name)
    for (const wrong of ['NaN', 'Infinity', '1e999', '-1e999', 'null', '"0.5"', '[0.5]']) {
      const text = JSON.stringify({ ...about, [name]: 'here' }).replace('"here"', wrong)
      expect(loading({ 'classifier.json': encode(text) })).toThrow(LearningError)
    }
  })

  it('is refused with held-out rows of classes that it has not, or of confidences that are none', () => {
    const spoil = (at: number, write: (view: DataView, at: number) => void) => {
      const bytes = files['held-out.bin'].slice()
      write(new DataView(bytes.buffer), at)
      return loading({ 'held-out.bin': bytes })
    }
    const rows = files['held-out.bin'].length / 12
    for (const at of [0, rows * 4])
      expect(spoil(at, (view) => view.setUint32(at, 4, true))).toThrow(LearningError)
    for (const wrong of [-0.5, 1.5, Number.NaN, Infinity])
      expect(spoil(rows * 8, (view, at) => view.setFloat32(at, wrong, true))).toThrow(LearningError)
  })

  it.each([
    ['a threshold of a label that it has not', { labelThresholds: { nobody: 0.5 } }],
    ['a threshold of a label that is none', { labelThresholds: { sim: 'low' } }],
    ['no budgets', { budgets: undefined }],
    ['a budget that is no number', { budgets: { facet: { budget: '5 %', failureProbability: 0.01 } } }],
    ['no novelty', { novelty: undefined }],
    [
      'a limit of novelty that is no number',
      { novelty: { evidence: 'energy', offset: 0, perEvidence: 1, perKnown: 1, limit: null } },
    ],
    [
      'evidence of novelty that it does not know',
      { novelty: { evidence: 'dreams', offset: 0, perEvidence: 1, perKnown: 1, limit: 1 } },
    ],
  ])('is refused with %s', (_, changed) => {
    const about = JSON.parse(decode('classifier.json')) as object
    expect(loading({ 'classifier.json': encode(JSON.stringify({ ...about, ...changed })) })).toThrow(
      LearningError,
    )
  })

  it('is refused when it has labels twice, too few, or none that are text', () => {
    const about = JSON.parse(decode('classifier.json')) as { labels: string[] }
    const [first, ...others] = about.labels
    for (const labels of [
      [],
      [first],
      others,
      [first, first, ...others.slice(1)],
      [5, ...others],
      'abcd',
      null,
    ])
      expect(loading({ 'classifier.json': encode(JSON.stringify({ ...about, labels })) })).toThrow(
        LearningError,
      )
  })

  it.each(jsonNames)('is refused when %s is something else in JSON', (name) => {
    for (const text of ['null', '1', '"x"', '[]', '{}', 'true', '[null]', '\ufeff', 'NaN'])
      expect(loading({ [name]: encode(text) })).toThrow(LearningError)
  })
})
