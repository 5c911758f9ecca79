import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runCommand } from '../support/service.ts'

const home = mkdtempSync(join(tmpdir(), 'entraide-cli-relevance-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

function file(name: string, lines: readonly unknown[]): string {
  const path = join(home, name)
  writeFileSync(
    path,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  )
  return path
}

const document = (id: string, title: string, body: string) => ({ id, title, body, language: 'fr' })
const query = (q: string, ...relevant: string[]) => ({ q, language: 'fr', relevant })

const docs = file('docs.ndjson', [
  document('box', 'Le voyant de la box reste rouge', 'Débranchez la box dix secondes.'),
  document('facture', 'Télécharger une facture', 'Vos factures sont dans votre espace client.'),
  document('roaming', 'Utiliser son mobile à l’étranger', 'Activez l’itinérance avant de partir.'),
])
const queries = file('queries.ndjson', [
  query('où sont mes factures', 'facture'),
  query('ma box a un voyant rouge', 'box'),
  query('mobile à l’étranger', 'roaming'),
  query('Quel roi fonda ce monastère cistercien ?'),
])
const relevance = (...args: string[]) => runCommand({ home }, ['relevance', ...args])

describe('entraide relevance', { timeout: 60_000 }, () => {
  it('prints one line of JSON: where answers come, and of which queries nothing fits', async () => {
    const { code, stdout, stderr } = await relevance('--docs', docs, '--queries', queries, '--json')
    expect([code, stdout.split('\n').length, stderr]).toEqual([0, 2, ''])
    const { p50_ms, p99_ms, ...figures } = JSON.parse(stdout)
    expect(p50_ms).toBeLessThanOrEqual(p99_ms)
    expect(figures).toEqual({
      ...{ mrr: 1, top1: 1, top3: 1, top5: 1, top10: 1, ndcg10: 1, map: 1 },
      ...{ refused: 0, refused_unanswerable: 1, n_documents: 3, n_queries: 4 },
    })
  })

  it('prints the figures on one line, and those with a random edit on another', async () => {
    const asked = ['--docs', docs, '--queries', queries, '--detect', '--phrasings', '1', '--typos', '3']
    const { code, stdout } = await relevance(...asked)
    expect(code).toBe(0)
    const figures =
      /mrr [\d.]+ top1 [\d.]+ top3 [\d.]+ top5 [\d.]+ top10 [\d.]+ ndcg10 [\d.]+ map [\d.]+ p50_ms \S+ p99_ms \S+/
    const [plain, mistyped, ...rest] = stdout.split('\n')
    expect([plain, mistyped]).toEqual([expect.stringMatching(figures), expect.stringMatching(figures)])
    expect(mistyped).toMatch(/^with a random edit: .*\(mrr lost: -?[\d.]+\)$/)
    expect(rest).toEqual([''])
  })

  it('names the line of a file that it cannot use', async () => {
    const bad = file('bad.ndjson', [document('a', 'b', 'c'), '{"id": "b"'])
    const { code, stdout } = await relevance('--docs', bad, '--queries', queries, '--json')
    expect([code, JSON.parse(stdout).error]).toMatchObject([
      1,
      { code: 'RELEVANCE_LINE_INVALID', file: bad, line: 2, message: `${bad}:2: the line is not JSON` },
    ])
  })
})
