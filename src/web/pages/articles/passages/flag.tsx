import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { useAction } from '../../../api/action.ts'
import { WordChanges } from '../../../editor/word-changes.tsx'
import { ago } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { TextField } from '../../../parts/field.tsx'
import { Note, ProblemNote } from '../../../parts/states.tsx'
import { hasRole } from '../../../sign-in/session.ts'
import type { Article } from '../article.ts'
import { flagSentence } from '../names.ts'
import { Rendered } from '../rendered.tsx'
import { answerFlag, type Passage, type PassageCitation } from './passage.ts'

interface FlagProps {
  readonly article: Article
  readonly passage: Passage
  readonly citation: PassageCitation
}

/** What happened to a post that a passage rests on, how its words differ now, and the two ways on. */
export function Flag({ article, passage, citation }: FlagProps) {
  const { threadId, postId, flaggedAt, difference } = citation
  return (
    <section class="passage-flag stack stack-tight" aria-label={flagSentence(citation)}>
      <div class="articles-flag" data-stop tabIndex={-1}>
        <Note kind="warn">
          {flagSentence(citation)}{' '}
          {flaggedAt !== undefined && <span class="muted">{ago(flaggedAt, Date.now())}</span>}
        </Note>
      </div>
      {difference !== undefined && (
        <Difference difference={difference} hasText={passage.text !== ''} language={article.language} />
      )}
      {threadId !== undefined && (
        <Link class="small" href={`~/app/threads/${threadId}#${difference?.supersededBy[0] ?? postId}`}>
          {t('articles.inThread')}
        </Link>
      )}
      {hasRole('knowledge-manager') && article.confidence !== 'archived' && (
        <WaysOn article={article} passage={passage} citation={citation} />
      )}
    </section>
  )
}

function Difference({
  difference: { before, now, removes, supersededBy },
  hasText,
  language,
}: {
  readonly difference: NonNullable<PassageCitation['difference']>
  readonly hasText: boolean
  readonly language: string
}) {
  if (before !== undefined && before !== '' && now !== '' && supersededBy.length === 0)
    return <WordChanges before={before} after={now} language={language} />
  return (
    <>
      {now !== '' && (
        <div class="passage-now">
          <Rendered markdown={now} language={language} />
        </div>
      )}
      {removes && supersededBy.length === 0 && <p class="small muted">{t('articles.takeRemoves')}</p>}
      {!hasText && <p class="small muted">{t('articles.wholeSection')}</p>}
    </>
  )
}

function WaysOn({ article, passage: { id: passageId, text }, citation }: FlagProps) {
  const { postId, flag, difference } = citation
  const [reason, setReason] = useState<string>()
  const take = useAction(() => answerFlag(article, { passageId, how: 'take', body: { postId } }))
  const keep = useAction(() => answerFlag(article, { passageId, how: 'keep', body: { postId, reason } }))
  const problem = take.problem ?? keep.problem
  const isTakeable = text !== '' || flag === 'deleted' || flag === 'unaccepted'
  return (
    <>
      {difference?.inDraft === true && <Note>{t('articles.takenIntoDraft')}</Note>}
      {reason === undefined ? (
        <div class="row">
          {isTakeable && difference?.inDraft !== true && (
            <Button icon="check" isDisabled={take.isRunning} onClick={() => void take.run()}>
              {t('articles.takeChange')}
            </Button>
          )}
          <Button kind="quiet" onClick={() => setReason('')}>
            {t('articles.keep')}
          </Button>
        </div>
      ) : (
        <form
          class="stack stack-tight"
          onSubmit={(event) => {
            event.preventDefault()
            void keep.run()
          }}
        >
          <TextField
            label={t('articles.keepReason')}
            value={reason}
            maxLength={1000}
            required
            autoFocus
            onInput={setReason}
          />
          <div class="row">
            <Button type="submit" isDisabled={keep.isRunning || reason.trim() === ''}>
              {t('articles.keepNow')}
            </Button>
            <Button kind="quiet" onClick={() => setReason(undefined)}>
              {t('parts.cancel')}
            </Button>
          </div>
        </form>
      )}
      {problem !== undefined && <ProblemNote problem={problem} />}
    </>
  )
}
