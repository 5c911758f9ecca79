// What anyone does with an exported model: TensorFlow.js, our layers, the files. Prints the probabilities of the
// encoded texts on stdin.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { loadLayersModel } from '@tensorflow/tfjs-layers'

const [folder, layers] = process.argv.slice(2)
await import(pathToFileURL(layers).href)

const { weightsManifest, ...json } = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'))
const weights = await readFile(join(folder, weightsManifest[0].paths[0]))
const model = await loadLayersModel({
  load: async () => ({
    ...json,
    weightSpecs: weightsManifest[0].weights,
    weightData: new Uint8Array(weights).buffer,
  }),
})
const { labels } = JSON.parse(await readFile(join(folder, 'classifier.json'), 'utf8'))

let stdin = ''
for await (const chunk of process.stdin) stdin += chunk
const probabilities = JSON.parse(stdin).map(({ indices, values }) =>
  Array.from(
    model
      .predict([tf.tensor2d([indices], undefined, 'int32'), tf.tensor2d([values], undefined, 'float32')])
      .dataSync(),
  ),
)
console.log(JSON.stringify({ labels, probabilities }))
