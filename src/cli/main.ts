import { CommanderError } from 'commander'
import { describeBadUsage, describeFailure } from './output.ts'
import { buildProgram } from './program.ts'

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads has seen enough (`| head -1`): the work goes on, only nobody is told.
    if (error.code === 'EPIPE') return
    process.exitCode = 1
    if (stream === process.stdout) process.stderr.write(`Cannot write the output: ${error.message}\n`)
  })

try {
  await buildProgram().parseAsync()
} catch (error) {
  if (error instanceof CommanderError && error.exitCode === 0) {
    process.exitCode = 0 // Help or the version, which was printed.
  } else {
    const isUsage = error instanceof CommanderError
    const failure = isUsage ? describeBadUsage(error.message) : describeFailure(error)
    if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ error: failure.error })}\n`)
    else if (!isUsage) process.stderr.write(`${failure.error.code}: ${failure.error.message}\n`)
    process.exitCode = failure.exitCode
  }
}
