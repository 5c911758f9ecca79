import { call } from '../../api/client.ts'
import { refresh } from '../../api/resource.ts'
import { t } from '../../messages/messages.ts'
import { attempt, keepChange } from '../threads/changes.ts'
import { nameOf } from '../threads/thread.ts'
import { type InboxRow, inboxPath } from './inbox.ts'

/** What can be done with threads of the inbox. */
export type Work =
  | { readonly act: 'take'; readonly takeOver?: boolean }
  | { readonly act: 'release' }
  | { readonly act: 'assign'; readonly to: string; readonly name: string }
  | { readonly act: 'transfer'; readonly queue: string; readonly note: string | undefined }
  | { readonly act: 'escalate'; readonly note: string }
  | { readonly act: 'calm' }

type Target = Pick<InboxRow, 'id' | 'title' | 'queue' | 'assignee' | 'escalation'>

/** Does something with threads, one after the other, until one is refused; what was done can be undone. */
export async function work(targets: readonly Target[], wanted: Work): Promise<void> {
  for (const target of targets) if (!(await workOn(target, wanted))) break
  refresh('/inbox')
}

async function workOn(target: Target, wanted: Work): Promise<boolean> {
  const done = await attempt(() => send(target.id, wanted))
  if (!done) return false
  refresh(`/threads/${encodeURIComponent(target.id)}/answering`)
  keepChange(t(`inbox.did-${wanted.act}`, { title: nameOf(target), ...namesIn(wanted) }), async () => {
    await undo(target, wanted)
    refresh('/inbox', `/threads/${encodeURIComponent(target.id)}/answering`)
  })
  return true
}

function send(id: string, wanted: Work): Promise<unknown> {
  const path = inboxPath(id)
  switch (wanted.act) {
    case 'take':
      return call('POST', `${path}/take`, { body: { takeOver: wanted.takeOver } })
    case 'release':
      return call('POST', `${path}/release`, { body: {} })
    case 'assign':
      return call('POST', `${path}/assign`, { body: { to: wanted.to } })
    case 'transfer':
      return call('POST', `${path}/transfer`, { body: { queue: wanted.queue, note: wanted.note } })
    case 'escalate':
      return call('POST', `${path}/escalation`, { body: { note: wanted.note } })
    case 'calm':
      return call('DELETE', `${path}/escalation`)
  }
}

/** Puts back how it was: the queue, who had it, why it was escalated. */
async function undo({ id, queue, assignee, escalation }: Target, { act }: Work): Promise<void> {
  const path = inboxPath(id)
  if (act === 'escalate' && escalation === undefined) await call('DELETE', `${path}/escalation`)
  if ((act === 'escalate' || act === 'calm') && escalation !== undefined)
    await call('POST', `${path}/escalation`, { body: { note: escalation.note } })
  if (act === 'escalate' || act === 'calm') return
  // Whoever was given it may have it by now.
  const takeOver = act === 'assign'
  if (act === 'transfer') await call('POST', `${path}/transfer`, { body: { queue } })
  if (assignee !== undefined) await call('POST', `${path}/assign`, { body: { to: assignee.id, takeOver } })
  else if (act !== 'transfer') await call('POST', `${path}/release`, { body: { takeOver } })
}

function namesIn(wanted: Work): { readonly name: string; readonly queue: string } {
  return {
    name: wanted.act === 'assign' ? wanted.name : '',
    queue: wanted.act === 'transfer' ? wanted.queue : '',
  }
}

/** Merges a duplicate into the thread that stays. @throws Problem */
export async function mergeInto(id: string, into: string): Promise<void> {
  await call('POST', `${inboxPath(id)}/merge`, { body: { into } })
}
