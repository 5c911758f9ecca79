import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { findEncoder } from '../../../../src/models/training/encoder/find-encoder.ts'
import {
  isEncoderInstalled,
  loadEncoder,
  type SentenceEncoder,
} from '../../../../src/models/training/encoder/sentence-encoder.ts'

const installed = isEncoderInstalled()

describe.runIf(installed)('the encoder, where it is installed', () => {
  const similarity = async (encoder: SentenceEncoder, a: string, b: string) => {
    const [x, y] = [(await encoder.encode(a))!, (await encoder.encode(b))!]
    const dot = (left: Int8Array, right: Int8Array) =>
      left.reduce((sum, value, d) => sum + value * right[d]!, 0)
    return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y))
  }

  it('finds texts near that say the same in other words', async () => {
    const encoder = await loadEncoder()
    const question = 'How long until my new card arrives?'
    const same = await similarity(encoder, question, 'When will I get the replacement for the one I lost?')
    const other = await similarity(encoder, question, 'Why was I charged a fee for this transfer?')
    expect(same).toBeGreaterThan(other)
  })

  it('has no encoding for what is not English', async () => {
    const encoder = await loadEncoder()
    expect(await encoder.encode("Ma carte n'est toujours pas arrivée, que faire ?")).toBeUndefined()
    expect(await encoder.encode('  ')).toBeUndefined()
  })
})

it.skipIf(installed)('is absent without its packages, which is no failure', () => {
  expect(findEncoder(tmpdir())).toBeUndefined()
})
