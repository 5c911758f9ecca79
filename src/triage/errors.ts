import { defineErrors } from '../platform/errors.ts'

export const triageErrors = defineErrors({
  ROUTING_RULE_NAME_TAKEN: [
    422,
    'Rule {number} cannot be named "{rule}": the name is reserved or belongs to another rule. Choose another name.',
  ],
  ROUTING_FACET_UNKNOWN: [422, 'Rule "{rule}", at {place}: there is no facet "{facet}"'],
  ROUTING_LABEL_UNKNOWN: [422, 'Rule "{rule}", at {place}: facet "{facet}" has no label "{label}"'],
  ROUTING_PROVISIONAL_UNBOUNDED: [
    422,
    'Rule "{rule}", at {place}: `provisional` needs `minConfidence`, the lowest probability of a provisional label',
  ],
  ROUTING_RULES_TOO_DEEP: [422, 'Conditions are nested too deep. The limit is {limit} levels.'],
  ROUTING_RULES_CONFLICT: [
    412,
    'The routing rules were changed after you read them and are now at version {current}. Read them again, then repeat your change.',
  ],
  FACET_ACTS_EVERYWHERE: [
    409,
    'The labels of facet "{facet}" act on every source under its risk budget: only facets that come with starter examples are measured source by source.',
  ],
  EXPLAIN_NO_MODEL: [
    409,
    'Facet "{facet}" has no active model version, so there is nothing to explain yet. Train one first.',
  ],
  EXPLAIN_LABEL_UNKNOWN: [
    422,
    'The active model version {version} of facet "{facet}" has no label "{label}"',
  ],
  CLASSIFY_LINE_TOO_LONG: [413, 'The line is longer than {limit} bytes'],
  CLASSIFY_LINE_NOT_JSON: [400, 'The line is not valid JSON: {reason}'],
  CLASSIFY_LINE_TOO_COMPLEX: [400, 'The line is nested too deep, or has too many fields'],
  CLASSIFY_LINE_INVALID: [400, '{reason}'],
})
