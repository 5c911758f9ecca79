import { Type } from 'typebox'
import { RoleSchema } from '../me/schemas.ts'

export const SignInOptions = Type.Object(
  {
    password: Type.Boolean({ description: 'Whether people sign in with a password' }),
    oidc: Type.Optional(
      Type.Object(
        { name: Type.String() },
        { description: 'The identity provider, at /api/sign-in/oidc; absent without one' },
      ),
    ),
    demoRoles: Type.Array(RoleSchema, {
      description: 'Roles that a click signs in with; only in the demo, and only on its own machine',
    }),
  },
  { examples: [{ password: true, oidc: { name: 'Example SSO' }, demoRoles: [] }] },
)

export const SignInBody = Type.Object(
  { email: Type.String({ maxLength: 254 }), password: Type.String({ maxLength: 1_000 }) },
  {
    additionalProperties: false,
    examples: [{ email: 'camille@example.com', password: 'a long pass phrase' }],
  },
)

export const DemoBody = Type.Object(
  { role: RoleSchema },
  { additionalProperties: false, examples: [{ role: 'agent' }] },
)
