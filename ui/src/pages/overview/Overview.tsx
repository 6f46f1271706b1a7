import { useMemo } from 'react';
import { Link } from 'react-router';
import { useAutoscaling, useFailovers, useGroupNumber, usePlans } from '../../api/automation';
import {
    useBackends,
    useGivenUpTasks,
    useLeader,
    useMoves,
    useNodes,
    useSites,
    useStatistics,
} from '../../api/queries';
import { Badge } from '../../components/Badge';
import { Chart } from '../../components/Chart';
import { Page, Panel } from '../../components/Page';
import { Reading } from '../../components/Reading';
import { useSite } from '../../layout/site';
import { useNow } from '../../live/useAge';
import { balance } from '../balance';
import { MoveTable } from '../moves/MoveTable';
import { failureRate, percent, recent, tried } from '../statistics';
import { wrong } from '../wrong';
import { Automation } from './Automation';
import { useHistory } from './history';
import { Tiles } from './Tiles';

const SHOWN_MOVES = 8;

/** How the cluster is, at a glance. */
export function Overview() {
    const { own: home, site } = useSite();
    const sites = useSites();
    const backends = useBackends();
    const nodes = useNodes(site);
    const statistics = useStatistics(site);
    const moves = useMoves(site);
    const failovers = useFailovers();
    const plans = usePlans();
    const groupNumber = useGroupNumber();
    const scaling = useAutoscaling(site === home);
    const leader = useLeader();
    const givenUp = useGivenUpTasks();
    const now = Math.floor(useNow() / 5000) * 5000;
    const own = useMemo(() => backends.data?.filter((backend) => backend.site === site) ?? [], [backends.data, site]);
    const even = balance(own);
    const sessions = tried(
        recent(statistics.data ?? [], now).filter((row) => !row.toSite && row.traffic === 'sessions'),
    );
    const failing = failureRate(sessions);
    const samples = useHistory(site, statistics.data, statistics.dataUpdatedAt);
    const chart = useMemo(
        () => ({
            times: samples.map((sample) => sample.at),
            lines: [
                { name: 'logins/s', colour: '--accent', values: samples.map((sample) => sample.logins) },
                { name: 'failures/s', colour: '--bad', values: samples.map((sample) => sample.failures) },
            ],
        }),
        [samples],
    );
    const known =
        backends.data !== undefined &&
        nodes.data !== undefined &&
        statistics.data !== undefined &&
        moves.data !== undefined;
    const problems = known
        ? wrong({
              now,
              backends: own,
              nodes: nodes.data,
              statistics: statistics.data,
              moves: moves.data,
              failovers: failovers.data,
              plans: site === home ? plans.data : undefined,
              scaling: site === home ? scaling.data : undefined,
              groupNumber: site === home ? groupNumber.data : undefined,
              givenUp: givenUp.data,
          })
        : undefined;
    const desired = site === home && scaling.data?.decidedAt !== undefined ? scaling.data.desired : own.length;
    const online = own.filter((backend) => backend.status === 'online').length;
    return (
        <Page title="Overview" about={`site ${site}`}>
            <dl className="figures wide" aria-label="The site in numbers">
                <div>
                    <dt>Backends online</dt>
                    <dd>
                        {backends.data === undefined ? '…' : online}
                        <small>
                            {' '}
                            of {own.length}
                            {desired === own.length ? null : (
                                <>
                                    , <Link to="/plan?part=autoscaling">{desired} desired</Link>
                                </>
                            )}
                        </small>
                    </dd>
                </div>
                <div>
                    <dt>Groups in use</dt>
                    <dd>{backends.data === undefined ? '…' : even.groups}</dd>
                </div>
                <div>
                    <dt>Logins/s</dt>
                    <dd>{statistics.data === undefined ? '…' : sessions.rate.toFixed(1)}</dd>
                </div>
                <div className={(failing ?? 0) > 0.05 ? 'bad' : ''}>
                    <dt>Failures</dt>
                    <dd>{failing === undefined ? '–' : percent(failing, 1)}</dd>
                </div>
                <div title="Groups per share of the fullest backend over the mean: 1.00 is even">
                    <dt>Balance (max/mean)</dt>
                    <dd>{even.maxOverMean === undefined ? '–' : even.maxOverMean.toFixed(2)}</dd>
                </div>
                <div>
                    <dt>Moves in flight</dt>
                    <dd>
                        <Link to="/moves">{moves.data?.length ?? '…'}</Link>
                    </dd>
                </div>
                <div>
                    <dt>Acting controller</dt>
                    <dd className="text" title={leader.data?.name}>
                        {leader.data === undefined
                            ? '…'
                            : leader.data.isThis
                              ? 'this one'
                              : leader.data.name === undefined
                                ? 'none'
                                : 'another'}
                    </dd>
                </div>
            </dl>

            <Panel title="What is wrong right now">
                {problems === undefined ? (
                    <p className="quiet" role="status">
                        Not all of it is known yet.
                    </p>
                ) : problems.length === 0 ? (
                    <p className="fine">
                        <Badge state="fine" tone="good">
                            nothing
                        </Badge>{' '}
                        that this controller knows of: no backend, node, move or destination needs a look.
                    </p>
                ) : (
                    <ul className="wrong">
                        {problems.map((problem) => (
                            <li key={problem.what}>
                                <Badge state={problem.tone} tone={problem.tone}>
                                    {problem.tone === 'bad' ? 'act' : 'look'}
                                </Badge>
                                <Link to={problem.to}>{problem.what}</Link>
                                <span className="quiet">{problem.more}</span>
                            </li>
                        ))}
                    </ul>
                )}
            </Panel>

            <Panel title="Sites and backends">
                <Reading query={backends} what="The backends">
                    {(data) => <Tiles sites={sites.data ?? []} backends={data} />}
                </Reading>
            </Panel>

            <div className="columns">
                <Panel title="Logins and failures" aside="since this tab was opened">
                    <Chart
                        {...chart}
                        summary={`Logins and failures each second since this tab was opened; now ${sessions.rate.toFixed(1)} logins and ${percent(failing ?? 0, 1)} failures`}
                    />
                </Panel>
                <Panel title="Moves in flight" aside={<Link to="/moves">all</Link>}>
                    <Reading query={moves} what="The list of moves">
                        {(data) => <MoveTable site={site} moves={data.slice(0, SHOWN_MOVES)} empty="No group moves." />}
                    </Reading>
                </Panel>
            </div>

            <Panel title="Automation in the last hour" aside={<Link to="/plan">plan</Link>}>
                <Automation site={home} />
            </Panel>
        </Page>
    );
}
