import { Link } from 'wouter-preact'
import { t } from '../../messages/messages.ts'
import type { LabelChoice } from './queue.ts'

/** What a label means, and when it applies by the rulings so far. */
export function LabelGuide({
  labels,
  label,
}: {
  readonly labels: readonly LabelChoice[]
  readonly label: string | undefined
}) {
  const found = labels.find(({ name }) => name === label)
  if (found === undefined) return null
  const { name, description, guidelines } = found
  if (description === '' && guidelines.length === 0) return null
  return (
    <section class="review-guide stack stack-tight">
      <h3>{name}</h3>
      {description !== '' && <p class="muted">{description}</p>}
      {guidelines.map(({ id, text, examples }) => (
        <div key={id} class="review-guideline">
          <p>{text}</p>
          {examples.map(({ threadId, title }) => (
            <p key={threadId} class="small clip">
              <Link href={`~/app/threads/${threadId}`}>{title}</Link>
            </p>
          ))}
        </div>
      ))}
      {guidelines.length === 0 && <p class="small muted">{t('review.noGuideline')}</p>}
    </section>
  )
}
