import { useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh } from '../../../api/resource.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { TextArea } from '../../../parts/field.tsx'
import { ProblemNote } from '../../../parts/states.tsx'
import type { Report } from './report.ts'

/** What is wrong with an article, for the owner of its category. */
export function ReportDialog({
  articleId,
  onReported,
  onClose,
}: {
  readonly articleId: string
  onReported(report: Report): void
  onClose(): void
}) {
  const [comment, setComment] = useState('')
  const report = useAction(async () => {
    const { data } = await call<Report>('POST', `/articles/${articleId}/reports`, { body: { comment } })
    refresh('/articles/reports')
    onReported(data)
    onClose()
  })
  const isEmpty = comment.trim() === ''
  return (
    <Dialog title={t('articles.reportTitle')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isEmpty && !report.isRunning) void report.run()
        }}
      >
        <TextArea
          label={t('articles.reportComment')}
          hint={t('articles.reportHint')}
          value={comment}
          isRequired
          onInput={setComment}
        />
        {report.problem !== undefined && <ProblemNote problem={report.problem} />}
        <div class="row">
          <Button kind="primary" type="submit" isDisabled={isEmpty || report.isRunning}>
            {t('articles.sendReport')}
          </Button>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
