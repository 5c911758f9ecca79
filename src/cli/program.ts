import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { agreementCommand } from './commands/agreement.ts'
import { articlesCommand } from './commands/articles.ts'
import { budgetsCommand } from './commands/budgets.ts'
import { conflictsCommand } from './commands/conflicts.ts'
import { demoCommand } from './commands/demo.ts'
import { driftCommand } from './commands/drift.ts'
import { evaluateCommand } from './commands/evaluate.ts'
import { facetsCommand } from './commands/facets.ts'
import { importCommand } from './commands/import.ts'
import { importsCommand } from './commands/imports.ts'
import { influencesCommand } from './commands/influences.ts'
import { insightCommand } from './commands/insight.ts'
import { learningCurveCommand } from './commands/learning-curve.ts'
import { modelsCommand } from './commands/models.ts'
import { accountsCommand } from './commands/operate/accounts.ts'
import { jobsCommand } from './commands/operate/jobs.ts'
import { keysCommand } from './commands/operate/keys.ts'
import { migrateCommand } from './commands/operate/migrate.ts'
import { serveCommand } from './commands/operate/serve.ts'
import { webhooksCommand } from './commands/operate/webhooks.ts'
import { workerCommand } from './commands/operate/worker.ts'
import { protectionsCommand } from './commands/protections.ts'
import { relevanceCommand } from './commands/relevance.ts'
import { reviewCommand } from './commands/review.ts'
import { revocationsCommand } from './commands/revocations.ts'
import { rulesCommand } from './commands/rules.ts'
import { sourcesCommand } from './commands/sources.ts'
import { trainCommand } from './commands/train.ts'

/** `entraide` and its commands; bad usage throws a CommanderError instead of ending the process. */
export function buildProgram(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  const program = new Command('entraide')
    .description(
      'Turns the answers a customer community has already given into a knowledge base that keeps learning.',
    )
    .version(version)
    .showHelpAfterError('(run with --help for usage)')
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
    driftCommand(),
    reviewCommand(),
    protectionsCommand(),
    agreementCommand(),
    conflictsCommand(),
    influencesCommand(),
    revocationsCommand(),
    rulesCommand(),
    articlesCommand(),
    learningCurveCommand(),
    relevanceCommand(),
    insightCommand(),
    accountsCommand(),
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
