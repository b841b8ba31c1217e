/** Every file of a pack. */
import type { Pack } from '../stack/pack.ts';
import { alertmanagerFiles } from './alertmanager.ts';
import { blackboxConfig, blackboxPath } from './blackbox.ts';
import { composeFile, composePath } from './compose.ts';
import { dashboardPath, emitDashboard } from './dashboard.ts';
import { type FileSet, joinFileSets } from './file-set.ts';
import { readmePath } from './generated-paths.ts';
import { grafanaProvisioning } from './grafana-provisioning.ts';
import { monitoringReadme } from './monitoring-readme.ts';
import { prometheusConfig, prometheusPath } from './prometheus.ts';
import { ruleFiles } from './rules.ts';
import { runbookFiles } from './runbook-files.ts';
import { targetFiles } from './targets.ts';
import { textfileIgnore, textfileIgnorePath } from './textfile-ignore.ts';

/** The compose stack is made for the profile that runs it; everything else is the same wherever Prometheus runs. */
export function allFiles(pack: Pack): FileSet {
  const { model } = pack;
  const files = joinFileSets(
    new Map(pack.dashboards.map((joined) => [dashboardPath(joined.dashboard.uid), emitDashboard(joined, pack)])),
    ruleFiles(pack),
    runbookFiles(pack),
    alertmanagerFiles(pack),
    targetFiles(model),
    new Map([
      [prometheusPath, prometheusConfig(model)],
      [blackboxPath, blackboxConfig()],
    ]),
    model.profile === 'compose' ? composeFiles(pack) : new Map(),
  );
  return joinFileSets(files, new Map([[readmePath, monitoringReadme(model, files)]]));
}

function composeFiles({ model }: Pack): FileSet {
  return joinFileSets(
    grafanaProvisioning(model),
    new Map([
      [composePath, composeFile(model)],
      [textfileIgnorePath, textfileIgnore()],
    ]),
  );
}
