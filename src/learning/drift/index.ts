export type { ShareEstimate } from '../statistics/share-estimate.ts'
export {
  ALARM_DOUBT,
  DRIFT_KINDS,
  type DriftAlarm,
  type DriftFigures,
  type DriftGroup,
  type DriftKind,
  type DriftMeasure,
  type LabelShift,
  measureDrift,
} from './measure-drift.ts'
export type { DriftReference, ObservedPost, ReadPost } from './observed-post.ts'
export { type RisenTerm, risenTerms } from './risen-terms.ts'
export { risingTopics } from './rising-topics.ts'
export type { RecentTopicPost, RisingTopic, TopicPost, TopicSearch } from './topic-search.ts'
