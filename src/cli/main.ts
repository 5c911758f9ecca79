import { CommanderError } from 'commander'
import { describeFailure } from './output.ts'
import { buildProgram } from './program.ts'

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads has seen enough (`| head -1`): the work goes on, only nobody is told.
    if (error.code === 'EPIPE') return
    process.exitCode = 1
    if (stream === process.stdout) process.stderr.write(`The output cannot be written: ${error.message}\n`)
  })

try {
  await buildProgram().parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2
  } else {
    const failure = describeFailure(error)
    if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ error: failure.error })}\n`)
    else process.stderr.write(`${failure.error.code}: ${failure.error.message}\n`)
    process.exitCode = failure.exitCode
  }
}
