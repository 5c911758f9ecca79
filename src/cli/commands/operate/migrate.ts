import { Command, InvalidArgumentError } from 'commander'
import { migrations } from '../../../migrations.ts'
import { readConfig } from '../../../platform/config/config.ts'
import { appliedMigrations, migrateBack, migrateForward } from '../../../platform/database/migrate.ts'
import { openDatabase } from '../../../platform/database/open.ts'
import type { CommonOptions } from '../../open-app.ts'
import { print } from '../../output.ts'

interface MigrateOptions extends CommonOptions {
  readonly back?: number
  readonly status?: boolean
}

/** `entraide migrate`: the schema, forward (which every command does by itself at start) and back. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('apply pending migrations of the database schema, or roll some back')
    .option('--back <steps>', 'roll back this many migrations; the data in their tables is lost', steps)
    .option('--status', 'only show which migrations are applied')
    .option('--json', 'print one line of JSON')
    .action(async ({ back, status = false, json = false }: MigrateOptions) => {
      const db = openDatabase(readConfig())
      try {
        if (!status && back !== undefined) {
          const undone = await migrateBack(db, migrations, back)
          print(json, { undone }, () => `rolled back: ${undone.join(', ') || 'nothing'}`)
        } else if (!status) {
          const applied = await migrateForward(db, migrations)
          print(
            json,
            { applied },
            () => `applied: ${applied.join(', ') || 'nothing, the schema is up to date'}`,
          )
        } else {
          const applied = await appliedMigrations(db)
          const pending = migrations.map(({ name }) => name).filter((name) => !applied.includes(name))
          print(
            json,
            { applied, pending },
            () => `applied: ${applied.join(', ')}\npending: ${pending.join(', ')}`,
          )
        }
      } finally {
        await db.close()
      }
    })
}

function steps(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Expected a whole number of at least 1.')
  return Number(text)
}
