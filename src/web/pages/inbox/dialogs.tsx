import { useState } from 'preact/hooks'
import { useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { ChooseDialog } from '../../parts/choose-dialog.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { SelectField, TextArea } from '../../parts/field.tsx'
import type { Counts, InboxRow } from './inbox.ts'
import type { Work } from './work.ts'

interface WorkDialogProps {
  readonly about: string
  onWork(work: Work): void
  onClose(): void
}

/** Gives threads to a colleague who may answer and read them. */
export function AssignDialog({
  about,
  targets,
  onWork,
  onClose,
}: WorkDialogProps & { readonly targets: readonly InboxRow[] }) {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const audience = closest(targets)
  return (
    <ChooseDialog
      title={t('inbox.assignTitle', { about })}
      means={t('inbox.assignMeans')}
      search={t('inbox.colleague')}
      none={t('inbox.noColleague')}
      find={(search) => {
        const found = useResource<Get<'/api/inbox/colleagues'>>('/inbox/colleagues', {
          query: { audience, search: search === '' ? undefined : search },
          keepPrevious: true,
        })
        const items = found.data?.items
        if (items?.some(({ id }) => !names.has(id)) === true)
          setNames(new Map([...names, ...items.map(({ id, name }) => [id, name] as const)]))
        return { problem: found.problem, choices: items?.map(({ id, name }) => ({ id, title: name })) }
      }}
      onChoose={(to) => onWork({ act: 'assign', to, name: names.get(to) ?? '' })}
      onClose={onClose}
    />
  )
}

/** The audience that the fewest belong to: whoever reads that may read all of them. */
function closest(targets: readonly InboxRow[]): InboxRow['audience'] {
  const order = ['internal', 'partner', 'customer', 'public'] as const
  return order.find((each) => targets.some(({ audience }) => audience === each)) ?? 'internal'
}

/** Moves threads to another queue, with a word for whoever takes them there. */
export function TransferDialog({
  about,
  from,
  queues,
  onWork,
  onClose,
}: WorkDialogProps & {
  /** The queue that all of them are in; absent where they are in several. */
  readonly from: string | undefined
  readonly queues: Counts['queues']
}) {
  const others = queues.filter(({ name }) => name !== from)
  const [queue, setQueue] = useState(others[0]?.name ?? '')
  const [note, setNote] = useState('')
  return (
    <Dialog title={t('inbox.transferTitle', { about })} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          onClose()
          onWork({ act: 'transfer', queue, note: note.trim() === '' ? undefined : note.trim() })
        }}
      >
        <p class="muted">{t('inbox.transferMeans')}</p>
        {others.length === 0 ? (
          <p>{t('inbox.noOtherQueue')}</p>
        ) : (
          <SelectField
            label={t('inbox.queue')}
            value={queue}
            choices={others.map(({ name }) => ({ value: name, label: name }))}
            onChoose={setQueue}
          />
        )}
        <TextArea label={t('inbox.transferNote')} value={note} rows={3} onInput={setNote} />
        <div class="row">
          <Button kind="primary" type="submit" isDisabled={queue === ''}>
            {t('inbox.transfer')}
          </Button>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}

/** Raises the priority, and says why. */
export function EscalateDialog({ about, onWork, onClose }: WorkDialogProps) {
  const [note, setNote] = useState('')
  return (
    <Dialog title={t('inbox.escalateTitle', { about })} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (note.trim() === '') return
          onClose()
          onWork({ act: 'escalate', note: note.trim() })
        }}
      >
        <p class="muted">{t('inbox.escalateMeans')}</p>
        <TextArea label={t('inbox.why')} value={note} rows={3} isRequired onInput={setNote} />
        <div class="row">
          <Button kind="primary" type="submit" isDisabled={note.trim() === ''}>
            {t('inbox.escalate')}
          </Button>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
