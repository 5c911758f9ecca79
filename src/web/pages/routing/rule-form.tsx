import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { ConditionForm, initialOf } from './condition-form.tsx'
import type { RuleInProgress } from './open-rule.ts'
import type { Condition, Destination, Outcome, Rule, RuleSet } from './rule-set.ts'
import { ruleSentence } from './sentences.ts'

interface RuleFormProps {
  readonly inProgress: RuleInProgress
  readonly ruleSet: RuleSet
  /** What the form has now, after each change. */
  onChange(rule: Rule): void
  onDone(rule: Rule): void
  onClose(): void
}

/** A rule as a form; its sentence is above, as it will be read. */
export function RuleForm({ inProgress, ruleSet, onChange, onDone, onClose }: RuleFormProps) {
  const { place, rule } = inProgress
  // The outcome of no rule has no name and no condition.
  const isDefault = place === 'otherwise'
  const ownName = typeof place === 'object' ? place.name : undefined
  const [name, setName] = useState(rule.name)
  const [when, setWhen] = useState<Condition | undefined>(rule.when)
  const [outcome, setOutcome] = useState<Outcome>(rule.then)
  const isTaken =
    !isDefault && name.trim() !== ownName && ruleSet.rules.some((each) => each.name === name.trim())

  const fault = isTaken ? t('routing.nameTaken') : name.trim() === '' ? t('routing.nameMissing') : undefined
  // biome-ignore lint/suspicious/noThenProperty: a property of rules, never awaited
  const edited: Rule = { name: name.trim(), when, then: outcome }
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isFirst.current) onChange(edited)
    isFirst.current = false
  }, [name, when, outcome])
  return (
    <Dialog title={isDefault ? t('routing.otherwise') : t('routing.rule')} size="wide" onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (fault === undefined) onDone(edited)
        }}
      >
        {!isDefault && (
          <>
            <p aria-live="polite">{ruleSentence(when, outcome)}</p>
            <TextField
              label={t('routing.name')}
              value={name}
              fault={fault}
              maxLength={200}
              onInput={setName}
            />
            <h3>{t('routing.when')}</h3>
            {when === undefined ? (
              <div class="row">
                <span>{t('routing.always')}</span>
                <Button icon="plus" onClick={() => setWhen(initialOf('label'))}>
                  {t('routing.addCondition')}
                </Button>
              </div>
            ) : (
              <ConditionForm
                condition={when}
                ruleSet={ruleSet}
                onChange={setWhen}
                onRemove={() => setWhen(undefined)}
              />
            )}
            <h3>{t('routing.then')}</h3>
          </>
        )}
        <OutcomeFields outcome={outcome} onChange={setOutcome} />
        <div class="row">
          <Button type="submit" kind="primary" isDisabled={fault !== undefined}>
            {t('routing.take')}
          </Button>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}

const KINDS = ['community', 'queue', 'expert'] as const
const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const

function OutcomeFields({
  outcome,
  onChange,
}: {
  readonly outcome: Outcome
  onChange(outcome: Outcome): void
}) {
  const { destination, priority, slaMinutes } = outcome
  const send = (changes: Partial<Destination>) =>
    onChange({ ...outcome, destination: { ...destination, ...changes } })
  return (
    <div class="leaf-fields">
      <SelectField
        label={t('routing.destinationKind')}
        value={destination.kind}
        choices={KINDS.map((kind) => ({ value: kind, label: t(`routing.destination_${kind}`) }))}
        onChoose={(kind) => send({ kind: kind as Destination['kind'] })}
      />
      <TextField
        label={t('routing.destinationName')}
        value={destination.name}
        required
        maxLength={200}
        onInput={(name) => send({ name })}
      />
      <SelectField
        label={t('routing.priority')}
        value={priority}
        choices={PRIORITIES.map((each) => ({ value: each, label: t(`routing.priority_${each}`) }))}
        onChoose={(chosen) => onChange({ ...outcome, priority: chosen })}
      />
      <TextField
        label={t('routing.sla')}
        hint={t('routing.inMinutes')}
        type="number"
        min={1}
        value={slaMinutes === undefined ? '' : String(slaMinutes)}
        onInput={(text) => onChange({ ...outcome, slaMinutes: text === '' ? undefined : Number(text) })}
      />
    </div>
  )
}
