import { Link } from 'wouter-preact'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh } from '../../../api/resource.ts'
import { day } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Note, ProblemNote } from '../../../parts/states.tsx'
import type { Article } from '../article.ts'

/** What an article became part of, by whom and why, and how to undo that. */
export function MergedNote({ article: { id, mergedInto, may } }: { readonly article: Article }) {
  const undo = useAction(async () => {
    await call('DELETE', `/articles/${id}/merge`)
    refresh('/articles')
  })
  if (mergedInto === undefined) return null
  const { title, by, at, reason } = mergedInto
  return (
    <div class="stack stack-tight">
      <div class="row">
        <Note>
          {t('merges.mergedInto')} <Link href={`/${mergedInto.id}`}>{title || t('articles.untitled')}</Link>{' '}
          <span class="muted small">
            {by.name}, {day(at)}. {reason}
          </span>
        </Note>
        {may?.archive && (
          <Button icon="rotate-ccw" isDisabled={undo.isRunning} onClick={() => void undo.run()}>
            {t('merges.undo')}
          </Button>
        )}
      </div>
      {undo.problem !== undefined && <ProblemNote problem={undo.problem} />}
    </div>
  )
}
