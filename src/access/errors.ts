import { defineErrors } from '../platform/errors.ts'
import { ROLES } from './actor.ts'
import { AUDIENCES } from './audience.ts'

export const accessErrors = defineErrors({
  // Keys and the audit log
  KEY_NOT_FOUND: [404, 'There is no API key {id}'],
  KEY_NAME_TAKEN: [
    409,
    'An API key named "{name}" already exists. Choose another name, or revoke that key first.',
  ],
  KEY_NAME_INVALID: [400, 'The name of an API key must have 1 to 100 characters and no control characters'],
  KEY_ROLE_UNKNOWN: [400, `"{role}" is not a role. An API key needs at least one of: ${ROLES.join(', ')}`],
  KEY_AUDIENCE_UNKNOWN: [400, `"{audience}" is not an audience. Choose one of: ${AUDIENCES.join(', ')}`],
  KEY_AUDIENCE_FORBIDDEN: [
    403,
    'You cannot see the audience {audience}, so you cannot create an API key for it',
  ],
  AUDIT_INTERNAL_ONLY: [
    403,
    'The audit log quotes changed content, so only readers with the audience internal may read it',
  ],
  // Accounts
  ACCOUNT_NOT_FOUND: [404, 'There is no account {id}'],
  ACCOUNT_EXISTS: [409, 'Somebody already has an account with this e-mail address'],
  ACCOUNT_NAME_INVALID: [400, 'A name must have 1 to 100 characters and no control characters'],
  ACCOUNT_EMAIL_INVALID: [400, 'This is not an e-mail address. Enter one such as name@example.com.'],
  ACCOUNT_ROLE_UNKNOWN: [
    400,
    `"{role}" is not a role. An account needs at least one of: ${ROLES.join(', ')}`,
  ],
  ACCOUNT_AUDIENCE_UNKNOWN: [400, `"{audience}" is not an audience. Choose one of: ${AUDIENCES.join(', ')}`],
  ACCOUNT_AUDIENCE_FORBIDDEN: [
    403,
    'You cannot see the audience {audience}, so you cannot give it to an account',
  ],
  ACCOUNT_DISABLED: [409, 'The account {id} is disabled. Enable it first.'],
  ADMINISTRATOR_EXISTS: [
    409,
    'There is an administrator already. Say whom to invite: --name, --email and --role.',
  ],
  INVITATION_INCOMPLETE: [
    400,
    'An invitation needs a name, an e-mail address and a role. Missing: {missing}. The link of the first administrator needs no option at all.',
  ],
  LAST_ADMINISTRATOR: [
    409,
    'This is the only administrator who can sign in. Make somebody else an administrator first.',
  ],
  PERSON_REQUIRED: [403, 'Only a person who is signed in has this, not an API key'],
  PREFERENCES_TOO_LARGE: [413, 'Preferences take more than {limit} bytes. Remove some saved views.'],
  // Passwords and links
  PASSWORD_TOO_SHORT: [400, 'The password has fewer than {least} characters. Choose a longer one.'],
  PASSWORD_TOO_LONG: [400, 'The password has more than {most} characters. Choose a shorter one.'],
  PASSWORD_TOO_OBVIOUS: [400, 'The password is your name or your e-mail address. Choose another.'],
  PASSWORD_WRONG: [403, 'The current password is wrong'],
  PASSWORD_SIGN_IN_OFF: [403, 'Nobody signs in with a password here. Sign in with {name}.'],
  LINK_INVALID: [410, 'This link is not valid any more. Ask an administrator for a new one.'],
  LINK_EMAIL_REQUIRED: [400, 'This link creates the administrator. Enter a name and an e-mail address too.'],
  // Signing in
  SIGN_IN_FAILED: [401, 'The e-mail address or the password is wrong'],
  SIGN_IN_LIMITED: [429, 'Too many attempts. Try again in {seconds} s.'],
  SESSION_NOT_FOUND: [404, 'You have no session {id}'],
  DEMO_ONLY: [403, 'A click signs in only in the demo, and only on the machine where it runs'],
  OIDC_NOT_CONFIGURED: [404, 'No identity provider is configured'],
  OIDC_UNAVAILABLE: [502, 'The identity provider does not answer. Try again later.'],
  OIDC_FAILED: [401, 'The identity provider did not confirm who you are. Try again.'],
  OIDC_NO_ROLE: [403, 'None of your groups may use Entraide. Ask an administrator.'],
  OIDC_NO_ACCOUNT: [403, 'You have no account here yet. Ask an administrator to invite you.'],
  OIDC_ACCOUNT_DISABLED: [403, 'Your account is disabled. Ask an administrator.'],
  OIDC_EMAIL_TAKEN: [
    403,
    'The account with your e-mail address belongs to somebody else at the identity provider. Ask an administrator.',
  ],
  OIDC_EMAIL_UNVERIFIED: [
    403,
    'An account has your e-mail address, but the identity provider did not verify that it is yours. Ask an administrator.',
  ],
  OIDC_ROLE_UNKNOWN: [500, `OIDC_ROLES gives the role "{role}", but must give one of: ${ROLES.join(', ')}`],
  OIDC_AUDIENCE_UNKNOWN: [500, `OIDC_AUDIENCE is "{audience}", but must be one of: ${AUDIENCES.join(', ')}`],
})
