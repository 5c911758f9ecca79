import type { Role } from '../access/actor.ts'
import type { Audience } from '../access/audience.ts'

const STAFF: readonly Role[] = ['agent', 'knowledge-manager', 'supervisor']

/**
 * Who hears of what, beside administrators: those who may read the thing itself. Happenings are stored and come again
 * after a reconnection; states are read when they change, and sent to whoever connects.
 */
export const LISTENERS = {
  'model.activated': STAFF,
  'model.trained': STAFF,
  'model.refused': STAFF,
  'conflict.opened': ['knowledge-manager', 'supervisor'],
  'article.changed': ['router', ...STAFF],
  'article.draft-changed': STAFF,
  'article.flagged': STAFF,
  'alert.raised': ['supervisor'],
  'import.progress': ['knowledge-manager', 'supervisor'],
  'inbox.changed': STAFF,
  'queue.changed': STAFF,
} as const satisfies Readonly<Record<string, readonly Role[]>>

export type LiveType = keyof typeof LISTENERS

/** Something that happened, of which open pages hear. */
export interface Happening {
  readonly type: Exclude<LiveType, 'import.progress' | 'queue.changed'>
  /** The article or conflict that it is about: who may see that may hear of it. */
  readonly subject?: string
  /** Who may hear of it; where there is a subject, the audience of that decides instead. */
  readonly audience: Audience
  readonly data: object
}

/** Those about an article: who may see that may hear of it. */
export const ARTICLE_TYPES: readonly LiveType[] = [
  'article.changed',
  'article.draft-changed',
  'article.flagged',
]

/** A happening under its number. */
export interface StoredHappening extends Happening {
  readonly seq: number
}

/** Whether someone with these roles hears of events of a type. */
export function hears(roles: readonly Role[], type: LiveType): boolean {
  const listeners: readonly Role[] = LISTENERS[type]
  return roles.some((role) => role === 'admin' || listeners.includes(role))
}

/** An event as the stream carries it. */
export function eventText(type: string, data: object, seq?: number): string {
  return `${seq === undefined ? '' : `id: ${seq}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`
}
