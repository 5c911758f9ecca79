#!/usr/bin/env node
import { existsSync } from 'node:fs'

const main = new URL('../dist/cli/main.js', import.meta.url)
if (existsSync(main)) await import(main.href)
else {
  console.error(
    'Entraide has not been built yet: run "npm run build" first ("npm run demo" does it for you).',
  )
  process.exitCode = 1
}
