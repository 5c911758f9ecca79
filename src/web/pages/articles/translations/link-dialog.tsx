import { useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh, useResource } from '../../../api/resource.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { TextField } from '../../../parts/field.tsx'
import { Loaded, ProblemNote } from '../../../parts/states.tsx'
import type { Article, ArticleItem } from '../article.ts'
import { languageName } from '../names.ts'
import { langOf } from './translation.ts'

/** Finds the article that this one is a translation of. */
export function LinkDialog({
  article: { id, language },
  onClose,
}: {
  readonly article: Article
  onClose(): void
}) {
  const [q, setQuery] = useState('')
  const [chosen, choose] = useState<string>()
  const found = useResource<{ readonly items: readonly ArticleItem[] }>('/articles', {
    query: { q: q.trim() === '' ? undefined : q, limit: 20 },
    keepPrevious: true,
  })
  const link = useAction(async () => {
    await call('PUT', `/articles/${id}/translation`, { body: { originalId: chosen } })
    refresh('/articles', '/translations')
    onClose()
  })
  return (
    <Dialog title={t('translations.linkTitle')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen !== undefined) void link.run()
        }}
      >
        <TextField label={t('articles.words')} type="search" value={q} onInput={setQuery} />
        <Loaded resource={found}>
          {({ items }) => {
            const others = items.filter((each) => each.id !== id && each.language !== language)
            return (
              <fieldset class="stack stack-tight" aria-live="polite">
                <legend>{t('translations.original')}</legend>
                {others.length === 0 && <p class="muted">{t('translations.nothingToLink')}</p>}
                {others.slice(0, 8).map((each) => (
                  <label key={each.id} class="check">
                    <input
                      type="radio"
                      name="original"
                      checked={each.id === chosen}
                      onChange={() => choose(each.id)}
                    />
                    <span>
                      <span lang={langOf(each.language)}>{each.title || t('articles.untitled')}</span>{' '}
                      <span class="muted small">{languageName(each.language)}</span>
                    </span>
                  </label>
                ))}
              </fieldset>
            )
          }}
        </Loaded>
        {link.problem !== undefined && <ProblemNote problem={link.problem} />}
        <div class="row">
          <Button kind="primary" type="submit" isDisabled={chosen === undefined || link.isRunning}>
            {t('translations.link')}
          </Button>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
