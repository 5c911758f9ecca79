import { defineErrors } from '../platform/errors.ts'

export const helpCentreErrors = defineErrors({
  HELP_PAGE_NOT_FOUND: [404, 'There is no such page'],
  HELP_COLOUR_INVALID: [400, 'The colour {colour} is not written as #rrggbb'],
  HELP_COLOUR_CONTRAST: [
    400,
    'The colour {colour} has a contrast of {ratio} on its background, and links need {least} at least. Choose one with more contrast.',
  ],
  HELP_LINK_INVALID: [
    400,
    'The link “{label}” leads to {url}. Give an https:, http: or mailto: address, or a path that begins with /.',
  ],
  HELP_CHAT_INVALID: [400, 'The chat leads to {url}. Give an address that begins with https://.'],
  HELP_SETTINGS_CONFLICT: [
    412,
    'Somebody else changed the settings of the help centre. Read them again, and make your change anew.',
  ],
  HELP_LOGO_TYPE: [400, 'The logo is neither an SVG nor a PNG picture. Upload one of these.'],
  HELP_LOGO_TOO_LARGE: [
    400,
    'The logo is too large: at most {bytes} bytes, and a PNG at most {pixels} pixels wide and high',
  ],
  HELP_LOGO_UNSAFE: [
    400,
    'The SVG holds {what}, which a logo must not. Export it as plain SVG with shapes and colours only.',
  ],
  HELP_LOGO_NOT_FOUND: [404, 'The help centre has no logo'],
  HELP_EMBED_OFF: [
    404,
    'Only people who are signed in may open the help centre, so it has no search box for other sites',
  ],
  HELP_PREVIEW_INTERNAL_ONLY: [
    403,
    'A draft may quote what is internal, so only colleagues of the audience internal may share a preview',
  ],
  HELP_PREVIEW_NOT_FOUND: [404, 'There is no preview {id}'],
})
