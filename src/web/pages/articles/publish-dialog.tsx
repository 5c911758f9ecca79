import { useRef, useState } from 'preact/hooks'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { refresh, remember, useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { useCommands } from '../../keys/commands.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { CheckField } from '../../parts/field.tsx'
import { Loaded, Note, ProblemNote } from '../../parts/states.tsx'
import { type Article, AUDIENCES, type Audience, type Thread, versionOf } from './article.ts'
import { audienceName } from './names.ts'

type Check = Get<'/api/articles/{id}/publication'>
type Reason = Check['reasons'][number]
export type Confirmations = Readonly<Partial<Record<NonNullable<Reason['confirm']>, boolean>>>

interface PublishDialogProps {
  readonly article: Article
  /** Makes the draft a revision first; `undefined` where that was refused, and its screen says why. */
  readonly applyDraft?: (confirmations: Confirmations) => Promise<Article | undefined>
  onPublished?(): void
  onClose(): void
}

/** Who is to see an article, what stands against it, and what the publisher has to check. */
export function PublishDialog({ article, applyDraft, onPublished, onClose }: PublishDialogProps) {
  const path = `/articles/${article.id}`
  const [chosen, choose] = useState<Audience>()
  const [confirmed, setConfirmed] = useState<Confirmations>({})
  const likely = useLikelyAudience(article)
  const audience = chosen ?? likely
  const check = useResource<Check>(`${path}/publication`, {
    query: { audience, draft: applyDraft === undefined ? undefined : true },
    enabled: audience !== undefined,
    keepPrevious: true,
    staleMs: 0,
  })
  const mayPublish =
    check.data !== undefined &&
    check.data.audience === audience &&
    check.data.reasons.every(({ blocks, confirm }) => !blocks || (confirm && confirmed[confirm]))
  const publish = useAction(async () => {
    const applied = applyDraft === undefined ? article : await applyDraft(confirmed)
    if (applied === undefined) return onClose()
    const { data, etag } = await publishAt(versionOf(applied))
    remember(path, data, etag)
    refresh('/articles')
    onPublished?.()
    onClose()
  })
  async function publishAt(ifMatch: string) {
    try {
      return await call<Article>('POST', `${path}/publish`, { body: { audience, ...confirmed }, ifMatch })
    } catch (error) {
      // Whatever stands against it now, the next attempt begins from the article and the check as they are.
      refresh('/articles')
      throw error
    }
  }
  // A key that follows another at once finds what that one changed.
  const submit = useRef(() => {})
  submit.current = () => {
    if (mayPublish && !publish.isRunning) void publish.run()
  }
  useCommands(t('articles.publish'), [
    {
      id: 'confirm-publication',
      label: t('articles.publish'),
      keys: ['$mod+Enter'],
      isHidden: true,
      run: () => submit.current(),
    },
  ])
  return (
    <Dialog title={t('articles.publishTitle')} hasKeys onClose={onClose}>
      <fieldset class="stack stack-tight">
        <legend>{t('articles.whoSees')}</legend>
        {AUDIENCES.map((each) => (
          <label key={each} class="check">
            <input
              type="radio"
              name="audience"
              checked={each === audience}
              onChange={() => {
                choose(each)
                // What was checked for some readers was not checked for others.
                setConfirmed({})
              }}
            />
            <span>
              {audienceName(each)} <span class="muted">{t(`articles.audienceHint-${each}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {audience !== undefined && (
        <div aria-live="polite" class="stack stack-tight">
          <Loaded resource={check}>
            {({ reasons }) =>
              reasons.length === 0 ? (
                <Note kind="good">{t('articles.nothingMissing')}</Note>
              ) : (
                reasons
                  .filter(({ code }) => code !== 'DRAFT_PENDING' || applyDraft === undefined)
                  .map((reason) => (
                    <ReasonLine
                      key={reason.code}
                      reason={reason}
                      isConfirmed={reason.confirm !== undefined && confirmed[reason.confirm] === true}
                      onConfirm={(isConfirmed) =>
                        reason.confirm && setConfirmed({ ...confirmed, [reason.confirm]: isConfirmed })
                      }
                    />
                  ))
              )
            }
          </Loaded>
        </div>
      )}
      {publish.problem !== undefined && <ProblemNote problem={publish.problem} />}
      <div class="row">
        <Button
          kind="primary"
          keys="$mod+Enter"
          isDisabled={!mayPublish || publish.isRunning}
          onClick={() => void publish.run()}
        >
          {t('articles.publish')}
        </Button>
        <Button onClick={onClose}>{t('parts.cancel')}</Button>
      </div>
    </Dialog>
  )
}

/** Whom it is published for already, or else who sees the thread that it was made from. */
function useLikelyAudience({ confidence, audience, threadId }: Article): Audience | undefined {
  const isPublished = confidence === 'validated'
  const thread = useResource<Thread>(`/threads/${threadId}`, {
    enabled: !isPublished && threadId !== undefined,
  })
  return isPublished ? audience : thread.data?.audience
}

function ReasonLine({
  reason,
  isConfirmed,
  onConfirm,
}: {
  readonly reason: Reason
  readonly isConfirmed: boolean
  onConfirm(isConfirmed: boolean): void
}) {
  const { sentence, confirm, blocks } = reason
  if (confirm !== undefined)
    return (
      <div class="articles-reason">
        <Note kind="warn">{sentence}</Note>
        <CheckField label={t(`articles.${confirm}`)} isChecked={isConfirmed} onChange={onConfirm} />
      </div>
    )
  return <Note kind={blocks ? 'warn' : undefined}>{sentence}</Note>
}
