import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { saveClassifier } from '../../src/learning/artefact/artefact.ts'
import { trainClassifier } from '../../src/learning/training/train-classifier.ts'
import { toyPosts } from './toy-posts.ts'

/**
 * SHA-256 of every file that the classifier below is saved as, the same on Node 20 and 22. Training is arithmetic in a
 * fixed order over functions that V8 brings itself instead of asking the C library (`Math.exp`, `log` and `log1p` are
 * ports of fdlibm; `sqrt` is exact by IEEE 754). What may differ between releases of Node is Unicode: characters that
 * are newer than the older release have no case and no class there, so none stands in the examples.
 */
const GOLDEN: Readonly<Record<string, string>> = {
  'classifier.json': '61d8d21a18820bdda5a3d3bb19aafc2442d02d128723399728f29a3363b423c2',
  'encoder.bin': '4ee31f06f9925f589ae2e69b6a29e020b8a358a77195c25a77607262052ef1e3',
  'encoder.json': '1bfc373e77a12b8c72754d464d8f0e42aba54ea43d3822f935fa1d1b0103084b',
  'held-out.bin': '1af3c2273ccf59a2c0682509641a318b940414f0cf81e688c6ecf4499ef7bf73',
  'model.json': '79184c088648bfd38b7300eca8a4414b7a300d2055d6ca3d8e0a32159a6b2954',
  'weights.bin': '59bda611dbc69ac24877c6655bd5c09fd3f16b869fda1857ee70048a5104b8d1',
}

const EXPLANATION = `The artefact of fixed examples is no longer what it was.
If you changed how the classifier learns or is saved, or took another release of @tensorflow/tfjs-layers (which signs
model.json): run this test on Node 20 and on Node 22, see that both report the same hashes, put them in GOLDEN, and say
in the commit why they changed.
If you changed nothing of the kind, do not renew them: training has come to depend on the machine, the release of Node,
the order of the rows or a clock, and an artefact could no longer be checked against the annotations that it came from.`

/** Posts in French and English, and what is awkward: no text, one word of 10,000 letters, emoji, half of one, Hebrew. */
function examples() {
  const { texts, labels } = toyPosts(160)
  const awkward = ['', 'x'.repeat(10_000), '😀 ma carte 👩‍👩‍👧', '\ud83d réseau', 'שלום my SIM', 'Ǆ ﬁ ½ É']
  return { texts: [...texts, ...awkward], labels: [...labels, ...awkward.map(() => 'sim')] }
}

it('trains fixed examples to the bytes that it always trained them to', async () => {
  const files = await saveClassifier(trainClassifier({ ...examples(), seed: 20 }))
  const hashes = Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]),
  )
  expect(hashes, EXPLANATION).toEqual(GOLDEN)
})
