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
import { type Article, AUDIENCES, type Audience, type Content, versionOf } from './article.ts'
import { audienceName } from './names.ts'
import { FindingList } from './privacy/finding-list.tsx'

type Check = Get<'/api/articles/{id}/publication'>
type Reason = Check['reasons'][number]
type Confirmations = Readonly<Partial<Record<NonNullable<Reason['confirm']>, boolean>>>

/** The draft that is published with its article. */
interface PublishedDraft {
  readonly content: Content
  /** Makes it a revision first; `undefined` where that was refused, and its screen says why. */
  apply(): Promise<Article | undefined>
  /** Takes in what the server changed in it. */
  reload(): Promise<void>
}

interface PublishDialogProps {
  readonly article: Article
  readonly draft?: PublishedDraft
  onPublished(audience: Audience): void
  onClose(): void
}

/** Who is to see an article, what stands against it, and what the publisher has to check. */
export function PublishDialog({ article, draft, onPublished, onClose }: PublishDialogProps) {
  const path = `/articles/${article.id}`
  // As it is: whoever wants more people to see it says so.
  const [audience, choose] = useState<Audience>(article.audience)
  const [confirmed, setConfirmed] = useState<Confirmations>({})
  const check = useResource<Check>(`${path}/publication`, {
    query: { audience, draft: draft === undefined ? undefined : true },
    keepPrevious: true,
    staleMs: 0,
  })
  const mayPublish =
    check.data !== undefined &&
    check.data.audience === audience &&
    check.data.reasons.every(({ blocks, confirm }) => !blocks || (confirm && confirmed[confirm]))
  const publish = useAction(async () => {
    const applied = draft === undefined ? article : await draft.apply()
    if (applied === undefined) return onClose()
    const { data, etag } = await publishAt(versionOf(applied))
    remember(path, data, etag)
    refresh('/articles')
    onClose()
    onPublished(audience)
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
        {AUDIENCES.filter((each) => article.may?.widen || each === article.audience).map((each) => (
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
      <div aria-live="polite" class="stack stack-tight">
        <Loaded resource={check}>
          {({ reasons }) =>
            reasons.length === 0 ? (
              <Note kind="good">{t('articles.nothingMissing')}</Note>
            ) : (
              findingsLast(reasons)
                .filter(({ code }) => code !== 'DRAFT_PENDING' || draft === undefined)
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
      {check.data?.reasons.some(({ findings }) => findings !== undefined) && (
        <FindingList
          article={article}
          content={draft?.content ?? article}
          draft={draft !== undefined}
          onDecided={draft?.reload}
        />
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

/** With what is to be decided on them right below. */
function findingsLast(reasons: readonly Reason[]): Reason[] {
  const hasFindings = ({ findings }: Reason) => findings !== undefined
  return [...reasons.filter((each) => !hasFindings(each)), ...reasons.filter(hasFindings)]
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
