import type { Get, ItemOf } from '../../api/types.ts'
import { ago } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { isOneOf } from '../threads/thread.ts'

type Item = ItemOf<Get<'/api/inbox'>>
/** A thread of the inbox, by its id as lists know rows. */
export type InboxRow = Item & { readonly id: string }
export type ShownInboxThread = Get<'/api/inbox/{id}'>
export type Counts = Get<'/api/inbox/counts'>
export type Step = ShownInboxThread['steps'][number]

const STEPS = ['taken', 'released', 'assigned', 'transferred', 'escalated', 'calmed'] as const

/** The path of a thread of the inbox in the API. */
export function inboxPath(id: string): string {
  return `/inbox/${encodeURIComponent(id)}`
}

/** The clock in words. @param now milliseconds since the epoch */
export function clockOf(
  { state, dueAt }: Pick<Item, 'state' | 'dueAt'>,
  now: number,
): { readonly kind?: 'warn' | 'bad'; readonly text: string } {
  if (state === 'waiting') return { text: t('inbox.paused') }
  if (dueAt === undefined) return { text: t('inbox.noLimit') }
  const left = Date.parse(dueAt) - now
  const when = ago(dueAt, now)
  if (left <= 0) return { kind: 'bad', text: t('inbox.overdueSince', { when }) }
  return { kind: left < SOON_MS ? 'warn' : undefined, text: t('inbox.due', { when }) }
}

const SOON_MS = 15 * 60_000

export function priorityName(priority: Item['priority']): string {
  return t(`inbox.priority-${priority}`)
}

/** What a colleague did, as a sentence without its subject. */
export function stepName({ what, from, to, assignee }: Step): string {
  if (!isOneOf(STEPS, what)) return what
  if (what === 'transferred') return t('inbox.step-transferred', { from: from ?? '', to: to ?? '' })
  if (what === 'assigned') return t('inbox.step-assigned', { name: assignee ?? '' })
  return t(`inbox.step-${what}`)
}
