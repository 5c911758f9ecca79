import { defineErrors } from '../platform/errors.ts'

export const labelErrors = defineErrors({
  FACET_NOT_FOUND: [404, 'There is no facet "{facet}"'],
  FACET_EXISTS: [409, 'A facet named "{facet}" already exists'],
  LABEL_NOT_FOUND: [404, 'Facet "{facet}" has no label "{label}"'],
  LABEL_EXISTS: [409, 'Facet "{facet}" already has a label "{label}"'],
  LABEL_EMPTY: [400, 'Enter a name for the label'],
  COST_OF_RIGHT_LABEL: [400, 'State costs of wrong labels: a thread that has "{label}" may be given it'],
  COST_STATED_TWICE: [400, 'The cost of giving "{given}" to a thread that has "{truth}" is stated twice'],
  TOO_MANY_COSTS: [400, 'State at most {most} costs. A pair of labels without a stated cost costs 1.'],
  ANNOTATION_NOT_FOUND: [404, 'There is no annotation {id}'],
  ANNOTATION_NOT_YOURS: [
    403,
    'Annotation {id} was made by someone else. Only they or a supervisor may revoke it.',
  ],
  RULING_NOT_REVOCABLE: [403, 'Annotation {id} is a ruling. Only a knowledge manager may revoke it.'],
  RULING_NOT_RESTORABLE: [403, 'Revocation {id} holds a ruling. Only a knowledge manager may restore it.'],
  AGENT_NOT_FOUND: [
    404,
    'No person, key or annotation has the agent id {agent}. `entraide accounts list` and `entraide keys list` show the ids.',
  ],
  REVOCATION_NOT_FOUND: [404, 'There is no revocation {id}'],
  REVOCATION_IN_PROGRESS: [409, 'Revocation {id} is still in progress. Restore it when it has finished.'],
})
