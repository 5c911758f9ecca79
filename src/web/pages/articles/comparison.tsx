import { useState } from 'preact/hooks'
import { RenderedChanges } from '../../editor/rendered-changes.tsx'
import { WordChanges } from '../../editor/word-changes.tsx'
import { number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Loading } from '../../parts/states.tsx'
import { type Revision, SECTIONS } from './article.ts'
import { audienceName, confidenceName, fieldName, languageName } from './names.ts'
import { useRendered } from './rendered.tsx'

interface Difference {
  readonly before: string
  readonly after: string
  readonly language: string
}

/** What became of one revision until another, word by word, as written or as readers see it; what stayed is only named. */
export function Comparison({ older, newer }: { readonly older: Revision; readonly newer: Revision }) {
  const [isRendered, setRendered] = useState(false)
  const before = older.content
  const after = newer.content
  const texts = (['title', ...SECTIONS] as const).map((field) => ({
    field,
    before: before[field],
    after: after[field],
  }))
  const changed = texts.filter((each) => each.before !== each.after)
  const same = texts.filter((each) => each.before === each.after && each.after.trim() !== '')
  const states = [
    [t('articles.language'), languageName(before.language), languageName(after.language)],
    [t('articles.confidence'), confidenceName(older.confidence), confidenceName(newer.confidence)],
    [t('articles.audience'), audienceName(older.audience), audienceName(newer.audience)],
  ].filter(([, was, is]) => was !== is)
  return (
    <section class="stack" aria-live="polite">
      <h2>{t('articles.compared', { from: number(older.number), to: number(newer.number) })}</h2>
      {changed.length === 0 && states.length === 0 && <p>{t('articles.nothingChanged')}</p>}
      {changed.length > 0 && (
        <div class="row">
          <Button isPressed={!isRendered} onClick={() => setRendered(false)}>
            {t('articles.asWritten')}
          </Button>
          <Button isPressed={isRendered} onClick={() => setRendered(true)}>
            {t('articles.asShown')}
          </Button>
        </div>
      )}
      {states.map(([name, was, is]) => (
        <p key={name}>
          {name}: <del>{was}</del> <ins>{is}</ins>
        </p>
      ))}
      {changed.map(({ field, before: was, after: is }) => (
        <section key={field} class="stack stack-tight">
          <h3>{fieldName(field)}</h3>
          {isRendered && field !== 'title' ? (
            <Rendered before={was} after={is} language={after.language} />
          ) : (
            <WordChanges before={was} after={is} language={after.language} />
          )}
        </section>
      ))}
      {same.length > 0 && changed.length > 0 && (
        <p class="muted small">
          {t('articles.unchanged', { fields: same.map(({ field }) => fieldName(field)).join(', ') })}
        </p>
      )}
    </section>
  )
}

/** The difference of two sections as readers see them; as written where the server refuses to render one. */
function Rendered({ before, after, language }: Difference) {
  const was = useRendered(before)
  const is = useRendered(after)
  if (was.isRefused || is.isRefused)
    return (
      <>
        <p class="small muted">{t('articles.notRendered')}</p>
        <WordChanges before={before} after={after} language={language} />
      </>
    )
  const older = before.trim() === '' ? '' : was.html
  const newer = after.trim() === '' ? '' : is.html
  if (older === undefined || newer === undefined) return <Loading />
  return <RenderedChanges before={older} after={newer} language={language} />
}
