import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { CodedError } from '../../../src/platform/errors.ts'
import { readJsonDocuments } from '../../../src/sources/reading/json-documents.ts'
import type { JsonDocument } from '../../../src/sources/reading/json-fields.ts'
import { propertyRuns } from '../../support/matrix.ts'

const scratch = mkdtempSync(join(tmpdir(), 'entraide-json-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

async function read(path: string, arrays: string[] = []) {
  const documents: JsonDocument[] = []
  const rejected: { code: string; line?: number; file: string }[] = []
  const progress = { bytesRead: 0, bytesTotal: 0 }
  let fault: CodedError | undefined
  try {
    for await (const block of readJsonDocuments([path], progress, { arrays })) {
      for (const each of block) {
        if ('rejected' in each) rejected.push({ code: each.rejected.code, ...each.rejected.place })
        else documents.push(each)
      }
    }
  } catch (error) {
    if (!(error instanceof CodedError)) throw error
    fault = error
  }
  return { documents, rejected, fault, progress }
}

function readText(content: string | Uint8Array, { name = 'export.json', arrays = [] as string[] } = {}) {
  const path = join(scratch, name)
  writeFileSync(path, content)
  return read(path, arrays)
}

const valuesOf = ({ documents }: { documents: readonly JsonDocument[] }) =>
  documents.map(({ value }) => value)

describe('reading JSON documents', () => {
  it('reads a pretty-printed document as one, from the line where it begins', async () => {
    const { documents, fault } = await readText('\n\n{\n  "id": 1,\n  "tags": ["é", null]\n}\n')
    expect(fault).toBeUndefined()
    expect(documents).toMatchObject([{ value: { id: 1, tags: ['é', null] }, place: { line: 3 } }])
  })

  it('reads the elements of a top-level array each by itself', async () => {
    const { documents } = await readText('[\n{"id":1},\n{"id":[2, [3]]}\n, 4]')
    expect(documents.map(({ value, place }) => [value, place.line])).toEqual([
      [{ id: 1 }, 2],
      [{ id: [2, [3]] }, 3],
      [4, 4],
    ])
  })

  it('reads named arrays element by element and the envelope without them', async () => {
    const text = '{"users":[{"id":7}],\n"data":{"nodes":[{"id":1},\n{"id":2}],"more":true}}'
    const { documents } = await readText(text, { arrays: ['data.nodes'] })
    expect(documents.map(({ value, member, place }) => [value, member, place.line])).toEqual([
      [{ id: 1 }, 'data.nodes', 2],
      [{ id: 2 }, 'data.nodes', 3],
      [{ users: [{ id: 7 }], data: { nodes: [], more: true } }, undefined, 1],
    ])
  })

  it('reads a line as it reads a document', async () => {
    const documents = [{ posts: [{ id: 1 }, { id: 2 }], next: null }, { id: 3 }]
    const lines = documents.map((each) => JSON.stringify(each)).join('\n')
    const byLines = await readText(lines, { name: 'a.ndjson', arrays: ['posts'] })
    const asOne = await readText(lines.replace('\n', ' '), { name: 'a.json', arrays: ['posts'] })
    expect(valuesOf(byLines)).toEqual([{ id: 1 }, { id: 2 }, { posts: [], next: null }, { id: 3 }])
    expect(valuesOf(asOne)).toEqual(valuesOf(byLines))
  })

  it('rejects a line that is no JSON and reads on', async () => {
    const { documents, rejected } = await readText('{"id":1}\n{"id":\n{"id":3}\n')
    expect(documents.map(({ value, place }) => [value, place.line])).toEqual([
      [{ id: 1 }, 1],
      [{ id: 3 }, 3],
    ])
    expect(rejected).toMatchObject([{ code: 'LINE_NOT_JSON', line: 2 }])
  })

  it('reads a folder with its subfolders by name, and goes on after a file that is broken', async () => {
    const folder = join(scratch, 'folder')
    mkdirSync(join(folder, 'b'), { recursive: true })
    writeFileSync(join(folder, 'c.ndjson'), '{"id":4}\n{"id":5}\n')
    writeFileSync(join(folder, 'b', 'page.json'), '{"id":3}')
    writeFileSync(join(folder, 'a.json'), '[{"id":1},{"id":2}, oops]')
    writeFileSync(join(folder, 'error.json'), '<html>502</html>')
    writeFileSync(join(folder, 'readme.txt'), 'not read')
    const { documents, rejected, fault, progress } = await read(folder)
    expect(fault).toBeUndefined()
    expect(documents.map(({ value }) => (value as { id: number }).id)).toEqual([1, 2, 3, 4, 5])
    expect(rejected.map(({ code, file }) => [code, relative(folder, file)])).toEqual([
      ['JSON_MALFORMED', 'a.json'],
      ['FILE_FORMAT_UNEXPECTED', 'error.json'],
    ])
    expect(progress.bytesRead).toBe(progress.bytesTotal)
  })

  it('fails where no file of a folder can be read, or there is none', async () => {
    const folder = join(scratch, 'bad')
    mkdirSync(folder)
    expect((await read(folder)).fault?.code).toBe('FILE_FORMAT_UNEXPECTED')
    writeFileSync(join(folder, '1.json'), '{')
    writeFileSync(join(folder, '2.json'), '')
    expect((await read(folder)).fault?.code).toBe('JSON_MALFORMED')
  })

  it.each([
    ['a value that is cut', '{"a": 1,\n "b": "c', 'JSON_MALFORMED', { line: 2 }],
    ['a missing comma', '{"a": 1\n "b": 2}', 'JSON_MALFORMED', { line: 2, column: 2 }],
    ['a comma too many', '[{"a": 1},]', 'JSON_MALFORMED', { line: 1, column: 11 }],
    ['a bare word', '{"a": nul}', 'JSON_MALFORMED', { line: 1, column: 10 }],
    ['something else', 'hello', 'JSON_MALFORMED', { line: 1, column: 1 }],
    ['a bare number', '42', 'JSON_MALFORMED', { line: 1 }],
    ['deep nesting', `{"a":\n${'['.repeat(100_000)}`, 'JSON_TOO_DEEP', { line: 2, column: 100 }],
  ])('names the place of %s', async (_, text, code, place) => {
    const { fault } = await readText(text)
    expect(fault).toMatchObject({ code, details: { ...place, file: join(scratch, 'export.json') } })
  })

  it('never shows what people wrote in an error', async () => {
    const { fault } = await readText('{"a": "secret" "b"}')
    expect(fault?.message).not.toContain('secret')
  })

  it('refuses deep nesting on a line without giving up the others', async () => {
    const { documents, rejected } = await readText(`{"id":1}\n${'['.repeat(200_000)}\n{"id":2}\n`)
    expect(documents).toHaveLength(2)
    expect(rejected).toMatchObject([{ code: 'JSON_TOO_DEEP', line: 2 }])
  })

  it.each([
    ['one string', () => `{"a":"${'x'.repeat(50e6)}"}`],
    ['one element', () => `[{"id":1},{"a":[${'1,'.repeat(25e6)}1]}]`],
    ['an envelope beside its array', () => `{"posts":[{"id":1}],"a":[${'1,'.repeat(25e6)}1]}`],
  ])('refuses %s of 50 MB', async (_, content) => {
    const { fault } = await readText(content(), { arrays: ['posts'] })
    expect(fault?.code).toBe('FILE_VALUE_TOO_LONG')
  })

  it('reads an array of any length in flat memory', async () => {
    const element = `{"id":1,"text":"${'€'.repeat(500)}"},\n`
    const text = `{"posts":[${element.repeat(100_000)}{"id":2}],"more":false}`
    const path = join(scratch, 'long.json')
    writeFileSync(path, text)
    let count = 0
    let most = 0
    const before = process.memoryUsage().heapUsed
    for await (const block of readJsonDocuments(
      [path],
      { bytesRead: 0, bytesTotal: 0 },
      { arrays: ['posts'] },
    )) {
      count += block.length
      most = Math.max(most, block.length)
    }
    expect(count).toBe(100_002)
    expect(most).toBeLessThan(1_000)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(70e6)
  })

  it('takes `__proto__` for a key like any other, and the last of duplicate keys', async () => {
    const text = '{"__proto__":{"polluted":1},"constructor":2,"a":1,"a":3}'
    for (const name of ['proto.json', 'proto.ndjson']) {
      const [value] = valuesOf(await readText(text, { name })) as [Record<string, unknown>]
      expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'a'])
      expect(value.a).toBe(3)
      expect(value.polluted).toBeUndefined()
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('agrees with JSON.parse on any text, wherever blocks end', async () => {
    const sample = JSON.stringify(
      { a: ['é😀"\\', -1.5e3, { b: null }], c: '\ud800', d: [[]], é: true },
      null,
      1,
    )
    const edit = fc.record({
      at: fc.nat(sample.length - 1),
      remove: fc.nat(3),
      insert: fc.constantFrom(
        '',
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '0',
        '-',
        'e',
        ' ',
        '\\u00e9',
        'true',
        '\t',
        '\u0001',
      ),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(edit, { maxLength: 3 }),
        fc.constantFrom(0, 262_140),
        async (edits, padding) => {
          let text = sample
          for (const { at, remove, insert } of edits)
            text = text.slice(0, at) + insert + text.slice(at + remove)
          const { documents, rejected, fault } = await readText(' '.repeat(padding) + text)
          let expected: unknown
          try {
            // As it is in the file: what is no character is none there either.
            expected = JSON.parse(Buffer.from(text).toString())
          } catch {
            expected = undefined
          }
          if (typeof expected === 'object' && expected !== null && !Array.isArray(expected)) {
            expect(fault).toBeUndefined()
            expect(documents.map(({ value }) => value)).toEqual([expected])
          } else if (expected === undefined) {
            // Several documents one after the other are no fault here, and after a whole first line others are lines.
            const isWhole = fault === undefined && rejected.length === 0 && documents.length === 1
            expect(isWhole).toBe(false)
          }
        },
      ),
      { numRuns: propertyRuns(1000) },
    )
  })
})
