import { LearningError } from '../errors.ts'
import { defaultMix } from './default-mix.ts'
import { diversity } from './diversity.ts'
import { entropy } from './entropy.ts'
import { leastConfidence } from './least-confidence.ts'
import { margin } from './margin.ts'
import type { QueryStrategy } from './query-strategy.ts'
import { random } from './random.ts'

/** Every strategy, by the name that people give. */
const queryStrategies = {
  default: defaultMix,
  margin,
  entropy,
  'least-confidence': leastConfidence,
  diversity,
  random,
} as const satisfies Record<string, QueryStrategy>

export type QueryStrategyName = keyof typeof queryStrategies

export const queryStrategyNames = Object.keys(queryStrategies) as readonly QueryStrategyName[]

/** @throws LearningError `INVALID_ARGUMENT` where no strategy has this name */
export function requireQueryStrategy(name: string): QueryStrategy {
  if (!Object.hasOwn(queryStrategies, name))
    throw new LearningError(
      'INVALID_ARGUMENT',
      `no strategy is called '${name}': ${queryStrategyNames.join(', ')}`,
    )
  return queryStrategies[name as QueryStrategyName]
}
