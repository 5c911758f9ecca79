import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { FormatOptions, SourceFormat, SourceItem, SourceRecord } from '../../src/sources/record.ts'
import { MUTATIONS_TIMEOUT, mutations } from './mutations.ts'
import { type Reading, readAllWith, recordsOf } from './read-all.ts'
import { refusesBadInput } from './source-format-hazards.ts'

export interface FormatSample {
  /** The sample's folder under fixtures/formats. */
  readonly name: string
  readonly format: SourceFormat
  readonly options?: FormatOptions
  /** Its path, with the golden `expected.json` inside. */
  readonly folder: string
  /** What `read` is given, inside the folder; '' for the folder itself. */
  readonly input: string
  /** The one file that the suite truncates and mutates, readable by itself. */
  readonly file: string
  /** First line of what the other texts are the rest of. */
  readonly header?: string
  /** A file with one thread whose question has this body, asked at this time. */
  readonly withBody: (body: string, time?: string) => string
  /** A file with a count, of views or votes, that is less than nothing. */
  readonly negative?: string
  /** Why this format cannot say what a test is about. */
  readonly without?: { readonly negative?: string; readonly dates?: string }
}

const MOST_CUTS = 1000

/** What every source format must do; a new one passes this before it is registered. */
export function sourceFormatContract(sample: FormatSample): void {
  const { name, format, options = {}, folder, input, file } = sample
  describe(`source format ${name}`, () => {
    const scratch = mkdtempSync(join(tmpdir(), 'entraide-source-'))
    afterAll(() => rmSync(scratch, { recursive: true, force: true }))
    const bytes = readFileSync(join(folder, file))
    const target = join(scratch, basename(file))
    const readSample = () => readAllWith(options, format, join(folder, input))
    const readBytes = (content: Uint8Array | string): Promise<Reading> => {
      writeFileSync(target, content)
      return readAllWith(options, format, target)
    }

    it('reads its sample as the golden items', async () => {
      const { items, fault } = await readSample()
      expect(fault).toBeUndefined()
      const golden = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as SourceItem[]
      expect(items.map((item) => withoutFolder(item, folder))).toEqual(golden)
    })

    it('reads the same input twice as the same items', async () => {
      expect((await readSample()).items).toEqual((await readSample()).items)
    })

    it('has read all bytes at the end', async () => {
      const { progress } = await readSample()
      expect(progress.bytesRead).toBe(progress.bytesTotal)
      expect(progress.bytesTotal).toBeGreaterThanOrEqual(bytes.length)
    })

    it('takes an input cut anywhere for fewer records or a coded error', async () => {
      const whole = contentOf(recordsOf(await readBytes(bytes)))
      const known = new Set(whole.map((record) => JSON.stringify(record)))
      for (let length = 0; length < bytes.length; length += stride(bytes)) {
        const cut = contentOf(recordsOf(await readBytes(bytes.subarray(0, length))))
        expect(cut.length).toBeLessThanOrEqual(whole.length)
        // The row that was cut may still be one (`text` shorter); those before it are untouched.
        const strange = cut.map((record) => JSON.stringify(record)).filter((record) => !known.has(record))
        expect(strange.length, `cut at ${length}: ${strange}`).toBeLessThanOrEqual(2)
      }
    })

    it(
      'survives any mutation, and what it yields can be stored',
      async () => {
        await mutations(bytes, async (mutated) => {
          const { items } = await readBytes(mutated)
          expect(items.flatMap(stringsIn).filter((text) => /\0|\p{Surrogate}/u.test(text))).toEqual([])
          // A step is an item: a few bytes cannot keep a reader busy for ever.
          expect(items.length).toBeLessThanOrEqual(2 * mutated.length + 10)
        })
      },
      MUTATIONS_TIMEOUT,
    )

    it('keeps what came before bytes that are not UTF-8, and names their line', async () => {
      const whole = new Set(contentOf(recordsOf(await readBytes(bytes))).map((each) => JSON.stringify(each)))
      const lines = splitLines(bytes)
      const last = lines.at(-2)!
      const broken = Buffer.concat([
        ...lines.slice(0, -2),
        last.subarray(0, last.length / 2),
        Buffer.from([0xe9, 0x20]),
        last.subarray(last.length / 2),
        ...lines.slice(-1),
      ])
      const reading = await readBytes(broken)
      expect(reading.fault?.code).toBe('FILE_ENCODING_INVALID')
      expect(reading.fault?.details).toMatchObject({ file: target, line: lines.length - 1 })
      const kept = contentOf(recordsOf(reading)).map((each) => JSON.stringify(each))
      expect(kept.filter((each) => !whole.has(each))).toEqual([])
    })

    refusesBadInput(sample, { target, readBytes })
  })
}

/** Every byte of a small file, a thousand places of a larger one. */
function stride(bytes: Buffer): number {
  return Math.ceil(bytes.length / MOST_CUTS)
}

/** The records about one thing; acceptances depend on all rows. */
function contentOf(records: readonly SourceRecord[]): SourceRecord[] {
  return records.filter(({ type }) => type !== 'acceptance' && type !== 'acceptance-update')
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => [key, ...stringsIn(each)])
}

function withoutFolder(item: SourceItem, folder: string): SourceItem {
  return { ...item, place: { ...item.place, file: relative(folder, item.place.file) } }
}

function splitLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, at)
    const end = newline < 0 ? bytes.length : newline + 1
    lines.push(bytes.subarray(at, end))
    at = end
  }
  return lines
}
