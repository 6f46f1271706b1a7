import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useBackendLoads } from '../../api/automation';
import type { Schemas } from '../../api/client';
import { countUsers } from '../../api/queries';
import { Panel } from '../../components/Page';
import { Reading } from '../../components/Reading';
import { Ago } from '../../components/Time';
import { duration } from '../../components/time';
import { METRICS, Score } from './Score';

const COUNTED = 20_000;
const LATE_MS = 300_000;

/** Parts of a whole as percent, others as they are. */
function shown(metric: string, value: number): string {
    return metric === 'cpu' || metric === 'memused' ? `${(value * 100).toFixed(0)} %` : value.toFixed(1);
}

/** How loaded a backend is, as its node measured last. */
export function Load({ backend }: { backend: Schemas['Backend'] }) {
    const loads = useBackendLoads(backend.site);
    const measured = loads.data?.get(backend.host);
    const users = useQuery({
        queryKey: ['users', 'count', 'backend', backend.host],
        queryFn: ({ signal }) => countUsers({ backend: backend.host }, COUNTED, signal),
        staleTime: 60_000,
    });
    return (
        <Panel
            title="Load"
            aside={
                measured === undefined ? null : (
                    <>
                        measured <Ago at={measured.at} late={LATE_MS} /> ago, without a break for{' '}
                        {duration(measured.measuredSeconds * 1000)}
                    </>
                )
            }
        >
            <dl className="figures" aria-label="Load">
                <div>
                    <dt>Users</dt>
                    <dd>
                        <Link to={`/users?backend=${backend.host}`}>
                            {users.data === undefined ? '…' : `${users.data.users}${users.data.more ? ' or more' : ''}`}
                        </Link>
                    </dd>
                </div>
                {measured === undefined ? null : (
                    <>
                        <div>
                            <dt>Sessions</dt>
                            <dd>{measured.sessions.toFixed(0)}</dd>
                        </div>
                        <div>
                            <dt>Logins/s</dt>
                            <dd>{measured.logins.toFixed(2)}</dd>
                        </div>
                        <div>
                            <dt>Deliveries/s</dt>
                            <dd>{measured.deliveries.toFixed(2)}</dd>
                        </div>
                        <div title="One number for all of it, in sessions: what is balanced">
                            <dt>Load</dt>
                            <dd>{measured.load.toFixed(1)}</dd>
                        </div>
                    </>
                )}
            </dl>
            <Reading query={loads} what="The load of the backends">
                {() =>
                    measured === undefined ? (
                        <p className="quiet">Its node has not measured anything in the last day.</p>
                    ) : (
                        <table>
                            <thead>
                                <tr>
                                    <th scope="col">Resource</th>
                                    <th scope="col" className="numeric">
                                        Measured
                                    </th>
                                    <th
                                        scope="col"
                                        className="numeric"
                                        title="Standard deviations above the mean of the site"
                                    >
                                        Z-score
                                    </th>
                                </tr>
                            </thead>
                            <tbody>
                                {Object.entries(measured.metrics).map(([metric, value]) => (
                                    <tr key={metric}>
                                        <td>{METRICS[metric]?.title ?? metric}</td>
                                        <td className="numeric">{shown(metric, value)}</td>
                                        <td className="numeric">
                                            <Score score={measured.scores[metric]} />
                                        </td>
                                    </tr>
                                ))}
                            </tbody>
                        </table>
                    )
                }
            </Reading>
        </Panel>
    );
}
