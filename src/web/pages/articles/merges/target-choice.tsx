import { useState } from 'preact/hooks'
import { useResource } from '../../../api/resource.ts'
import type { Get } from '../../../api/types.ts'
import { t } from '../../../messages/messages.ts'
import { TextField } from '../../../parts/field.tsx'
import { ProblemNote } from '../../../parts/states.tsx'
import { type Article, CONFIDENCES } from '../article.ts'
import { confidenceName } from '../names.ts'

const SHOWN = 8

/** The article to merge into: those that search finds by the title, or those with certain words. */
export function TargetChoice({
  article: { id, title, language },
  onChoose,
}: {
  readonly article: Article
  onChoose(into: string): void
}) {
  const [text, setText] = useState('')
  const typed = text.trim()
  const alike = useResource<Get<'/api/search'>>('/search', {
    query: { q: title, kind: 'article', language, limit: SHOWN + 1 },
    enabled: typed === '' && title.trim() !== '',
  })
  const named = useResource<Get<'/api/articles'>>('/articles', {
    query: { q: typed, language, limit: SHOWN + 2 },
    enabled: typed !== '',
    keepPrevious: true,
  })
  const found: readonly { readonly id: string; readonly title: string; readonly confidence?: string }[] =
    typed === '' ? (alike.data?.items ?? []) : (named.data?.items ?? [])
  const shown = found.filter((each) => each.id !== id && each.confidence !== 'archived').slice(0, SHOWN)
  const problem = typed === '' ? alike.problem : named.problem
  const isKnown = typed === '' ? !alike.isLoading : named.data !== undefined
  return (
    <div class="stack">
      <p class="muted">{t('merges.means')}</p>
      <TextField
        label={t('merges.search')}
        hint={t('merges.searchHint')}
        type="search"
        autofocus
        value={text}
        onInput={setText}
      />
      {problem !== undefined && <ProblemNote problem={problem} />}
      {shown.length > 0 && (
        <ul class="threads-found" aria-label={t('merges.found')}>
          {shown.map((each) => (
            <li key={each.id}>
              <button type="button" class="threads-choice" onClick={() => onChoose(each.id)}>
                <span class="clip" lang={language === 'und' ? undefined : language}>
                  {each.title || t('articles.untitled')}
                </span>
                {CONFIDENCES.filter((known) => known === each.confidence).map((confidence) => (
                  <span key={confidence} class="muted small">
                    {confidenceName(confidence)}
                  </span>
                ))}
              </button>
            </li>
          ))}
        </ul>
      )}
      {shown.length === 0 && isKnown && <p class="muted">{t('merges.none')}</p>}
    </div>
  )
}
