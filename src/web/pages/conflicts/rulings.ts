import { signal } from '@preact/signals'
import { call, Problem } from '../../api/client.ts'
import { newKey } from '../../api/new-key.ts'
import { refresh } from '../../api/resource.ts'
import type { Post } from '../../api/types.ts'
import { keepText } from '../../parts/kept-text.ts'
import type { Conflict } from './conflict.ts'

export interface RulingInput {
  readonly label: string
  readonly guideline?: string
}

/** A ruling that was made here, and what the server says of it; the page goes on meanwhile. */
export interface Ruled {
  /** Its Idempotency-Key: however often it is sent, it counts once. */
  readonly key: string
  readonly conflict: Conflict
  readonly input: RulingInput
  /** Of the annotation that the server made. */
  readonly rulingId?: string
  readonly isBusy: boolean
  readonly isUndone: boolean
  readonly problem?: Problem
}

/** How soon the server is asked again when it does not answer. */
const AGAIN_MS = 2_000

/** What was ruled since the page was opened, the latest first, until it is closed. */
export const rulings = signal<readonly Ruled[]>([])

/** What is written of a ruling is kept under this name until the server has the ruling. */
export function draftNameOf(conflictId: string): string {
  return `ruling ${conflictId}`
}

/** Sends a ruling in the background, again and again while the server is away. */
export function rule(conflict: Conflict, input: RulingInput): void {
  const made: Ruled = { key: newKey(), conflict, input, isBusy: false, isUndone: false }
  rulings.value = [made, ...rulings.value.filter((each) => each.conflict.id !== conflict.id)]
  void sendRuling(made)
}

export async function sendRuling({ key, conflict, input }: Ruled): Promise<void> {
  await attempt(key, async () => {
    const path = `/conflicts/${encodeURIComponent(conflict.id)}/ruling`
    const { data } = await call<Post<'/api/conflicts/{id}/ruling'>>('POST', path, {
      body: input,
      idempotencyKey: key,
    })
    change(key, { rulingId: data.ruling.id })
    keepText(draftNameOf(conflict.id), '')
    refresh('/conflicts', `/threads/${conflict.threadId}`, '/facets')
  })
  const { problem } = rulings.value.find((each) => each.key === key) ?? {}
  if (problem?.isPassing) setTimeout(() => resend(key), AGAIN_MS)
}

function resend(key: string): void {
  const waiting = rulings.value.find((each) => each.key === key)
  if (waiting !== undefined && waiting.rulingId === undefined && !waiting.isBusy) void sendRuling(waiting)
}

export async function undoRuling({ key, rulingId, conflict }: Ruled): Promise<void> {
  if (rulingId === undefined) return
  await attempt(key, async () => {
    await call('DELETE', `/annotations/${encodeURIComponent(rulingId)}`)
    change(key, { isUndone: true })
    refresh('/conflicts', `/threads/${conflict.threadId}`)
  })
}

/** Shows a ruling no more. */
export function closeRuling({ key }: Ruled): void {
  rulings.value = rulings.value.filter((each) => each.key !== key)
}

async function attempt(key: string, act: () => Promise<void>): Promise<void> {
  change(key, { isBusy: true })
  try {
    await act()
    change(key, { problem: undefined })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    change(key, { problem: error })
  } finally {
    change(key, { isBusy: false })
  }
}

function change(key: string, changes: Partial<Ruled>): void {
  rulings.value = rulings.value.map((each) => (each.key === key ? { ...each, ...changes } : each))
}
