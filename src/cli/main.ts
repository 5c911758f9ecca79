import { CommanderError } from 'commander'
import { describeFailure } from './output.ts'
import { buildProgram } from './program.ts'

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
