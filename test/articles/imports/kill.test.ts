import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { runCommand, runJson, startCommand } from '../../support/service.ts'

const ARTICLES = 400
const KILLS = 2

describeEachDatabase('an import of articles whose process is killed', (database) => {
  const scratch = mkdtempSync(join(tmpdir(), 'entraide-articles-kill-'))
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  const guide = join(scratch, 'guide.json')
  const articles = Array.from({ length: ARTICLES }, (_, i) => ({
    id: i + 1,
    locale: i % 2 === 0 ? 'fr' : 'en',
    title: `Article ${i}`,
    body: `<h2>Solution</h2><p>${'Step. '.repeat(200)}${i}</p>`,
    draft: i % 5 === 0,
  }))
  writeFileSync(guide, JSON.stringify({ articles }))

  const countIn = async ({ db }: TestDatabase, table: string) => {
    const [row]: { n: number | string }[] = await db.sql(table).count('* as n')
    return Number(row?.n)
  }

  /** Kills the import again and again, each time when it has added some articles, and then lets it end. */
  async function importKilled(address: TestDatabase, args: readonly string[]): Promise<object> {
    for (let kills = 1; kills <= KILLS; kills++) {
      const child = startCommand(address, ['articles', 'import', ...args])
      while ((await countIn(address, 'articles')) < kills * 60) await sleep(3)
      child.kill('SIGKILL')
      await child.ended
      const added = await countIn(address, 'articles')
      expect(added).toBeLessThan(ARTICLES)
      await expectWhole(address, added)
    }
    const { stdout } = await runCommand(address, ['articles', 'import', ...args, '--json'])
    await expectWhole(address, ARTICLES)
    return JSON.parse(stdout)
  }

  /** Each article has come with its origin, its revision and its entry in the audit log. */
  async function expectWhole(address: TestDatabase, count: number): Promise<void> {
    for (const table of ['article_origins', 'article_revisions'])
      expect([table, await countIn(address, table)]).toEqual([table, count])
    const withPassages = await address.db.sql('article_passages').distinct('article_id')
    expect(withPassages).toHaveLength(count)
    const audited = await address.db.sql('audit_log').where({ action: 'article.imported' }).pluck('target')
    expect([audited.length, new Set(audited).size]).toEqual([count, count])
    const documents = await address.db.sql('search_documents').where({ kind: 'article' }).pluck('id')
    const published: string[] = await address.db
      .sql('articles')
      .where({ confidence: 'validated' })
      .pluck('id')
    expect(documents.sort()).toEqual(published.sort())
  }

  it('adds nothing half and nothing twice, from another help centre and from JSON Lines', async () => {
    const first = await database()
    const report = await importKilled(first, ['--format', 'zendesk', guide])
    expect(report).toMatchObject({ refused: 0, conflict: 0, changed: 0 })
    const file = join(scratch, 'articles.jsonl')
    const exportTo = async (address: TestDatabase) => {
      await runJson(address, ['articles', 'export', '--format', 'jsonl', '--out', file])
      return readFileSync(file, 'utf8')
    }
    const text = await exportTo(first)
    const second = await database()
    expect(await importKilled(second, ['--format', 'jsonl', file])).toMatchObject({
      refused: 0,
      complete: true,
    })
    expect(await exportTo(second)).toBe(text)
  })
})
