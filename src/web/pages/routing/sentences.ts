import { duration } from '../../messages/duration.ts'
import { number, percent } from '../../messages/format.ts'
import { currentLanguage, t } from '../../messages/messages.ts'
import { type Condition, type Destination, type Fields, type Outcome, partsOf } from './rule-set.ts'

/** A condition as a sentence reads it: `category is billing or fraud, and nobody answered for 4 h`. */
function conditionSentence(condition: Condition): string {
  const [kind, content] = partsOf(condition)
  if (kind === 'all' || kind === 'any') return joined(content as readonly Condition[], kind)
  if (kind === 'not') return t('routing.sayNot', { condition: within(content as Condition) })
  if (typeof content === 'boolean')
    return t(content ? `routing.say_${kind as Answer}` : `routing.say_not_${kind as Answer}`)
  return leafSentence(kind, content as Fields)
}

type Answer = 'answered' | 'resolved'

function joined(conditions: readonly Condition[], how: 'all' | 'any'): string {
  const parts = conditions.map((each) => within(each))
  return list(parts, how === 'all' ? 'conjunction' : 'disjunction')
}

/** A condition inside another: several stand in brackets. */
function within(condition: Condition): string {
  const [kind, content] = partsOf(condition)
  const isGroup = (kind === 'all' || kind === 'any') && (content as readonly Condition[]).length > 1
  const sentence = conditionSentence(condition)
  return isGroup ? `(${sentence})` : sentence
}

function leafSentence(kind: string, fields: Fields): string {
  const {
    facet = '',
    name = '',
    calendar = '',
    label = '',
    matches = '',
  } = fields as Readonly<Record<string, string>>
  switch (kind) {
    case 'label': {
      const chosen = valuesOf(fields)
      const sure =
        fields.minConfidence === undefined ? '' : t('routing.saySure', { share: share(fields.minConfidence) })
      const sentence =
        chosen.length === 0
          ? t('routing.sayAnyLabel', { facet })
          : t('routing.sayLabel', { facet, labels: list(chosen, 'disjunction') })
      return sentence + sure + (fields.provisional === true ? t('routing.sayProvisional') : '')
    }
    case 'probability':
      return t('routing.sayProbability', { facet, label, limits: limits(fields, share) })
    case 'confidence':
      return t('routing.sayConfidence', { facet, limits: limits(fields, share) })
    case 'abstained':
      return t('routing.sayAbstained', { facet })
    case 'words': {
      const { any = [], all = [] } = fields as Readonly<Record<string, readonly string[]>>
      const parts = [...(any.length === 0 ? [] : [list(any.map(quoted), 'disjunction')]), ...all.map(quoted)]
      return t('routing.sayWords', { part: part(fields), words: list(parts, 'conjunction') })
    }
    case 'pattern':
      return t('routing.sayPattern', { part: part(fields), pattern: matches })
    case 'unanswered':
      return t('routing.sayUnanswered', { time: duration(Number(fields.forMinutes)) })
    case 'age':
      return t('routing.sayAge', {
        limits: limits({ atLeast: fields.atLeastMinutes, below: fields.lessThanMinutes }, (value) =>
          duration(Number(value)),
        ),
      })
    case 'fact': {
      const chosen = valuesOf(fields)
      if (chosen.length > 0) return t('routing.sayFact', { name, values: list(chosen, 'disjunction') })
      const bounds = limits(fields, plain)
      return bounds === ''
        ? t('routing.sayFactKnown', { name })
        : t('routing.sayFact', { name, values: bounds })
    }
    case 'hours':
      return t(fields.is === 'open' ? 'routing.sayOpen' : 'routing.sayClosed', { calendar })
    case 'load':
      return t('routing.sayLoad', {
        destination: destinationName(fields.destination as Destination),
        limits: limits(fields, plain),
      })
    case 'reputation':
      return t('routing.sayReputation', { limits: limits(fields, plain) })
    case 'views':
      return t('routing.sayViews', { limits: limits(fields, plain) })
    case 'language':
      return t('routing.sayLanguage', { values: list(valuesOf(fields), 'disjunction') })
    case 'source':
      return t('routing.saySource', { values: list(valuesOf(fields), 'disjunction') })
    case 'tag':
      return t('routing.sayTag', { values: list(valuesOf(fields), 'disjunction') })
    case 'askerRole':
      return t('routing.sayAskerRole', { values: list(valuesOf(fields), 'disjunction') })
    default:
      return `${kind} ${JSON.stringify(fields)}`
  }
}

/** The one value or the several that a condition names. */
export function valuesOf({ is, in: several }: Fields): readonly string[] {
  const all = [...(is === undefined ? [] : [is]), ...((several as readonly unknown[] | undefined) ?? [])]
  return all.map(String)
}

function limits({ atLeast, atMost, below }: Fields, format: (value: unknown) => string): string {
  const parts = [
    ...(atLeast === undefined ? [] : [t('routing.limitAtLeast', { value: format(atLeast) })]),
    ...(atMost === undefined ? [] : [t('routing.limitAtMost', { value: format(atMost) })]),
    ...(below === undefined ? [] : [t('routing.limitBelow', { value: format(below) })]),
  ]
  return list(parts, 'conjunction')
}

function part({ field }: Fields): string {
  return t(
    field === 'title'
      ? 'routing.partTitle'
      : field === 'question'
        ? 'routing.partQuestion'
        : 'routing.partText',
  )
}

function share(value: unknown): string {
  return percent(Number(value))
}

function plain(value: unknown): string {
  return number(Number(value))
}

function quoted(words: string): string {
  return t('routing.quoted', { words })
}

function list(parts: readonly string[], type: 'conjunction' | 'disjunction'): string {
  return new Intl.ListFormat(currentLanguage(), { type, style: 'long' }).format(parts)
}

/** `queue complaints`. */
export function destinationName({ kind, name }: Destination): string {
  if (kind === 'community' && name === 'community') return t('routing.theCommunity')
  return t(`routing.kind_${kind}`, { name })
}

/** A rule as a sentence reads it: its condition → where it sends threads. */
export function ruleSentence(when: Condition | undefined, outcome: Outcome): string {
  const holds =
    when === undefined ? t('routing.always') : t('routing.whenHolds', { when: conditionSentence(when) })
  return t('routing.sentence', { when: holds, outcome: outcomeSentence(outcome) })
}

/** `queue complaints, high priority, within 4 h`. */
export function outcomeSentence({ destination, priority, slaMinutes }: Outcome): string {
  const parts = [
    destinationName(destination),
    t(`routing.priority_${priority as 'low' | 'normal' | 'high' | 'urgent'}`),
    ...(slaMinutes === undefined ? [] : [t('routing.within', { time: duration(slaMinutes) })]),
  ]
  return parts.join(', ')
}
