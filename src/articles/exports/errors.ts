import { defineErrors } from '../../platform/errors.ts'

export const exportErrors = defineErrors({
  EXPORT_PATH_FOREIGN: [
    409,
    '{path} exists and is no earlier export of this kind, so it is not replaced. Choose another place.',
  ],
})
