import type { MessageKey } from '../../messages/messages.ts'
import type { Fields } from './rule-set.ts'

/** How a field of a condition is filled in. */
export type FieldKind =
  | 'facet'
  | 'label'
  | 'labels'
  | 'values'
  | 'share'
  | 'number'
  | 'minutes'
  | 'text'
  | 'yes-no'
  | 'calendar'
  | 'destination'
  | { readonly choices: readonly string[] }

interface LeafField {
  readonly name: string
  readonly label: MessageKey
  readonly kind: FieldKind
}

/** A property that conditions test: its fields, and what a new condition on it holds. */
export interface Leaf {
  readonly kind: string
  readonly label: MessageKey
  readonly fields: readonly LeafField[]
  readonly initial: Fields | boolean
}

const facet: LeafField = { name: 'facet', label: 'routing.facet', kind: 'facet' }
const atLeast = (kind: FieldKind): LeafField => ({ name: 'atLeast', label: 'routing.atLeast', kind })
const atMost = (kind: FieldKind): LeafField => ({ name: 'atMost', label: 'routing.atMost', kind })
const below: LeafField = { name: 'below', label: 'routing.below', kind: 'share' }
const values = (label: MessageKey): LeafField => ({ name: 'in', label, kind: 'values' })
const field: LeafField = {
  name: 'field',
  label: 'routing.field',
  kind: { choices: ['', 'title', 'question'] },
}

export const LEAVES: readonly Leaf[] = [
  {
    kind: 'label',
    label: 'routing.leafLabel',
    fields: [
      facet,
      { name: 'in', label: 'routing.labels', kind: 'labels' },
      { name: 'minConfidence', label: 'routing.minConfidence', kind: 'share' },
      { name: 'provisional', label: 'routing.provisional', kind: 'yes-no' },
    ],
    initial: { facet: 'category', in: [] },
  },
  {
    kind: 'probability',
    label: 'routing.leafProbability',
    fields: [facet, { name: 'label', label: 'routing.label', kind: 'label' }, atLeast('share'), below],
    initial: { facet: 'category', label: '', atLeast: 0.5 },
  },
  {
    kind: 'confidence',
    label: 'routing.leafConfidence',
    fields: [facet, atLeast('share'), below],
    initial: { facet: 'category', atLeast: 0.8 },
  },
  { kind: 'abstained', label: 'routing.leafAbstained', fields: [facet], initial: { facet: 'category' } },
  {
    kind: 'words',
    label: 'routing.leafWords',
    fields: [
      { name: 'any', label: 'routing.anyWords', kind: 'values' },
      { name: 'all', label: 'routing.allWords', kind: 'values' },
      field,
    ],
    initial: { any: [] },
  },
  {
    kind: 'pattern',
    label: 'routing.leafPattern',
    fields: [{ name: 'matches', label: 'routing.matches', kind: 'text' }, field],
    initial: { matches: '' },
  },
  {
    kind: 'unanswered',
    label: 'routing.leafUnanswered',
    fields: [{ name: 'forMinutes', label: 'routing.forMinutes', kind: 'minutes' }],
    initial: { forMinutes: 240 },
  },
  {
    kind: 'age',
    label: 'routing.leafAge',
    fields: [
      { name: 'atLeastMinutes', label: 'routing.atLeastMinutes', kind: 'minutes' },
      { name: 'lessThanMinutes', label: 'routing.lessThanMinutes', kind: 'minutes' },
    ],
    initial: { atLeastMinutes: 60 },
  },
  { kind: 'answered', label: 'routing.leafAnswered', fields: [], initial: false },
  { kind: 'resolved', label: 'routing.leafResolved', fields: [], initial: false },
  {
    kind: 'language',
    label: 'routing.leafLanguage',
    fields: [values('routing.languages')],
    initial: { in: ['fr'] },
  },
  { kind: 'source', label: 'routing.leafSource', fields: [values('routing.sources')], initial: { in: [] } },
  { kind: 'tag', label: 'routing.leafTag', fields: [values('routing.tags')], initial: { in: [] } },
  {
    kind: 'askerRole',
    label: 'routing.leafAskerRole',
    fields: [
      {
        name: 'is',
        label: 'routing.askerRole',
        kind: { choices: ['member', 'expert', 'staff', 'moderator', 'unknown'] },
      },
    ],
    initial: { is: 'member' },
  },
  {
    kind: 'reputation',
    label: 'routing.leafReputation',
    fields: [atLeast('number'), atMost('number')],
    initial: { atLeast: 100 },
  },
  {
    kind: 'views',
    label: 'routing.leafViews',
    fields: [atLeast('number'), atMost('number')],
    initial: { atLeast: 100 },
  },
  {
    kind: 'fact',
    label: 'routing.leafFact',
    fields: [
      { name: 'name', label: 'routing.factName', kind: 'text' },
      values('routing.factValues'),
      atLeast('number'),
      atMost('number'),
    ],
    initial: { name: 'segment', in: ['business'] },
  },
  {
    kind: 'hours',
    label: 'routing.leafHours',
    fields: [
      { name: 'calendar', label: 'routing.calendar', kind: 'calendar' },
      { name: 'is', label: 'routing.hoursAre', kind: { choices: ['open', 'closed'] } },
    ],
    initial: { calendar: '', is: 'closed' },
  },
  {
    kind: 'load',
    label: 'routing.leafLoad',
    fields: [
      { name: 'destination', label: 'routing.destination', kind: 'destination' },
      atLeast('number'),
      atMost('number'),
    ],
    initial: { destination: { kind: 'queue', name: 'agents' }, atMost: 50 },
  },
]

export function leafOf(kind: string): Leaf | undefined {
  return LEAVES.find((leaf) => leaf.kind === kind)
}
