import { useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh, useResource } from '../../../api/resource.ts'
import { useCommands } from '../../../keys/commands.ts'
import { number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { CheckField, TextArea } from '../../../parts/field.tsx'
import { Note, ProblemNote } from '../../../parts/states.tsx'
import { RenderedHtml } from '../../../parts/trusted-html.tsx'
import { fieldName } from '../names.ts'
import type { Passage } from '../passages/passage.ts'
import { Rendered } from '../rendered.tsx'
import { MOVED, type Preview, type PreviewPassage, refusalKey, versionOf } from './merge.ts'
import { Side } from './side.tsx'

/** Both articles side by side, what of the one goes into the other, and why. */
export function MergeForm({ preview }: { readonly preview: Preview }) {
  const { merged, into, sections, passages, moves, refusals, lapses, hasDraft } = preview
  // Rendered by the server, all in one answer.
  const own = useResource<{ readonly items: readonly Passage[] }>(`/articles/${merged.id}/passages`)
  const htmlOf = new Map(own.data?.items.map(({ id, html }) => [id, html]))
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [reason, setReason] = useState('')
  const [isConfirmed, setConfirmed] = useState(false)
  const merge = useAction(async () => {
    await call('POST', `/articles/${merged.id}/merge`, {
      body: {
        into: into.id,
        reason: reason.trim(),
        leave: [...left],
        confirmWiderAudience: isConfirmed || undefined,
      },
      ifMatch: versionOf(preview),
    })
    refresh('/articles', '/candidates', '/search')
  })
  const addsNothing = passages.every(({ id, becomes }) => becomes !== 'added' || left.has(id))
  const toConfirm = refusals.some(({ confirm }) => confirm !== undefined) && !addsNothing
  const isReady = reason.trim() !== '' && !merge.isRunning && (!toConfirm || isConfirmed)
  const run = () => {
    if (isReady) void merge.run()
  }
  useCommands(t('merges.title'), [
    { id: 'confirm-merge', label: t('merges.merge'), keys: ['$mod+Enter'], run },
  ])
  const counted = MOVED.filter((each) => moves[each] > 0)
  const takeOver = (id: string, isTaken: boolean) => {
    const next = new Set(left)
    if (isTaken) next.delete(id)
    else next.add(id)
    setLeft(next)
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        run()
      }}
    >
      <div class="columns">
        <Side heading={t('merges.goes')} article={merged} />
        <Side heading={t('merges.stays')} article={into} />
      </div>
      {sections
        .filter((each) => each.merged.trim() + each.into.trim() !== '')
        .map((each) => (
          <section key={each.section} class="stack stack-tight">
            <h2 class="articles-section-name">{fieldName(each.section)}</h2>
            <div class="columns">
              <ul class="stack merges-passages">
                {passages
                  .filter(({ section }) => section === each.section)
                  .map((passage) => (
                    <TakenPassage
                      key={passage.id}
                      passage={passage}
                      html={htmlOf.get(passage.id)}
                      language={merged.language}
                      isTaken={!left.has(passage.id)}
                      onTake={(isTaken) => takeOver(passage.id, isTaken)}
                    />
                  ))}
              </ul>
              <div>
                <Rendered markdown={each.into} language={into.language} />
              </div>
            </div>
          </section>
        ))}
      <section class="stack stack-tight">
        <h2>{t('merges.moves')}</h2>
        {counted.length === 0 ? (
          <p class="muted">{t('merges.movesNothing')}</p>
        ) : (
          <ul>
            {counted.map((each) => (
              <li key={each}>{t(`merges.moves-${each}`, { n: moves[each], count: number(moves[each]) })}</li>
            ))}
          </ul>
        )}
        <p class="muted small">{t('merges.redirects')}</p>
      </section>
      {lapses && <Note kind="warn">{t('merges.lapses')}</Note>}
      {hasDraft && <Note kind="warn">{t('merges.hasDraft')}</Note>}
      {refusals.map(({ code }) => {
        const key = refusalKey(code)
        return (
          <Note key={code} kind="warn">
            {key === undefined ? code : t(`merges.refusal-${key}`)}
          </Note>
        )
      })}
      {toConfirm && (
        <CheckField label={t('merges.confirmWider')} isChecked={isConfirmed} onChange={setConfirmed} />
      )}
      <TextArea label={t('merges.reason')} value={reason} rows={2} isRequired onInput={setReason} />
      {merge.problem !== undefined && (
        <ProblemNote
          problem={merge.problem}
          onRetry={merge.problem.status === 412 ? () => refresh('/articles') : undefined}
        />
      )}
      <div>
        <Button kind="primary" type="submit" keys="$mod+Enter" isDisabled={!isReady}>
          {t('merges.merge')}
        </Button>
      </div>
    </form>
  )
}

/** A passage of the article that goes, and whether the other one takes it over. */
function TakenPassage({
  passage: { text, becomes },
  html,
  language,
  isTaken,
  onTake,
}: {
  readonly passage: PreviewPassage
  /** Absent until it is there. */
  readonly html: string | undefined
  readonly language: string
  readonly isTaken: boolean
  onTake(isTaken: boolean): void
}) {
  return (
    <li class="stack stack-tight" data-left={!isTaken || undefined}>
      <div lang={language === 'und' ? undefined : language}>
        {html === undefined ? <p>{text}</p> : <RenderedHtml html={html} />}
      </div>
      <CheckField
        label={<span class="small">{t(becomes === 'joined' ? 'merges.joined' : 'merges.added')}</span>}
        isChecked={isTaken}
        onChange={onTake}
      />
    </li>
  )
}
