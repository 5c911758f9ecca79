import { expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { importThreads } from '../../../src/ingest/imports/import-threads.ts'
import { applyRecords } from '../../../src/ingest/rows/apply-records.ts'
import type { Rejection } from '../../../src/ingest/rows/batch.ts'
import { createSourceStore } from '../../../src/ingest/source-store.ts'
import { stableId } from '../../../src/platform/ids.ts'
import type { SourceRecord } from '../../../src/sources/record.ts'
import { createThreadStore } from '../../../src/threads/thread-store.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import {
  answer,
  comment,
  contentOf,
  fileOf,
  importDeps,
  importRecords,
  question,
  thread,
} from '../support.ts'

const SECRETS = [
  'jeanne@exemple.fr',
  '06 39 98 12 34',
  'CMD-123456',
  'FR7630006000011234567890189',
  'Jeanne Martin',
]

const records: SourceRecord[] = [
  { type: 'member', id: 'm1', name: 'jeanne@exemple.fr' },
  { type: 'member', id: 'm2', name: 'Grand Duc' },
  thread('t1', {
    title: 'Rappelez-moi au 06 39 98 12 34',
    tags: ['box', 'CMD-123456'],
    url: 'https://forum.example/t/rappelez-moi-au-06-39-98-12-34/1',
    facts: { contact: 'jeanne@exemple.fr', seniority: 4 },
  }),
  question('q1', 't1', {
    authorId: 'm1',
    format: 'html',
    body: '<p>Commande CMD-123456, <a href="mailto:jeanne@exemple.fr">jeanne@exemple.fr</a></p><p>Cordialement,<br>Jeanne Martin</p>',
  }),
  answer('a1', 't1', { authorId: 'm2', body: 'Votre RIB `FR7630006000011234567890189` est bon.' }),
  comment('c1', 'a1', { body: 'Appelez le 06 39 98 12 34, merci.' }),
  thread('t2', { url: 'https://forum.example/t/box/2' }),
  question('q2', 't2'),
]

const identifiers = [{ kind: 'order-number', pattern: 'CMD-######' }] as const

describeEachDatabase('an import that redacts', (database) => {
  it('stores no personal data in any table, and keeps the rest', async () => {
    const { db } = await database()
    await importRecords({ ...importDeps(db), identifiers }, records, { redact: true })
    const kept = JSON.stringify(await contentOf(db)) + JSON.stringify(await db.sql('events'))
    for (const secret of SECRETS) expect(kept).not.toContain(secret)
    const threads = createThreadStore(db)
    const id = stableId('thr', 'forum', 't1')
    const first = await threads.require(id, 'internal')
    expect(first).toMatchObject({
      title: 'Rappelez-moi au {phone}',
      tags: ['box', '{order-number}'],
      facts: { contact: '{e-mail}', seniority: 4 },
    })
    expect(first.url).toBeUndefined()
    const posts = await threads.postsOf(id, 'internal')
    expect(posts.map(({ body }) => body)).toEqual([
      expect.stringMatching(
        /^Commande \{order-number\}, \[\{e-mail\}\]\(mailto:\{e-mail\}\)\s+Cordialement,\s+\{name\}$/,
      ),
      expect.stringContaining('`{iban}`'),
      'Appelez le {phone}, merci.',
    ])
    expect(posts.map(({ author }) => author?.name)).toEqual(['{e-mail}', 'Grand Duc', undefined])
    expect(await threads.require(stableId('thr', 'forum', 't2'), 'internal')).toHaveProperty('url')
  })

  it('changes nothing when it is repeated, and is remembered by the source', async () => {
    const { db } = await database()
    const deps = { ...importDeps(db), identifiers }
    await importRecords(deps, records, { redact: true })
    const before = await contentOf(db)
    expect(await importRecords(deps, records)).toMatchObject({
      threads: { new: 0, changed: 0, unchanged: 2 },
      posts: { new: 0, changed: 0, unchanged: 4 },
    })
    expect(await contentOf(db)).toEqual(before)
    expect(await createSourceStore(db, deps.clock).require('forum')).toMatchObject({ redact: true })
  })

  it('rewrites what was stored before, once it is switched on, and again when switched off', async () => {
    const { db } = await database()
    const deps = { ...importDeps(db), identifiers }
    await importRecords(deps, records)
    const asWritten = await contentOf(db)
    expect(JSON.stringify(asWritten)).toContain('jeanne@exemple.fr')
    expect(await importRecords(deps, records, { redact: true })).toMatchObject({ posts: { changed: 4 } })
    const redacted = JSON.stringify({ ...(await contentOf(db)), sources: [] })
    for (const secret of SECRETS) expect(redacted).not.toContain(secret)
    await importRecords(deps, records, { redact: false })
    expect(await contentOf(db)).toEqual(asWritten)
    const audited: { action: string }[] = await db.sql('audit_log').where({ action: 'source.changed' })
    expect(audited).toHaveLength(2)
  })

  it('finds new patterns in an export that it has seen', async () => {
    const { db } = await database()
    await importRecords(importDeps(db), records, { redact: true })
    expect(JSON.stringify(await contentOf(db))).toContain('CMD-123456')
    await importRecords({ ...importDeps(db), identifiers }, records)
    expect(JSON.stringify(await contentOf(db))).not.toContain('CMD-123456')
  })
})

