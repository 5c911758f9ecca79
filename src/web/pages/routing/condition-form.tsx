import { useState } from 'preact/hooks'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { CheckField, SelectField } from '../../parts/field.tsx'
import { LeafFields } from './leaf-fields.tsx'
import { LEAVES, type Leaf, leafOf } from './leaves.ts'
import { type Condition, partsOf, type RuleSet } from './rule-set.ts'

const GROUPS = ['all', 'any'] as const
/** Deeper conditions are shown as sentences and edited over the API. */
const DEEPEST = 4

interface ConditionFormProps {
  readonly condition: Condition
  readonly ruleSet: RuleSet
  readonly depth?: number
  onChange(condition: Condition): void
  onRemove(): void
}

/** A condition as a form: a group of conditions, the opposite of one, or a property and what it must be. */
export function ConditionForm({ condition, ruleSet, depth = 0, onChange, onRemove }: ConditionFormProps) {
  const [kind, content] = partsOf(condition)
  const isOpposite = kind === 'not'
  const inner = isOpposite ? (content as Condition) : condition
  const [innerKind, innerContent] = partsOf(inner)
  const change = (next: Condition) => onChange(isOpposite ? { not: next } : next)
  const isGroup = innerKind === 'all' || innerKind === 'any'
  return (
    <fieldset class="condition stack stack-tight">
      <legend class="visually-hidden">{t('routing.condition')}</legend>
      <div class="row row-apart">
        <div class="row">
          <SelectField
            label={t('routing.property')}
            value={innerKind}
            choices={[
              ...GROUPS.map((each) => ({ value: each, label: t(`routing.group_${each}`) })),
              ...LEAVES.map((leaf) => ({ value: leaf.kind, label: t(leaf.label) })),
            ]}
            onChoose={(next) => change(turnedInto(next, inner))}
          />
          <CheckField
            label={t('routing.opposite')}
            isChecked={isOpposite}
            onChange={(checked) => onChange(checked ? { not: inner } : inner)}
          />
        </div>
        <Button kind="quiet" icon="trash-2" label={t('routing.removeCondition')} onClick={onRemove} />
      </div>
      {isGroup ? (
        <Group
          conditions={innerContent as readonly Condition[]}
          ruleSet={ruleSet}
          depth={depth}
          onChange={(conditions) => change({ [innerKind]: conditions })}
        />
      ) : (
        <LeafFields
          key={innerKind}
          kind={innerKind}
          content={innerContent}
          ruleSet={ruleSet}
          onChange={(next) => change({ [innerKind]: next })}
        />
      )}
    </fieldset>
  )
}

function Group({
  conditions,
  ruleSet,
  depth,
  onChange,
}: {
  readonly conditions: readonly Condition[]
  readonly ruleSet: RuleSet
  readonly depth: number
  onChange(conditions: readonly Condition[]): void
}) {
  // A form keeps what is being typed in it: it goes with its condition, not with its place.
  const [keys, setKeys] = useState<readonly number[]>(() => conditions.map((_, at) => at))
  return (
    <div class="stack stack-tight">
      {conditions.map((each, at) => (
        <ConditionForm
          key={keys[at]}
          condition={each}
          ruleSet={ruleSet}
          depth={depth + 1}
          onChange={(next) => onChange(conditions.map((old, index) => (index === at ? next : old)))}
          onRemove={() => {
            setKeys(keys.filter((_, index) => index !== at))
            onChange(conditions.filter((_, index) => index !== at))
          }}
        />
      ))}
      {depth < DEEPEST && (
        <div>
          <Button
            icon="plus"
            onClick={() => {
              setKeys([...keys, Math.max(-1, ...keys) + 1])
              onChange([...conditions, initialOf('label')])
            }}
          >
            {t('routing.addCondition')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** A new condition on a property. */
export function initialOf(kind: Leaf['kind']): Condition {
  return { [kind]: leafOf(kind)?.initial }
}

/** A condition of another kind: a group holds what was there before, and keeps its conditions where it becomes another. */
function turnedInto(kind: string, before: Condition): Condition {
  if (leafOf(kind) !== undefined) return initialOf(kind)
  const [beforeKind, content] = partsOf(before)
  return { [kind]: beforeKind === 'all' || beforeKind === 'any' ? content : [before] }
}
