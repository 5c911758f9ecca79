import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { stableId } from '../../src/platform/ids.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { eventually } from '../support/eventually.ts'
import { keyOf } from '../support/keys.ts'
import { SERVED } from '../support/prepared.ts'
import { runCommand, runJson, startService } from '../support/service.ts'

const records = [
  { type: 'member', id: 'm', name: 'Ana' },
  {
    type: 'thread',
    id: 'sad',
    title: 'My father has died',
    createdAt: '2025-06-01T10:00:00Z',
    labels: { sensitivity: 'sensitive' },
  },
  {
    type: 'post',
    kind: 'question',
    id: 'q',
    threadId: 'sad',
    authorId: 'm',
    body: 'How do I end his line?',
    createdAt: '2025-06-01T10:00:00Z',
  },
  {
    type: 'post',
    kind: 'answer',
    id: 'a',
    threadId: 'sad',
    authorId: 'm',
    body: 'Send the certificate.',
    createdAt: '2025-06-02T10:00:00Z',
  },
  { type: 'acceptance', threadId: 'sad', postIds: ['a'] },
]

interface Listed {
  readonly protections: readonly { readonly threadId: string; readonly state: string }[]
}

describeEachDatabase.rarely('protected threads, from the command line and over HTTP', (database) => {
  it('are locked by a label, asked for by one person, and released by another', async () => {
    const address = await database([SERVED])
    const file = join(address.home, 'forum.ndjson')
    writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''))
    await runJson(address, ['import', 'ndjson', file, '--source', 'forum', '--audience', 'public'])
    await runJson(address, ['facets', 'change-label', 'sensitivity', 'sensitive', '--protect-from', '0.5'])
    const thread = stableId('thr', 'forum', 'sad')
    const manager = (await keyOf(address, 'knowledge-manager')).token
    const service = await startService(address)
    try {
      const states = async () =>
        (await runJson<Listed>(address, ['protections', 'list'])).protections.map(({ state }) => state)
      expect(await eventually(states, ([state]) => state === 'locked')).toEqual(['locked'])
      const search = async () =>
        (await service.call<{ items: { id: string }[] }>('/api/search?q=father+died')).body.items
      expect(await eventually(search, (hits) => hits.length === 0)).toEqual([])
      const promote = () =>
        service.call<{ code?: string }>(`/api/threads/${thread}/promote`, { key: manager, method: 'POST' })
      expect(await promote()).toMatchObject({ status: 409, body: { code: 'THREAD_PROTECTED' } })

      await runJson(address, ['protections', 'request', thread, '--reason', 'The family agreed'])
      const own = await runCommand(address, ['protections', 'confirm', thread, '--json'])
      expect(own.code).toBe(1)
      expect(own.stdout).toContain('RELEASE_SAME_PERSON')
      expect((await promote()).status).toBe(409)

      const confirmed = await service.call(`/api/threads/${thread}/release/confirm`, {
        key: manager,
        method: 'POST',
      })
      expect(confirmed).toMatchObject({ status: 200, body: { state: 'released' } })
      expect(await eventually(search, (hits) => hits.length === 1)).toMatchObject([{ id: thread }])
      expect((await promote()).status).toBe(201)

      await runJson(address, ['protections', 'withdraw', thread])
      expect(await states()).toEqual(['locked'])
      expect(await eventually(search, (hits) => hits.length === 0)).toEqual([])
    } finally {
      await service.stop()
    }
  })
})
