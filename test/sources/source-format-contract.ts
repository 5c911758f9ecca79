import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { SourceFormat, SourceItem } from '../../src/sources/index.ts'
import { type Reading, readAll, recordsOf } from './read-all.ts'

export interface FormatSample {
  readonly format: SourceFormat
  /** The sample's folder under fixtures/formats, with the golden `expected.json`. */
  readonly folder: string
  /** What `read` is given, inside the folder; '' for the folder itself. */
  readonly input: string
  /** The one file that the suite truncates and mutates, readable by itself. */
  readonly file: string
  /** A file of this format that holds one value of so many bytes. */
  readonly withLongValue: (bytes: number) => string
}

const TOO_LONG = 17 * 1024 * 1024

/** What every source format must do; a new one passes this before it is registered. */
export function sourceFormatContract({ format, folder, input, file, withLongValue }: FormatSample): void {
  describe(`source format ${format.name}`, () => {
    const scratch = mkdtempSync(join(tmpdir(), 'entraide-source-'))
    afterAll(() => rmSync(scratch, { recursive: true, force: true }))
    const sample = join(folder, input)
    const bytes = readFileSync(join(folder, file))
    const target = join(scratch, basename(file))

    const readBytes = (content: Uint8Array | string): Promise<Reading> => {
      writeFileSync(target, content)
      return readAll(format, target)
    }

    it('reads its sample as the golden items', async () => {
      const { items, fault } = await readAll(format, sample)
      expect(fault).toBeUndefined()
      const golden = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as SourceItem[]
      expect(items.map((item) => withoutFolder(item, folder))).toEqual(golden)
    })

    it('reads the same input twice as the same items', async () => {
      expect((await readAll(format, sample)).items).toEqual((await readAll(format, sample)).items)
    })

    it('has read all bytes at the end', async () => {
      const { progress } = await readAll(format, sample)
      expect(progress.bytesRead).toBe(progress.bytesTotal)
      expect(progress.bytesTotal).toBeGreaterThanOrEqual(bytes.length)
    })

    it('takes an input cut at any byte for fewer records or a coded error', async () => {
      const whole = recordsOf(await readBytes(bytes))
      for (let length = 0; length < bytes.length; length += 1) {
        const cut = recordsOf(await readBytes(bytes.subarray(0, length)))
        expect(cut.length).toBeLessThanOrEqual(whole.length)
        // The row that was cut may still be one (`text` shorter); those before it are untouched.
        const settled = cut.slice(0, -2)
        expect(settled).toEqual(whole.slice(0, settled.length))
      }
    })

    it('survives any mutation, and what it yields can be stored', async () => {
      const edit = fc.record({
        at: fc.nat(bytes.length - 1),
        remove: fc.nat(20),
        insert: fc.oneof(
          fc.uint8Array({ maxLength: 4 }),
          fc
            .constantFrom(
              '<',
              '>',
              '"',
              "'",
              '&',
              '&#0;',
              '\\u0000',
              '\\ud800',
              '\0',
              '\n',
              ';',
              '{',
              ']',
              '-1',
            )
            .map((text) => Buffer.from(text)),
        ),
      })
      await fc.assert(
        fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 5 }), async (edits) => {
          let mutated: Buffer = bytes
          for (const { at, remove, insert } of edits) {
            mutated = Buffer.concat([mutated.subarray(0, at), insert, mutated.subarray(at + remove)])
          }
          const { items } = await readBytes(mutated)
          expect(items.flatMap(stringsIn).filter((text) => /\0|\p{Surrogate}/u.test(text))).toEqual([])
        }),
        { numRuns: 500 },
      )
    })

    it('keeps what came before bytes that are not UTF-8, and names their line', async () => {
      const whole = recordsOf(await readBytes(bytes))
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
      expect(reading.fault?.code).toBe('SOURCE_ENCODING')
      expect(reading.fault?.details).toMatchObject({ file: target, line: lines.length - 1 })
      const records = recordsOf(reading)
      expect(records).toEqual(whole.slice(0, records.length))
    })

    it.each([
      ['an empty file', '', 'SOURCE_EMPTY'],
      ['nothing but a byte order mark', '\ufeff', 'SOURCE_EMPTY'],
      ['blank lines', '\n \n\n', 'SOURCE_EMPTY'],
      ['UTF-16 with a mark', Buffer.from('\ufeffid,text', 'utf16le'), 'SOURCE_ENCODING'],
      ['UTF-16 without a mark', Buffer.from('<posts>', 'utf16le'), 'SOURCE_ENCODING'],
      ['a zip archive', Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0]), 'SOURCE_UNEXPECTED'],
      ['a 7z archive', Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]), 'SOURCE_UNEXPECTED'],
    ])('refuses %s', async (_, content, code) => {
      const { items, fault } = await readBytes(content)
      expect(items).toEqual([])
      expect(fault?.code).toBe(code)
      expect(fault?.message).toContain(target)
    })

    it('refuses an HTML page', async () => {
      const { items, fault } = await readBytes('<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>\n')
      expect(items).toEqual([])
      expect(['SOURCE_UNEXPECTED', 'CSV_HEADER_MISSING']).toContain(fault?.code)
    })

    it('names a path that does not exist', async () => {
      const missing = join(scratch, 'no', 'such-file')
      const { fault } = await readAll(format, missing)
      expect(fault).toMatchObject({ code: 'SOURCE_NOT_FOUND', details: { file: missing } })
    })

    it('refuses a value that would fill the memory', async () => {
      const { fault } = await readBytes(withLongValue(TOO_LONG))
      expect(fault?.code).toBe('SOURCE_TOO_LONG')
    })
  })
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
