import { Type } from 'typebox'
import { AUDIENCES, type Audience } from '../../access/audience.ts'
import { ACCESS, HOLDS, STARTS, USUAL_SETTINGS } from './settings.ts'

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' })
const Named = Type.Object({ en: text(80), fr: text(80) }, { additionalProperties: false })
const Link = Type.Object({ label: Named, url: text(2_000) }, { additionalProperties: false })
const Colour = Type.String({ maxLength: 20, description: 'As `#rrggbb`' })

export const SettingsSchema = Type.Object(
  {
    name: Named,
    access: Type.Enum([...ACCESS], {
      description: 'Whether anyone may open the help centre, or only people who are signed in',
    }),
    start: Type.Enum([...STARTS], { description: 'Where the root of the site leads' }),
    colours: Type.Object(
      { light: Colour, dark: Colour },
      {
        additionalProperties: false,
        description:
          'The colour of links and buttons on a light and on a dark background, each with a contrast of 4.5 at least',
      },
    ),
    header: Type.Array(Link, { maxItems: 6 }),
    footer: Type.Array(Link, {
      maxItems: 12,
      description: 'Links at the end of each page: legal pages, contact',
    }),
    contact: Type.String({
      maxLength: 2_000,
      description: 'Where people turn to when nothing helps: an https: or mailto: address, or empty',
    }),
    chat: Type.Object(
      { label: Named, url: Type.String({ maxLength: 2_000, description: 'An https: address, or empty' }) },
      {
        additionalProperties: false,
        description: 'The company’s chat, offered to readers who seem to give up',
      },
    ),
    topics: Type.Array(Type.Object({ category: text(500), name: Named }, { additionalProperties: false }), {
      maxItems: 500,
      description: 'What categories are called to customers; others have their own names',
    }),
    asking: Type.Object(
      {
        open: Type.Boolean({ description: 'Whether customers may ask what no page answers' }),
        audience: Type.Unsafe<Audience>(
          Type.String({
            enum: [...AUDIENCES],
            description:
              'Who may see what is asked from now on. Questions that were asked before keep their audience.',
          }),
        ),
        hold: Type.Enum([...HOLDS], {
          description: 'Which questions wait for a release: those that look like spam, or all',
        }),
        keepAddressDays: Type.Integer({
          minimum: 1,
          maximum: 365,
          description: 'Days after the last answer for which an asker’s e-mail address is kept',
        }),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false, examples: [USUAL_SETTINGS] },
)

export const ShownSettings = Type.Object(
  {
    ...SettingsSchema.properties,
    logo: Type.Optional(Type.String({ description: 'Path of the logo; absent where there is none' })),
  },
  { examples: [USUAL_SETTINGS] },
)

export const LogoBody = Type.Object(
  {
    picture: Type.String({
      maxLength: 400_000,
      pattern: '^[A-Za-z0-9+/]+={0,2}$',
      description: 'An SVG or PNG picture, in base64',
    }),
  },
  {
    additionalProperties: false,
    examples: [{ picture: 'PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=' }],
  },
)
