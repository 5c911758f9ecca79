import { useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { TextField } from '../../../parts/field.tsx'
import { Note, ProblemNote } from '../../../parts/states.tsx'
import type { Article, Content } from '../article.ts'
import { fieldName } from '../names.ts'
import { type Decision, decide, type Finding, kindName, textOf, useFindings } from './findings.ts'

/** Personal data in an article or its draft, each with what was decided on it, or can be. */
export function FindingList({
  article: { id, may },
  content,
  draft = false,
  onDecided,
}: {
  readonly article: Article
  /** The text in which they are found. */
  readonly content: Content
  readonly draft?: boolean
  onDecided?(): Promise<void>
}) {
  const { data, etag } = useFindings(id, { draft })
  const act = useAction(async (decision: Decision) => {
    await decide(id, { draft, etag, decisions: [decision] })
    await onDecided?.()
  })
  if (data === undefined || data.findings.length === 0) return null
  return (
    <>
      <ul class="articles-findings">
        {data.findings.map((finding) => (
          <FindingItem
            key={finding.id}
            finding={finding}
            text={textOf(finding, content)}
            mayRedact={may?.edit === true}
            mayWaive={may?.widen === true}
            isBusy={act.isRunning}
            onDecide={(decision) => void act.run(decision)}
          />
        ))}
      </ul>
      {act.problem !== undefined && <ProblemNote problem={act.problem} />}
    </>
  )
}

function FindingItem({
  finding,
  text,
  mayRedact,
  mayWaive,
  isBusy,
  onDecide,
}: {
  readonly finding: Finding
  readonly text: string
  readonly mayRedact: boolean
  readonly mayWaive: boolean
  readonly isBusy: boolean
  onDecide(decision: Decision): void
}) {
  const { id, kind, state, places, waiver } = finding
  const [isWaiving, setWaiving] = useState(false)
  const sections = [...new Set(places.map(({ where }) => fieldName(where)))].join(', ')
  const name = <span class="visually-hidden"> {text}</span>
  return (
    <li class="stack stack-tight">
      <p>
        {kindName(kind)}{' '}
        {state === 'open' ? <del class="articles-personal">{text}</del> : <strong>{text}</strong>}{' '}
        <span class="muted small">{sections}</span>
      </p>
      {waiver !== undefined && (
        <Note kind="good">{t('articles.waived', { who: waiver.by.name, reason: waiver.reason })}</Note>
      )}
      {state === 'open' && !isWaiving && (mayRedact || mayWaive) && (
        <div class="row">
          {mayRedact && (
            <Button isDisabled={isBusy} onClick={() => onDecide({ finding: id, action: 'redact' })}>
              {t('articles.redact')}
              {name}
            </Button>
          )}
          {mayWaive && (
            <Button kind="quiet" isDisabled={isBusy} onClick={() => setWaiving(true)}>
              {t('articles.waiveDialog')}
              {name}
            </Button>
          )}
        </div>
      )}
      {state === 'open' && isWaiving && (
        <WaiverForm
          isBusy={isBusy}
          onWaive={(reason) => onDecide({ finding: id, action: 'waive', reason })}
          onCancel={() => setWaiving(false)}
        />
      )}
    </li>
  )
}

function WaiverForm({
  isBusy,
  onWaive,
  onCancel,
}: {
  readonly isBusy: boolean
  onWaive(reason: string): void
  onCancel(): void
}) {
  const [reason, setReason] = useState('')
  return (
    <form
      class="stack stack-tight"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim() !== '') onWaive(reason)
      }}
    >
      <TextField
        label={t('articles.waiverReason')}
        hint={t('articles.waiverHint')}
        required
        autofocus
        maxLength={500}
        value={reason}
        onInput={setReason}
      />
      <div class="row">
        <Button type="submit" isDisabled={isBusy || reason.trim() === ''}>
          {t('articles.waive')}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {t('parts.cancel')}
        </Button>
      </div>
    </form>
  )
}
