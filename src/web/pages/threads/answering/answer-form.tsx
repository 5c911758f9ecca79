import { useEffect, useRef, useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { newKey } from '../../../api/new-key.ts'
import { refresh, useResource } from '../../../api/resource.ts'
import type { Get } from '../../../api/types.ts'
import { type EditorHandle, MarkdownEditor } from '../../../editor/markdown-editor.tsx'
import { usual } from '../../../keys/catalogue.ts'
import { useCommands } from '../../../keys/commands.ts'
import { latestEvent } from '../../../live/live.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { copy } from '../../../parts/copy.ts'
import { useDraft } from '../../../parts/draft.ts'
import { Note, ProblemNote } from '../../../parts/states.tsx'
import { hasRole } from '../../../sign-in/session.ts'
import { pathOf, type Thread } from '../thread.ts'
import { Outgoing } from './outgoing.tsx'
import { Suggestions } from './suggestions.tsx'
import { useAnswerLock } from './use-answer-lock.ts'

type Answering = Get<'/api/threads/{id}/answering'>

/**
 * Where a colleague answers: what a customer asked in the help centre, a thread of a community of which an account is
 * configured, and other threads of the inbox, whose answers are copied.
 */
export function AnswerPart({ thread }: { readonly thread: Thread }) {
  const isOwn = hasRole('agent', 'knowledge-manager') && thread.mergedInto === undefined
  const answering = useResource<Answering>(`${pathOf(thread.id)}/answering`, { enabled: isOwn })
  const { data } = answering
  const latest = latestEvent.value
  useEffect(() => {
    if (latest?.type === 'inbox.changed') answering.refresh()
  }, [latest])
  // What arrived at a community is a post of the thread.
  const arrived = data?.outgoing.filter(({ status }) => status === 'sent').length
  const before = useRef(arrived)
  useEffect(() => {
    if (before.current !== undefined && before.current !== arrived) refresh(pathOf(thread.id))
    before.current = arrived
  }, [arrived])
  if (data === undefined || (data.channel === 'copy' && !data.isInInbox)) return null
  return <AnswerForm key={thread.id} thread={thread} answering={data} />
}

/** What askers said of the answers in a thread: by the id of the post, whether it was useful. */
export function useMarks(threadId: string): ReadonlyMap<string, boolean> {
  const { data } = useResource<Answering>(`${pathOf(threadId)}/answering`, { enabled: hasRole(...STAFF) })
  return new Map(data?.marks.map(({ postId, useful }) => [postId, useful]))
}

const STAFF = ['agent', 'knowledge-manager', 'supervisor'] as const

function AnswerForm({ thread, answering }: { readonly thread: Thread; readonly answering: Answering }) {
  const { id, language } = thread
  const [draft, change, forget] = useDraft(`answer ${id}`, { body: '' })
  const [isSent, setSent] = useState(false)
  const editor = useRef<EditorHandle>()
  const lock = useAnswerLock(id, answering.lockedBy)
  const key = useRef(newKey())
  const isEmpty = draft.body.trim() === ''
  const isWaiting = lock.heldBy !== undefined
  const { channel, outgoing } = answering
  const { url } = thread
  const copying = useAction(async () => {
    await copy(draft.body.trim())
    setSent(true)
  })
  const sending = useAction(async () => {
    await call('POST', `${pathOf(id)}/answers`, {
      body: { body: draft.body },
      idempotencyKey: key.current,
    })
    key.current = newKey()
    forget()
    setSent(true)
    refresh('/threads', '/candidates', '/inbox')
  })
  const send = channel === 'copy' ? copying : sending
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
      <h2 id="threads-answer">
        {t(channel === 'here' ? 'threads.answerTitle' : 'threads.answerTitleElsewhere')}
      </h2>
      <p class="small muted">
        {channel === 'here'
          ? t('threads.answerMeans', { numbers: numbers.join(', ') })
          : t(channel === 'discourse' ? 'threads.answerPosted' : 'threads.answerCopied')}
      </p>
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
      {isSent && (
        <p role="status">
          {channel === 'copy' ? (
            <>
              {t(url === undefined ? 'threads.copyDoneNoLink' : 'threads.copyDone')}{' '}
              {url !== undefined && /^https?:/.test(url) && (
                <a href={url} target="_blank" rel="noreferrer noopener">
                  {t('threads.atSource')}
                </a>
              )}
            </>
          ) : (
            t(channel === 'here' ? 'threads.answerSent' : 'threads.answerQueued')
          )}
        </p>
      )}
      <div>
        <Button kind="primary" keys="$mod+Enter" isDisabled={!maySend} onClick={() => void send.run()}>
          {t(channel === 'copy' ? 'threads.copyAnswer' : 'threads.sendAnswer')}
        </Button>
      </div>
      <Outgoing
        threadId={id}
        answers={outgoing}
        onTakeBack={(body) => {
          // What was written meanwhile stays.
          write([body, draft.body].filter((each) => each.trim() !== '').join('\n\n'))
          editor.current?.focus()
        }}
      />
      <Suggestions threadId={id} onInsert={insert} />
    </section>
  )
}
