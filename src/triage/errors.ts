import { defineErrors } from '../platform/errors.ts'

export const triageErrors = defineErrors({
  ROUTING_RULE_NAME_TAKEN: [422, 'Rule {number} cannot be called "{rule}": that name is taken'],
  ROUTING_FACET_UNKNOWN: [422, 'Rule "{rule}", at {place}: there is no facet "{facet}"'],
  ROUTING_LABEL_UNKNOWN: [422, 'Rule "{rule}", at {place}: facet "{facet}" has no label "{label}"'],
  ROUTING_RULES_TOO_DEEP: [422, 'Conditions may be nested {limit} deep'],
  ROUTING_RULES_CONFLICT: [
    412,
    'The routing rules are at version {current} by now: read them again and change those',
  ],
  EXPLAIN_NO_MODEL: [409, 'Facet "{facet}" has no model in force: there is nothing to explain yet'],
  EXPLAIN_LABEL_UNKNOWN: [
    422,
    'The model in force of facet "{facet}" (version {version}) knows no label "{label}"',
  ],
  CLASSIFY_LINE_TOO_LONG: [413, 'The line is longer than {limit} bytes'],
  CLASSIFY_LINE_NOT_JSON: [400, 'The line is not JSON: {reason}'],
  CLASSIFY_LINE_INVALID: [400, '{reason}'],
})
