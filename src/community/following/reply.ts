import { anonymous } from '../../access/actor.ts'
import type { Threads } from '../../threads/create-threads.ts'
import type { Triage } from '../../triage/create-triage.ts'
import { checkText, countLinks, MOST_LINKS } from '../asking/check-text.ts'
import { hashOf } from '../asking/form-tokens.ts'
import { requireForm, type SubmitDeps } from '../asking/submit-question.ts'
import { communityErrors } from '../errors.ts'
import { type AskedQuestion, askerOf } from '../question.ts'
import { type FollowDeps, followQuestion } from './followed-question.ts'

export interface ReplyDeps extends FollowDeps, Pick<SubmitDeps, 'tokens' | 'clock'> {
  readonly threads: Pick<Threads, 'find' | 'postsOf' | 'placeOfPost'>
  readonly storePost: Triage['storePost']
  readonly withdrawPost: Triage['withdrawPost']
  readonly acceptPost: Triage['acceptPost']
}

/**
 * Adds what the asker writes to the thread of the question: once, however often the form is sent.
 *
 * @throws CodedError QUESTION_TEXT_MISSING, QUESTION_TEXT_TOO_LONG, QUESTION_CHARACTERS, QUESTION_TOO_MANY_LINKS,
 *   QUESTION_TOO_SOON, QUESTION_FORM_EXPIRED
 */
export async function reply(
  deps: ReplyDeps,
  question: AskedQuestion,
  given: { readonly text: string; readonly token: string },
): Promise<void> {
  const body = checkText(given.text)
  if (body === '') throw communityErrors.QUESTION_TEXT_MISSING()
  if (countLinks(body) > MOST_LINKS) throw communityErrors.QUESTION_TOO_MANY_LINKS({ most: MOST_LINKS })
  const nonce = await requireForm(deps, given.token)
  await deps.storePost({
    threadId: question.threadId,
    id: `reply-${question.id}-${hashOf(JSON.stringify([nonce, body])).slice(0, 32)}`,
    kind: 'comment',
    body,
    format: 'text',
    author: { id: askerOf(question) },
    actor: asAsker,
  })
}

/** Takes back what the asker wrote; anything else changes nothing. */
export async function takeBackReply(deps: ReplyDeps, question: AskedQuestion, postId: string): Promise<void> {
  const { posts } = await followQuestion(deps, question)
  if (!posts.some(({ post, isOwn }) => isOwn && post.id === postId)) return
  const place = await deps.threads.placeOfPost(postId)
  if (place?.threadId !== question.threadId) return
  await deps.withdrawPost({ threadId: question.threadId, id: place.externalId, actor: asAsker })
}

/**
 * Notes whether an answer was useful to the asker. A useful one is accepted, so that the thread is resolved; to take that
 * back un-accepts it. The same again changes nothing.
 *
 * @param useful undefined to take back what was said
 */
export async function markAnswer(
  deps: ReplyDeps,
  question: AskedQuestion,
  { postId, useful }: { readonly postId: string; readonly useful: boolean | undefined },
): Promise<void> {
  const { posts } = await followQuestion(deps, question)
  const found = posts.find(({ post, isOwn }) => !isOwn && post.id === postId)
  if (found === undefined || found.useful === useful) return
  const place = await deps.threads.placeOfPost(postId)
  await deps.questions.mark(question.id, postId, useful)
  const accepted = useful === true
  // Un-accepts only what the asker accepted: a colleague may have.
  const wasOwn = found.useful === true
  if (place?.threadId == null || found.post.accepted === accepted || !(accepted || wasOwn)) return
  await deps.acceptPost({ threadId: place.threadId, id: place.externalId, accepted, actor: asAsker })
}

/** Whoever has the link of a question: sees nothing else by it. */
const asAsker = { ...anonymous, id: 'asker', name: 'asker', audience: 'internal' } as const
