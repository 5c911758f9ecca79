import { number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import type { Preview } from './synonyms.ts'

type Changed = Preview['items'][number]

/** How many recent questions change, and the first results of some of them before and after. */
export function PreviewResults({ preview }: { readonly preview: Preview }) {
  const { questions, touched, asked, changed, relevance, items } = preview
  return (
    <section class="stack stack-tight" aria-label={t('synonyms.previewOf')}>
      <h3>{t('synonyms.changes', { count: changed, shown: number(changed) })}</h3>
      <p class="small muted">
        {t(asked < touched ? 'synonyms.gonePartly' : 'synonyms.goneThrough', {
          questions: number(questions),
          touched: number(touched),
          asked: number(asked),
        })}
      </p>
      <Judged relevance={relevance} />
      <ul class="synonyms-changed">
        {items.map((item, at) => (
          <li key={`${at} ${item.text}`} class="stack stack-tight">
            <p>
              <strong lang={item.language === 'und' ? undefined : item.language}>{item.text}</strong>{' '}
              <span class="small muted">{t(`synonyms.kind-${item.kind}`)}</span>
            </p>
            <div class="synonyms-sides">
              <Results heading={t('synonyms.before')} results={item.before} others={item.after} />
              <Results heading={t('synonyms.after')} results={item.after} others={item.before} />
            </div>
          </li>
        ))}
      </ul>
      {changed > items.length && (
        <p class="small muted">{t('synonyms.moreChange', { count: number(changed - items.length) })}</p>
      )}
    </section>
  )
}

/** What becomes of the searches that people judged. */
function Judged({ relevance: { before, after, better, worse } }: Pick<Preview, 'relevance'>) {
  if (before.searches === 0) return null
  return (
    <p class="small">
      {t('synonyms.judged', {
        count: before.searches,
        shown: number(before.searches),
        better: number(better),
        worse: number(worse),
        before: number(before.mrr, 2),
        after: number(after.mrr, 2),
      })}
    </p>
  )
}

/** What stands on one side alone stands out. */
function Results({
  heading,
  results: { nothing, items },
  others,
}: {
  readonly heading: string
  readonly results: Changed['before']
  readonly others: Changed['before']
}) {
  const isOnBoth = (id: string) => others.items.some((other) => other.id === id)
  return (
    <div class="stack stack-tight">
      <h4 class="small">{heading}</h4>
      {nothing && <p class="small">{t(items.length === 0 ? 'synonyms.nothing' : 'synonyms.nothingFits')}</p>}
      {items.length > 0 && (
        <ol>
          {items.map(({ id, title, language }) => (
            <li key={id} lang={language === 'und' ? undefined : language}>
              {isOnBoth(id) ? title : <strong>{title}</strong>}
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
