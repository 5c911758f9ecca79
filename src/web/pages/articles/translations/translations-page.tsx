import { useRef } from 'preact/hooks'
import { Link, useLocation, useSearchParams } from 'wouter-preact'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { useEndless } from '../../../api/endless.ts'
import { refresh } from '../../../api/resource.ts'
import { useCommands } from '../../../keys/commands.ts'
import { day, number } from '../../../messages/format.ts'
import { currentLanguage, t } from '../../../messages/messages.ts'
import { Button, ButtonLink } from '../../../parts/button.tsx'
import { SelectField } from '../../../parts/field.tsx'
import { Page } from '../../../parts/page.tsx'
import { Empty, ProblemNote } from '../../../parts/states.tsx'
import { type Column, PagedTable } from '../../../parts/table.tsx'
import { type Article, LANGUAGES } from '../article.ts'
import { useWayBack } from '../filters.ts'
import { useListKeys } from '../list-keys.ts'
import { languageName } from '../names.ts'
import { type ListedTranslation, langOf } from './translation.ts'

/** Missing and stale translations, the most wanted first; which ones stands in the address. */
export function TranslationsPage() {
  const [search, setSearch] = useSearchParams()
  const [, go] = useLocation()
  const state = search.get('state') === 'stale' ? 'stale' : 'missing'
  const chosen = search.get('language') ?? ''
  // Something is missing in a language: in that of the page unless another is asked for.
  const language = chosen !== '' ? chosen : state === 'missing' ? currentLanguage() : undefined
  const translations = useEndless<ListedTranslation>('/translations', { state, language, limit: 50 })
  const list = useRef<HTMLDivElement>(null)
  const filters = useRef<HTMLDivElement>(null)
  const back = useWayBack()
  const begin = useAction(async (item: ListedTranslation) => {
    const { data } = await call<Article>('POST', `/articles/${item.original.id}/translations`, {
      body: { language: item.language },
    })
    refresh('/translations', '/articles')
    go(`/${data.id}/translation`)
  })
  useListKeys({ list, filter: () => filters.current?.querySelector('select')?.focus() })
  useCommands(t('articles.list'), [{ id: 'reports-back', label: t('articles.back'), keys: ['u'], run: back }])
  const languages: readonly string[] = LANGUAGES
  const choices = [
    ...(state === 'stale' ? [{ value: '', label: t('parts.all') }] : []),
    ...(language === undefined || languages.includes(language) ? languages : [...languages, language]).map(
      (value) => ({
        value,
        label: languageName(value),
      }),
    ),
  ]
  return (
    <Page title={t('translations.title')} actions={<ButtonLink href="/">{t('articles.title')}</ButtonLink>}>
      <nav class="tabs" aria-label={t('translations.title')}>
        {(['missing', 'stale'] as const).map((each) => (
          <Link
            key={each}
            href={`/translations?state=${each}${chosen === '' ? '' : `&language=${chosen}`}`}
            aria-current={each === state ? 'page' : undefined}
          >
            {t(`translations.list-${each}`)}
          </Link>
        ))}
      </nav>
      <div ref={filters} class="articles-filters">
        <SelectField
          label={t('translations.language')}
          value={language ?? ''}
          choices={choices}
          onChoose={(value) =>
            setSearch(
              (before) => {
                if (value === '') before.delete('language')
                else before.set('language', value)
                return before
              },
              { replace: true },
            )
          }
        />
      </div>
      {begin.problem !== undefined && <ProblemNote problem={begin.problem} />}
      <div ref={list}>
        <PagedTable
          caption={t(`translations.list-${state}`)}
          pages={translations}
          columns={columnsFor(state, begin.isRunning, (item) => void begin.run(item))}
          keyOf={({ original, translation }) => translation?.id ?? original.id}
          empty={<Empty title={t(`translations.none-${state}`)} />}
        />
      </div>
    </Page>
  )
}

function columnsFor(
  state: 'missing' | 'stale',
  isBeginning: boolean,
  onBegin: (item: ListedTranslation) => void,
): readonly Column<ListedTranslation>[] {
  const uses: Column<ListedTranslation> = {
    heading: t('translations.demand'),
    show: (item) =>
      t('translations.demandOf', {
        uses: item.uses,
        useCount: number(item.uses),
        views: item.views,
        viewCount: number(item.views),
      }),
  }
  if (state === 'missing')
    return [
      {
        heading: t('articles.article'),
        show: ({ original: { id, title, language } }) => (
          <Link class="articles-title" href={`/${id}`} lang={langOf(language)}>
            {title || t('articles.untitled')}
          </Link>
        ),
      },
      { heading: t('articles.field-language'), show: ({ original }) => languageName(original.language) },
      uses,
      {
        heading: t('translations.translate'),
        isActions: true,
        show: (item) => (
          <Button isDisabled={isBeginning} onClick={() => onBegin(item)}>
            {t('translations.translateInto', { language: languageName(item.language) })}
          </Button>
        ),
      },
    ]
  return [
    {
      heading: t('translations.translation'),
      show: ({ translation, original }) => (
        <Link
          class="articles-title"
          href={`/${translation?.id}/translation`}
          lang={langOf((translation?.title ? translation : original).language)}
        >
          {translation?.title || original.title || t('articles.untitled')}
        </Link>
      ),
    },
    { heading: t('articles.field-language'), show: ({ language }) => languageName(language) },
    {
      heading: t('translations.staleSince'),
      show: ({ staleSince }) =>
        staleSince !== undefined && (
          <time class="articles-when" dateTime={staleSince}>
            {day(staleSince)}
          </time>
        ),
    },
    { heading: t('translations.passages'), show: ({ passages }) => number(passages ?? 0) },
    uses,
  ]
}
