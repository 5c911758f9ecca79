import { useRef, useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh } from '../../../api/resource.ts'
import { usual } from '../../../keys/catalogue.ts'
import { useCommands } from '../../../keys/commands.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { useDraft } from '../../../parts/draft.ts'
import { LONGEST_TEXT, TextField } from '../../../parts/field.tsx'
import { Note, ProblemNote } from '../../../parts/states.tsx'
import { me } from '../../../sign-in/session.ts'
import { isCoach, type Point, questionOf, type SampledArticle, type Settings } from './coaching.ts'

interface Answers {
  readonly met: Readonly<Record<string, boolean>>
  readonly notes: Readonly<Record<string, string>>
}

/** The checklist beside an article, to be answered by keys; read only where it is not the reader's to answer. */
export function ChecklistForm({
  article: { articleId, author, score },
  month,
  settings: { version, points },
  onKept,
}: {
  readonly article: SampledArticle
  readonly month: string
  readonly settings: Settings
  onKept(): void
}) {
  const said = score?.checklist === version ? score.answers : []
  const [draft, change, forget] = useDraft<Answers>(
    `coaching ${month} ${articleId} ${author.id} ${version}`,
    {
      met: Object.fromEntries(said.map(({ point, met }) => [point, met])),
      notes: Object.fromEntries(said.map(({ point, note }) => [point, note ?? ''])),
    },
  )
  const [at, setAt] = useState(0)
  const list = useRef<HTMLFormElement>(null)
  const mayScore = isCoach() && (score === undefined || score.coach.id === me.value?.id)
  const isComplete = points.every(({ id }) => draft.met[id] !== undefined)
  const keep = useAction(async () => {
    const answers = points.map(({ id }) => ({
      point: id,
      met: draft.met[id],
      note: draft.notes[id]?.trim() || undefined,
    }))
    await call('POST', '/coaching/scores', {
      body: { articleId, authorId: author.id, checklist: version, answers },
    })
    forget()
    refresh('/coaching')
    onKept()
  })
  const send = () => {
    if (isComplete && !keep.isRunning) void keep.run()
  }
  const goTo = (place: number) => {
    const next = Math.max(0, Math.min(points.length - 1, place))
    setAt(next)
    list.current?.querySelectorAll<HTMLElement>('[data-point]')[next]?.focus()
  }
  const answer = (met: boolean) => {
    const point = points[at]
    if (point === undefined) return
    change({ met: { ...draft.met, [point.id]: met } })
    goTo(at + 1)
  }
  useCommands(
    t('coaching.checklist'),
    [
      { ...usual('coaching-yes'), run: () => answer(true) },
      { ...usual('coaching-no'), run: () => answer(false) },
      { ...usual('coaching-next-point'), run: () => goTo(at + 1) },
      { ...usual('coaching-previous-point'), run: () => goTo(at - 1) },
      { ...usual('coaching-keep'), run: send },
    ],
    mayScore,
  )
  return (
    <form
      ref={list}
      class="stack coaching-checklist"
      aria-label={t('coaching.checklist')}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {!mayScore && <Note>{t(score === undefined ? 'coaching.notScored' : 'coaching.readOnly')}</Note>}
      {points.map((point, place) => (
        <PointField
          key={point.id}
          point={point}
          isCurrent={mayScore && place === at}
          isReadOnly={!mayScore}
          met={draft.met[point.id]}
          note={draft.notes[point.id] ?? ''}
          onFocus={() => setAt(place)}
          onAnswer={(met) => change({ met: { ...draft.met, [point.id]: met } })}
          onNote={(note) => change({ notes: { ...draft.notes, [point.id]: note } })}
        />
      ))}
      {keep.problem !== undefined && <ProblemNote problem={keep.problem} />}
      {mayScore && (
        <div>
          <Button kind="primary" type="submit" keys="$mod+Enter" isDisabled={!isComplete || keep.isRunning}>
            {t('coaching.keep')}
          </Button>
        </div>
      )}
    </form>
  )
}

function PointField({
  point,
  isCurrent,
  isReadOnly,
  met,
  note,
  onFocus,
  onAnswer,
  onNote,
}: {
  readonly point: Point
  readonly isCurrent: boolean
  readonly isReadOnly: boolean
  readonly met: boolean | undefined
  readonly note: string
  onFocus(): void
  onAnswer(met: boolean): void
  onNote(note: string): void
}) {
  return (
    <fieldset
      class="stack stack-tight coaching-point"
      data-point
      data-current={isCurrent || undefined}
      tabIndex={-1}
      onFocusIn={onFocus}
    >
      <legend>{questionOf(point)}</legend>
      <div class="row">
        {([true, false] as const).map((each) => (
          <label key={String(each)} class="check">
            <input
              type="radio"
              name={point.id}
              disabled={isReadOnly}
              checked={met === each}
              onChange={() => onAnswer(each)}
            />
            {t(each ? 'coaching.yes' : 'coaching.no')}
          </label>
        ))}
      </div>
      {isReadOnly ? (
        note !== '' && <p class="muted">{note}</p>
      ) : (
        <TextField label={t('coaching.note')} value={note} maxLength={LONGEST_TEXT} onInput={onNote} />
      )}
    </fieldset>
  )
}
