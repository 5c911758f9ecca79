import { Type } from 'typebox'
import { PageQuery, pageOf } from '../../platform/page-schema.ts'
import { ROLES } from '../actor.ts'
import {
  AudienceSchema,
  LanguageSchema,
  PasswordSchema,
  ProficiencySchema,
  RoleSchema,
} from '../me/schemas.ts'

const exampleAccount = {
  id: 'usr_01kd0f3k9qv7w2m4n5p6r7s8t',
  name: 'Camille',
  email: 'camille@example.com',
  roles: ['agent'],
  audience: 'internal',
  language: 'fr',
  proficiency: 'contributor',
  status: 'invited',
  oidc: false,
  createdAt: '2026-11-29T09:14:05.120Z',
} as const

const accountFields = {
  id: Type.String(),
  name: Type.String(),
  email: Type.Optional(Type.String()),
  roles: Type.Array(RoleSchema),
  audience: AudienceSchema,
  language: Type.Optional(LanguageSchema),
  proficiency: Type.Optional(ProficiencySchema),
  status: Type.Enum(['invited', 'active', 'disabled'], { description: '`invited`: has never signed in' }),
  oidc: Type.Boolean({ description: 'Whether the person signs in with the identity provider' }),
  createdAt: Type.String({ format: 'date-time' }),
  disabledAt: Type.Optional(Type.String({ format: 'date-time' })),
}

export const AccountSchema = Type.Object(accountFields, { examples: [exampleAccount] })

export const AccountPage = { ...pageOf(AccountSchema), examples: [{ items: [exampleAccount] }] }

export const AccountQuery = Type.Object({
  ...PageQuery.properties,
  search: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'Part of the name or the e-mail address' }),
  ),
})

export const AccountParams = Type.Object({ id: Type.String() })

const rolesField = Type.Array(RoleSchema, { minItems: 1, maxItems: ROLES.length })
const nameField = Type.String({ minLength: 1, maxLength: 100 })
const emailField = Type.String({ minLength: 3, maxLength: 254 })

export const InvitationBody = Type.Object(
  {
    name: nameField,
    email: emailField,
    roles: rolesField,
    audience: AudienceSchema,
    language: Type.Optional(LanguageSchema),
    proficiency: Type.Optional(ProficiencySchema),
  },
  {
    additionalProperties: false,
    examples: [{ name: 'Camille', email: 'camille@example.com', roles: ['agent'], audience: 'internal' }],
  },
)

export const AccountEditBody = Type.Object(
  {
    name: Type.Optional(nameField),
    roles: Type.Optional(rolesField),
    audience: Type.Optional(AudienceSchema),
    proficiency: Type.Optional(
      Type.Union([ProficiencySchema, Type.Null()], {
        description:
          'How far the person is trained in knowledge work; null for what is usual for their roles',
      }),
    ),
  },
  { additionalProperties: false, examples: [{ roles: ['agent', 'knowledge-manager'] }] },
)

const exampleLink = {
  link: `/app/welcome#enl_01kd0f3k9qv7w2m4n5p6r7s8t_${'0123456789abcdef'.repeat(3)}`,
  expiresAt: '2026-12-06T09:14:05.120Z',
}

const linkFields = {
  link: Type.String({
    description: 'Path and token to hand over to the person; works once, and is shown only in this response',
  }),
  expiresAt: Type.String({ format: 'date-time' }),
}

export const LinkSchema = Type.Object(linkFields, { examples: [exampleLink] })

export const InvitedSchema = Type.Object(
  { ...accountFields, ...linkFields },
  { examples: [{ ...exampleAccount, ...exampleLink }] },
)

const tokenField = Type.String({ maxLength: 200, description: 'What follows `#` in the link' })
const exampleToken = exampleLink.link.split('#')[1]

export const AcceptBody = Type.Object(
  {
    token: tokenField,
    password: PasswordSchema,
    name: Type.Optional(nameField),
    email: Type.Optional(emailField),
  },
  { additionalProperties: false, examples: [{ token: exampleToken, password: 'a long pass phrase' }] },
)

export const LinkTokenBody = Type.Object(
  { token: tokenField },
  { additionalProperties: false, examples: [{ token: exampleToken }] },
)

export const LinkDescription = Type.Object(
  {
    purpose: Type.Enum(['invitation', 'reset', 'administrator'], {
      description: '`administrator`: creates the first one, who has to give a name and an e-mail address',
    }),
    name: Type.Optional(Type.String()),
    email: Type.Optional(Type.String()),
    language: Type.Optional(LanguageSchema),
  },
  { examples: [{ purpose: 'invitation', name: 'Camille', email: 'camille@example.com', language: 'fr' }] },
)

export const ResetRequestBody = Type.Object(
  { email: Type.String({ maxLength: 254 }) },
  { additionalProperties: false, examples: [{ email: 'camille@example.com' }] },
)
