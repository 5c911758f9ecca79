import type { RefObject } from 'preact'
import { t } from '../../messages/messages.ts'
import { SelectField } from '../../parts/field.tsx'
import { languageName } from '../articles/names.ts'
import { ChoiceList } from '../threads/list/choice-list.tsx'
import { type Counts, STATES, TYPES, typeName } from './candidate.ts'
import type { FilterState } from './filters.ts'

/** All filters, with how many candidates each value has. */
export function FilterRail({
  state: { filters, change },
  counts,
  first,
}: {
  readonly state: FilterState
  readonly counts: Counts | undefined
  /** Where `f` goes. */
  readonly first: RefObject<HTMLDivElement>
}) {
  const countOf = (group: 'type', value: string) =>
    counts === undefined ? undefined : (counts[group].find((each) => each.value === value)?.count ?? 0)
  const group = (name: 'type' | 'language' | 'category') => ({
    chosen: filters[name] === undefined ? [] : [filters[name]],
    atLeast: counts?.atLeast ?? false,
    onToggle: (value: string) => change({ [name]: value === filters[name] ? undefined : value }),
  })
  const values = (name: 'language' | 'category') => {
    const found = counts?.[name] ?? []
    const chosen = filters[name]
    return chosen === undefined || found.some(({ value }) => value === chosen)
      ? found
      : [...found, { value: chosen, count: 0 }]
  }
  return (
    <div class="threads-rail" ref={first}>
      <SelectField
        label={t('candidates.state')}
        value={filters.state ?? 'open'}
        choices={STATES.map((each) => ({ value: each, label: t(`candidates.state-${each}`) }))}
        onChoose={(state) => change({ state: state === 'open' ? undefined : state })}
      />
      <ChoiceList
        title={t('candidates.type')}
        choices={TYPES.map((value) => ({ value, label: typeName(value), count: countOf('type', value) }))}
        {...group('type')}
      />
      <ChoiceList
        title={t('threads.language')}
        choices={values('language').map((each) => ({ ...each, label: languageName(each.value) }))}
        {...group('language')}
      />
      <ChoiceList
        title={t('candidates.category')}
        choices={values('category').map((each) => ({ ...each, label: each.value }))}
        {...group('category')}
      />
    </div>
  )
}
