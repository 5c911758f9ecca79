import type { Migration } from '../database/migrate.ts'

/**
 * When a version read its labels, as a column: what was drawn for the audit slice after that may have been learned from,
 * however long the training took. Until here snapshots went by when the version was made.
 */
export const labelsReadAt: Migration = {
  name: '0027-labels-read-at',
  async up(sql) {
    await sql.schema.alterTable('model_versions', (table) => {
      table.text('labels_read_at')
    })
    const versions: { id: string; report: string }[] = await sql('model_versions').select('id', 'report')
    for (const { id, report } of versions) {
      const { labelsReadAt: at } = JSON.parse(report) as { labelsReadAt?: string }
      if (at !== undefined) await sql('model_versions').where({ id }).update({ labels_read_at: at })
    }
    const perhapsLearned = sql('audit_slice as a')
      .join('model_versions as v', 'v.id', sql.ref('audit_snapshots.version_id'))
      .join('annotations as n', (on) =>
        on
          .on('n.thread_id', 'a.thread_id')
          .andOn('n.facet_id', 'v.facet_id')
          .andOn('n.created_at', '<=', 'v.created_at'),
      )
      .where('a.thread_id', sql.ref('audit_snapshots.thread_id'))
      .where('a.drawn_at', '>=', sql.ref('v.labels_read_at'))
      .select(sql.raw('1'))
    await sql('audit_snapshots').whereExists(perhapsLearned).update({ may_have_learned: true })
  },
  async down(sql) {
    await sql.raw('alter table model_versions drop column labels_read_at')
  },
}
