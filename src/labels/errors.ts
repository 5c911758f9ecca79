import { defineErrors } from '../platform/errors.ts'

export const labelErrors = defineErrors({
  FACET_NOT_FOUND: [404, 'There is no facet "{facet}"'],
  FACET_EXISTS: [409, 'There is a facet "{facet}" already'],
  LABEL_NOT_FOUND: [404, 'Facet "{facet}" has no label "{label}"'],
  LABEL_EXISTS: [409, 'Facet "{facet}" has a label "{label}" already'],
  LABEL_EMPTY: [400, 'A label needs a name'],
  ANNOTATION_NOT_FOUND: [404, 'There is no annotation {id}'],
  RULING_NOT_REVOCABLE: [403, 'Annotation {id} is a ruling: a knowledge manager may revoke it'],
  AGENT_NOT_FOUND: [
    404,
    'No key is {agent}, and nobody of that id ever gave a verdict; `keys list` shows the ids',
  ],
  REVOCATION_NOT_FOUND: [404, 'There is no revocation {id}'],
  REVOCATION_UNDER_WAY: [409, 'Revocation {id} is still taking verdicts back; restore it when it has'],
})
