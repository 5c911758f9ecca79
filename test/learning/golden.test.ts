import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { saveClassifier, trainClassifier } from '../../src/learning/index.ts'
import { toyPosts } from './toy-posts.ts'

/**
 * SHA-256 of every file that the classifier below is saved as, the same on Node 20 and 22. Training is arithmetic in a
 * fixed order over functions that V8 brings itself instead of asking the C library (`Math.exp`, `log` and `log1p` are
 * ports of fdlibm; `sqrt` is exact by IEEE 754). What may differ between releases of Node is Unicode: characters that
 * are newer than the older release have no case and no class there, so none stands in the examples.
 */
const GOLDEN: Readonly<Record<string, string>> = {
  'classifier.json': 'c45f3d2593dd7b8060b4916b8fc73da63d52731bdbf322a43fee42ca5a0b65a7',
  'encoder.bin': '9b5acaee51294e2735eba38b7a169456f1adeeb9cabe6172b1844452e5ac5593',
  'encoder.json': '1bfc373e77a12b8c72754d464d8f0e42aba54ea43d3822f935fa1d1b0103084b',
  'model.json': '13c480698a71731e0234b0d95fa6802f9ae075aa517ff0025a6cb71648df3342',
  'weights.bin': '7bf902f9038284b4b7da0ea0ace6914c74499573d6a6d2d01042c82baab5d7a0',
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
