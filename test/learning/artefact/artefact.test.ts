import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type ArtefactFileName,
  type ArtefactFiles,
  artefactFileNames,
  loadClassifier,
  saveClassifier,
} from '../../../src/learning/artefact/artefact.ts'
import type { Classifier } from '../../../src/learning/classifier.ts'
import { LearningError } from '../../../src/learning/errors.ts'
import { trainClassifier } from '../../../src/learning/training/train-classifier.ts'
import { toyPosts } from '../toy-posts.ts'

const posts = toyPosts(80)
let classifier: Classifier
let files: ArtefactFiles
beforeAll(async () => {
  classifier = trainClassifier({ ...posts, seed: 1 })
  files = await saveClassifier(classifier)
})

const thrown = (action: () => unknown): unknown => {
  try {
    action()
  } catch (error) {
    return error
  }
  return undefined
}

describe('an artefact', () => {
  it('answers as the classifier that was saved did, to the last bit', () => {
    const loaded = loadClassifier(files)
    for (const text of [...toyPosts(50, 3).texts, '', '😀']) {
      expect(loaded.predict(text)).toEqual(classifier.predict(text))
      expect(loaded.classify(text)).toEqual(classifier.classify(text))
    }
    expect(loaded.heldOutSummary).toEqual(classifier.heldOutSummary)
  })

  it('is saved again as the same bytes', async () => {
    expect(await saveClassifier(loadClassifier(files))).toEqual(files)
  })

  it('loads from the buffers that files and databases give, which share their memory with others', async () => {
    const pool = Buffer.concat([Buffer.from('before '), ...Object.values(files)])
    let at = 7
    const views = Object.entries(files).map(([name, { length }]) => {
      at += length
      return [name, pool.subarray(at - length, at)]
    })
    expect(await saveClassifier(loadClassifier(Object.fromEntries(views)))).toEqual(files)
  })

  it.each(artefactFileNames)('is refused without %s', (name) => {
    const { [name]: _, ...rest } = files
    expect(thrown(() => loadClassifier(rest))).toMatchObject({ code: 'ARTEFACT_CORRUPT' })
  })

  it('is refused when any file is cut short', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<ArtefactFileName>(...artefactFileNames),
        fc.double({ min: 0, max: 0.99 }),
        (name, share) => {
          const cut = files[name].slice(0, Math.floor(files[name].length * (share || 0)))
          expect(thrown(() => loadClassifier({ ...files, [name]: cut }))).toBeInstanceOf(LearningError)
        },
      ),
    )
  })

  it('is refused, or still answers sanely, when any byte is wrong', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<ArtefactFileName>(...artefactFileNames),
        fc.nat(),
        fc.nat(255),
        (name, at, byte) => {
          const bytes = files[name].slice()
          bytes[at % bytes.length] = byte
          try {
            const p = loadClassifier({ ...files, [name]: bytes }).predict(posts.texts[0]!)
            expect(p.every((share) => share >= 0 && share <= 1)).toBe(true)
          } catch (error) {
            expect(error).toBeInstanceOf(LearningError)
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('is refused when it holds what is no number', () => {
    const bytes = files['weights.bin'].slice()
    bytes.fill(0xff, 0, 2)
    expect(thrown(() => loadClassifier({ ...files, 'weights.bin': bytes }))).toMatchObject({
      code: 'ARTEFACT_CORRUPT',
    })
  })

  it('is refused when it is of another format', () => {
    const about = JSON.parse(new TextDecoder().decode(files['classifier.json']))
    const other = new TextEncoder().encode(JSON.stringify({ ...about, format: 99 }))
    expect(thrown(() => loadClassifier({ ...files, 'classifier.json': other }))).toMatchObject({
      code: 'ARTEFACT_UNSUPPORTED',
    })
  })
})
