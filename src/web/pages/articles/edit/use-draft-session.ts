import { effect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { call, Problem } from '../../../api/client.ts'
import { remember } from '../../../api/resource.ts'
import { latestEvent } from '../../../live/live.ts'
import { me } from '../../../sign-in/session.ts'
import type { Article } from '../article.ts'
import { openDraft } from './draft-session.ts'
import type { DraftSession, ServerDraft } from './draft-state.ts'
import { type LocalCopies, openLocalCopies } from './local-copies.ts'

export interface OpenDraft {
  readonly article: Article
  readonly session: DraftSession
}

/** Opens the draft of an article for as long as its page is shown. */
export function useDraftSession(id: string): {
  readonly opened: OpenDraft | undefined
  readonly problem: Problem | undefined
  retry(): void
} {
  const [opened, setOpened] = useState<OpenDraft>()
  const [problem, setProblem] = useState<Problem>()
  const [attempt, setAttempt] = useState(0)
  const userId = me.value?.id ?? ''

  useEffect(() => {
    let isShown = true
    let close = () => {}
    open(id, userId).then(
      (draft) => {
        if (!isShown) return draft.session.close()
        close = keepUp(id, draft.session)
        setOpened(draft)
      },
      (error) => {
        if (!(error instanceof Problem)) throw error
        if (isShown) setProblem(error)
      },
    )
    return () => {
      isShown = false
      close()
    }
  }, [id, userId, attempt])

  return {
    opened,
    problem,
    retry() {
      setProblem(undefined)
      setAttempt(attempt + 1)
    },
  }
}

const NO_COPIES: LocalCopies = {
  found: undefined,
  canKeep: false,
  keep: async () => {
    throw new Error('this browser keeps nothing')
  },
  forget() {},
  close() {},
}

async function open(id: string, userId: string): Promise<OpenDraft> {
  const [article, draft] = await Promise.all([
    call<Article>('GET', `/articles/${id}`),
    call<ServerDraft>('GET', `/articles/${id}/draft`),
  ])
  remember(`/articles/${id}`, article.data, article.etag)
  // A browser that stores nothing can still edit.
  const copies = await openLocalCopies(userId, id).catch(() => NO_COPIES)
  return { article: article.data, session: openDraft({ id, article: article.data }, draft, copies) }
}

/** Brings news of the draft, and saves when the network is back. @returns ends it, and the session */
function keepUp(id: string, session: DraftSession): () => void {
  const stopHearing = effect(() => {
    const event = latestEvent.value
    const isNews = event?.type === 'article.changed' || event?.type === 'article.draft-changed'
    if (!isNews || event.data.id !== id) return
    call<ServerDraft>('GET', `/articles/${id}/draft`).then(
      (answer) => session.hear(answer),
      () => {},
    )
  })
  const save = () => void session.save()
  // Asks before a window is closed that alone has the text.
  const holdBack = (event: BeforeUnloadEvent) => {
    const { unsavedSince, isKept } = session.state.value
    if (unsavedSince !== undefined && !isKept) event.preventDefault()
  }
  window.addEventListener('online', save)
  window.addEventListener('beforeunload', holdBack)
  return () => {
    stopHearing()
    window.removeEventListener('online', save)
    window.removeEventListener('beforeunload', holdBack)
    session.close()
  }
}
