/** New passwords without an outage: two roles that take turns. */
import type { Model } from '../../model/model.ts';
import { connectionsByState, postgresUp } from '../queries/datastores.ts';
import type { Procedure, ShellStep } from '../runbook.ts';
import { sh } from '../shell.ts';

/** The role that the exporter of the stack logs in as, and the file that holds its password. */
const exporterRole = 'telltale_monitor';

export function credentialsRotation(model: Model): Procedure {
  return {
    title: 'Credentials rotation',
    before: [
      {
        kind: 'text',
        text: 'A role has one password; changing it cuts off whoever still has the old one. So a service has two login roles, members of one owner role, and uses one of them: the other gets the new password, the service moves over, the old one is locked.',
      },
      {
        kind: 'text',
        text: 'Passwords are typed at a prompt or read from a file, never into a command line: that would be in the history, and visible to everybody on the host.',
      },
    ],
    steps: [
      {
        language: 'sql',
        title: 'See the login roles and who uses them',
        run: `
select r.rolname, r.rolcanlogin, r.rolvaliduntil,
       (select count(*) from pg_stat_activity a where a.usename = r.rolname) as connections,
       array(select m.roleid::regrole::text from pg_auth_members m where m.member = r.oid) as member_of
from pg_roles r
where r.rolcanlogin and r.rolname not like 'pg\\_%'
order by r.rolname;`.trim(),
        expected: 'Two roles for the service, one with connections.',
        ifNot:
          'Only one: create the second with `create role ... login in role ...`, and move the ownership of tables to the common role first.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Give the unused role a new password',
        note: '`\\password` asks twice and sends only the hash.',
        run: sh`psql "$DATABASE_URL" -c '\password '"\${NEW_ROLE:?set it first: the role without connections}" && psql "$DATABASE_URL" -c "alter role \"$NEW_ROLE\" login valid until 'infinity'"`,
        expected: 'ALTER ROLE.',
        ifNot: '"permission denied": you need `createrole`, or the owner.',
        minutes: 1,
      },
      {
        language: 'none',
        title: 'Give the service the new credentials',
        note: 'Put role and password into its secret store.',
        expected: 'The secret has a new version; the service does not use it yet.',
        ifNot: 'The store is read at start only: the next step does it.',
        minutes: 3,
      },
      {
        language: 'sh',
        title: 'Let the service use them',
        run: sh`
          service_restart
          curl -sS -m 5 -w '\n%{http_code}\n' "$SERVICE_URL/ready"
        `,
        expected: '200.',
        ifNot: '503, "password authentication failed": put the old credentials back, nothing is lost yet.',
        minutes: 3,
      },
      {
        language: 'promql',
        title: 'See that connections are there',
        run: connectionsByState,
        expected: 'The usual number.',
        ifNot: 'Fewer: an instance or a job still has the old ones.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Lock the old role',
        note: 'After a day without connections of it: jobs that run once a day use it too.',
        run: sh`psql "$DATABASE_URL" -c "alter role \"\${OLD_ROLE:?set it first: the role that was used before}\" nologin"`,
        expected: 'ALTER ROLE. The way back is `login`.',
        ifNot: 'Somebody complains: they had the old one. Give them their own.',
        minutes: 1,
      },
      ...rotateExporter(model),
      {
        language: 'promql',
        title: 'See that the exporter is connected',
        run: postgresUp,
        expected: '1.',
        ifNot: '0: the two passwords differ. Repeat the step before.',
        minutes: 1,
      },
    ],
  };
}

function rotateExporter(model: Model): readonly ShellStep[] {
  const databases = model.services.flatMap(({ database }) => (database?.kind === 'own' ? [database] : []));
  const bundled = databases.find(({ address }) => address !== undefined);
  if (bundled === undefined) return [];
  const container = bundled.exporter.replace(/:\d+$/, '');
  const passwordFile = `monitoring/secrets/${container}-password`;
  return [
    {
      language: 'sh',
      title: 'Rotate the password of the exporter',
      note: `The stack's own role \`${exporterRole}\`; its password is in a file that only the exporter reads.`,
      run: sh`
        rm -f ${passwordFile} && npx telltale secrets
        psql "$DATABASE_URL" -v role=${exporterRole} <<'END'
        \set password \`cat ${passwordFile}\`
        alter role :"role" password :'password';
        END
        docker compose -f docker-compose.monitoring.yml up -d --force-recreate ${container}
      `,
      expected: 'ALTER ROLE, and the exporter connects again.',
      ifNot: '"role does not exist": `monitoring/README.md` has the statement that creates it.',
      minutes: 2,
    },
  ];
}
