import { system } from '../access/index.ts'
import type { ThreadLabel } from '../labels/index.ts'
import type { ThreadFacts } from '../threads/index.ts'
import type { RoutingDecided, RoutingDecision, StoredPrediction } from '../triage/index.ts'
import type { TellDeps } from './deps.ts'
import type { Subject } from './endpoint.ts'
import { type News, tell } from './tell.ts'

/** What is held to be true of a facet, and by whom. */
type StatedLabel =
  | { readonly facet: string; readonly label: string; readonly givenBy: ThreadLabel['provenance'] }
  | {
      readonly facet: string
      readonly label: string
      readonly givenBy: 'model'
      readonly confidence: number
      readonly decision: 'assigned' | 'abstained'
      readonly modelVersion: number
    }

/** Tells of routing decisions that still stand; one that was overtaken meanwhile is told by its successor. */
export async function tellRouting(deps: TellDeps, { decisionIds }: RoutingDecided): Promise<void> {
  await tell(deps, async (isWanted) => {
    const decisions = await deps.decisions.stillCurrent(decisionIds)
    const facts = await deps.threads.facts(decisions.map(({ threadId }) => threadId))
    const threads = new Map(facts.map((thread) => [thread.id, thread]))
    const wanted = decisions.flatMap((decision) => {
      const thread = threads.get(decision.threadId)
      const subject = thread && subjectOf(decision, thread)
      return subject !== undefined && isWanted(subject) ? [{ decision, subject }] : []
    })
    const ids = wanted.map(({ decision }) => decision.threadId)
    const predictions = await deps.predictions.of(ids)
    const labels = await deps.threadLabels.labelsOf(ids)
    const news: News[] = []
    for (const { decision, subject } of wanted) {
      const { threadId } = decision
      const stated = statedLabels(labels.get(threadId) ?? [], predictions.get(threadId) ?? [])
      const data = { ...(await describe(deps, decision)), labels: stated }
      news.push({ subject, key: [decision.id], timestamp: decision.decidedAt, data })
    }
    return news
  })
}

function subjectOf({ destination, decidedAt }: RoutingDecision, thread: ThreadFacts): Subject {
  const { source, audience, updatedAt: activeAt } = thread
  return { type: 'routing.decided', audience, routing: { source, destination, decidedAt, activeAt } }
}

async function describe(deps: TellDeps, decision: RoutingDecision) {
  const thread = await deps.threads.require(decision.threadId, system.audience)
  return {
    id: decision.id,
    thread: {
      id: thread.id,
      source: thread.source,
      externalId: thread.externalId,
      title: thread.title,
      language: thread.language,
      ...(thread.url !== undefined && { url: thread.url }),
    },
    destination: decision.destination,
    priority: decision.priority,
    ...(decision.slaMinutes !== undefined && { slaMinutes: decision.slaMinutes }),
    rule: decision.rule,
    ruleSetVersion: decision.ruleSetVersion,
  }
}

/** Where people have spoken, what a model says is not told. */
function statedLabels(
  labels: readonly ThreadLabel[],
  predictions: readonly StoredPrediction[],
): readonly StatedLabel[] {
  const given = labels.map(({ facet, label, provenance }) => ({ facet, label, givenBy: provenance }))
  const predicted = predictions
    .filter(({ facet }) => !labels.some((other) => other.facet === facet))
    .map(({ facet, label, confidence, decision, modelVersion }) => ({
      ...{ facet, label, givenBy: 'model' as const },
      ...{ confidence, decision, modelVersion },
    }))
  return [...given, ...predicted].sort((a, b) => (a.facet < b.facet ? -1 : 1))
}
