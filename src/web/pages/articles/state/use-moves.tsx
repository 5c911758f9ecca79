import { useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh, remember } from '../../../api/resource.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Note, ProblemNote } from '../../../parts/states.tsx'
import { type Article, type Confidence, versionOf } from '../article.ts'
import { confidenceName } from '../names.ts'

export interface Moves {
  readonly isRunning: boolean
  /** What was done, with its undo, or why it was refused. */
  readonly note: preact.ComponentChild
  move(confidence: Confidence): void
}

/** Moves an article from one confidence to another at once, and back as it was. */
export function useMoves(article: Article): Moves {
  const { id, confidence } = article
  const [before, setBefore] = useState<Article>()
  const path = `/articles/${id}`
  const change = async (body: object) => {
    const { data, etag } = await call<Article>('PUT', `${path}/state`, { body, ifMatch: versionOf(article) })
    remember(path, data, etag)
    refresh('/articles')
  }
  const move = useAction(async (to: Confidence) => {
    await change({ confidence: to })
    setBefore(article)
  })
  const undo = useAction(async () => {
    // It was seen by these readers before: what there was to confirm was confirmed then.
    await change({
      confidence: before?.confidence,
      audience: before?.audience,
      confirmWiderAudience: true,
    })
    setBefore(undefined)
  })
  const problem = move.problem ?? undo.problem
  const isArchived = confidence === 'archived'
  return {
    isRunning: move.isRunning || undo.isRunning,
    move: (to) => void move.run(to),
    note: (
      <div aria-live="polite">
        {problem !== undefined && <ProblemNote problem={problem} />}
        {(isArchived || before !== undefined) && (
          <div class="row">
            <Note>
              {isArchived
                ? t('articles.isArchived')
                : t('articles.moved', { state: confidenceName(confidence) })}
            </Note>
            {before !== undefined && (
              <Button icon="rotate-ccw" isDisabled={undo.isRunning} onClick={() => void undo.run()}>
                {t('parts.undo')}
              </Button>
            )}
          </div>
        )}
      </div>
    ),
  }
}
