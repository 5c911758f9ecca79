import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { DatabaseAddress } from './databases.ts'

const dist = fileURLToPath(new URL('../../dist/', import.meta.url))

/**
 * Runs `body` (an async function's body; `db`, `address` and `load(...paths)`, which imports built modules, are in
 * scope) in a Node process of its own on the same database, and gives back what it returns.
 */
export async function inSecondProcess<T>(address: DatabaseAddress, body: string): Promise<T> {
  const { home, databaseUrl } = address
  const program = `
    const load = async (...paths) =>
      Object.assign({}, ...(await Promise.all(paths.map((path) => import(${JSON.stringify(`file://${dist}`)} + path)))))
    const { openDatabase } = await load('platform/database/open.js')
    const address = ${JSON.stringify({ home, databaseUrl })}
    const db = openDatabase(address)
    const result = await (async () => { ${body} })()
    await db.close()
    process.stdout.write(JSON.stringify(result ?? null))`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let complaint = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (complaint += chunk))
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`the second process failed: ${complaint}`)
  return JSON.parse(output) as T
}
