import { useEffect, useRef, useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { newKey } from '../../../api/new-key.ts'
import { refresh, useResource } from '../../../api/resource.ts'
import type { Get } from '../../../api/types.ts'
import { type EditorHandle, MarkdownEditor } from '../../../editor/markdown-editor.tsx'
import { usual } from '../../../keys/catalogue.ts'
import { useCommands } from '../../../keys/commands.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { useDraft } from '../../../parts/draft.ts'
import { Note, ProblemNote } from '../../../parts/states.tsx'
import { hasRole } from '../../../sign-in/session.ts'
import { pathOf, type Thread } from '../thread.ts'
import { Suggestions } from './suggestions.tsx'
import { useAnswerLock } from './use-answer-lock.ts'

type Answering = Get<'/api/threads/{id}/answering'>

/** Where a colleague answers what a customer asked in the help centre; nothing for threads of other sources. */
export function AnswerPart({ thread }: { readonly thread: Thread }) {
  const isOwn = hasRole('agent', 'knowledge-manager') && thread.mergedInto === undefined
  const answering = useResource<Answering>(`${pathOf(thread.id)}/answering`, { enabled: isOwn })
  const { data } = answering
  if (data === undefined || data.questions.length === 0) return null
  return <AnswerForm key={thread.id} thread={thread} answering={data} />
}

function AnswerForm({ thread, answering }: { readonly thread: Thread; readonly answering: Answering }) {
  const { id, language } = thread
  const [draft, change, forget] = useDraft(`answer ${id}`, { body: '' })
  const [isSent, setSent] = useState(false)
  const editor = useRef<EditorHandle>()
  const lock = useAnswerLock(id, answering.lockedBy)
  const key = useRef(newKey())
  const isEmpty = draft.body.trim() === ''
  const isWaiting = lock.heldBy !== undefined
  const send = useAction(async () => {
    await call('POST', `${pathOf(id)}/answers`, {
      body: { body: draft.body },
      idempotencyKey: key.current,
    })
    key.current = newKey()
    forget()
    setSent(true)
    refresh('/threads', '/candidates')
  })
  const write = (body: string) => {
    setSent(false)
    change({ body })
    lock.renew()
  }
  const insert = (text: string) => {
    write([draft.body.trimEnd(), text].filter((each) => each !== '').join('\n\n'))
    editor.current?.focus()
  }
  const maySend = !isEmpty && !isWaiting && !send.isRunning
  useCommands(t('threads.answerTitle'), [
    { ...usual('answer-send'), run: () => (maySend ? void send.run() : undefined) },
  ])
  // Whoever empties the text or leaves no longer writes.
  useEffect(() => {
    if (isEmpty) lock.release()
  }, [isEmpty])
  const numbers = answering.questions.map(({ number }) => `${number.slice(0, 4)} ${number.slice(4)}`)
  return (
    <section class="threads-answer stack stack-tight" aria-labelledby="threads-answer">
      <h2 id="threads-answer">{t('threads.answerTitle')}</h2>
      <p class="small muted">{t('threads.answerMeans', { numbers: numbers.join(', ') })}</p>
      {lock.heldBy !== undefined && (
        <div class="row">
          <Note>{t('threads.answerLocked', { name: lock.heldBy })}</Note>
          <Button onClick={() => lock.takeOver()}>{t('threads.takeOver')}</Button>
        </div>
      )}
      <div class="threads-editor">
        <MarkdownEditor
          label={t('threads.answer')}
          language={language}
          value={draft.body}
          handle={editor}
          onInput={write}
        />
      </div>
      {send.problem !== undefined && <ProblemNote problem={send.problem} />}
      {isSent && <p role="status">{t('threads.answerSent')}</p>}
      <div>
        <Button kind="primary" keys="$mod+Enter" isDisabled={!maySend} onClick={() => void send.run()}>
          {t('threads.sendAnswer')}
        </Button>
      </div>
      <Suggestions threadId={id} onInsert={insert} />
    </section>
  )
}
