import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { refresh } from '../../api/resource.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { useDraft } from '../../parts/draft.ts'
import { CheckField, TextArea, TextField } from '../../parts/field.tsx'
import { ProblemNote } from '../../parts/states.tsx'
import type { Topic } from './resources.ts'

interface FormProps {
  readonly topic: Topic
  onClose(): void
}

/** Makes a topic a label: its posts become suggestions for it, or are labelled at once. */
export function AcceptForm({ topic: { id, proposedName }, onClose }: FormProps) {
  const [draft, setDraft, forget] = useDraft(`topic-accept-${id}`, { name: proposedName, description: '' })
  const [isAnnotated, setAnnotated] = useState(false)
  const form = useFocusInside()
  const accepting = useAction(async () => {
    const description = draft.description.trim() === '' ? undefined : draft.description.trim()
    await call('POST', `/insight/topics/${id}/accept`, {
      body: { name: draft.name.trim(), description, annotate: isAnnotated },
    })
    forget()
    refresh('/insight/topics', '/facets')
    onClose()
  })
  return (
    <form
      ref={form}
      class="stack stack-tight watch-form"
      onSubmit={(event) => {
        event.preventDefault()
        void accepting.run()
      }}
    >
      {accepting.problem && <ProblemNote problem={accepting.problem} />}
      <TextField
        label={t('watch.labelName')}
        value={draft.name}
        required
        maxLength={200}
        onInput={(name) => setDraft({ name })}
      />
      <TextArea
        label={t('watch.labelDescription')}
        value={draft.description}
        rows={2}
        onInput={(description) => setDraft({ description })}
      />
      <CheckField label={t('watch.annotate')} isChecked={isAnnotated} onChange={setAnnotated} />
      <Buttons label={t('watch.accept')} isRunning={accepting.isRunning} onClose={onClose} />
    </form>
  )
}

/** Puts a topic aside: it is not proposed again for the same posts. */
export function DismissForm({ topic: { id }, onClose }: FormProps) {
  const [draft, setDraft, forget] = useDraft(`topic-dismiss-${id}`, { reason: '' })
  const form = useFocusInside()
  const dismissing = useAction(async () => {
    const reason = draft.reason.trim()
    await call('POST', `/insight/topics/${id}/dismiss`, { body: reason === '' ? {} : { reason } })
    forget()
    refresh('/insight/topics')
    onClose()
  })
  return (
    <form
      ref={form}
      class="stack stack-tight watch-form"
      onSubmit={(event) => {
        event.preventDefault()
        void dismissing.run()
      }}
    >
      {dismissing.problem && <ProblemNote problem={dismissing.problem} />}
      <TextField
        label={t('watch.reason')}
        hint={t('watch.dismissHint')}
        value={draft.reason}
        maxLength={2000}
        onInput={(reason) => setDraft({ reason })}
      />
      <Buttons label={t('watch.dismiss')} isRunning={dismissing.isRunning} onClose={onClose} />
    </form>
  )
}

function Buttons({
  label,
  isRunning,
  onClose,
}: {
  readonly label: string
  readonly isRunning: boolean
  onClose(): void
}) {
  return (
    <div class="row">
      <Button kind="primary" type="submit" isDisabled={isRunning}>
        {label}
      </Button>
      <Button kind="quiet" onClick={onClose}>
        {t('parts.cancel')}
      </Button>
    </div>
  )
}

function useFocusInside() {
  const form = useRef<HTMLFormElement>(null)
  useLayoutEffect(() => form.current?.querySelector('input')?.focus(), [])
  return form
}
