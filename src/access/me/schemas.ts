import { Type } from 'typebox'
import { LANGUAGES } from '../accounts/account.ts'
import { PROFICIENCIES, ROLES } from '../actor.ts'
import { AUDIENCES } from '../audience.ts'

export const LanguageSchema = Type.Enum([...LANGUAGES], { description: 'Language of mail to this person' })

export const ProficiencySchema = Type.Enum([...PROFICIENCIES], {
  description: 'How far the person is trained in knowledge work; a coach trains others',
})

export const RoleSchema = Type.Enum([...ROLES], { description: 'What one may do; `admin` may do everything' })

export const AudienceSchema = Type.Enum([...AUDIENCES], {
  description: 'What one may see: content for this audience and for every wider one',
})

export const PasswordSchema = Type.String({
  maxLength: 1_000,
  description: 'At least 12 characters, and neither the name nor the e-mail address',
})

const PreferencesSchema = Type.Object(
  {
    language: Type.Optional(Type.Enum([...LANGUAGES], { description: 'Language of the interface' })),
    theme: Type.Optional(Type.Enum(['light', 'dark', 'system'])),
    shortcuts: Type.Optional(
      Type.Object(
        {
          enabled: Type.Boolean({ description: 'Whether single keys do anything' }),
          keys: Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 50 }), {
            description: 'Keys other than the usual ones, by the name of the command',
          }),
        },
        { additionalProperties: false },
      ),
    ),
    views: Type.Optional(
      Type.Array(
        Type.Object(
          {
            id: Type.String({ minLength: 1, maxLength: 100 }),
            name: Type.String({ minLength: 1, maxLength: 200 }),
            path: Type.String({
              maxLength: 8_000,
              pattern: '^/app(/|\\?|$)',
              description: 'An address of the workbench',
            }),
          },
          { additionalProperties: false },
        ),
        { maxItems: 200, description: 'Saved views' },
      ),
    ),
  },
  { additionalProperties: false, description: 'At most 64 kB as JSON' },
)

export const examplePreferences = {
  theme: 'dark',
  shortcuts: { enabled: true, keys: { 'review.skip': 'k' } },
  views: [{ id: 'v1', name: 'Billing, in doubt', path: '/app/threads?category=billing&decision=abstained' }],
} as const

export const exampleMe = {
  id: 'usr_01kd0f3k9qv7w2m4n5p6r7s8t',
  name: 'Camille',
  kind: 'person',
  email: 'camille@example.com',
  language: 'fr',
  roles: ['agent'],
  audience: 'internal',
  proficiency: 'contributor',
  preferences: examplePreferences,
} as const

export const MeSchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    kind: Type.Enum(['person', 'key']),
    email: Type.Optional(Type.String()),
    language: Type.Optional(LanguageSchema),
    roles: Type.Array(RoleSchema),
    audience: AudienceSchema,
    proficiency: Type.Optional(ProficiencySchema),
    preferences: PreferencesSchema,
  },
  { examples: [exampleMe] },
)

export const OwnChangeBody = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    language: Type.Optional(LanguageSchema),
    preferences: Type.Optional(PreferencesSchema),
  },
  { additionalProperties: false, examples: [{ preferences: { theme: 'dark' } }] },
)

export const PasswordChangeBody = Type.Object(
  { current: Type.String({ maxLength: 1_000 }), next: PasswordSchema },
  {
    additionalProperties: false,
    examples: [{ current: 'the old pass phrase', next: 'a newer pass phrase' }],
  },
)

export const SessionParams = Type.Object({ id: Type.String() })

const SessionSchema = Type.Object({
  id: Type.String(),
  current: Type.Boolean({ description: 'Whether it is the one that asks' }),
  createdAt: Type.String({ format: 'date-time' }),
  usedAt: Type.String({ format: 'date-time', description: 'Last used, to a few minutes' }),
  expiresAt: Type.String({ format: 'date-time', description: 'Ends then, however much it is used' }),
  userAgent: Type.Optional(Type.String()),
  address: Type.Optional(Type.String()),
})

export const SessionList = Type.Object(
  { items: Type.Array(SessionSchema) },
  {
    examples: [
      {
        items: [
          {
            id: 'ses_01kd0f3k9qv7w2m4n5p6r7s8t',
            current: true,
            createdAt: '2026-11-29T09:14:05.120Z',
            usedAt: '2026-11-29T11:02:41.003Z',
            expiresAt: '2026-12-29T09:14:05.120Z',
            userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
            address: '192.0.2.17',
          },
        ],
      },
    ],
  },
)
