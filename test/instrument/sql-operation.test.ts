import { describe, expect, it } from 'vitest';
import { operationOf } from '../../src/instrument/postgres/sql-operation.ts';

describe('operationOf()', () => {
  it.each([
    ['select 1', 'select'],
    ['  SELECT * FROM users', 'select'],
    ['(select 1) union (select 2)', 'select'],
    ['values (1), (2)', 'select'],
    ['-- by id\nselect 1', 'select'],
    ['/* app:web */ /* two */ INSERT INTO t VALUES (1)', 'insert'],
    ['update t set a = 1', 'update'],
    ['DELETE FROM t', 'delete'],
    ['BEGIN', 'transaction'],
    ['begin; select 1', 'transaction'],
    ['START TRANSACTION ISOLATION LEVEL SERIALIZABLE', 'transaction'],
    ['rollback to savepoint s', 'transaction'],
    ['create table t (a int)', 'ddl'],
    ['TRUNCATE t', 'ddl'],
    ['with a as (select 1) select * from a', 'select'],
    ['WITH a AS (SELECT 1), b AS (DELETE FROM t RETURNING *) INSERT INTO u SELECT * FROM b', 'insert'],
    [`with "select" as (values ('(') ) update t set a = 1`, 'update'],
    [`with a as (select $$ ) delete $$) -- select\ndelete from t using a`, 'delete'],
    ['with recursive r(n) as (select 1 union all select n + 1 from r) select * from r', 'select'],
    ['with a as (select 1) merge into t using a on true when matched then do nothing', 'other'],
    ['with a as (select 1', 'other'],
    ['merge into t using s on true when matched then delete', 'other'],
    ['copy t from stdin', 'other'],
    ['vacuum', 'other'],
    ['selection', 'other'],
    ['', 'other'],
    [undefined, 'other'],
    [42, 'other'],
  ])('%j is %s', (sql, operation) => {
    expect(operationOf(sql)).toBe(operation);
  });

  it('gives up on a WITH that goes on for long', () => {
    expect(operationOf(`with a as (select '${'x'.repeat(5_000)}') select 1`)).toBe('other');
  });
});
