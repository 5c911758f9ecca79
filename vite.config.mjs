import { defineConfig } from 'vite'
import { iconSprite } from './scripts/web/icon-sprite.mjs'
import { licences } from './scripts/web/licences.mjs'
import { messageModules } from './scripts/web/message-modules.mjs'
import { precompress } from './scripts/web/precompress.mjs'

/** Builds the workbench and what pages of the help centre load (`src/web/`) into `dist/web/`, from where `src/server/workbench.ts` serves it. */
export default defineConfig({
  root: 'src/web',
  base: '/app/',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [messageModules(), iconSprite(), licences(), precompress()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // A data: font or picture would need a wider policy than the pages have.
    assetsInlineLimit: 0,
    // Times of plugins are a warning that says nothing is wrong.
    rolldownOptions: {
      input: ['src/web/main.tsx', 'src/web/help-centre/help-centre.ts', 'src/web/help-centre/embed.ts'],
      checks: { pluginTimings: false },
    },
  },
})
