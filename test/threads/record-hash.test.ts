import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { PostRecord } from '../../src/sources/index.ts'
import { recordHash } from '../../src/threads/ingest/record-hash.ts'
import { createSourceStore } from '../../src/threads/source-store.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { importDeps, importRecords, question, thread } from './support.ts'

const plain = { plainHashes: true }

/** As it was written into databases before bodies were taken as they are. */
function asBefore(post: PostRecord): string {
  const { kind, threadId, parentId, authorId, format, body, createdAt, editedAt, score } = post
  const fields = [kind, threadId, parentId, authorId, format, body, createdAt, editedAt, score]
  const digest = createHash('sha256').update(JSON.stringify(fields)).digest()
  return digest.subarray(0, 16).toString('base64url')
}

const post: fc.Arbitrary<PostRecord> = fc.record(
  {
    type: fc.constant('post' as const),
    id: fc.constant('p'),
    kind: fc.constantFrom('question' as const, 'answer' as const),
    threadId: fc.constantFrom('t', 'u'),
    authorId: fc.constantFrom('', 'm'),
    body: fc.oneof(fc.constantFrom('', '"', ']', '["question"]', 'été'), fc.string({ maxLength: 5 })),
    format: fc.constantFrom('html' as const, 'markdown' as const),
    createdAt: fc.constant('2024-01-01T00:00:00.000Z'),
    score: fc.constantFrom(0, 1),
  },
  { requiredKeys: ['type', 'id', 'kind', 'body', 'format', 'createdAt'] },
)

it('a fingerprint tells posts apart by any of their fields, in the old form and the new', () => {
  fc.assert(
    fc.property(post, post, (one, other) => {
      fc.pre(!one.body.includes('\0') && !other.body.includes('\0'))
      const isSame = asBefore(one) === asBefore(other)
      expect(recordHash(one, plain) === recordHash(other, plain)).toBe(isSame)
      expect(recordHash(one, plain, 'redacted')).not.toBe(recordHash(one, plain))
      expect(recordHash(one, { plainHashes: false })).toBe(asBefore(one))
    }),
  )
})

describeEachDatabase(
  'fingerprints of a source that was there before bodies were taken as they are',
  (database) => {
    it('stay what they are, so that its next import finds everything unchanged', async () => {
      const { db } = await database()
      const deps = importDeps(db)
      const asked = question('641', '640', { body: 'Où est « ma » facture ?' }) as PostRecord
      await importRecords(deps, [thread('640'), asked])
      const { id } = await createSourceStore(db, deps.clock).require('forum')
      await db.sql('sources').where({ id }).update({ plain_hashes: false })
      await db.sql('posts').update({ record_hash: asBefore(asked) })
      const again = await importRecords(deps, [thread('640'), asked])
      expect(again.posts).toMatchObject({ new: 0, changed: 0, unchanged: 1 })
      await importRecords(deps, [thread('640'), { ...asked, body: 'Où est la facture ?' }])
      expect(await db.sql('posts').pluck('record_hash')).toEqual([
        asBefore({ ...asked, body: 'Où est la facture ?' }),
      ])
    })
  },
)
