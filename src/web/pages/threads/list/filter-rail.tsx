import type { RefObject } from 'preact'
import { useResource } from '../../../api/resource.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { SelectField, TextField } from '../../../parts/field.tsx'
import { languageName } from '../../articles/names.ts'
import { destinationsOf, type StoredRuleSet } from '../../routing/rule-set.ts'
import { destinationName } from '../../routing/sentences.ts'
import { AGES, type FilterState } from '../filters.ts'
import { type Counts, DECISIONS, REASONS, STATUSES } from '../thread.ts'
import { type Group, useCountsWithout, useFacets, useLabels, useThread } from '../use-threads.ts'
import { ChoiceList } from './choice-list.tsx'
import { onFacet } from './shown-meanwhile.ts'

const ANY = ''

/** All filters, with how many threads each value has. */
export function FilterRail({
  state,
  counts,
  first,
  firstListed,
}: {
  readonly state: FilterState
  readonly counts: Counts | undefined
  /** Where `f` goes. */
  readonly first: RefObject<HTMLDivElement>
  /** Of an author's threads: one, which knows the name. */
  readonly firstListed: string | undefined
}) {
  const facets = useFacets().data?.items ?? []
  return (
    <div class="threads-rail" ref={first}>
      <SelectField
        label={t('threads.facet')}
        value={state.facet}
        choices={[
          ...(facets.some(({ name }) => name === state.facet)
            ? []
            : [{ value: state.facet, label: state.facet }]),
          ...facets.map(({ name }) => ({ value: name, label: name })),
        ]}
        onChoose={(facet) => state.change({ facet: facet === 'category' ? undefined : facet })}
      />
      <LabelChoices state={state} counts={counts} />
      <DecisionChoice state={state} />
      <CountedGroup state={state} counts={counts} group="status" title={t('threads.status')} />
      <DestinationChoice state={state} />
      <CountedGroup state={state} counts={counts} group="source" title={t('threads.source')} />
      <CountedGroup state={state} counts={counts} group="language" title={t('threads.language')} />
      <AgeChoice state={state} />
      {state.filters.author !== undefined && <AuthorChoice state={state} threadId={firstListed} />}
    </div>
  )
}

function LabelChoices({
  state,
  counts,
}: {
  readonly state: FilterState
  readonly counts: Counts | undefined
}) {
  const { facet, filters, change } = state
  const labels = useLabels(facet).data?.items ?? []
  const isOn = (each: string) => onFacet(each)[0] === facet
  const chosen = filters.label.filter(isOn).map((each) => onFacet(each)[1])
  const isSet = chosen.length > 0 || filters.unlabelled.includes(facet)
  const others = useCountsWithout(state, 'label', isSet)
  const known = isSet ? others.data : counts
  const found = known?.by[`label:${facet}`]
  const countOf = (name: string) =>
    found === undefined ? undefined : (found.find(({ value }) => value === name)?.count ?? 0)
  const choices = labels
    .map(({ name }) => ({ value: name, label: name, count: countOf(name) }))
    .sort((one, other) => (other.count ?? 0) - (one.count ?? 0))
  const toggle = (name: string) => {
    const each = `${facet}:${name}`
    change({
      label: filters.label.includes(each)
        ? filters.label.filter((other) => other !== each)
        : [...filters.label, each],
    })
  }
  const elsewhere = filters.label.filter((each) => !isOn(each))
  return (
    <>
      <ChoiceList
        title={t('threads.labels')}
        choices={choices}
        chosen={chosen}
        atLeast={known?.atLeast ?? false}
        onToggle={toggle}
      />
      <ChoiceList
        title={t('threads.otherLabels')}
        choices={elsewhere.map((each) => ({ value: each, label: onFacet(each).join(': ') }))}
        chosen={elsewhere}
        atLeast={false}
        onToggle={(each) => change({ label: filters.label.filter((other) => other !== each) })}
      />
      <SelectField
        label={t('threads.basis')}
        value={filters.unlabelled.includes(facet) ? 'without' : (filters.labelBasis ?? 'any')}
        choices={[
          { value: 'any', label: t('threads.basis-any') },
          { value: 'given', label: t('threads.basis-given') },
          { value: 'predicted', label: t('threads.basis-predicted') },
          { value: 'without', label: t('threads.basis-without') },
        ]}
        onChoose={(basis) => {
          const others = filters.unlabelled.filter((each) => each !== facet)
          change({
            labelBasis: basis === 'given' || basis === 'predicted' ? basis : undefined,
            unlabelled: basis === 'without' ? [...others, facet] : others,
          })
        }}
      />
    </>
  )
}

