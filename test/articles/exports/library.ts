import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AUDIENCES } from '../../../src/access/audience.ts'
import { CONFIDENCES } from '../../../src/articles/article.ts'
import { bodyHash, CITATION_FLAGS, CITATION_SECTIONS } from '../../../src/articles/citation.ts'
import { withoutHtml } from '../../../src/articles/edit-article.ts'
import { type ExportFilters, exportRecords } from '../../../src/articles/exports/export-records.ts'
import { blocksOfArticle } from '../../../src/articles/passages/section-blocks.ts'
import { PASSAGE_STATES } from '../../../src/articles/translations/translated-passage.ts'
import { createRandom } from '../../../src/learning/random.ts'
import { migrations } from '../../../src/migrations.ts'
import { migrateForward } from '../../../src/platform/database/migrate.ts'
import { openDatabase } from '../../../src/platform/database/open.ts'
import { newId } from '../../../src/platform/ids.ts'
import type { TestDatabase } from '../../support/databases.ts'
import { manager, type World } from '../world.ts'

const WORDS = [
  'itinérance',
  'activer',
  'l’écran',
  'naïve',
  '“quotes”',
  '\\back\\',
  '日本語',
  '👩‍🚀',
  '<b>bold</b>',
  'a\tb',
  '```\ncode\n```',
  '| a | b |',
  '---',
  '## Résolution',
  '\\## Cause',
  'zone',
  '\u2028',
  'e\u0301',
  '{"a":1}',
  '- item',
  '> quote',
  '&amp;',
]

/** Fills a store with articles of every kind, whatever their texts. */
export async function fillLibrary(world: World, count: number): Promise<void> {
  const source = createRandom(7)
  const random = () => source.next()
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
  const text = (most: number) =>
    Array.from({ length: Math.floor(random() * most) }, () => pick(WORDS)).join(pick([' ', '\n', '\n\n']))
  const originals: string[] = []
  for (let i = 0; i < count; i++) {
    world.clock.advance(1 + Math.floor(random() * 100_000))
    const written = {
      title: `${text(4)} ${i}`.trim(),
      issue: text(20),
      environment: text(3),
      resolution: text(60),
      cause: text(5),
      language: pick(['fr', 'en', 'de', 'und']),
    }
    const content = { ...written, ...(await withoutHtml(written)) }
    const threadIds = [`thr_${i}`, `thr_B${i}`, `thr_-${i}`].slice(0, Math.floor(random() * 4))
    const state = { confidence: pick(CONFIDENCES), audience: pick(AUDIENCES) }
    let article = (await world.articles.add({ ...content, ...state, threadIds }, manager))!
    for (let edits = Math.floor(random() * 4); edits > 0; edits--) {
      world.clock.advance(1000)
      const publishedAt = random() < 0.5 ? world.clock.now().toISOString() : article.publishedAt
      const by = { ...manager, id: `usr_${edits}`, name: pick(['Inès', 'O’Neil "Bob"', 'Camille']) }
      article = await world.articles.change(
        { ...article, ...(await withoutHtml({ cause: text(9) })), publishedAt },
        by,
      )
    }
    const cite = (n: number) => ({
      postId: `pst_${pick(['A', 'a', '_', '-'])}${i}${n}`,
      excerpt: Array.from({ length: Math.floor(random() * 3) }, () => text(3)),
      hash: bodyHash(text(3)),
      accepted: random() < 0.5,
      answers: [`pst_${i}`].slice(0, Math.floor(random() * 2)),
      ...(random() < 0.3
        ? { flag: pick(CITATION_FLAGS), flaggedAt: world.clock.now().toISOString() }
        : undefined),
    })
    const cited = Array.from({ length: Math.floor(random() * 4) }, (_, n) => cite(n))
    const passages = blocksOfArticle(article).map((block) => ({
      ...block,
      citations: random() < 0.5 ? cited : [],
    }))
    const ofSection = { section: pick(CITATION_SECTIONS), text: '', citations: [cite(9)] }
    await world.passages.replace(article.id, random() < 0.3 ? [...passages, ofSection] : passages)
    await world.citations.addAuthors(article.id, [`mem_${i}`, `mem_B${i}`])
    if (random() < 0.2) await world.approvals.add(article.id, article.revision, manager)
    if (random() < 0.2) await world.waivers.put(article.id, `phone-${i}`, text(3), manager)
    if (random() < 0.2) await world.db.sql('articles').where({ id: article.id }).update({ created_by: null })
    if (random() < 0.3) {
      const draft =
        random() < 0.7 ? { content: { ...content, cause: text(9) }, basedOn: article.revision } : undefined
      await world.drafts.put(article.id, 3, draft, manager)
    }
    if (random() < 0.2)
      await world.origins.add({
        source: pick(['zendesk', 'Aide']),
        externalId: `${i}:fr`,
        articleId: article.id,
        translationGroup: random() < 0.5 ? String(i) : undefined,
        section: random() < 0.5 ? 'Général › Été' : undefined,
        contentHash: bodyHash(text(2)),
      })
    originals.push(article.id)
    if (random() < 0.3) {
      const source = pick(originals)
      const linked = blocksOfArticle(article).map((block, at) => ({
        id: `tpg_${at}`,
        section: block.section,
        sourceId: random() < 0.8 ? newId('psg', world.clock.now()) : undefined,
        translatedFrom: text(3),
        text: block.text,
        state: pick(PASSAGE_STATES),
        since: random() < 0.3 ? world.clock.now().toISOString() : undefined,
        proposal: random() < 0.3 ? text(3) : undefined,
        version: Math.floor(random() * 9),
      }))
      if (source !== article.id) await world.translations.link(article.id, source, manager, linked)
    }
  }
}

/** An export as one text. */
export async function exported(world: Pick<World, 'db'>, filters: ExportFilters = {}): Promise<string> {
  let text = ''
  for await (const lines of exportRecords(world, filters)) text += lines
  return text
}

/** An empty SQLite database, whatever the suite runs on. */
export async function emptySqlite(): Promise<TestDatabase> {
  const home = mkdtempSync(join(tmpdir(), 'entraide-test-'))
  const db = openDatabase({ home })
  await migrateForward(db, migrations)
  return {
    home,
    db,
    async drop() {
      await db.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
