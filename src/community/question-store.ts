import { randomInt } from 'node:crypto'
import type { Audience } from '../access/audience.ts'
import { type Clock, isoNow } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import type { AskedQuestion, QuestionStatus } from './question.ts'

interface QuestionRow {
  id: string
  number: string
  submission: string
  status: QuestionStatus
  /** As JSON. */
  held_for: string
  language: AskedQuestion['language']
  audience: AskedQuestion['audience']
  source: string
  thread_id: string
  title: string | null
  body: string | null
  topic: string | null
  origin: string | null
  asked_at: string
  decided_at: string | null
}

export interface NewQuestion extends Omit<AskedQuestion, 'number' | 'askedAt'> {
  readonly submission: string
  readonly origin: string
}

/** What a link to a question is for: to follow it, or to confirm an e-mail address, which it then does as well. */
export type LinkPurpose = 'follow' | 'confirm'

export type QuestionStore = ReturnType<typeof createQuestionStore>

/** Questions that customers asked in the help centre, and the links that lead to them. */
export function createQuestionStore(db: Database, clock: Clock) {
  const questions = () => db.sql<QuestionRow>('asked_questions')

  async function isTaken(number: string): Promise<boolean> {
    return (await questions().where({ number }).first('id')) !== undefined
  }

  async function drawNumber(): Promise<string> {
    for (;;) {
      const number = String(randomInt(10_000_000, 100_000_000))
      if (!(await isTaken(number))) return number
    }
  }

  return {
    /** Adds a question. Call it in a transaction. @returns false where the same was sent before */
    async add({ heldFor, threadId, ...question }: NewQuestion): Promise<boolean> {
      const added = await questions()
        .insert({
          ...question,
          number: await drawNumber(),
          held_for: JSON.stringify(heldFor),
          thread_id: threadId,
          title: question.title ?? null,
          body: question.body ?? null,
          topic: question.topic ?? null,
          asked_at: isoNow(clock),
          decided_at: null,
        })
        .onConflict('submission')
        .ignore()
        .returning('id')
      return added.length > 0
    },

    async find(id: string): Promise<AskedQuestion | undefined> {
      const row = await questions().where({ id }).first()
      return row && toQuestion(row)
    },

    /** Those whose threads these are. */
    async ofThreads(threadIds: readonly string[]): Promise<AskedQuestion[]> {
      return (
        await questions()
          .whereIn('thread_id', [...threadIds])
          .orderBy('id')
      ).map(toQuestion)
    },

    /** How many came from one place since then. */
    async countSince(origin: string, since: string): Promise<number> {
      const [row] = await questions()
        .where({ origin })
        .where('asked_at', '>=', since)
        .count<{ n: number | string }[]>('* as n')
      return Number(row?.n ?? 0)
    },

    /** Those of these audiences, the oldest first. */
    async held(audiences: readonly Audience[], limit: number): Promise<AskedQuestion[]> {
      const rows = await questions()
        .where({ status: 'held' })
        .whereIn('audience', [...audiences])
        .orderBy(['asked_at', 'id'])
        .limit(limit)
      return rows.map(toQuestion)
    },

    /** Moves a question on. @returns false where it is not, or no longer, in the earlier state */
    async move(id: string, from: QuestionStatus, to: QuestionStatus): Promise<boolean> {
      const texts = to === 'passed-on' ? { title: null, body: null } : {}
      const moved = await questions()
        .where({ id, status: from })
        .update({ status: to, decided_at: isoNow(clock), ...texts })
      return moved > 0
    },

    /** Forgets where questions came from, and what rejected ones said. @returns whether there is more to forget later */
    async forgetBefore(before: { readonly origins: string; readonly rejected: string }): Promise<boolean> {
      await questions().whereNotNull('origin').where('asked_at', '<', before.origins).update({ origin: null })
      await questions()
        .where({ status: 'rejected' })
        .where('decided_at', '<', before.rejected)
        .update({ title: null, body: null })
      const left = await questions()
        .whereNotNull('origin')
        .orWhere((rejected) => rejected.whereIn('status', ['held', 'rejected']).whereNotNull('title'))
        .first('id')
      return left !== undefined
    },

    async addLink(questionId: string, secretHash: string, purpose: LinkPurpose): Promise<void> {
      await db
        .sql('question_links')
        .insert({ secret_hash: secretHash, question_id: questionId, purpose, created_at: isoNow(clock) })
    },

    /** The question that a link leads to. */
    async byLink(
      secretHash: string,
    ): Promise<{ readonly question: AskedQuestion; readonly purpose: LinkPurpose } | undefined> {
      const link: { question_id: string; purpose: LinkPurpose } | undefined = await db
        .sql('question_links')
        .where({ secret_hash: secretHash })
        .first()
      if (link === undefined) return undefined
      const row = await questions().where({ id: link.question_id }).first()
      return row && { question: toQuestion(row), purpose: link.purpose }
    },

    /** Lets the asker read an answer on the page of the question. */
    async addAnswer(questionId: string, postId: string): Promise<void> {
      await db
        .sql('question_answers')
        .insert({ question_id: questionId, post_id: postId })
        .onConflict(['question_id', 'post_id'])
        .ignore()
    },

    async answersOf(questionId: string): Promise<Set<string>> {
      const rows: { post_id: string }[] = await db
        .sql('question_answers')
        .where({ question_id: questionId })
        .select('post_id')
      return new Set(rows.map(({ post_id }) => post_id))
    },

    /** What the asker said of answers: whether each was useful. */
    async marksOf(questionId: string): Promise<Map<string, boolean>> {
      const rows: { post_id: string; useful: boolean | number }[] = await db
        .sql('question_marks')
        .where({ question_id: questionId })
        .select('post_id', 'useful')
      return new Map(rows.map(({ post_id, useful }) => [post_id, Boolean(useful)]))
    },

    /** @param useful undefined to take back what was said */
    async mark(questionId: string, postId: string, useful: boolean | undefined): Promise<void> {
      const of = { question_id: questionId, post_id: postId }
      if (useful === undefined) await db.sql('question_marks').where(of).delete()
      else
        await db
          .sql('question_marks')
          .insert({ ...of, useful, marked_at: isoNow(clock) })
          .onConflict(['question_id', 'post_id'])
          .merge()
    },
  }
}

function toQuestion(row: QuestionRow): AskedQuestion {
  return {
    id: row.id,
    number: row.number,
    status: row.status,
    heldFor: JSON.parse(row.held_for),
    language: row.language,
    audience: row.audience,
    source: row.source,
    threadId: row.thread_id,
    title: row.title ?? undefined,
    body: row.body ?? undefined,
    topic: row.topic ?? undefined,
    askedAt: row.asked_at,
  }
}
