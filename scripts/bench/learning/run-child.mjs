import { spawn } from 'node:child_process'

/** Everybody has one thread: the solvers' libraries must not take the cores that others are measured on. */
const oneThread = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' }

/**
 * Runs a program that prints JSON. After `seconds` it is ended with whatever it started itself, and so it is when this
 * process is interrupted.
 *
 * @param scratch where it may leave temporary files
 * @returns what it printed, or why there is nothing: `{ value }`, `{ failure, late }`
 */
export function runChild(program, args, { seconds, scratch }) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      detached: true, // A group of its own, so that it can be ended as a whole.
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...oneThread, TMPDIR: scratch },
    })
    const [output, complaints] = [[], []]
    child.stdout.on('data', (bytes) => output.push(bytes))
    child.stderr.on('data', (bytes) => complaints.push(bytes))
    const end = () => child.exitCode === null && process.kill(-child.pid, 'SIGKILL')
    const interrupted = () => {
      end()
      process.exit(130)
    }
    process.once('SIGINT', interrupted)
    let late = false
    const timer = setTimeout(() => {
      late = true
      end()
    }, seconds * 1000)
    const settle = (result) => {
      clearTimeout(timer)
      process.off('SIGINT', interrupted)
      resolve(result)
    }
    child.on('error', ({ message }) => settle({ failure: `failed: ${message}`, late: false }))
    child.on('close', (code) => {
      if (code === 0) {
        // The last line: a peer may have had something to say before.
        const line = Buffer.concat(output).toString('utf8').trim().split('\n').at(-1)
        return settle({ value: JSON.parse(line) })
      }
      if (late) return settle({ failure: `over ${seconds / 60} min`, late })
      const said = Buffer.concat(complaints).toString('utf8').trim().split('\n').at(-1)
      settle({ failure: `failed: ${said.slice(0, 200)}`, late })
    })
  })
}
