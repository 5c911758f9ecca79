// Meets the demo as a user does: starts it, pastes the lines it prints into a shell (twice), starts it again to see
// that it is ready sooner and has kept what was done, and looks that nothing is left running.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const home = mkdtempSync(join(tmpdir(), 'entraide-demo-'))
const port = await freePort()
const env = { ...process.env, ENTRAIDE_HOME: home, PORT: String(port) }

try {
  const first = await start()
  const lines = pasteable(first.output())
  const before = paste(lines)
  paste(lines)
  await refusesTakenPort()
  await stop(first)

  const second = await start()
  const after = paste(pasteable(second.output()))
  if (after.article !== before.article)
    fail(`the second run answered article ${after.article}, not ${before.article}`)
  await stop(second)
  console.log(
    `demo: ready in ${first.seconds.toFixed(1)} s, the second time in ${second.seconds.toFixed(1)} s`,
  )
} finally {
  rmSync(home, { recursive: true, force: true })
}

async function start() {
  const started = performance.now()
  const child = spawn('npm', ['run', '--silent', 'demo'], { cwd: root, env, detached: true })
  let output = ''
  let complaint = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (complaint += chunk))
  let exit
  child.once('exit', (code) => (exit = code ?? 'a signal'))
  while (!output.includes('Ctrl-C')) {
    if (exit !== undefined) fail(`the demo ended with ${exit}\n${output}\n${complaint}`)
    if (performance.now() - started > 600_000) {
      process.kill(-child.pid, 'SIGKILL')
      fail(`the demo was not ready in ten minutes\n${output}\n${complaint}`)
    }
    await sleep(50)
  }
  return {
    child,
    seconds: (performance.now() - started) / 1000,
    output: () => output,
    complaint: () => complaint,
    ended: () => exit !== undefined,
  }
}

async function stop(demo) {
  process.kill(-demo.child.pid, 'SIGINT')
  for (let tries = 0; tries < 200 && !demo.ended(); tries++) await sleep(50)
  if (!demo.ended()) fail('the demo did not stop within ten seconds')
  await sleep(100)
  try {
    process.kill(-demo.child.pid, 0)
  } catch {
    return
  }
  fail('the demo left a process running')
}

function pasteable(output) {
  const lines = output.split('\n').filter((line) => /^(export|curl) /.test(line))
  if (lines.length !== 6) fail(`expected one export and five curl lines, found ${lines.length}\n${output}`)
  return lines
}

function paste(lines) {
  const script = lines.map((line) => `${line}\necho; echo "exit $?"`).join('\n')
  const { stdout, stderr, status } = spawnSync('bash', ['-c', `set -u\n${script}`], { encoding: 'utf8' })
  const answers = stdout.split(/exit \d+\n/).slice(0, lines.length)
  const words = ['', '"label"', 'ann_', 'art_', '"validated"', 'art_']
  words.forEach((word, i) => {
    if (!answers[i]?.includes(word) || /"code":/.test(answers[i]))
      fail(`line ${i} did not answer as it should (${word}):\n${lines[i]}\n${answers[i]}\n${stderr}`)
  })
  if (status !== 0) fail(`the pasted lines ended with ${status}\n${stdout}\n${stderr}`)
  const article = /art_[a-z0-9]+/.exec(answers[3])?.[0]
  if (!answers[5].includes(article)) fail(`search does not find the article just published\n${answers[5]}`)
  return { article }
}

async function refusesTakenPort() {
  const rival = spawnSync('npm', ['run', '--silent', 'demo'], {
    cwd: root,
    env,
    encoding: 'utf8',
    timeout: 120_000,
  })
  if (rival.status === 0 || !rival.stderr.includes('PORT_TAKEN'))
    fail(`a second demo on the same port should say so\n${rival.stdout}\n${rival.stderr}`)
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function fail(message) {
  throw new Error(message)
}
