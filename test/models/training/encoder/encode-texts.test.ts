import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeTexts } from '../../../../src/models/training/encoder/encode-texts.ts'
import { createEncodingFile } from '../../../../src/models/training/encoder/encoding-file.ts'

describe('encoding texts', () => {
  let home: string
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'encodings-'))
  })
  afterEach(() => rm(home, { recursive: true, force: true }))

  /** An encoder that knows no French, and what it was asked. */
  function recorder() {
    const asked: string[] = []
    const load = async () => ({
      async encode(text: string) {
        asked.push(text)
        return text.startsWith('fr ') ? undefined : new Int8Array(512).fill(text.length - 5)
      },
    })
    return { asked, load }
  }

  const training = (texts: readonly string[], load: ReturnType<typeof recorder>['load'], most?: number) =>
    encodeTexts(texts, { file: createEncodingFile(home, most), load })

  it('gives each text its encoding, and none to a text that the encoder does not know', async () => {
    const found = await training(['one', 'fr deux', 'three', 'one'], recorder().load)
    expect([...found].map(([text, values]) => [text, values.length, values[0]])).toEqual([
      ['one', 512, -2],
      ['three', 512, 0],
    ])
  })

  it('encodes only what is new the next time, with the same result', async () => {
    const first = await training(['one', 'fr deux'], recorder().load)
    const { asked, load } = recorder()
    const second = await training(['one', 'fr deux', 'three'], load)
    expect(asked).toEqual(['three'])
    expect(second.get('one')).toEqual(first.get('one'))
    const failing = () => Promise.reject(new Error('the encoder was loaded'))
    expect(await training(['three', 'fr deux', 'one'], failing)).toEqual(second)
  })

  it('keeps so many at most, those used last', async () => {
    const { load } = recorder()
    await training(['a', 'b', 'c'], load, 3)
    await training(['d'], load, 3)
    const { asked, load: again } = recorder()
    await training(['d', 'a', 'b', 'c'], again, 3)
    expect(asked).toEqual(['c'])
  })

  it('forgets a text that ten trainings have not read', async () => {
    const { asked, load } = recorder()
    await training(['gone', 'stays'], load)
    for (let i = 0; i < 10; i++) await training(['stays'], load)
    const { size } = await stat(createEncodingFile(home).path)
    await training(['stays'], load)
    expect((await stat(createEncodingFile(home).path)).size).toBeLessThan(size)
    await training(['gone'], load)
    expect(asked).toEqual(['gone', 'stays', 'gone'])
  })

  it('keeps no text, for the owner alone', async () => {
    await training(['Where is my card?'], recorder().load)
    const { path } = createEncodingFile(home)
    expect((await readFile(path)).includes('card')).toBe(false)
    expect((await stat(path)).mode & 0o077).toBe(0)
  })

  it('encodes again what cannot be read or kept', async () => {
    const { path } = createEncodingFile(home)
    await training(['one', 'two'], recorder().load)
    const whole = await readFile(path)
    for (const [content, expected] of [
      ['no such file', ['one', 'two']],
      [whole.subarray(0, whole.length - 1), ['two']],
    ] as const) {
      await writeFile(path, content)
      const { asked, load } = recorder()
      await training(['one', 'two'], load)
      expect(asked).toEqual(expected)
    }
    const nowhere = { file: createEncodingFile(join(path, 'below-a-file')), load: recorder().load }
    expect((await encodeTexts(['one'], nowhere)).size).toBe(1)
  })
})
