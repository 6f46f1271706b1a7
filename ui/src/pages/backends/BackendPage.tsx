import { Link, useParams } from 'react-router';
import { useBackends, useMoves, useNodes, useStatistics } from '../../api/queries';
import { ScrollTable } from '../../components/ScrollTable';
import { Badge } from '../../components/Badge';
import { Bar } from '../../components/Bar';
import { Note } from '../../components/Note';
import { Page, Panel } from '../../components/Page';
import { Reading } from '../../components/Reading';
import { Ago, Time } from '../../components/Time';
import { duration } from '../../components/time';
import { useSite } from '../../layout/site';
import { ForcedMoveState } from '../forcedmoves/ForcedMoveState';
import { MoveTable } from '../moves/MoveTable';
import { percent, tried, failureRate } from '../statistics';
import { AskedFor } from '../audit/AskedFor';
import { AutomationHistory } from '../AutomationHistory';
import { BackendActions } from './BackendActions';
import { Emptying } from './Emptying';
import { LeaseState } from './LeaseState';
import { Load } from './Load';

/** One backend. */
export function BackendPage() {
    const { host = '' } = useParams();
    const { site } = useSite();
    const backends = useBackends();
    const nodes = useNodes(site);
    const statistics = useStatistics(site);
    const moves = useMoves(site);
    const backend = backends.data?.find((each) => each.host === host);
    const node = nodes.data?.find((each) => each.role === 'backend' && each.name === host);
    const rows = statistics.data?.filter((row) => row.destination === host) ?? [];
    const concerned = moves.data?.filter((group) => group.backend === host || group.move?.to === host) ?? [];
    const groups =
        backends.data
            ?.filter((each) => each.site === backend?.site)
            .reduce((sum, each) => sum + (each.load?.groups ?? 0), 0) ?? 0;
    const part = groups === 0 ? 0 : (backend?.load?.groups ?? 0) / groups;
    return (
        <Page
            title={host}
            about={<Link to="/backends">Backends</Link>}
            actions={backend === undefined ? null : <BackendActions backend={backend} />}
        >
            <Reading query={backends} what="The backend">
                {() =>
                    backend === undefined ? (
                        <Note tone="warn" title="There is no such backend">
                            Perhaps it was removed. <Link to={`/audit?q=${host}`}>What the audit log says of it</Link>
                        </Note>
                    ) : (
                        <div className="columns">
                            <div>
                                <Emptying backend={backend} />
                                <Panel title="State">
                                    <dl className="facts">
                                        <dt>Status</dt>
                                        <dd>
                                            <Badge state={backend.status} />
                                        </dd>
                                        <dt>Lease</dt>
                                        <dd>
                                            <LeaseState load={backend.load} />
                                            {backend.load?.incarnation === undefined
                                                ? ' its node has never started'
                                                : ''}
                                        </dd>
                                        <dt>Load factor</dt>
                                        <dd>
                                            {backend.loadFactor}, a share of {(backend.load?.share ?? 0).toFixed(1)} %
                                        </dd>
                                        <dt>Groups</dt>
                                        <dd>
                                            <Link to={`/groups?backend=${host}`}>{backend.load?.groups}</Link>,{' '}
                                            {percent(part, 1)} of the site’s{' '}
                                            <Bar
                                                part={part}
                                                target={(backend.load?.share ?? 0) / 100}
                                                label="part of the groups, and target"
                                            />
                                        </dd>
                                        <dt>Moving</dt>
                                        <dd>
                                            {backend.load?.movingOut} out, {backend.load?.movingIn} in
                                        </dd>
                                        <dt>Moved when they log in</dt>
                                        <dd>
                                            <ForcedMoveState kind="backend" name={host} />
                                        </dd>
                                        <dt>Site</dt>
                                        <dd>{backend.site}</dd>
                                        <dt>ID</dt>
                                        <dd>
                                            <code>{backend.id}</code>
                                        </dd>
                                    </dl>
                                </Panel>
                                <Load backend={backend} />
                            </div>
                            <div>
                                <Panel title="Node">
                                    {node === undefined ? (
                                        <p className="quiet">No node of this backend has reported.</p>
                                    ) : (
                                        <dl className="facts">
                                            <dt>Seen</dt>
                                            <dd>
                                                <Ago at={node.seenAt} late={30_000} /> ago{' '}
                                                {node.stale ? <Badge state="stale">silent</Badge> : null}
                                            </dd>
                                            <dt>Started</dt>
                                            <dd>
                                                <Time at={node.startedAt} />
                                            </dd>
                                            <dt>Behind GeoDB</dt>
                                            <dd>
                                                {node.lagMillis === undefined ? 'not known' : duration(node.lagMillis)}
                                            </dd>
                                            <dt>Pombal</dt>
                                            <dd>{node.version}</dd>
                                            <dt>Dovecot</dt>
                                            <dd>{node.dovecot ?? 'not known'}</dd>
                                            <dt>Machine</dt>
                                            <dd>
                                                {node.host}, data centre {node.dataCentre}
                                            </dd>
                                        </dl>
                                    )}
                                </Panel>
                                <Panel title="As each proxy sees it" aside="last window">
                                    {rows.length === 0 ? (
                                        <p className="quiet">No proxy has tried it in its last window.</p>
                                    ) : (
                                        <ScrollTable label="As each proxy sees it">
                                            <thead>
                                                <tr>
                                                    <th scope="col">Proxy</th>
                                                    <th scope="col">Traffic</th>
                                                    <th scope="col" className="numeric">
                                                        Tried
                                                    </th>
                                                    <th scope="col" className="numeric">
                                                        Failed
                                                    </th>
                                                    <th scope="col">Why</th>
                                                    <th scope="col" className="numeric">
                                                        Latency
                                                    </th>
                                                    <th scope="col">Until</th>
                                                </tr>
                                            </thead>
                                            <tbody>
                                                {rows.map((row) => {
                                                    const all = tried([row]);
                                                    return (
                                                        <tr key={`${row.proxy} ${row.traffic}`}>
                                                            <td>{row.proxy}</td>
                                                            <td>{row.traffic}</td>
                                                            <td className="numeric">{row.attempts}</td>
                                                            <td
                                                                className={`numeric ${(failureRate(all) ?? 0) > 0.05 ? 'bad' : ''}`}
                                                            >
                                                                {all.failures}
                                                            </td>
                                                            <td>
                                                                {[...all.byKind]
                                                                    .map(([kind, count]) => `${kind} ${count}`)
                                                                    .join(', ')}
                                                            </td>
                                                            <td className="numeric">
                                                                {row.latencyMillis === undefined
                                                                    ? '–'
                                                                    : `${row.latencyMillis} ms`}
                                                            </td>
                                                            <td>
                                                                <Ago at={row.until} late={60_000} /> ago
                                                            </td>
                                                        </tr>
                                                    );
                                                })}
                                            </tbody>
                                        </ScrollTable>
                                    )}
                                </Panel>
                            </div>
                        </div>
                    )
                }
            </Reading>
            <Panel title="Moves from and to it">
                <MoveTable site={site} moves={concerned} empty="No group moves from or to it." />
            </Panel>
            <AutomationHistory target={`backend ${host}`} />
            <AskedFor target={`backend ${host}`} />
        </Page>
    );
}
