import { percent } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { DECISIONS, decisionName, isOneOf, type ListedThread } from '../thread.ts'

/** The label in force on a facet, or what the model makes of it. */
export function LabelText({
  thread: { labels, predictions },
  facet,
}: {
  readonly thread: Pick<ListedThread, 'labels' | 'predictions'>
  readonly facet: string
}) {
  const given = labels.find((each) => each.facet === facet)
  if (given !== undefined) return <span class="threads-given">{given.label}</span>
  const predicted = predictions.find((each) => each.facet === facet)
  if (predicted === undefined) return <span class="muted">–</span>
  const { label, confidence, decision } = predicted
  const values = { label, chance: percent(confidence) }
  return (
    <span class="muted">
      {isOneOf(DECISIONS, decision)
        ? t(`threads.predicted-${decision}`, values)
        : `${decisionName(decision)} ${values.label} ${values.chance}`}
    </span>
  )
}
