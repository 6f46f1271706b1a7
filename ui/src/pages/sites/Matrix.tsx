import { useReachability } from '../../api/automation';
import type { Schemas } from '../../api/client';
import { Badge, type Tone } from '../../components/Badge';
import { Reading } from '../../components/Reading';
import { ScrollTable } from '../../components/ScrollTable';
import { duration } from '../../components/time';

const TONES: Record<Schemas['Way']['reachable'], Tone> = { yes: 'good', no: 'bad', unknown: 'quiet' };

/** Sites by sites: whether the proxies of the one reach the load balancer of the other. */
export function Matrix({ sites }: { sites: readonly Schemas['Site'][] }) {
    const ways = useReachability();
    return (
        <Reading query={ways} what="Which site reaches which">
            {(data) =>
                sites.length < 2 ? (
                    <p className="quiet">There is no other site.</p>
                ) : (
                    <ScrollTable label="Which site reaches which">
                        <thead>
                            <tr>
                                <th scope="col">From, to</th>
                                {sites.map((site) => (
                                    <th key={site.id} scope="col">
                                        {site.name}
                                    </th>
                                ))}
                            </tr>
                        </thead>
                        <tbody>
                            {sites.map((source) => (
                                <tr key={source.id}>
                                    <th scope="row">{source.name}</th>
                                    {sites.map((destination) => (
                                        <td key={destination.id}>
                                            {source.name === destination.name ? (
                                                <span className="quiet">–</span>
                                            ) : (
                                                <Cell
                                                    way={data.find(
                                                        (each) =>
                                                            each.source === source.name &&
                                                            each.destination === destination.name,
                                                    )}
                                                />
                                            )}
                                        </td>
                                    ))}
                                </tr>
                            ))}
                        </tbody>
                    </ScrollTable>
                )
            }
        </Reading>
    );
}

function Cell({ way }: { way: Schemas['Way'] | undefined }) {
    if (way === undefined) {
        return <span className="quiet">not looked at: it has no load balancer</span>;
    }
    return (
        <>
            <Badge state={way.reachable} tone={TONES[way.reachable]} />{' '}
            <span className="quiet">
                {way.reaching + way.failing === 0 ? '' : `${way.reaching} of ${way.reaching + way.failing} proxies`}
                {way.lastsSeconds === undefined || way.reachable === 'unknown'
                    ? ''
                    : `, for ${duration(way.lastsSeconds * 1000)}`}
                {way.why === undefined ? '' : `: ${way.why}`}
            </span>
        </>
    );
}
