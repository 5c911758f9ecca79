import { anonymous } from '../../access/actor.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import type { AskingSettings } from '../../help-centre/settings/settings.ts'
import type { Ingest } from '../../ingest/create-ingest.ts'
import { sourceIds } from '../../ingest/rows/source-ids.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { singleJob } from '../../platform/jobs/job-handler.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import type { SpokenLanguage } from '../../text/language/preferred-language.ts'
import { communityErrors } from '../errors.ts'
import type { AddressStore } from '../mail/address-store.ts'
import { scheduleForgetting } from '../mail/forget-addresses.ts'
import { SEND_CONFIRMATION } from '../mail/send-mails.ts'
import { type HoldReason, OWN_FORMAT } from '../question.ts'
import type { QuestionStore } from '../question-store.ts'
import { checkEmail, checkQuestion, countLinks, MOST_LINKS } from './check-text.ts'
import { type FormTokens, hashOf } from './form-tokens.ts'
import { PASS_ON, type PassOnDeps, passOn } from './pass-on.ts'

/** What a customer typed into the form, and where it came from. */
export interface Submission {
  readonly title: string
  readonly body: string
  /** The category that was chosen; undefined to leave it to us. */
  readonly topic?: string
  readonly email: string
  /** Of the form. */
  readonly token: string
  /** A field that nobody sees. */
  readonly hiddenField: string
  readonly language: SpokenLanguage
  /** The network address that it came from. */
  readonly address: string
}

export interface SubmitDeps extends PassOnDeps {
  readonly db: Database
  readonly clock: Clock
  readonly jobs: Pick<JobStore, 'enqueue'>
  readonly questions: QuestionStore
  readonly addresses: AddressStore
  readonly tokens: FormTokens
  readonly audit: AuditLog
  readonly sources: Pick<Ingest['sources'], 'find'>
  readonly mayMail: boolean
}

/** Nobody reads and fills in a form in less. */
const LEAST_MS = 3_000
/** For how long a form may stay open. */
const LONGEST_MS = 24 * 3_600_000
const HOUR_MS = 3_600_000
/** Mails a day that ask one address to confirm. */
const MOST_UNCONFIRMED = 3
/** Questions an hour from one network address: those beyond the first are held, those beyond the second refused. */
const HELD_FROM = 10
const REFUSED_FROM = 40

/**
 * Takes a question: once, however often the same form is sent with the same words.
 *
 * @returns the secret of the page by which the asker follows it
 * @throws CodedError QUESTION_…: nothing was stored
 */
export async function submitQuestion(
  deps: SubmitDeps,
  { asking, ...given }: Submission & { readonly asking: AskingSettings },
): Promise<{ readonly secret: string }> {
  const { title, body } = checkQuestion(given)
  const email = deps.mayMail ? checkEmail(given.email) : undefined
  const nonce = await requireForm(deps, given.token)
  const submission = hashOf(JSON.stringify([nonce, title, body]))
  const secret = await deps.tokens.secretFor(JSON.stringify([nonce, submission]))
  if ((await deps.questions.byLink(hashOf(secret))) !== undefined) return { secret }

  const origin = await deps.tokens.originOf(given.address)
  const recent = await deps.questions.countSince(
    origin,
    new Date(deps.clock.now().getTime() - HOUR_MS).toISOString(),
  )
  if (recent >= REFUSED_FROM) throw communityErrors.QUESTION_TOO_MANY()
  const heldFor = reasonsToHold({
    text: `${title}\n${body}`,
    hiddenField: given.hiddenField,
    recent,
    holdsAll: asking.hold === 'all',
  })
  const id = newId('ask', deps.clock.now())
  const source = await ownSource(deps, asking.audience)
  const isHeld = heldFor.length > 0
  await deps.db.transaction(async () => {
    const added = await deps.questions.add({
      id,
      submission,
      origin,
      status: isHeld ? 'held' : 'waiting',
      heldFor,
      language: given.language,
      audience: asking.audience,
      source,
      threadId: sourceIds(source).thread(id),
      title,
      body,
      topic: given.topic,
    })
    // The same form twice at once: the other request has added it.
    if (!added) return
    await deps.questions.addLink(id, hashOf(secret), 'follow')
    await deps.audit.record('question.submitted', anonymous, id, { after: { source, heldFor } })
    if (!isHeld) await deps.jobs.enqueue(singleJob(PASS_ON, { questionId: id }))
    if (email !== undefined && (await mayAdd(deps, email))) {
      await deps.addresses.add(id, email)
      // What is held may be nobody's question: its address is asked when a colleague releases it.
      if (!isHeld) await deps.jobs.enqueue(singleJob(SEND_CONFIRMATION, { questionId: id }))
    }
    await scheduleForgetting(deps)
  })
  if (!isHeld) await passOn(deps, id)
  return { secret }
}

/** Nobody is sent more than a few mails to confirm by who types the address of somebody else. */
async function mayAdd({ addresses, clock }: SubmitDeps, email: string): Promise<boolean> {
  const since = new Date(clock.now().getTime() - 24 * HOUR_MS).toISOString()
  return (await addresses.countUnconfirmed(email, since)) < MOST_UNCONFIRMED
}

/** @returns the nonce of the form @throws CodedError QUESTION_FORM_EXPIRED, QUESTION_TOO_SOON */
export async function requireForm(
  { tokens, clock }: Pick<SubmitDeps, 'tokens' | 'clock'>,
  token: string,
): Promise<string> {
  const form = await tokens.read(token)
  const openMs = form === undefined ? Number.POSITIVE_INFINITY : clock.now().getTime() - form.issuedAt
  if (form === undefined || openMs > LONGEST_MS) throw communityErrors.QUESTION_FORM_EXPIRED()
  if (openMs < LEAST_MS) throw communityErrors.QUESTION_TOO_SOON()
  return form.nonce
}

function reasonsToHold({
  text,
  hiddenField,
  recent,
  holdsAll,
}: {
  readonly text: string
  readonly hiddenField: string
  readonly recent: number
  readonly holdsAll: boolean
}): HoldReason[] {
  const reasons: HoldReason[] = []
  if (countLinks(text) > MOST_LINKS) reasons.push('links')
  if (recent >= HELD_FROM) reasons.push('many')
  if (hiddenField !== '') reasons.push('hidden-field')
  if (holdsAll) reasons.push('rule')
  return reasons
}

/**
 * The source of an audience's questions: whoever asked under one audience is never shown to a wider one because the
 * setting changed. Where a community of another kind has its name, the next free one.
 */
async function ownSource(
  { sources }: Pick<SubmitDeps, 'sources'>,
  audience: AskingSettings['audience'],
): Promise<string> {
  const name = audience === 'internal' ? OWN_FORMAT : `${OWN_FORMAT}-${audience}`
  for (let at = 1; ; at += 1) {
    const candidate = at === 1 ? name : `${name}-${at}`
    const existing = await sources.find(candidate)
    if (existing === undefined || (existing.format === OWN_FORMAT && existing.audience === audience))
      return candidate
  }
}
