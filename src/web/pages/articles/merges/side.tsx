import { Link } from 'wouter-preact'
import { t } from '../../../messages/messages.ts'
import { AudienceBadge, ConfidenceBadge } from '../badges.tsx'
import type { Preview } from './merge.ts'

/** One of the two articles of a merge. */
export function Side({
  heading,
  article: { id, title, language, confidence, audience },
}: {
  readonly heading: string
  readonly article: Preview['into']
}) {
  return (
    <section class="stack stack-tight">
      <h2>{heading}</h2>
      <p>
        <Link href={`/${id}`} lang={language === 'und' ? undefined : language}>
          {title || t('articles.untitled')}
        </Link>
      </p>
      <p class="row">
        <ConfidenceBadge confidence={confidence} />
        <AudienceBadge audience={audience} />
      </p>
    </section>
  )
}
