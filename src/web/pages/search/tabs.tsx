import { Link } from 'wouter-preact'
import { t } from '../../messages/messages.ts'
import { hasRole } from '../../sign-in/session.ts'

/** The pages of search, in the order of their tabs. */
const TABS = ['gaps', 'queries', 'abandonment', 'synonyms', 'relevance'] as const
export type Tab = (typeof TABS)[number]

export function Tabs({ current }: { readonly current: Tab }) {
  const shown = TABS.filter((each) => each !== 'synonyms' || hasRole('knowledge-manager'))
  return (
    <nav class="tabs" aria-label={t('search.title')}>
      {shown.map((each) => (
        <Link key={each} href={`/${each}`} aria-current={each === current ? 'page' : undefined}>
          {each === 'relevance' ? t('relevance.title') : t(`search.tab-${each}`)}
        </Link>
      ))}
    </nav>
  )
}
