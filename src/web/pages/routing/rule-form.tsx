import { useState } from 'preact/hooks'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { ConditionForm, initialOf } from './condition-form.tsx'
import type { Condition, Destination, Outcome, Rule, RuleSet } from './rule-set.ts'
import { ruleSentence } from './sentences.ts'

interface RuleFormProps {
  readonly rule: Rule
  readonly ruleSet: RuleSet
  /** The outcome of no rule: without name and condition. */
  readonly isDefault?: boolean
  onDone(rule: Rule): void
  onClose(): void
}

/** A rule as a form; its sentence is above, as it will be read. */
export function RuleForm({ rule, ruleSet, isDefault = false, onDone, onClose }: RuleFormProps) {
  const [name, setName] = useState(rule.name)
  const [when, setWhen] = useState<Condition | undefined>(rule.when)
  const [outcome, setOutcome] = useState<Outcome>(rule.then)
  const isTaken = !isDefault && name !== rule.name && ruleSet.rules.some((each) => each.name === name)
  const fault = isTaken ? t('routing.nameTaken') : name.trim() === '' ? t('routing.nameMissing') : undefined
  return (
    <Dialog title={isDefault ? t('routing.otherwise') : t('routing.rule')} size="wide" onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          // biome-ignore lint/suspicious/noThenProperty: a property of rules, never awaited
          if (fault === undefined) onDone({ name: name.trim(), when, then: outcome })
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
