import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { entityTag, requireVersionIn } from '../../platform/entity-tag.ts'
import { logoPath } from '../pages/addresses.ts'
import { changeLogo, changeSettings, removeLogo, type SettingsDeps } from './change-settings.ts'
import { LARGEST_LOGO } from './check-logo.ts'
import type { Settings } from './settings.ts'
import { LogoBody, SettingsSchema, ShownSettings } from './settings-schemas.ts'
import type { StoredSettings } from './settings-store.ts'

const COLLEAGUES = ['agent', 'knowledge-manager', 'supervisor'] as const
const MANAGERS = ['knowledge-manager'] as const
const tags = ['help centre']
const Version = Type.Object({
  'if-match': Type.Optional(Type.String({ description: 'The `ETag` of the settings that you read' })),
})

/** What a company decides about its help centre. */
export function settingsRoutes(deps: SettingsDeps): FastifyPluginAsyncTypebox {
  async function show({ settings, version }: StoredSettings, reply: FastifyReply) {
    reply.header('etag', entityTag(version))
    const logo = await deps.settings.findLogo()
    return { ...mutable(settings), logo: logo && logoPath(logo) }
  }

  return async (app) => {
    app.get(
      '/help-centre/settings',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'getHelpCentreSettings',
          summary: 'Get the settings of the help centre',
          tags,
          response: { 200: ShownSettings },
        },
      },
      async (_request, reply) => show(await deps.settings.find(), reply),
    )

    app.put(
      '/help-centre/settings',
      {
        config: { allow: MANAGERS },
        schema: {
          operationId: 'changeHelpCentreSettings',
          summary: 'Change the settings of the help centre',
          tags,
          headers: Version,
          body: SettingsSchema,
          response: { 200: ShownSettings },
        },
      },
      async ({ body, headers, actor }, reply) => {
        const version = requireVersionIn(headers['if-match'])
        return show(await changeSettings(deps, { settings: body, version, actor }), reply)
      },
    )

    app.put(
      '/help-centre/logo',
      {
        config: { allow: MANAGERS },
        schema: {
          operationId: 'changeHelpCentreLogo',
          summary: 'Upload the logo of the help centre',
          description: `At most ${LARGEST_LOGO} bytes. An SVG with anything but shapes is refused.`,
          tags,
          body: LogoBody,
          response: { 200: Type.Object({ logo: Type.String({ description: 'Path of the logo' }) }) },
        },
      },
      async ({ body, actor }) => {
        const bytes = Buffer.from(body.picture, 'base64')
        return { logo: logoPath(await changeLogo(deps, { bytes, actor })) }
      },
    )

    app.delete(
      '/help-centre/logo',
      {
        config: { allow: MANAGERS },
        schema: {
          operationId: 'removeHelpCentreLogo',
          summary: 'Remove the logo of the help centre',
          tags,
          response: { 204: Type.Null({ description: 'The name stands in its place' }) },
        },
      },
      async ({ actor }, reply) => {
        await removeLogo(deps, { actor })
        return reply.code(204).send(null)
      },
    )
  }
}

function mutable({ header, footer, topics, ...settings }: Settings) {
  return { ...settings, header: [...header], footer: [...footer], topics: [...topics] }
}
