import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import type { Audience } from '../../../src/access/audience.ts'
import { exportJsonLines } from '../../../src/articles/exports/export-json-lines.ts'
import { ARTICLE_RECORD, PART_RECORDS } from '../../../src/articles/exports/record-types.ts'
import { showArticle } from '../../../src/articles/exports/shown-articles.ts'
import { importRecords } from '../../../src/articles/imports/import-records.ts'
import type { Remark } from '../../../src/articles/imports/import-report.ts'
import { promoteTogether } from '../../../src/articles/promotion/promote-together.ts'
import { stableId } from '../../../src/platform/ids.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { actor, manager, openWorld, type World } from '../world.ts'
import { emptySqlite, exported, fillLibrary } from './library.ts'

/** More than are read at once. */
const ARTICLES = 110
/**
 * What the company decides for all articles, candidates, which are computed from threads, what came of their use, what a
 * merge moved, reviews, which are computed, and coaching, which is about people and for few eyes.
 */
const NOT_OF_AN_ARTICLE =
  /^article_(categories|settings|candidate.*|uses|reads|reports|feedback|merge_(moves|states)|reviews|review_decisions|coaching_.*)$/

describeEachDatabase.always('an export in JSON Lines', (database) => {
  const scratch = mkdtempSync(join(tmpdir(), 'entraide-export-'))
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  async function importText(world: World, text: string) {
    const path = join(scratch, 'import.jsonl')
    writeFileSync(path, text)
    const remarks: Remark[] = []
    const report = await importRecords(world, {
      path,
      actor: commandLine,
      onRemark: (each) => remarks.push(each),
    })
    return { ...report, remarks }
  }

  it('imports into an empty store, here and on the other database, such that exporting again gives the same bytes', async () => {
    const world = await openWorld(await database())
    await fillLibrary(world, ARTICLES)
    const text = await exported(world)
    const counts = { new: ARTICLES, changed: 0, same: 0, conflict: 0, refused: 0, ignored: 0 }
    const sqlite = await emptySqlite()
    for (const address of [await database(), sqlite]) {
      const other = await openWorld(address)
      expect(await importText(other, text)).toEqual({ counts, unpublished: 0, complete: true, remarks: [] })
      await other.runJobs()
      expect(await exported(other)).toBe(text)
      expect((await importText(other, text)).counts).toEqual({ ...counts, new: 0, same: ARTICLES })
      expect(await exported(other)).toBe(text)
    }
    const back = await openWorld(await database())
    const other = await openWorld(sqlite)
    await importText(back, await exported(other))
    expect(await exported(back)).toBe(text)
    await sqlite.drop()
  }, 120_000)

  it('describes every table and column of articles', async () => {
    const { db } = await database()
    const tables = new Map<string, string[]>()
    for (const { table, fields, computed = [] } of [ARTICLE_RECORD, ...PART_RECORDS])
      tables.set(table, [...Object.values(fields).map(({ column }) => column), ...computed].sort())
    const rows: { name: string }[] =
      db.dialect === 'postgres'
        ? await db.sql('pg_tables').whereRaw('schemaname = current_schema()').select({ name: 'tablename' })
        : await db.sql('sqlite_master').where({ type: 'table' }).select('name')
    const names = rows
      .map(({ name }) => name)
      .filter((name) => /^(articles?|passage)(_|$)/.test(name) && !NOT_OF_AN_ARTICLE.test(name))
    expect(names.sort()).toEqual([...tables.keys()].sort())
    for (const [table, columns] of tables)
      expect([table, Object.keys(await db.sql(table).columnInfo()).sort()]).toEqual([table, columns])
  })

  it('restores what people work with: search, words, revisions, drafts', async () => {
    const world = await openWorld(await database())
    const thread = await world.importThreads('forum', 'public', {
      roam: {
        question: 'How do I activate roaming?',
        answers: [{ body: 'In the settings.', accepted: true }],
      },
    })
    const call = await world.app()
    const { body: article } = await call('manager', 'POST', `/threads/${thread('roam')}/promote`)
    await call('manager', 'POST', `/articles/${article.id}/publish`, { audience: 'public' })
    const other = await openWorld(await database())
    await importText(other, await exported(world))
    await other.runJobs()
    const search = await other.app()
    expect((await search(undefined, 'GET', '/search?q=roaming')).body.items[0].id).toBe(article.id)
    expect((await search('manager', 'GET', '/articles?q=settings')).body.items).toHaveLength(1)
    const edit = { resolution: 'In the settings, below.' }
    expect(
      (await search('manager', 'PATCH', `/articles/${article.id}`, edit, { 'if-match': '"2"' })).status,
    ).toBe(200)
    const published = await search('manager', 'POST', `/articles/${article.id}/publish`, {
      audience: 'customer',
      confirmWiderAudience: true,
    })
    expect(published.status).toBe(200)
    const { body } = await search('manager', 'GET', `/articles/${article.id}/revisions`)
    expect(body.items.map((each: { actor: { name: string } }) => each.actor.name)).toEqual([
      'manager',
      'manager',
      'manager',
      'manager',
    ])
  })

  it('for an audience holds nothing that this audience may not see', async () => {
    const world = await openWorld(await database())
    const secret = await world.importThreads('desk', 'internal', {
      inside: { question: 'SECRETQUESTION', answers: [{ body: 'SECRETANSWER', accepted: true }] },
    })
    const open = await world.importThreads('forum', 'public', {
      outside: { question: 'Where is it?', answers: [{ body: 'Here it is.', accepted: true }] },
      draft: { question: 'UNPUBLISHED', answers: [{ body: 'Soon.', accepted: true }] },
    })
    const call = await world.app([manager, actor('partner', 'partner', 'knowledge-manager')])
    const promote = async (id: string) => (await call('manager', 'POST', `/threads/${id}/promote`)).body
    const inside = await promote(secret('inside'))
    const outside = await promote(open('outside'))
    await promote(open('draft'))
    await call(
      'manager',
      'PATCH',
      `/articles/${inside.id}`,
      {
        issue: 'How?',
        resolution: 'So.',
        title: 'Open title',
        environment: '',
        cause: '',
      },
      { 'if-match': '"1"' },
    )
    for (const { id } of [inside, outside])
      await call('manager', 'POST', `/articles/${id}/publish`, {
        audience: 'public',
        confirmWiderAudience: true,
      })
    await call('manager', 'PATCH', `/articles/${outside.id}`, { cause: 'CLUMSYWORDS' }, { 'if-match': '"2"' })
    await call('manager', 'PATCH', `/articles/${outside.id}`, { cause: 'Habit.' }, { 'if-match': '"3"' })
    await call('manager', 'PUT', `/articles/${outside.id}/draft`, {
      content: { ...outside, cause: 'DRAFTWORDS' },
    })

    const { body: text } = await call('manager', 'GET', '/articles/export?audience=public')
    for (const word of ['SECRET', 'UNPUBLISHED', 'CLUMSY', 'DRAFT', 'manager', secret('inside')])
      expect(text).not.toContain(word)
    const records = text
      .trim()
      .split('\n')
      .map((line: string) => JSON.parse(line))
    const of = (type: string) => records.filter((record: { type: string }) => record.type === type)
    expect(
      of('article').map(({ title, threadId }: { title: string; threadId?: string }) => [title, threadId]),
    ).toEqual([
      ['Open title', undefined],
      [outside.title, open('outside')],
    ])
    expect(of('revision').map(({ number }: { number: number }) => number)).toEqual([3, 4])
    expect(of('citation').every(({ articleId }: { articleId: string }) => articleId === outside.id)).toBe(
      true,
    )
    expect(of('citation')).toHaveLength(2)
    expect(of('author').map(({ articleId }: { articleId: string }) => articleId)).toEqual([
      outside.id,
      outside.id,
    ])

    const { body: own } = await call('partner', 'GET', '/articles/export')
    expect(own).toBe((await call('manager', 'GET', '/articles/export?audience=partner')).body)
    const refused = await call('partner', 'GET', '/articles/export?audience=internal')
    expect([refused.status, refused.body.code]).toEqual([403, 'EXPORT_AUDIENCE_FORBIDDEN'])
    expect((await call('manager', 'GET', '/articles/export')).body).toBe(await exported(world))

    const other = await openWorld(await database())
    expect((await importText(other, text)).counts).toMatchObject({ new: 2, refused: 0 })
    expect((await importText(other, text)).counts).toMatchObject({ same: 2, refused: 0 })
  })

  it('for an audience names no hidden thread of an article, no old words of a post, and hides credits where they are hidden', async () => {
    const world = await openWorld(await database())
    const answer = (body: string) => ({ question: 'Box?', answers: [{ body, accepted: true }] })
    const inside = (await world.importThreads('desk', 'internal', { lead: answer('Stand it upright.') }))(
      'lead',
    )
    const forum = (body: string) => world.importThreads('forum', 'public', { second: answer(body) })
    const outside = (await forum('Clean the fan with a brush.'))('second')
    const { article } = await promoteTogether(world, { threadIds: [inside, outside], actor: manager })
    const call = await world.app()
    const publication = { audience: 'public', confirmWiderAudience: true }
    expect((await call('manager', 'POST', `/articles/${article.id}/publish`, publication)).status).toBe(200)
    await forum('Clean the fan with a cloth.')

    const recordsFor = async (audience?: Audience) => {
      const records = (await exported(world, { audience }))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      return (type: string) => records.filter((record) => record.type === type)
    }
    const all = await recordsFor()
    expect(
      all('thread')
        .map(({ threadId }) => threadId)
        .sort(),
    ).toEqual([inside, outside].sort())
    expect(all('article')).toMatchObject([{ threadId: inside, createdBy: manager.id }])
    const shown = await recordsFor('public')
    expect(shown('article')[0]).not.toHaveProperty('threadId')
    expect(shown('article')[0]).not.toHaveProperty('createdBy')
    expect(shown('thread')).toMatchObject([{ threadId: outside, position: 0 }])
    expect(
      shown('passage')
        .map(({ position }) => position)
        .sort(),
    ).toEqual(shown('passage').map((_, position) => position))
    const posts = new Set(shown('citation').map(({ postId }) => postId))
    expect(posts).toEqual(
      new Set([stableId('pst', 'forum', 'second-q'), stableId('pst', 'forum', 'second-a0')]),
    )
    const flagged = shown('citation').filter(({ flag }) => flag !== undefined)
    expect(flagged).toMatchObject([{ flag: 'edited', excerpt: [] }])
    expect(all('citation').find(({ flag }) => flag === 'edited').excerpt).toEqual([
      'Clean the fan with a brush.',
    ])

    expect(shown('author')).not.toEqual([])
    await call('manager', 'PUT', '/articles/settings', { credits: 'hidden' })
    expect((await recordsFor('public'))('author')).toEqual([])
    expect((await recordsFor())('author')).toEqual(all('author'))
    const named = async (audience?: Audience) => {
      const { authors, citations } = await showArticle(world, article, audience)
      return authors.length > 0 && citations.some(({ author }) => author !== undefined)
    }
    expect([await named(), await named('internal'), await named('public')]).toEqual([true, false, false])
  })

  it('refuses what does not belong together, and what another article has', async () => {
    const world = await openWorld(await database())
    await fillLibrary(world, 12)
    const lines = (await exported(world)).trim().split('\n')
    const other = await openWorld(await database())
    for (const [type, field, value, reason] of [
      ['article', 'threadId', 'thr_x', 'one of the threads of the article'],
      ['citation', 'passageId', `psg_${'0'.repeat(25)}`, 'one of the passages of the article'],
      ['passage', 'text', 'INVENTED', 'must stand in its section'],
      ['citation', 'answers', 'pst_1', 'must be a list of texts'],
      ['passage', 'id', '1', 'is not the id of a passage'],
    ]) {
      const changed = lines.map((line) => {
        const record = JSON.parse(line)
        return JSON.stringify(record.type === type ? { ...record, [field!]: value } : record)
      })
      const { remarks } = await importText(other, changed.join('\n'))
      const reasons = new Set(remarks.map((each) => each.reason))
      expect([...reasons]).toContainEqual(expect.stringContaining(reason!))
    }
    await importText(other, lines.join('\n'))
    const { remarks } = await importText(other, lines.join('\n').replace(/art_./g, 'art_z'))
    expect(new Set(remarks.map(({ code }) => code))).toEqual(
      new Set(['IMPORT_THREAD_TAKEN', 'IMPORT_PASSAGE_TAKEN']),
    )
  })

  it('adds each article once when two imports run at the same time', async () => {
    const world = await openWorld(await database())
    await fillLibrary(world, 30)
    const text = await exported(world)
    const other = await openWorld(await database())
    const reports = await Promise.all([1, 2].map(() => importText(other, text)))
    const sum = (outcome: 'new' | 'same') => reports.reduce((all, { counts }) => all + counts[outcome], 0)
    expect([sum('new'), sum('same'), ...reports.flatMap(({ remarks }) => remarks)]).toEqual([30, 30])
    expect(await exported(other)).toBe(text)
  })

  it('adds no article half: what is wrong is refused with its line, the rest is imported', async () => {
    const world = await openWorld(await database())
    await fillLibrary(world, 12)
    const lines = (await exported(world)).trim().split('\n')
    const starts = lines.flatMap((line, at) => (line.startsWith('{"type":"article"') ? [at] : []))
    const broken = [...lines]
    const change = (at: number, to: (record: Record<string, unknown>) => unknown) => {
      broken[at] = JSON.stringify(to(JSON.parse(lines[at]!)))
    }
    change(starts[1]!, (record) => ({ ...record, language: '../../etc' }))
    change(starts[2]!, (record) => ({ ...record, audience: 'everyone' }))
    broken[starts[3]! + 1] = 'not json'
    change(starts[4]! + 1, (record) => ({ ...record, articleId: 'art_0000000000000000000000000' }))
    change(starts[6]!, (record) => ({ ...record, title: 'a\u0000b' }))
    change(starts[7]!, (record) => ({ ...record, __proto__: null, other: 1 }))
    broken.splice(starts[5]! + 1, 0, broken[starts[5]! + 1]!)
    const other = await openWorld(await database())
    const { counts, remarks, complete } = await importText(other, broken.slice(0, -1).join('\n'))
    expect([counts.new, counts.refused, complete]).toEqual([5, 7, false])
    expect(remarks.map(({ code }) => code)).toEqual(Array(7).fill('IMPORT_RECORD_INVALID'))
    expect(remarks[0]!.place.line).toBe(starts[1]! + 1)
    expect(remarks[0]!.reason).toContain('language')
    expect(await other.db.sql('articles')).toHaveLength(5)
    const kept = new Set(await other.db.sql('articles').pluck('id'))
    for (const { table } of PART_RECORDS)
      for (const id of await other.db.sql(table).pluck('article_id')) expect(kept).toContain(id)

    const first = JSON.parse(lines[starts[0]!]!)
    const differing = lines.with(starts[0]!, JSON.stringify({ ...first, title: 'Another' }))
    const again = await importText(other, differing.join('\n'))
    expect(again.remarks.map(({ code }) => code)).toEqual(['IMPORT_ARTICLE_DIFFERS'])
    expect([again.counts.new, again.counts.same]).toEqual([7, 4])
    await expect(importText(other, '{"type":"article"}')).rejects.toMatchObject({
      code: 'IMPORT_NOT_AN_EXPORT',
    })
  })

  it('replaces an earlier export, and no other file; only its owner may read it', async () => {
    const world = await openWorld(await database())
    await fillLibrary(world, 3)
    const path = join(scratch, 'articles.jsonl')
    for (let times = 0; times < 2; times++)
      expect(await exportJsonLines(world, { path })).toEqual({ articles: 3 })
    expect(readFileSync(path, 'utf8')).toBe(await exported(world))
    expect(statSync(path).mode & 0o777).toBe(0o600)
    writeFileSync(path, 'a list of mine')
    await expect(exportJsonLines(world, { path })).rejects.toMatchObject({ code: 'EXPORT_PATH_FOREIGN' })
    expect(readFileSync(path, 'utf8')).toBe('a list of mine')
  })
})