function CountedGroup({
  state,
  counts,
  group,
  title,
}: {
  readonly state: FilterState
  readonly counts: Counts | undefined
  readonly group: Exclude<Group, 'label'>
  readonly title: string
}) {
  const chosen = state.filters[group]
  const others = useCountsWithout(state, group, chosen !== undefined)
  const known = chosen === undefined ? counts : others.data
  const found = known?.by[group] ?? []
  const values =
    group === 'status'
      ? STATUSES.map((value) => ({ value, count: found.find((each) => each.value === value)?.count ?? 0 }))
      : chosen === undefined || found.some(({ value }) => value === chosen)
        ? found
        : [...found, { value: chosen, count: 0 }]
  return (
    <ChoiceList
      title={title}
      choices={values.map(({ value, count }) => ({
        value,
        label: nameIn(group, value),
        count: known === undefined ? undefined : count,
      }))}
      chosen={chosen === undefined ? [] : [chosen]}
      atLeast={known?.atLeast ?? false}
      onToggle={(value) => state.change({ [group]: value === chosen ? undefined : value })}
    />
  )
}

function nameIn(group: Group, value: string): string {
  if (group === 'language') return languageName(value)
  const status = group === 'status' ? STATUSES.find((each) => each === value) : undefined
  return status === undefined ? value : t(`threads.status-${status}`)
}

/** What the model decided on the facet, or why it abstained. */
function DecisionChoice({ state: { facet, filters, change } }: { readonly state: FilterState }) {
  const { decision, reason } = filters
  return (
    <SelectField
      label={t('threads.decision')}
      value={
        reason !== undefined
          ? `reason ${onFacet(reason)[1]}`
          : decision !== undefined
            ? `decision ${onFacet(decision)[1]}`
            : ANY
      }
      choices={[
        { value: ANY, label: t('parts.all') },
        ...DECISIONS.map((each) => ({ value: `decision ${each}`, label: t(`threads.decision-${each}`) })),
        ...REASONS.map((each) => ({ value: `reason ${each}`, label: t(`threads.reason-${each}`) })),
      ]}
      onChoose={(chosen) => {
        const [kind, value = ''] = chosen.split(' ')
        change({
          decision: kind === 'decision' ? `${facet}:${value}` : undefined,
          reason: kind === 'reason' ? `${facet}:${value}` : undefined,
        })
      }}
    />
  )
}

function DestinationChoice({ state: { filters, change } }: { readonly state: FilterState }) {
  const rules = useResource<StoredRuleSet>('/routing/rules', { staleMs: 300_000 })
  const known = rules.data === undefined ? [] : destinationsOf(rules.data)
  const choices = known.map((each) => ({ value: `${each.kind}:${each.name}`, label: destinationName(each) }))
  const { destination = ANY } = filters
  const isKnown = destination === ANY || choices.some(({ value }) => value === destination)
  return (
    <SelectField
      label={t('threads.destination')}
      value={destination}
      choices={[
        { value: ANY, label: t('parts.all') },
        ...choices,
        ...(isKnown ? [] : [{ value: destination, label: destination }]),
      ]}
      onChoose={(chosen) => change({ destination: chosen === ANY ? undefined : chosen })}
    />
  )
}

const BETWEEN = 'between'

function AgeChoice({ state: { filters, change } }: { readonly state: FilterState }) {
  const { age, createdAfter, createdBefore } = filters
  const isBetween = createdAfter !== undefined || createdBefore !== undefined
  return (
    <>
      <SelectField
        label={t('threads.asked')}
        value={isBetween ? BETWEEN : (age ?? ANY)}
        choices={[
          { value: ANY, label: t('parts.all') },
          ...AGES.map((each) => ({ value: each, label: t(`threads.age-${each}`) })),
          { value: BETWEEN, label: t('threads.between') },
        ]}
        onChoose={(chosen) =>
          change(
            chosen === BETWEEN
              ? { age: undefined, createdBefore: new Date().toISOString().slice(0, 10) }
              : {
                  age: chosen === ANY ? undefined : chosen,
                  createdAfter: undefined,
                  createdBefore: undefined,
                },
          )
        }
      />
      {isBetween && (
        <>
          <TextField
            label={t('threads.from')}
            type="date"
            value={createdAfter ?? ''}
            onInput={(day) => change({ createdAfter: day })}
          />
          <TextField
            label={t('threads.until')}
            type="date"
            value={createdBefore ?? ''}
            onInput={(day) => change({ createdBefore: day })}
          />
        </>
      )}
    </>
  )
}

function AuthorChoice({
  state: { filters, change },
  threadId,
}: {
  readonly state: FilterState
  readonly threadId: string | undefined
}) {
  const thread = useThread(threadId)
  const asked = thread.data?.posts.find(({ kind }) => kind === 'question')?.author
  return (
    <section class="threads-group" aria-label={t('threads.author')}>
      <h2 class="small">{t('threads.author')}</h2>
      <div class="row row-apart">
        <span class="clip">{asked?.id === filters.author ? asked?.name : t('threads.oneAuthor')}</span>
        <Button
          kind="quiet"
          icon="x"
          label={t('threads.anyAuthor')}
          onClick={() => change({ author: undefined })}
        />
      </div>
    </section>
  )
}
