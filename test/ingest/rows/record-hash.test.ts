import fc from 'fast-check'
import { expect, it } from 'vitest'
import { recordHash } from '../../../src/ingest/rows/key-records.ts'
import type { PostRecord } from '../../../src/sources/record.ts'

/** Every field that the fingerprint is made of, body and all, in a form that no two posts share. */
function inJson({
  kind,
  threadId,
  parentId,
  authorId,
  format,
  body,
  createdAt,
  editedAt,
  score,
}: PostRecord) {
  return JSON.stringify([kind, threadId, parentId, authorId, format, body, createdAt, editedAt, score])
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

it('a fingerprint differs if any field of a post does', () => {
  fc.assert(
    fc.property(post, post, (one, other) => {
      fc.pre(!one.body.includes('\0') && !other.body.includes('\0'))
      const isSame = inJson(one) === inJson(other)
      expect(recordHash(one) === recordHash(other)).toBe(isSame)
      expect(recordHash(one, 'redacted')).not.toBe(recordHash(one))
    }),
  )
})
