import { Link } from 'react-router';
import type { Schemas } from '../../api/client';
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
    return (
        <>
            {sites.map((site) => {
                const own = backends.filter((backend) => backend.site === site.name);
                const groups = own.reduce((sum, backend) => sum + (backend.load?.groups ?? 0), 0);
                // What is not as it should be comes first, so that it is never what is left out.
                const sorted = [...own].sort(
                    (one, other) => Number(one.status === 'online') - Number(other.status === 'online'),
                );
                return (
                    <div key={site.name} className="site-row">
                        <h3>
                            {site.name} <Badge state={site.status} />
                            {site.tag === undefined ? null : <span className="quiet"> tag {site.tag}</span>}
                        </h3>
                        <ul className="tiles">
                            {sorted.slice(0, MOST).map((backend) => {
                                const part = groups === 0 ? 0 : (backend.load?.groups ?? 0) / groups;
                                const target = (backend.load?.share ?? 0) / 100;
                                return (
                                    <li key={backend.host} className={`tile ${backend.status}`}>
                                        <div className="tile-head">
                                            <Link to={`/backends/${backend.host}`}>{backend.host}</Link>
                                            <Badge
                                                state={backend.load?.lease === 'broken' ? 'broken' : backend.status}
                                            />
                                        </div>
                                        <Bar
                                            part={part}
                                            target={target}
                                            label={`${percent(part, 1)} of the groups, is to have ${percent(target, 1)}`}
                                        />
                                        <div className="tile-foot">
                                            <span>{backend.load?.groups ?? '?'} groups</span>
                                            <span>load factor {backend.loadFactor}</span>
                                            {(backend.load?.movingOut ?? 0) + (backend.load?.movingIn ?? 0) > 0 ? (
                                                <span className="moving">
                                                    {backend.load?.movingOut} out, {backend.load?.movingIn} in
                                                </span>
                                            ) : null}
                                        </div>
                                    </li>
                                );
                            })}
                        </ul>
                        {own.length === 0 ? (
                            <p className="quiet">
                                No backend yet. <Link to="/backends">Add one</Link>
                            </p>
                        ) : null}
                        {own.length > MOST ? (
                            <p>
                                <Link to="/backends">{own.length - MOST} more</Link>
                            </p>
                        ) : null}
                    </div>
                );
            })}
        </>
    );
}