describeEachDatabase('rejected records', (database) => {
  it('are reported and stored without the personal data that their reasons quote', async () => {
    const { db } = await database()
    const reported: Rejection[] = []
    const xml =
      '<posts><row Id="jeanne.martin@exemple.fr" PostTypeId="1" /><row Id="06 39 98 12 34 jeanne.martin@exemple.fr" PostTypeId="1"/></posts>'
    await importThreads(importDeps(db), {
      format: 'stack-exchange',
      paths: [fileOf(xml, 'xml')],
      source: 'se',
      actor: commandLine,
      onRejection: (rejection) => reported.push(rejection),
    })
    await importRecords(
      importDeps(db),
      [
        { type: 'jeanne@exemple.fr' } as unknown as SourceRecord,
        { ...thread('t9'), 'jeanne@exemple.fr': 1 } as unknown as SourceRecord,
        thread('jeanne@exemple.fr'),
        thread('jeanne@exemple.fr', { title: 'Another' }),
      ],
      { onRejection: (rejection) => reported.push(rejection) },
    )
    expect(reported.map(({ reason }) => reason)).toEqual([
      'Id "{e-mail}" is not an id',
      'Id "{phone} {e-mail}" is not an id',
      expect.stringContaining('type "{e-mail}" is not one of'),
      'unknown field "{e-mail}"',
      'thread "{e-mail}" appears earlier in this export with other content',
    ])
    expect(JSON.stringify(await db.sql('import_rejections'))).not.toContain('exemple.fr')
  })
})

describeEachDatabase('a source that redacts', (database) => {
  it('redacts the records of deliveries, too', async () => {
    const { db } = await database()
    const deps = { ...importDeps(db), identifiers }
    await importRecords(deps, records, { redact: true })
    const edited = question('q1', 't1', { body: 'Écrivez à karim@exemple.fr pour CMD-654321.' })
    const place = { file: 'delivery' }
    await applyRecords(deps, {
      source: 'forum',
      records: [{ outcome: 'record', record: edited, place }],
      delivery: 'd1',
    })
    const posts = await createThreadStore(db).postsOf(stableId('thr', 'forum', 't1'), 'internal')
    expect(posts[0]?.body).toBe('Écrivez à {e-mail} pour {order-number}.')
    expect(JSON.stringify(await db.sql('post_changes'))).not.toMatch(/karim@|CMD-6|jeanne@/)
  })

  it('keeps no history of what was there before it redacted', async () => {
    const { db } = await database()
    const deps = { ...importDeps(db), identifiers }
    const withoutLast = records.filter((record) => record.type !== 'post' || record.id !== 'c1')
    await importRecords(deps, records)
    await importRecords(deps, withoutLast, { redact: true, complete: true })
    const changes: { what: string; before: string }[] = await db.sql('post_changes')
    expect(changes.map(({ what, before }) => [what, before])).toEqual([
      ['deleted', 'Appelez le {phone}, merci.'],
    ])
  })
})
