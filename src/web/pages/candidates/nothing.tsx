import { useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Empty } from '../../parts/states.tsx'
import { hasRole } from '../../sign-in/session.ts'
import type { FilterState } from './filters.ts'

/** Why the list is empty, and what to do. */
export function Nothing({ state }: { readonly state: FilterState }) {
  const { isNarrowed } = state
  const threads = useResource<Get<'/api/threads/counts'>>('/threads/counts', {
    query: { status: 'resolved' },
    enabled: !isNarrowed,
  })
  if (isNarrowed)
    return (
      <Empty title={t('candidates.nothingFits')}>
        <p>{t('candidates.nothingFitsHint')}</p>
        <Button onClick={state.clear}>{t('threads.clear')}</Button>
      </Empty>
    )
  const resolved = threads.data?.total
  if (resolved === 0)
    return (
      <Empty title={t('candidates.noThreads')}>
        <p>{t('candidates.noThreadsHint')}</p>
        {hasRole('supervisor', 'knowledge-manager') && (
          <ButtonLink kind="primary" href="~/app/sources">
            {t('threads.toSources')}
          </ButtonLink>
        )}
      </Empty>
    )
  return (
    <Empty title={t('candidates.none')}>
      {resolved !== undefined && (
        <p>{t('candidates.noneHint', { count: resolved, shown: number(resolved) })}</p>
      )}
      <p>{t('candidates.noneNext')}</p>
      <ButtonLink href="~/app/articles">{t('candidates.toArticles')}</ButtonLink>
    </Empty>
  )
}
