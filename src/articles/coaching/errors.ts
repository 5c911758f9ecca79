import { defineErrors } from '../../platform/errors.ts'

/** Faults of coaching. */
export const coachingErrors = defineErrors({
  COACHING_NEEDS_COACH: [
    403,
    'Samples are drawn for coaches in knowledge work inside the company. Ask an administrator to make you a coach.',
  ],
  COACHING_FORBIDDEN: [
    403,
    'You see your own scores. Those of others are for coaches and supervisors inside the company.',
  ],
  COACHING_OWN: [403, 'You wrote this. Another coach has to judge it.'],
  COACHING_NOT_SAMPLED: [404, '{id} is not in the sample of {month}. Read the sample again.'],
  COACHING_TAKEN: [409, '{id} was judged by {by} already. Choose another of the sample.'],
  COACHING_CHECKLIST_CHANGED: [
    409,
    'The checklist was changed after you read it and is now at version {version}. Read it again, then answer its points.',
  ],
  COACHING_ANSWERS_INCOMPLETE: [400, 'Answer each point of the checklist once. Missing or unknown: {points}'],
  COACHING_POINTS_REPEATED: [400, 'The checklist names the point {id} twice. Give each its own id.'],
  COACHING_SETTINGS_CONFLICT: [
    412,
    'The checklist was changed after you read it and is now at version {version}. Read it again, then repeat your change.',
  ],
})
