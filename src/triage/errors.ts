import { defineErrors } from '../platform/errors.ts'

export const triageErrors = defineErrors({
  ACTIVATION_NONE: [404, 'No model version of facet "{facet}" is active yet'],
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
  ROUTING_WORDS_EMPTY: [
    422,
    'Rule "{rule}", at {place}: "{phrase}" has only words that search passes over. Name a word with a meaning of its own.',
  ],
  ROUTING_PATTERN_INVALID: [
    422,
    'Rule "{rule}", at {place}: the pattern cannot be read: {reason}. Patterns are RE2 expressions, without look-around and back-references.',
  ],
  ROUTING_PATTERN_TOO_LARGE: [
    422,
    'Rule "{rule}", at {place}: the pattern takes {size} steps when it is written out; the limit is {limit}. Repeat less, or use several rules.',
  ],
  ROUTING_PATTERNS_TOO_MANY: [422, 'The rules have {patterns} patterns; the limit is {limit}'],
  ROUTING_CALENDAR_UNKNOWN: [
    422,
    'Rule "{rule}", at {place}: the rule set has no calendar "{calendar}". Add it to `calendars`.',
  ],
  ROUTING_CALENDAR_INVALID: [422, 'Calendar "{calendar}": {reason}'],
  ROUTING_CONDITION_EMPTY: [
    422,
    'Rule "{rule}", at {place}: the condition asks for nothing. State {missing}.',
  ],
  ROUTING_RANGE_EMPTY: [
    422,
    'Rule "{rule}", at {place}: nothing is at least {atLeast} and below {below}. Swap or change the limits.',
  ],
  ROUTING_VERSION_NOT_FOUND: [404, 'There is no version {version} of the routing rules'],
  POST_SOURCE_REFUSED: [422, 'The post was not stored: {reason}'],
  POST_ID_TAKEN: [
    409,
    'Source "{source}" has another post with the id "{id}", in another thread or of another kind. Send an id of its own.',
  ],
  POST_PARENT_UNKNOWN: [422, 'The thread has no post with the id "{parentId}"'],
  POST_NOT_ACCEPTABLE: [422, 'Only an answer can be accepted. Leave `accepted` out of a {kind}.'],
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
