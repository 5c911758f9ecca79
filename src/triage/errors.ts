import { defineErrors } from '../platform/index.ts'

export const triageErrors = defineErrors({
  ROUTING_RULE_NAME_TAKEN: [422, 'Rule {number} cannot be called "{rule}": that name is taken'],
  ROUTING_FACET_UNKNOWN: [422, 'Rule "{rule}", at {place}: there is no facet "{facet}"'],
  ROUTING_LABEL_UNKNOWN: [422, 'Rule "{rule}", at {place}: facet "{facet}" has no label "{label}"'],
  ROUTING_RULES_TOO_DEEP: [422, 'Conditions may be nested {limit} deep'],
  ROUTING_RULES_CONFLICT: [
    412,
    'The routing rules are at version {current} by now: read them again and change those',
  ],
  PRECONDITION_REQUIRED: [428, 'Changing the routing rules needs If-Match with the ETag they were read with'],
  CLASSIFY_LINE_TOO_LONG: [413, 'The line is longer than {limit} bytes'],
  CLASSIFY_LINE_NOT_JSON: [400, 'The line is not JSON: {reason}'],
  CLASSIFY_LINE_INVALID: [400, '{reason}'],
})
