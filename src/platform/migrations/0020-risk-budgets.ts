import type { Migration } from '../database/migrate.ts'

/** Labels may have a risk budget of their own; a prediction says why it abstained, and under which budgets. */
export const riskBudgets: Migration = {
  name: '0020-risk-budgets',
  async up(sql) {
    await sql.schema.alterTable('labels', (table) => {
      table.double('risk_budget')
    })
    await sql.schema.alterTable('predictions', (table) => {
      table.text('reason')
      table.text('budgets').notNullable().defaultTo('')
    })
  },
  async down(sql) {
    for (const column of ['budgets', 'reason']) await sql.raw(`alter table predictions drop column ${column}`)
    await sql.raw('alter table labels drop column risk_budget')
  },
}
