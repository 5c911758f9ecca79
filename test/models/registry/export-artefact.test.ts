import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { artefactFileNames } from '../../../src/learning/artefact/artefact.ts'
import { createEncoder } from '../../../src/learning/features/encoder.ts'
import { exportArtefact } from '../../../src/models/registry/artefact-store.ts'
import { trainFacet } from '../../../src/models/training/train-facet.ts'
import { agent, emptiedEachTime } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { addLabelled, setUpModels } from '../support.ts'

const TEXTS = [
  'Problem with my invoice',
  "Souci avec la box, pas d'internet",
  'password??',
  'le prélèvement de mars',
]

describeEachDatabase.rarely('an exported artefact', (fresh) => {
  const database = emptiedEachTime(fresh)

  it("answers in anyone's TensorFlow.js as it does here", async () => {
    const deps = await setUpModels(await database())
    await addLabelled(deps)
    const { number } = await trainFacet(deps, { facet: 'category', actor: agent })
    const folder = mkdtempSync(join(tmpdir(), 'entraide-models-'))
    try {
      const place = await exportArtefact(deps, { facet: 'category', version: number, folder })
      expect(place).toBe(join(folder, 'category', '1'))
      expect(readdirSync(place).sort()).toEqual([...artefactFileNames].sort())
      expect(await exportArtefact(deps, { facet: 'category', version: number, folder })).toBe(place)
      expect(readdirSync(join(folder, 'category'))).toEqual(['1'])

      const [model] = await deps.registry.active()
      const { classifier } = model!
      const encode = createEncoder(classifier.model.vocabulary, classifier.model.ngrams)
      const rows = TEXTS.map((text) => {
        const { indices, values, size } = encode(text)
        return { indices: [...indices.subarray(0, size)], values: [...values.subarray(0, size)] }
      })
      const script = [
        resolve('test/models/registry/load-with-tfjs.mjs'),
        place,
        resolve('dist/learning/artefact/tf-layers.js'),
      ]
      const run = spawnSync(process.execPath, script, { input: JSON.stringify(rows), encoding: 'utf8' })
      expect(run.status, run.stderr).toBe(0)
      const { labels, probabilities } = JSON.parse(run.stdout)
      expect(labels).toEqual(classifier.labels)
      TEXTS.forEach((text, row) => {
        classifier.predict(text).forEach((p, c) => {
          expect(Math.abs(p - probabilities[row][c])).toBeLessThan(1e-5)
        })
      })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
