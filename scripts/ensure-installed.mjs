// Installs the npm packages when they are missing or older than the lockfile, and checks what must be compiled.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Entraide needs Node.js 20.19 or newer; this is ${process.version}.`)
  process.exit(1)
}

const installed = `${root}node_modules/.package-lock.json`
const current =
  existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs - 1000
if (!current || !loads('better-sqlite3')) {
  console.error(
    'Installing npm packages; SQLite is compiled where no prebuilt binary can be had (a minute or two) …',
  )
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status } = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0 || !loads('better-sqlite3')) {
    console.error('The packages could not be installed. Compiling SQLite needs g++, make and python3.')
    process.exit(1)
  }
}

function loads(name) {
  const script = `new (require(${JSON.stringify(name)}))(':memory:').close()`
  if (!existsSync(`${root}node_modules/${name}`)) return false
  return spawnSync(process.execPath, ['-e', script], { cwd: root, stdio: 'ignore' }).status === 0
}
