import { type Resource, useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { moment, percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Badge, Loaded } from '../../parts/states.tsx'
import { ExplainedLabel } from '../review/why.tsx'
import type { StoredRuleSet } from '../routing/rule-set.ts'
import { destinationName, outcomeSentence, ruleSentence } from '../routing/sentences.ts'
import { decisionName, reasonName, type Triage } from './thread.ts'

type Explanation = Get<'/api/threads/{id}/explanation'>

/** The label in force on each facet and what the model makes of it; on demand, the words behind a prediction. */
export function Decisions({
  triage: { labels, predictions },
  why,
  explanation,
  onWhy,
}: {
  readonly triage: Triage
  /** The facet whose words are shown. */
  readonly why?: string
  readonly explanation?: Resource<Explanation>
  onWhy?(facet: string): void
}) {
  const facets = [...new Set([...labels, ...predictions].map(({ facet }) => facet))].sort()
  if (facets.length === 0) return <p class="muted small">{t('threads.noDecisions')}</p>
  return (
    <dl class="threads-decisions">
      {facets.map((facet) => {
        const given = labels.find((each) => each.facet === facet)
        const prediction = predictions.find((each) => each.facet === facet)
        return (
          <div key={facet}>
            <dt class="small muted">{facet}</dt>
            <dd class="stack stack-tight">
              {given !== undefined && (
                <p class="row">
                  <strong>{given.label}</strong>
                  <Badge>{t('threads.inForce')}</Badge>
                </p>
              )}
              {prediction !== undefined && <Prediction prediction={prediction} />}
              {prediction !== undefined && onWhy !== undefined && (
                <div>
                  <Button
                    kind="quiet"
                    icon={why === facet ? 'chevron-down' : 'chevron-right'}
                    isExpanded={why === facet}
                    onClick={() => onWhy(facet)}
                  >
                    {t('threads.why', { label: prediction.label })}
                  </Button>
                </div>
              )}
              {why === facet && explanation !== undefined && (
                <Loaded resource={explanation}>
                  {(known) => <ExplainedLabel label={known.label} explanation={known} />}
                </Loaded>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

function Prediction({ prediction }: { readonly prediction: Triage['predictions'][number] }) {
  const { label, confidence, decision, reason, alternatives, modelVersion } = prediction
  const others = alternatives.filter((each) => each.label !== label).slice(0, 2)
  return (
    <div class="small">
      <p>
        {t('threads.predicts', {
          label,
          chance: percent(confidence),
          decision: reason === undefined ? decisionName(decision) : reasonName(reason),
        })}
      </p>
      <p class="muted">
        {others.map((each) => `${each.label} ${percent(each.confidence)}`).join(' · ')}
        {others.length > 0 && ' · '}
        {t('threads.version', { version: modelVersion })}
      </p>
    </div>
  )
}

export function useExplanation(threadId: string, facet: string | undefined): Resource<Explanation> {
  return useResource<Explanation>(`/threads/${encodeURIComponent(threadId)}/explanation`, {
    query: { facet },
    enabled: facet !== undefined,
    staleMs: 300_000,
  })
}

/** Where the thread goes, and the rule that says so. */
export function Routing({ triage: { routing, history } }: { readonly triage: Triage }) {
  const version = routing?.ruleSetVersion
  const rules = useResource<StoredRuleSet>(`/routing/rules/versions/${version ?? 0}`, {
    enabled: version !== undefined,
    staleMs: 600_000,
  })
  if (routing === undefined) return <p class="muted small">{t('threads.notRouted')}</p>
  const rule = rules.data?.rules.find(({ name }) => name === routing.rule)
  const earlier = history.filter(({ id }) => id !== routing.id)
  return (
    <div class="stack stack-tight">
      <p>{outcomeSentence(routing)}</p>
      <p class="small muted">
        {rule !== undefined
          ? t('threads.byRule', { name: rule.name, rule: ruleSentence(rule.when, rule.then) })
          : routing.rule === 'default'
            ? t('threads.byDefault')
            : t('threads.byRuleNamed', { name: routing.rule })}
      </p>
      <p class="small muted">{t('threads.decidedAt', { at: moment(routing.decidedAt) })}</p>
      {routing.slaDueAt !== undefined && (
        <p class="small">{t('threads.dueAt', { at: moment(routing.slaDueAt) })}</p>
      )}
      {routing.slaBreachedAt !== undefined && (
        <p class="row small">
          <Badge kind="bad">{t('threads.breached', { at: moment(routing.slaBreachedAt) })}</Badge>
        </p>
      )}
      {earlier.length > 0 && (
        <details>
          <summary class="small muted">{t('threads.earlierDecisions', { count: earlier.length })}</summary>
          <ul class="small">
            {earlier.map(({ id, destination, rule: name, decidedAt }) => (
              <li key={id}>
                {destinationName(destination)} <span class="muted">{`${name} · ${moment(decidedAt)}`}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
