// Builds when a source is newer than the last build; asking the compiler takes seconds, looking at times does not.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const built = join(root, 'dist/.tsbuildinfo')
const page = join(root, 'dist/web/.vite/manifest.json')
const inputs = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'vite.config.mjs',
  // What the build runs, and what it reads.
  ...['scripts/web', 'src'].flatMap((folder) => [folder, ...foldersAndFiles(folder)]),
]

if (
  !existsSync(join(root, 'dist/cli/main.js')) ||
  !existsSync(built) ||
  !existsSync(page) ||
  newest(inputs) > statSync(page).mtimeMs
) {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) process.exit(1)
}

function foldersAndFiles(folder) {
  return readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name))
}

function newest(names) {
  return Math.max(...names.map((name) => statSync(join(root, name)).mtimeMs))
}
