import type { Schemas } from '../../api/client';
import { useStatistics } from '../../api/queries';
import { ScrollTable } from '../../components/ScrollTable';
import { Reading } from '../../components/Reading';
import { failureRate, percent, tried } from '../statistics';

/** Proxies by sites: what came of what each proxy tried with each site in its last window. */
export function Reachability({ site, sites }: { site: string; sites: readonly Schemas['Site'][] }) {
    const statistics = useStatistics(site);
    const others = sites.filter((each) => each.name !== site);
    return (
        <Reading query={statistics} what="What the proxies report">
            {(rows) => {
                const toSites = rows.filter((row) => row.toSite);
                const proxies = [...new Set(rows.map((row) => row.proxy))].sort();
                if (others.length === 0) {
                    return <p className="quiet">There is no other site.</p>;
                }
                return (
                    <>
                        <ScrollTable label="Sites by proxies">
                            <thead>
                                <tr>
                                    <th scope="col">Proxy</th>
                                    {others.map((each) => (
                                        <th key={each.id} scope="col">
                                            {each.name}
                                        </th>
                                    ))}
                                </tr>
                            </thead>
                            <tbody>
                                {proxies.map((proxy) => (
                                    <tr key={proxy}>
                                        <th scope="row">{proxy}</th>
                                        {others.map((each) => {
                                            const all = tried(
                                                toSites.filter(
                                                    (row) => row.proxy === proxy && row.destination === each.name,
                                                ),
                                            );
                                            const rate = failureRate(all);
                                            return (
                                                <td
                                                    key={each.id}
                                                    className={rate !== undefined && rate > 0.05 ? 'bad' : ''}
                                                >
                                                    {rate === undefined ? (
                                                        <span className="quiet">not tried</span>
                                                    ) : (
                                                        `${percent(1 - rate)} of ${all.attempts}`
                                                    )}
                                                </td>
                                            );
                                        })}
                                    </tr>
                                ))}
                            </tbody>
                        </ScrollTable>
                        {proxies.length === 0 ? <p className="quiet">No proxy has reported.</p> : null}
                    </>
                );
            }}
        </Reading>
    );
}
