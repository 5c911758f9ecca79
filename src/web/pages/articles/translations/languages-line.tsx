import { useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh } from '../../../api/resource.ts'
import { ago } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button, ButtonLink } from '../../../parts/button.tsx'
import { Badge, ProblemNote } from '../../../parts/states.tsx'
import { type Article, LANGUAGES } from '../article.ts'
import { languageName } from '../names.ts'
import { LinkDialog } from './link-dialog.tsx'
import { langOf } from './translation.ts'

/** An article in other languages, and what somebody does to have it in one more. */
export function LanguagesLine({ article }: { readonly article: Article }) {
  const { id, language, translations, translation, may, confidence } = article
  const [isLinking, setLinking] = useState(false)
  const [, go] = useLocation()
  const begin = useAction(async (into: string) => {
    const { data } = await call<Article>('POST', `/articles/${id}/translations`, { body: { language: into } })
    refresh('/articles', '/translations')
    go(`/${data.id}/translation`)
  })
  const unlink = useAction(async () => {
    await call('DELETE', `/articles/${id}/translation`)
    refresh('/articles', '/translations')
  })
  const known = [language, ...translations.map((each) => each.language)]
  const isOpen = may !== undefined && confidence !== 'archived' && language !== 'und'
  const problem = begin.problem ?? unlink.problem
  return (
    <section class="stack stack-tight" aria-label={t('translations.inOtherLanguages')}>
      <div class="row">
        {translations.map((each) => (
          <span key={each.id} class="row">
            <Link href={`/${each.id}`} lang={langOf(each.language)} title={each.title}>
              {languageName(each.language)}
            </Link>
            {each.original ? (
              <span class="muted small">{t('translations.original')}</span>
            ) : (
              translation === undefined &&
              may?.edit && (
                <Link class="small" href={`/${each.id}/translation`}>
                  {t('translations.sideBySide')}
                </Link>
              )
            )}
            {each.staleSince !== undefined && (
              <Badge kind="warn">
                {t('translations.staleAgo', { ago: ago(each.staleSince, Date.now()) })}
              </Badge>
            )}
          </span>
        ))}
        {translation?.staleSince !== undefined && (
          <Badge kind="warn">
            {t('translations.staleAgo', { ago: ago(translation.staleSince, Date.now()) })}
          </Badge>
        )}
        {translation !== undefined && may?.edit && (
          <>
            <ButtonLink href={`/${id}/translation`}>{t('translations.sideBySide')}</ButtonLink>
            <Button kind="quiet" isDisabled={unlink.isRunning} onClick={() => void unlink.run()}>
              {t('translations.unlink')}
            </Button>
          </>
        )}
        {isOpen &&
          LANGUAGES.filter((each) => !known.includes(each)).map((each) => (
            <Button key={each} kind="quiet" isDisabled={begin.isRunning} onClick={() => void begin.run(each)}>
              {t('translations.translateInto', { language: languageName(each) })}
            </Button>
          ))}
        {isOpen && may.edit && translations.length === 0 && (
          <Button kind="quiet" onClick={() => setLinking(true)}>
            {t('translations.linkDialog')}
          </Button>
        )}
      </div>
      {problem !== undefined && <ProblemNote problem={problem} />}
      {isLinking && <LinkDialog article={article} onClose={() => setLinking(false)} />}
    </section>
  )
}
