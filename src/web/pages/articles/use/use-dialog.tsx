import { useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh } from '../../../api/resource.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { TextField } from '../../../parts/field.tsx'
import { ProblemNote } from '../../../parts/states.tsx'
import type { Use } from './use.ts'

/** Asks what an article was used to answer; the link is copied already, so that leaving it empty loses nothing. */
export function UseDialog({
  articleId,
  link,
  isCopied,
  onCounted,
  onClose,
}: {
  readonly articleId: string
  readonly link: string
  readonly isCopied: boolean
  onCounted(use: Use): void
  onClose(): void
}) {
  const [reference, setReference] = useState('')
  const count = useAction(async (named: string) => {
    const body = { kind: kindOf(named), reference: named }
    const { data } = await call<Use>('POST', `/articles/${articleId}/uses`, { body })
    refresh(`/articles/${articleId}`)
    onCounted(data)
    onClose()
  })
  return (
    <Dialog title={t('articles.copyAndCount')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          const named = reference.trim()
          if (named === '') onClose()
          else if (!count.isRunning) void count.run(named)
        }}
      >
        <p>
          {t(isCopied ? 'articles.linkCopied' : 'articles.linkNotCopied')} <code class="small">{link}</code>
        </p>
        <TextField
          label={t('articles.usedFor')}
          hint={t('articles.usedForHint')}
          value={reference}
          maxLength={200}
          autofocus
          onInput={setReference}
        />
        {count.problem !== undefined && <ProblemNote problem={count.problem} />}
        <div class="row">
          <Button kind="primary" type="submit" isDisabled={count.isRunning}>
            {t('articles.countUse')}
          </Button>
          <Button onClick={onClose}>{t('articles.copyOnly')}</Button>
        </div>
      </form>
    </Dialog>
  )
}

/** One field is enough: threads have ids of their own, answers have addresses, and the rest are cases. */
function kindOf(reference: string): 'thread' | 'answer' | 'case' {
  if (/^thr_\w+$/.test(reference)) return 'thread'
  return /^https?:\/\//i.test(reference) ? 'answer' : 'case'
}
