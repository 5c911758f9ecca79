import { defineErrors } from '../platform/index.ts'
import { ROLES } from './actor.ts'
import { AUDIENCES } from './audience.ts'

export const accessErrors = defineErrors({
  KEY_NOT_FOUND: [404, 'There is no key {id}'],
  KEY_NAME_TAKEN: [409, 'There is a key named "{name}" already; revoke it first or choose another name'],
  KEY_NAME_INVALID: [400, 'A key is named with 1 to 100 characters, none of them a control character'],
  KEY_ROLE_UNKNOWN: [400, `A key has at least one role of ${ROLES.join(', ')}; not "{role}"`],
  KEY_AUDIENCE_UNKNOWN: [400, `The audience of a key is one of ${AUDIENCES.join(', ')}; not "{audience}"`],
  KEY_AUDIENCE_TOO_CLOSE: [403, 'A key for {audience} can only be given by someone who sees that much'],
  AUDIT_INTERNAL_ONLY: [
    403,
    'The audit log is for keys of the audience internal: it quotes what was changed',
  ],
})
