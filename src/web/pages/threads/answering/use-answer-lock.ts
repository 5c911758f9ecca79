import { useEffect, useRef, useState } from 'preact/hooks'
import { call, Problem } from '../../../api/client.ts'
import type { Get } from '../../../api/types.ts'
import { pathOf } from '../thread.ts'

type Answering = Get<'/api/threads/{id}/answering'>

interface Lock {
  readonly holder: { readonly id: string; readonly name: string }
  readonly own: boolean
}

/** The lock holds for two minutes after the last key; it is renewed twice as often. */
const RENEW_MS = 60_000

/** Says that a person is writing an answer, and who else is. */
export function useAnswerLock(threadId: string, known: Answering['lockedBy']) {
  const [heldBy, setHeldBy] = useState(known?.name)
  const renewedAt = useRef(0)
  const path = `${pathOf(threadId)}/answering`
  useEffect(() => setHeldBy(known?.name), [known?.name])

  async function take(takeOver: boolean): Promise<void> {
    renewedAt.current = Date.now()
    try {
      const { data } = await call<Lock>('PUT', path, { body: { takeOver } })
      setHeldBy(data.own ? undefined : data.holder.name)
    } catch (error) {
      // Without the lock an answer can still be written: the server decides when it is sent.
      if (!(error instanceof Problem)) throw error
    }
  }

  function release(): void {
    if (renewedAt.current === 0) return
    renewedAt.current = 0
    void call('DELETE', path, { outlivesPage: true }).catch(() => undefined)
  }

  // The draft is kept in this browser; a colleague need not wait for it.
  useEffect(() => release, [threadId])

  return {
    heldBy,
    renew() {
      if (Date.now() - renewedAt.current > RENEW_MS) void take(false)
    },
    takeOver: () => void take(true),
    release,
  }
}
