import { useLocation } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { refresh } from '../../api/resource.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { ProblemNote } from '../../parts/states.tsx'
import { mayWriteArticles } from '../../sign-in/session.ts'
import type { Article } from './article.ts'

/** Makes a thread an article, or finds the one that it became, and opens its draft. */
export function usePromotion(threadId: string) {
  const [, go] = useLocation()
  return useAction(async () => {
    const { data } = await call<Article>('POST', `/threads/${threadId}/promote`)
    refresh('/articles', `/threads/${threadId}`)
    go(`~/app/articles/${data.id}/edit`)
  })
}

/** For whoever may promote; nothing for others. */
export function PromoteButton({
  threadId,
  kind,
  keys,
}: {
  readonly threadId: string
  readonly kind?: 'primary'
  readonly keys?: string
}) {
  const promotion = usePromotion(threadId)
  if (!mayWriteArticles()) return null
  return (
    <>
      <Button
        kind={kind}
        icon="file-text"
        keys={keys}
        isDisabled={promotion.isRunning}
        onClick={() => void promotion.run()}
      >
        {t('articles.promote')}
      </Button>
      {promotion.problem !== undefined && <ProblemNote problem={promotion.problem} />}
    </>
  )
}
