import { system } from '../../access/actor.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Outbox } from '../../platform/jobs/events.ts'
import type { Triage } from '../../triage/create-triage.ts'
import { askerOf, OWN_FORMAT } from '../question.ts'
import type { QuestionStore } from '../question-store.ts'

export const PASS_ON = 'community.pass-on'

/** The topic that an asker chose, as routing rules read it. */
const TOPIC_FACT = 'asker-topic'

export interface PassOnDeps {
  readonly db: Database
  readonly outbox: Outbox
  readonly questions: Pick<QuestionStore, 'find' | 'move'>
  readonly storeThread: Triage['storeThread']
}

/**
 * Makes a thread of a question that waits for it, by the way of any platform's questions: it is classified, routed and
 * indexed. Called twice, it makes one.
 */
export async function passOn(deps: PassOnDeps, questionId: string): Promise<void> {
  const question = await deps.questions.find(questionId)
  if (question?.status !== 'waiting') return
  const { title = '', body = '', topic } = question
  const { threadId } = await deps.storeThread({
    source: question.source,
    sourceFormat: OWN_FORMAT,
    audience: question.audience,
    id: question.id,
    title,
    body: body === '' ? title : body,
    format: 'text',
    createdAt: question.askedAt,
    author: { id: askerOf(question), name: ASKER[question.language], role: 'member' },
    facts: topic === undefined ? undefined : { [TOPIC_FACT]: topic },
    actor: system,
  })
  await deps.db.transaction(async () => {
    if (!(await deps.questions.move(questionId, 'waiting', 'passed-on'))) return
    await deps.outbox.append({ type: 'question.asked', questionId, threadId })
  })
}

/** What askers are called: the service knows no name. */
const ASKER = { en: 'Customer', fr: 'Client' } as const
