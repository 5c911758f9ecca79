import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { agreementCommand } from './agreement.ts'
import { budgetsCommand } from './budgets.ts'
import { conflictsCommand } from './conflicts.ts'
import { demoCommand } from './demo.ts'
import { evaluateCommand } from './evaluate.ts'
import { facetsCommand } from './facets.ts'
import { importCommand } from './import.ts'
import { importsCommand } from './imports.ts'
import { influencesCommand } from './influences.ts'
import { jobsCommand } from './jobs.ts'
import { keysCommand } from './keys.ts'
import { learningCurveCommand } from './learning-curve.ts'
import { migrateCommand } from './migrate.ts'
import { modelsCommand } from './models.ts'
import { reviewCommand } from './review.ts'
import { revocationsCommand } from './revocations.ts'
import { serveCommand } from './serve.ts'
import { sourcesCommand } from './sources.ts'
import { trainCommand } from './train.ts'
import { webhooksCommand } from './webhooks.ts'
import { workerCommand } from './worker.ts'

/** `entraide` and its commands; bad usage throws a CommanderError instead of ending the process. */
export function buildProgram(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  const program = new Command('entraide')
    .description(
      'Turns the answers a customer community has already given into a knowledge base that keeps learning.',
    )
    .version(version)
    .showHelpAfterError('(add --help for the usage)')
  const commands = [
    serveCommand(),
    workerCommand(),
    importCommand(),
    sourcesCommand(),
    importsCommand(),
    facetsCommand(),
    budgetsCommand(),
    trainCommand(),
    modelsCommand(),
    evaluateCommand(),
    reviewCommand(),
    agreementCommand(),
    conflictsCommand(),
    influencesCommand(),
    revocationsCommand(),
    learningCurveCommand(),
    keysCommand(),
    webhooksCommand(),
    jobsCommand(),
    migrateCommand(),
    demoCommand(),
  ]
  for (const command of commands) program.addCommand(command)
  return throwing(program)
}

/** Commander's own way out is to end the process, which would cut pipes short: here every command throws. */
function throwing(command: Command): Command {
  command.exitOverride()
  for (const child of command.commands) throwing(child.copyInheritedSettings(command))
  return command
}
