import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useAction } from '../../../api/action.ts'
import { number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { ProblemNote } from '../../../parts/states.tsx'
import { mayWriteArticles } from '../../../sign-in/session.ts'
import { happened, type Promoted, promoteThreads, type Target } from '../changes.ts'

export interface Promotions {
  readonly result: Promoted | undefined
  readonly isRunning: boolean
  readonly problem: ReturnType<typeof useAction>['problem']
  run(targets: readonly Target[]): void
}

/** Promoting threads together, for whoever may. */
export function usePromotions(): Promotions {
  const [result, setResult] = useState<Promoted>()
  const action = useAction(async (targets: readonly Target[]) => {
    const promoted = await promoteThreads(targets)
    setResult(promoted)
    happened.value = promotedSentence(promoted)
  })
  return {
    result,
    isRunning: action.isRunning,
    problem: action.problem,
    run: (targets) => void action.run(targets),
  }
}

function promotedSentence({ created, before, refused }: Promoted): string {
  return [
    t('threads.promoted', { count: created, shown: number(created) }),
    ...(before === 0 ? [] : [t('threads.promotedBefore', { count: before, shown: number(before) })]),
    ...(refused.length === 0
      ? []
      : [t('threads.promotionsRefused', { count: refused.length, shown: number(refused.length) })]),
  ].join(' ')
}

/** What can be done to the chosen threads. */
export function BulkBar({
  count,
  promotions,
  onLabel,
  onPromote,
  onClear,
}: {
  readonly count: number
  readonly promotions: Promotions
  onLabel(): void
  onPromote(): void
  onClear(): void
}) {
  const { result, problem } = promotions
  if (count === 0 && result === undefined && problem === undefined) return null
  return (
    <section class="threads-bulk stack stack-tight" aria-label={t('threads.bulk')}>
      {count > 0 && (
        <div class="row">
          <strong>{t('threads.chosen', { count, shown: number(count) })}</strong>
          <Button keys="." onClick={onLabel}>
            {t('threads.label')}
          </Button>
          {mayWriteArticles() && (
            <Button icon="file-text" isDisabled={promotions.isRunning} onClick={onPromote}>
              {t('threads.promote')}
            </Button>
          )}
          <Button kind="quiet" keys="Escape" onClick={onClear}>
            {t('threads.chooseNone')}
          </Button>
        </div>
      )}
      {problem !== undefined && <ProblemNote problem={problem} />}
      {result !== undefined && (
        <div class="row">
          <span>{promotedSentence(result)}</span>
          <Link href="~/app/articles?sort=created">{t('threads.toDrafts')}</Link>
        </div>
      )}
      {result !== undefined && result.refused.length > 0 && (
        <ul class="small">
          {result.refused.map(({ threadId, code }) => (
            <li key={threadId}>
              <Link href={`/${threadId}`}>{threadId}</Link> {refusalName(code)}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function refusalName(code: string): string {
  switch (code) {
    case 'THREAD_PROTECTED':
      return t('threads.refused-protected')
    case 'THREAD_MERGED':
      return t('threads.refused-merged')
    case 'ARTICLE_FORBIDDEN':
      return t('threads.refused-forbidden')
    default:
      return code
  }
}
