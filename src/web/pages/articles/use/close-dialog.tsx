import { useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh } from '../../../api/resource.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { TextArea } from '../../../parts/field.tsx'
import { ProblemNote } from '../../../parts/states.tsx'
import { OUTCOMES, type Outcome, type Report } from './report.ts'

/** What came of a report. */
export function CloseDialog({
  report: { id, comment },
  onClosed,
  onClose,
}: {
  readonly report: Report
  onClosed(): void
  onClose(): void
}) {
  const [outcome, choose] = useState<Outcome>()
  const [note, setNote] = useState('')
  const close = useAction(async () => {
    const body = { outcome, note: note.trim() === '' ? undefined : note.trim() }
    await call('POST', `/articles/reports/${id}/close`, { body })
    refresh('/articles/reports')
    onClose()
    onClosed()
  })
  return (
    <Dialog title={t('articles.closeReport')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (outcome !== undefined && !close.isRunning) void close.run()
        }}
      >
        <p class="articles-report">{comment}</p>
        <fieldset class="stack stack-tight">
          <legend>{t('articles.outcome')}</legend>
          {OUTCOMES.map((each, place) => (
            <label key={each} class="check">
              <input
                type="radio"
                name="outcome"
                required
                autofocus={place === 0}
                checked={each === outcome}
                onChange={() => choose(each)}
              />
              <span>
                {t(`articles.outcome-${each}`)} <span class="muted">{t(`articles.outcomeHint-${each}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <TextArea label={t('articles.outcomeNote')} value={note} rows={2} onInput={setNote} />
        {close.problem !== undefined && <ProblemNote problem={close.problem} />}
        <div class="row">
          <Button kind="primary" type="submit" isDisabled={outcome === undefined || close.isRunning}>
            {t('articles.closeReport')}
          </Button>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
