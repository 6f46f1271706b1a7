import { Link } from 'react-router';
import { useBackendLoads } from '../../api/automation';
import type { Schemas } from '../../api/client';
import { useUserCounts } from '../../api/queries';
import { Badge } from '../../components/Badge';
import { Bar } from '../../components/Bar';
import { percent } from '../statistics';

interface TilesProps {
    sites: readonly Schemas['Site'][];
    backends: readonly Schemas['Backend'][];
}

/** With more, tiles say less than the table of backends. */
const MOST = 60;

/** Each site with its backends. */
export function Tiles({ sites, backends }: TilesProps) {
    return sites.map((site) => (
        <SiteTiles key={site.name} site={site} backends={backends.filter((backend) => backend.site === site.name)} />
    ));
}

function SiteTiles({ site, backends }: { site: Schemas['Site']; backends: readonly Schemas['Backend'][] }) {
    const loads = useBackendLoads(site.name);
    const counts = useUserCounts(site.name);
    const groups = backends.reduce((sum, backend) => sum + (backend.load?.groups ?? 0), 0);
    // What is not as it should be comes first, so that it is never what is left out.
    const sorted = [...backends].sort(
        (one, other) => Number(one.status === 'online') - Number(other.status === 'online'),
    );
    return (
        <div className="site-row">
            <h3>
                {site.name} <Badge state={site.status} />
                {site.tag === undefined ? null : <span className="quiet"> tag {site.tag}</span>}
            </h3>
            <ul className="tiles">
                {sorted.slice(0, MOST).map((backend) => (
                    <Tile
                        key={backend.host}
                        backend={backend}
                        part={groups === 0 ? 0 : (backend.load?.groups ?? 0) / groups}
                        sessions={loads.data?.get(backend.host)?.sessions}
                        users={counts.data?.backends[backend.host]}
                    />
                ))}
            </ul>
            {backends.length === 0 ? (
                <p className="quiet">
                    No backend yet. <Link to="/backends">Add one</Link>
                </p>
            ) : null}
            {backends.length > MOST ? (
                <p>
                    <Link to="/backends">{backends.length - MOST} more</Link>
                </p>
            ) : null}
        </div>
    );
}

interface TileProps {
    backend: Schemas['Backend'];
    /** Of the site's groups, 0 to 1. */
    part: number;
    sessions: number | undefined;
    users: number | undefined;
}

function Tile({ backend, part, sessions, users }: TileProps) {
    const { load, host, status, loadFactor } = backend;
    const target = (load?.share ?? 0) / 100;
    return (
        <li className={`tile ${status}`}>
            <div className="tile-head">
                <Link to={`/backends/${host}`}>{host}</Link>
                <Badge state={load?.lease === 'broken' ? 'broken' : status} />
            </div>
            <Bar
                part={part}
                target={target}
                label={`${percent(part, 1)} of the groups, is to have ${percent(target, 1)}`}
            />
            <div className="tile-foot">
                <span>{load?.groups ?? '?'} groups</span>
                {sessions === undefined ? null : <span>{sessions.toFixed(0)} sessions</span>}
                {users === undefined ? null : <span>{users} users</span>}
                {loadFactor === 100 ? null : <span>load factor {loadFactor}</span>}
                {(load?.movingOut ?? 0) + (load?.movingIn ?? 0) > 0 ? (
                    <span className="moving">
                        {load?.movingOut} out, {load?.movingIn} in
                    </span>
                ) : null}
            </div>
        </li>
    );
}
