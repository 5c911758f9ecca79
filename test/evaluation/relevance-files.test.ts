import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readDocuments, readQueries } from '../../src/evaluation/relevance/relevance-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'entraide-relevance-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(lines: readonly unknown[]): string {
  const path = join(folder, 'lines.ndjson')
  writeFileSync(
    path,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  )
  return path
}

const document = (id: string) => ({ id, title: 'Une box', body: '', language: 'fr' })
const query = (q: string) => ({ q, language: 'fr', relevant: ['a'] })

describe('files of documents and queries', () => {
  it('are read whole, blank lines aside', async () => {
    expect(await readDocuments(file([document('a'), '', document('b')]))).toEqual([
      document('a'),
      document('b'),
    ])
    expect(await readQueries(file([query('ma box'), { ...query('?'), more: 1 }]))).toHaveLength(2)
  })

  it.each([
    ['what is not JSON', [document('a'), '{"id": "a"'], 2, 'the line is not JSON'],
    ['a list', ['[]'], 1, 'the line must be a JSON object'],
    ['a document without a body', [{ id: 'a', title: '', language: 'fr' }], 1, '`body` must be a string'],
    ['a document without an id', [document(' ')], 1, '`id` must not be empty'],
    ['an id that comes twice', [document('a'), '', document('a')], 3, 'the id "a" is that of line 1 too'],
  ])('are refused for %s', async (_, lines, line, reason) => {
    await expect(readDocuments(file(lines))).rejects.toMatchObject({
      code: 'RELEVANCE_LINE_INVALID',
      details: { line, reason },
    })
  })

  it.each([
    ['relevant ids that are no list', [{ q: 'a', language: 'fr', relevant: 'box' }], 1],
    ['relevant ids that are no strings', [{ q: 'a', language: 'fr', relevant: [1] }], 1],
    ['an empty query', [query('a'), query(' ')], 2],
  ])('are refused for %s', async (_, lines, line) => {
    await expect(readQueries(file(lines))).rejects.toMatchObject({
      code: 'RELEVANCE_LINE_INVALID',
      details: { line },
    })
  })

  it('are refused where they are empty or not there', async () => {
    await expect(readQueries(file(['']))).rejects.toMatchObject({ code: 'FILE_EMPTY' })
    await expect(readDocuments(join(folder, 'none'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  })
})
