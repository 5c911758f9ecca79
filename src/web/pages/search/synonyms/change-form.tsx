import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh } from '../../../api/resource.ts'
import { usual } from '../../../keys/catalogue.ts'
import { useCommands } from '../../../keys/commands.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { Loading, ProblemNote } from '../../../parts/states.tsx'
import { PreviewResults } from './preview-results.tsx'
import type { Change, Conflict, Preview } from './synonyms.ts'

/** A change that is shown what it would do before it is saved, and after it met another person's change. */
export function ChangeForm({
  title,
  version,
  change,
  label,
  isReady = true,
  isPreviewed = false,
  onSaved,
  onClose,
  children,
}: {
  readonly title: string
  /** The version that it was made from. */
  readonly version: number
  readonly change: Change
  /** What saving is called. */
  readonly label?: string
  /** Whether it is complete enough to be tried. */
  readonly isReady?: boolean
  /** Whether it is tried as soon as it is open. */
  readonly isPreviewed?: boolean
  onSaved?(): void
  onClose(): void
  readonly children: ComponentChildren
}) {
  const [basedOn, setBasedOn] = useState(version)
  const [tried, setTried] = useState<{ readonly of: string; readonly preview: Preview }>()
  const body = JSON.stringify(change)
  const preview = useAction(async () => {
    const { data } = await call<Preview>('POST', '/search/synonyms/preview', { body: change })
    setTried({ of: body, preview: data })
  })
  const save = useAction(async (on: number) => {
    await call('POST', '/search/synonyms', { body: change, ifMatch: `"${on}"` })
    refresh('/search')
    onSaved?.()
    onClose()
  })
  useEffect(() => {
    if (isPreviewed) void preview.run()
  }, [])
  const conflict =
    save.problem?.code === 'SYNONYMS_CONFLICT' ? (save.problem.body.current as Conflict) : undefined
  const send = () => {
    if (isReady && !save.isRunning) void save.run(conflict?.version ?? basedOn)
  }
  useCommands(title, [{ ...usual('synonyms-save'), run: send }])
  const problem = save.problem ?? preview.problem
  return (
    <Dialog title={title} size="wide" hasKeys onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        {children}
        <div aria-live="polite" class="stack">
          {preview.isRunning && <Loading />}
          {!preview.isRunning && tried?.of === body && <PreviewResults preview={tried.preview} />}
        </div>
        {problem !== undefined && <ProblemNote problem={problem} />}
        {conflict !== undefined && <Others conflict={conflict} />}
        <div class="row">
          <Button
            kind="primary"
            type="submit"
            keys="$mod+Enter"
            isDisabled={!isReady || save.isRunning}
            onClick={conflict === undefined ? undefined : () => setBasedOn(conflict.version)}
          >
            {conflict === undefined ? (label ?? t('parts.save')) : t('synonyms.saveOnTop')}
          </Button>
          <Button
            isDisabled={!isReady || preview.isRunning}
            onClick={() => {
              save.dismiss()
              void preview.run()
            }}
          >
            {t('synonyms.preview')}
          </Button>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}

function Others({ conflict: { added, removed } }: { readonly conflict: Conflict }) {
  return (
    <dl class="synonyms-others">
      {added.length > 0 && <dt>{t('synonyms.addedLines')}</dt>}
      {added.map((line) => (
        <dd key={line}>{line}</dd>
      ))}
      {removed.length > 0 && <dt>{t('synonyms.removedLines')}</dt>}
      {removed.map((line) => (
        <dd key={line}>{line}</dd>
      ))}
    </dl>
  )
}
