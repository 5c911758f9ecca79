import { expect, it } from 'vitest'
import { migrations } from '../../src/migrations.ts'
import { migrateBack, migrateForward } from '../../src/platform/database/migrate.ts'
import { openDatabase } from '../../src/platform/database/open.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { inSecondProcess } from '../support/second-process.ts'

describeEachDatabase('the database', (database, kind) => {
  it('waits for the disk on every connection', async () => {
    const { db } = await database()
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        kind.name === 'SQLite' ? db.sql.raw('pragma synchronous') : db.sql.raw('show synchronous_commit'),
      ),
    )
    for (const answer of answers) {
      if (kind.name === 'SQLite') expect(answer).toEqual([{ synchronous: 2 }])
      else expect(answer.rows).toEqual([{ synchronous_commit: 'on' }])
    }
  })

  it.runIf(kind.name === 'PostgreSQL')('keeps a setting that waits for more than the disk', async () => {
    const { home, databaseUrl = '' } = await database()
    const address = new URL(databaseUrl)
    address.searchParams.set('options', '-c synchronous_commit=remote_apply')
    const db = openDatabase({ home, databaseUrl: address.href })
    const answer = await db.sql.raw('show synchronous_commit').finally(() => db.close())
    expect(answer.rows).toEqual([{ synchronous_commit: 'remote_apply' }])
  })

  it('puts rows, over those of the same key, and finds them among others', async () => {
    const { db } = await database()
    await db.sql.schema.createTable('things', (table) => {
      table.text('id').primary()
      table.boolean('is_large').notNullable()
      table.text('note')
    })
    const table = { name: 'things', key: ['id'], columns: ['id', 'is_large', 'note'] }
    const rows = Array.from({ length: 203 }, (_, i) => [`thing-${i}`, i % 2 === 0, `note ${i}`])
    await db.put(table, rows)
    await db.put(table, [['thing-7', true, null]])
    await db.put({ name: 'things', key: ['id'], columns: ['id'] }, [])
    const found = await db
      .sql('things')
      .where(db.among('id', ['thing-202', 'thing-7', 'thing-7', "o'thing", '"']))
      .orderBy('id')
    expect(found.map((row) => ({ ...row, is_large: Boolean(row.is_large) }))).toEqual([
      { id: 'thing-202', is_large: true, note: 'note 202' },
      { id: 'thing-7', is_large: true, note: null },
    ])
    expect(await db.sql('things').where(db.among('id', []))).toEqual([])
    expect(await db.sql('things').pluck('id')).toHaveLength(203)
    await db.sql.schema.dropTable('things')
  })

  it('amends columns of rows that exist, and runs statements as they are written', async () => {
    const { db } = await database()
    await db.sql.schema.createTable('things', (table) => {
      table.text('id').primary()
      table.boolean('is_large').notNullable()
      table.integer('count')
      table.text('note')
    })
    const columns = ['id', 'is_large', 'count', 'note']
    await db.put({ name: 'things', key: ['id'], columns }, [
      ['one', false, 1, 'as it was'],
      ['two', false, 2, 'as it was'],
    ])
    await db.amend({ name: 'things', key: ['id'], columns: ['is_large', 'id', 'count'] }, [
      [true, 'two', null],
      [true, 'three', 3],
    ])
    const statement =
      'select id, is_large, count, note from things where id = any(?) and note = ? order by id'
    const rows = await db.query<Record<string, unknown>>(statement, [['two', "o'thing", 'one'], 'as it was'])
    expect(rows.map((row) => ({ ...row, is_large: Boolean(row.is_large) }))).toEqual([
      { id: 'one', is_large: false, count: 1, note: 'as it was' },
      { id: 'two', is_large: true, count: null, note: 'as it was' },
    ])
    const undone = db.transaction(async () => {
      expect(await db.query('update things set count = ? returning id', [9])).toHaveLength(2)
      expect(await db.query('delete from things where id = ?', ['one'])).toEqual([])
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await db.query('select count from things where id = any(?)', [['one']])).toEqual([{ count: 1 }])
    await db.sql.schema.dropTable('things')
  })

  it('puts rows within the transaction in progress, or all or none', async () => {
    const { db } = await database()
    await db.sql.schema.createTable('things', (table) => {
      table.text('id').primary()
      table.text('note').notNullable()
    })
    const table = { name: 'things', key: ['id'], columns: ['id', 'note'] }
    await expect(
      db.put(table, [
        ['a', 'first'],
        ['b', null],
      ]),
    ).rejects.toThrow()
    const undone = db.transaction(async () => {
      await db.put(table, [['c', 'third']])
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await db.sql('things')).toEqual([])
    await db.sql.schema.dropTable('things')
  })

  it('migrates back to nothing and forward again', async () => {
    const { db } = await database()
    expect(await migrateForward(db, migrations)).toEqual([])
    const undone = await migrateBack(db, migrations, migrations.length)
    expect(undone).toEqual(migrations.map(({ name }) => name).reverse())
    expect(await db.sql.schema.hasTable('threads')).toBe(false)
    expect(await migrateForward(db, migrations)).toHaveLength(migrations.length)
    expect(await db.sql.schema.hasTable('threads')).toBe(true)
  })

  it('migrates once when two processes start together', async () => {
    const address = await database()
    await migrateBack(address.db, migrations, migrations.length)
    const migrating = `
      const { migrateForward } = await load('platform/database/migrate.js')
      const { migrations } = await load('migrations.js')
      return migrateForward(db, migrations)`
    const applied = await Promise.all([1, 2].map(() => inSecondProcess<string[]>(address, migrating)))
    expect(applied.flat()).toHaveLength(migrations.length)
  })

  it('refuses a database written by a newer version', async () => {
    const { db } = await database()
    await db.sql('schema_migrations').insert({ name: '9999-future', applied_at: '2030-01-01' })
    await expect(migrateForward(db, migrations)).rejects.toMatchObject({ code: 'MIGRATION_UNKNOWN' })
  })

  it('undoes everything in a transaction that fails, and runs what waits for commits only after them', async () => {
    const { db } = await database()
    const heard: string[] = []
    await expect(
      db.transaction(async () => {
        await db.sql('sequences').insert({ name: 'a', value: 1 })
        db.afterCommit(() => heard.push('failed'))
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await db.sql('sequences').where({ name: 'a' })).toEqual([])
    await db.transaction(async () => {
      await db.transaction(async () => db.sql('sequences').insert({ name: 'b', value: 1 }))
      db.afterCommit(() => heard.push('committed'))
      expect(heard).toEqual([])
    })
    expect(heard).toEqual(['committed'])
  })

  it('reads off the thread without waiting for a transaction in progress', async () => {
    const { db } = await database()
    await db.transaction(async () => {
      await db.sql('sequences').insert({ name: 'unseen', value: 1 })
      const rows = await db.longRead(db.sql('sequences').where({ name: 'unseen' }))
      expect(rows).toEqual([])
    })
    expect(await db.longRead(db.sql('sequences').where({ name: 'unseen' }))).toHaveLength(1)
  })

  it('tells the planner at once how large a table has become', async () => {
    const { db } = await database()
    const rows = Array.from({ length: 300 }, (_, i) => ({ name: `s${i}`, value: i }))
    await db.sql('sequences').insert(rows)
    await db.analyze()
    if (db.dialect === 'sqlite') return
    const [table] = await db.sql('pg_class').where({ relname: 'sequences' }).select('reltuples')
    expect(table.reltuples).toBeGreaterThanOrEqual(300)
  })
})
