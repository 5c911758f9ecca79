import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { CodedError } from '../../../src/platform/errors.ts'
import { ByteWindow } from '../../../src/sources/reading/byte-window.ts'
import type { InputFile } from '../../../src/sources/reading/input-file.ts'
import { readXmlRows } from '../../../src/sources/stack-exchange/xml-rows.ts'
import { propertyRuns } from '../../support/matrix.ts'

const fields = ['a', 'b', 'Body'] as const
type Values = Record<string, string>

/** A file in memory that hands out `step` bytes a read, so that every token is cut somewhere. */
function inMemory(content: Buffer, step: number): InputFile {
  let at = 0
  return {
    name: 'memory.xml',
    async read(target, start) {
      const end = Math.min(content.length, at + Math.min(step, target.length - start))
      const copied = content.copy(target, start, at, end)
      at = end
      return copied
    },
    close: async () => {},
  }
}

async function readOurs(content: Buffer, step = 65_536): Promise<{ rows: Values[]; fault?: CodedError }> {
  const rows: Values[] = []
  try {
    for await (const batch of readXmlRows(new ByteWindow(inMemory(content, step)), 'posts', fields)) {
      rows.push(...batch.map(({ values }) => ({ ...values })))
    }
  } catch (fault) {
    if (!(fault instanceof CodedError)) throw fault
    return { rows, fault }
  }
  return { rows }
}

/** What a general XML parser finds: the oracle. */
function readBySaxes(content: Buffer): { rows: Values[]; fault?: Error } {
  const rows: Values[] = []
  const parser = new SaxesParser()
  let depth = 0
  parser.on('opentag', ({ attributes }) => {
    depth += 1
    if (depth === 2) {
      rows.push(
        Object.fromEntries(Object.entries(attributes).filter(([name]) => fields.includes(name as 'a'))),
      )
    }
  })
  parser.on('closetag', () => {
    depth -= 1
  })
  parser.on('error', (fault) => {
    throw fault
  })
  try {
    parser.write(content.toString('utf8')).close()
  } catch (fault) {
    return { rows, fault: fault as Error }
  }
  return { rows }
}

const escaped = (text: string) =>
  text.replace(/[&<"'\n\r\t]/g, (each) => `&#x${each.charCodeAt(0).toString(16).toUpperCase()};`)
// biome-ignore lint/suspicious/noControlCharactersInRegex: what XML cannot hold
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu
const text = fc.string({ unit: 'binary', maxLength: 30 }).map((value) => value.replace(forbidden, ''))
const row = fc.record({ a: text, b: text, Body: text }, { requiredKeys: [] })

function document(rows: readonly Partial<Values>[], quote: string): string {
  const tags = rows.map(
    (values) =>
      `  <row ${Object.entries(values)
        .map(([name, value]) => `${name}=${quote}${escaped(value ?? '')}${quote}`)
        .join('\n ')} c='&lt;&gt;&amp;&quot;&apos;'${rows.length % 2 ? '/>' : '></row>'}`,
  )
  return `\ufeff<?xml version="1.0" encoding="utf-8"?>\n<!-- a comment -->\n<posts>\n${tags.join('\n')}\n</posts>\n`
}

describe('reading rows of XML', () => {
  it('gives back what was written, however the file is cut into reads', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 6 }),
        fc.constantFrom('"', "'"),
        fc.integer({ min: 1, max: 40 }),
        async (rows, quote, step) => {
          const { rows: read, fault } = await readOurs(Buffer.from(document(rows, quote)), step)
          expect(fault).toBeUndefined()
          expect(read).toEqual(rows.map((values) => ({ ...values })))
        },
      ),
    )
  })

  it('takes nothing that a general parser refuses, and reads the same rows up to a fault', async () => {
    const piece = fc.constantFrom(
      ...[
        '<',
        '>',
        '/',
        '"',
        "'",
        '&',
        '&amp;',
        '&#65;',
        '&#xA;',
        '&#',
        ';',
        '=',
        ' ',
        '\n',
        '\r\n',
        '\t',
        '!',
      ],
      ...[
        '<row ',
        '</row>',
        '/>',
        '</posts>',
        '<!--',
        '-->',
        '--',
        '<?',
        '?>',
        '<![CDATA[',
        'a="',
        'b',
        'é',
        '\u0001',
      ],
    )
    const edit = fc.record({ at: fc.nat(400), remove: fc.nat(6), insert: fc.oneof(piece, fc.constant('')) })
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 4 }),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 64 }),
        async (rows, edits, step) => {
          let content = document(rows, '"')
          for (const { at, remove, insert } of edits) {
            const from = Math.min(at, content.length)
            content = content.slice(0, from) + insert + content.slice(from + remove)
          }
          const bytes = Buffer.from(content)
          const ours = await readOurs(bytes, step)
          const theirs = readBySaxes(bytes)
          if (ours.fault === undefined) {
            accepted += 1
            expect(theirs.fault).toBeUndefined()
            expect(ours.rows).toEqual(theirs.rows)
          } else {
            expect(ours.rows).toEqual(theirs.rows.slice(0, ours.rows.length))
          }
        },
      ),
      { numRuns: propertyRuns(5000) },
    )
    expect(accepted).toBeGreaterThan(propertyRuns(5000) / 50)
  })

  it('refuses a declaration whose quotes do not match', async () => {
    const content = document([{}], '"').replace('version="1.0"', `version='1.0"`)
    expect((await readOurs(Buffer.from(content))).fault).toMatchObject({ code: 'XML_MALFORMED' })
  })

  it.each(['\u{f0000}', '\u00d7', '\u00b7', '\u2190', '\u0300'])(
    'refuses a name that begins with %j, as a general parser does',
    async (name) => {
      const content = Buffer.from(`<posts>\n<row a="1" ${name}="x"/>\n</posts>`)
      expect(readBySaxes(content).fault).toBeDefined()
      expect((await readOurs(content)).fault).toMatchObject({ code: 'XML_MALFORMED', details: { line: 2 } })
    },
  )

  it('counts lines and bytes of a fault in the middle of large files', async () => {
    const rows = '<row a="1"/>\n'.repeat(100_000)
    const { rows: read, fault } = await readOurs(Buffer.from(`<posts>\n${rows}<row a=1/>\n</posts>`))
    expect(read).toHaveLength(100_000)
    expect(fault?.details).toMatchObject({ line: 100_002, column: 8, byte: 8 + rows.length + 7 })
  })
})
