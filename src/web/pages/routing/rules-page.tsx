import { useState } from 'preact/hooks'
import { useAction } from '../../api/action.ts'
import { call, Problem } from '../../api/client.ts'
import { refresh, remember, useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { useCommands } from '../../keys/commands.ts'
import { number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Page } from '../../parts/page.tsx'
import { Loaded, Note, ProblemNote } from '../../parts/states.tsx'
import { hasRole } from '../../sign-in/session.ts'
import { type Place, ruleAt, useOpenRule, withRule } from './open-rule.ts'
import { RuleButtons } from './rule-buttons.tsx'
import { RuleForm } from './rule-form.tsx'
import type { Rule, RuleSet, Simulation, StoredRuleSet } from './rule-set.ts'
import { useRuleSetDraft } from './rule-set-draft.ts'
import { outcomeSentence, ruleSentence } from './sentences.ts'
import { SimulationTable } from './simulation.tsx'

/** The rules in force as sentences, in the order in which they are tried, and their edits. */
export function RulesPage() {
  const rules = useResource<StoredRuleSet>('/routing/rules')
  return (
    <Page
      title={t('routing.title')}
      actions={<ButtonLink href="/versions">{t('routing.versions')}</ButtonLink>}
    >
      <p class="muted prose">{t('routing.purpose')}</p>
      <Loaded resource={rules}>{(stored) => <Rules stored={stored} />}</Loaded>
    </Page>
  )
}

function Rules({ stored }: { readonly stored: StoredRuleSet }) {
  const draft = useRuleSetDraft(stored)
  const { ruleSet, isChanged } = draft
  const form = useOpenRule()
  const edit = (place: Place) => form.open({ place, rule: ruleAt(ruleSet, place) })
  const mayEdit = hasRole('supervisor')
  const present = usePresentCounts(stored)
  const simulate = useSimulation(ruleSet)
  const save = useAction(async () => {
    try {
      const ifMatch = `"${draft.basedOn}"`
      const saved = await call<StoredRuleSet>('PUT', '/routing/rules', { body: ruleSet, ifMatch })
      remember('/routing/rules', saved.data, saved.etag)
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 412) throw error
      // Somebody saved meanwhile: once their version is known, the page offers the ways on.
      refresh('/routing')
      return
    }
    draft.discard()
    simulate.forget()
    refresh('/routing', '/threads')
  })
  const setRules = (rules: readonly Rule[]) => draft.edit({ ...ruleSet, rules })
  useCommands(t('routing.title'), [
    ...(mayEdit ? [{ id: 'add-rule', label: t('routing.add'), keys: ['a'], run: () => edit('new') }] : []),
  ])
  return (
    <div class="stack">
      <ol class="rules">
        {ruleSet.rules.map((rule, at) => (
          <li key={rule.name} class="rule">
            <RuleLine rule={rule} place={at + 1} decided={present?.get(rule.name)} />
            {mayEdit && (
              <RuleButtons
                rule={rule}
                isFirst={at === 0}
                isLast={at === ruleSet.rules.length - 1}
                onMove={(by) => setRules(moved(ruleSet.rules, at, by))}
                onEdit={() => edit({ name: rule.name })}
                onRemove={() => setRules(ruleSet.rules.filter((each) => each !== rule))}
              />
            )}
          </li>
        ))}
        <li class="rule">
          <div>
            <p>{t('routing.otherwiseTo', { outcome: outcomeSentence(ruleSet.default) })}</p>
            <Decided count={present?.get('default')} />
          </div>
          {mayEdit && (
            <Button kind="quiet" onClick={() => edit('otherwise')}>
              {t('parts.edit')}
            </Button>
          )}
        </li>
      </ol>
      {mayEdit && form.left !== undefined && (
        <div class="row" role="status">
          <Note>{t('routing.left', { name: form.left.rule.name })}</Note>
          <Button onClick={() => form.left && form.open(form.left)}>{t('routing.goOn')}</Button>
          <Button kind="quiet" onClick={form.end}>
            {t('routing.drop')}
          </Button>
        </div>
      )}
      {mayEdit && (
        <div class="row">
          <Button icon="plus" keys="a" onClick={() => edit('new')}>
            {t('routing.add')}
          </Button>
          <Button isDisabled={!isChanged || simulate.isRunning} onClick={simulate.run}>
            {t('routing.simulate')}
          </Button>
          <Button
            kind="primary"
            isDisabled={!isChanged || draft.isBehind || save.isRunning}
            onClick={() => void save.run()}
          >
            {t('parts.save')}
          </Button>
          {isChanged && (
            <Button kind="quiet" onClick={draft.discard}>
              {t('routing.discard')}
            </Button>
          )}
        </div>
      )}
      {isChanged && !draft.isBehind && <p class="muted">{t('routing.unsaved')}</p>}
      {draft.isBehind && (
        <div class="problem" role="alert">
          <p>{t('routing.behind', { version: stored.version })}</p>
          <div class="row">
            <Button onClick={draft.rebase}>{t('routing.keepMine')}</Button>
            <Button onClick={draft.discard}>{t('routing.takeTheirs')}</Button>
          </div>
        </div>
      )}
      {save.problem && <ProblemNote problem={save.problem} />}
      {simulate.problem && <ProblemNote problem={simulate.problem} />}
      {simulate.result && <SimulationTable simulation={simulate.result} />}
      {form.shown !== undefined && (
        <RuleForm
          inProgress={form.shown}
          ruleSet={ruleSet}
          onChange={form.change}
          onClose={form.leave}
          onDone={(rule) => {
            if (form.shown !== undefined) draft.edit(withRule(ruleSet, { place: form.shown.place, rule }))
            form.end()
          }}
        />
      )}
    </div>
  )
}

function RuleLine({
  rule,
  place,
  decided,
}: {
  readonly rule: Rule
  readonly place: number
  readonly decided: number | undefined
}) {
  return (
    <div>
      <h2>
        <span class="muted">{place}.</span> {rule.name}
      </h2>
      <p>{ruleSentence(rule.when, rule.then)}</p>
      <Decided count={decided} />
    </div>
  )
}

function Decided({ count }: { readonly count: number | undefined }) {
  return count === undefined ? null : (
    <p class="small muted">{t('routing.decides', { count, shown: number(count) })}</p>
  )
}

/** How many threads each rule in force decides, by its name. */
function usePresentCounts({ version }: StoredRuleSet): ReadonlyMap<string, number> | undefined {
  const { data } = useResource<Get<'/api/routing/rules/counts'>>('/routing/rules/counts', { staleMs: 60_000 })
  return data?.version === version
    ? new Map(data.rules.map(({ rule, threads }) => [rule, threads]))
    : undefined
}

/** Tries a rule set on the stored threads; the result is shown until the rules change again. */
function useSimulation(ruleSet: RuleSet) {
  const [found, setFound] = useState<{ readonly of: RuleSet; readonly simulation: Simulation }>()
  const action = useAction(async () => {
    const { data } = await call<Simulation>('POST', '/routing/simulate', { body: ruleSet })
    setFound({ of: ruleSet, simulation: data })
  })
  return {
    run: () => void action.run(),
    forget: () => setFound(undefined),
    isRunning: action.isRunning,
    problem: action.problem,
    result: found?.of === ruleSet ? found.simulation : undefined,
  }
}

function moved(rules: readonly Rule[], at: number, by: -1 | 1): readonly Rule[] {
  const next = [...rules]
  const [rule] = next.splice(at, 1)
  if (rule !== undefined) next.splice(at + by, 0, rule)
  return next
}
