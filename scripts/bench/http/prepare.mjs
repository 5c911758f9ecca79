/** Brings the demo's communities into the database that the environment names, and prints an administrator's key. */
const { createApp } = await import('../../../dist/app.js')
const { prepareDemo } = await import('../../../dist/cli/demo-community.js')
const { readConfig } = await import('../../../dist/platform/config/config.js')
const { commandLine } = await import('../../../dist/access/actor.js')

const app = await createApp({ ...readConfig(), logLevel: 'error' })
const worker = app.startJobRunner(2)
const quiet = { update() {}, stop() {} }
await prepareDemo(
  app,
  () => undefined,
  () => quiet,
)
const made = await app.access.replaceKey({
  name: 'benchmark',
  roles: ['admin'],
  audience: 'internal',
  actor: commandLine,
})
await worker.stop()
await app.close()
process.stdout.write(`${JSON.stringify({ token: made.token, keyId: made.key.id })}\n`)
