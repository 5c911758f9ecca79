import { useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh } from '../../../api/resource.ts'
import { useCommands } from '../../../keys/commands.ts'
import { number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { copy } from '../../../parts/copy.ts'
import { Note, ProblemNote } from '../../../parts/states.tsx'
import type { Article } from '../article.ts'
import { ReportDialog } from './report-dialog.tsx'
import type { Use } from './use.ts'
import { UseDialog } from './use-dialog.tsx'

/** What was done last: a counted use can be taken back. */
interface Done {
  readonly sentence: string
  readonly use?: Use
}

/** How much an article is used and helps, and what somebody does who has just used it. */
export function UseLine({ article }: { readonly article: Article }) {
  const { id, uses, feedback } = article
  const [open, setOpen] = useState<'use' | 'use-uncopied' | 'report'>()
  const [done, setDone] = useState<Done>()
  const undo = useAction(async ({ id: useId, reference }: Use) => {
    await call('DELETE', `/articles/${id}/uses/${useId}`)
    refresh(`/articles/${id}`)
    setDone({ sentence: t('articles.useTakenBack', { reference }) })
  })
  async function copyLink() {
    // Browsers may forbid it; the dialog then shows the link to copy.
    const isCopied = await copy(linkTo(id)).then(
      () => true,
      () => false,
    )
    setDone(isCopied ? { sentence: t('articles.linkCopied') } : undefined)
    setOpen(isCopied ? 'use' : 'use-uncopied')
  }
  const use = done?.use
  useCommands(t('articles.article'), [
    { id: 'article-use', label: t('articles.copyAndCount'), keys: ['c'], run: () => void copyLink() },
    { id: 'article-report', label: t('articles.report'), keys: ['r'], run: () => setOpen('report') },
  ])
  return (
    <section class="stack stack-tight" aria-label={t('articles.use')}>
      <div class="row">
        <Button icon="copy" keys="c" onClick={() => void copyLink()}>
          {t('articles.copyAndCount')}
        </Button>
        <Button kind="quiet" keys="r" onClick={() => setOpen('report')}>
          {t('articles.report')}
        </Button>
        <span class="muted small">{sentencesOf({ uses, feedback }).join(' · ')}</span>
      </div>
      <div role="status" class="row">
        {done !== undefined && <Note kind="good">{done.sentence}</Note>}
        {use?.own && (
          <Button kind="quiet" isDisabled={undo.isRunning} onClick={() => void undo.run(use)}>
            {t('parts.undo')}
          </Button>
        )}
      </div>
      {undo.problem !== undefined && <ProblemNote problem={undo.problem} />}
      {(open === 'use' || open === 'use-uncopied') && (
        <UseDialog
          articleId={id}
          link={linkTo(id)}
          isCopied={open === 'use'}
          onCounted={(counted) => {
            const sentence = counted.own ? 'articles.useCounted' : 'articles.useCountedBefore'
            setDone({ sentence: t(sentence, { reference: counted.reference }), use: counted })
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
      {open === 'report' && (
        <ReportDialog
          articleId={id}
          onReported={({ owner }) =>
            setDone({
              sentence:
                owner === undefined
                  ? t('articles.reported')
                  : t('articles.reportedTo', { owner: owner.name }),
            })
          }
          onClose={() => setOpen(undefined)}
        />
      )}
    </section>
  )
}

function linkTo(id: string): string {
  return `${window.location.origin}/app/articles/${id}`
}

function sentencesOf({ uses, feedback }: Pick<Article, 'uses' | 'feedback'>): string[] {
  const answers = (feedback?.solved ?? 0) + (feedback?.unsolved ?? 0)
  return [
    ...(uses === undefined
      ? []
      : [
          t('articles.uses', {
            n: uses.total,
            count: number(uses.total),
            recent: number(uses.last90Days),
          }),
        ]),
    ...(feedback === undefined || answers === 0
      ? []
      : [t('articles.solvedFor', { n: answers, count: number(answers), solved: number(feedback.solved) })]),
  ]
}
