// The workbench is checked against types that the build makes of the API's document; says so where there are none.
import { existsSync } from 'node:fs'

if (!existsSync(new URL('../../dist/api-types.d.ts', import.meta.url))) {
  console.error(
    'dist/api-types.d.ts is missing: the types of the API come from the build. Run `npm run build` first.',
  )
  process.exit(1)
}
