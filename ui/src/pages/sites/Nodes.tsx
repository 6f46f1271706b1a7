import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useNodes } from '../../api/queries';
import { ScrollTable } from '../../components/ScrollTable';
import { Badge } from '../../components/Badge';
import { Reading } from '../../components/Reading';
import { Ago, Time } from '../../components/Time';
import { duration } from '../../components/time';
import { useMay } from '../../session/caller';
import { RemoveProxy } from './dialogs';

const LATE_MS = 30_000;

/** What runs beside the site's Dovecots. */
export function Nodes({ site }: { site: string }) {
    const nodes = useNodes(site);
    const [removed, setRemoved] = useState<string>();
    const may = useMay('operator');
    return (
        <Reading query={nodes} what="The list of nodes">
            {(data) => (
                <>
                    <ScrollTable label="Nodes">
                        <thead>
                            <tr>
                                <th scope="col">Node</th>
                                <th scope="col">Role</th>
                                <th scope="col">State</th>
                                <th scope="col" className="numeric">
                                    Seen
                                </th>
                                <th scope="col" className="numeric">
                                    Behind GeoDB
                                </th>
                                <th scope="col">Started</th>
                                <th scope="col">Pombal</th>
                                <th scope="col">Dovecot</th>
                                <th scope="col">Machine</th>
                                <th scope="col">
                                    <span className="for-readers">Actions</span>
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            {data.map((node) => (
                                <tr key={`${node.role} ${node.name}`}>
                                    <td>{node.name}</td>
                                    <td>{node.role}</td>
                                    <td>{node.stale ? <Badge state="stale">silent</Badge> : <Badge state="up" />}</td>
                                    <td className="numeric">
                                        <Ago at={node.seenAt} late={LATE_MS} />
                                    </td>
                                    <td className="numeric">
                                        {node.lagMillis === undefined ? '–' : duration(node.lagMillis)}
                                    </td>
                                    <td>
                                        <Time at={node.startedAt} />
                                    </td>
                                    <td>{node.version}</td>
                                    <td>{node.dovecot ?? '–'}</td>
                                    <td>
                                        {node.host} <span className="quiet">{node.dataCentre}</span>
                                    </td>
                                    <td>
                                        {may && node.role === 'proxy' && node.stale ? (
                                            <Button className="plain small" onPress={() => setRemoved(node.name)}>
                                                Forget…
                                            </Button>
                                        ) : null}
                                    </td>
                                </tr>
                            ))}
                        </tbody>
                    </ScrollTable>
                    {data.length === 0 ? <p className="quiet">No node has reported.</p> : null}
                    {removed === undefined ? null : (
                        <RemoveProxy site={site} proxy={removed} onClose={() => setRemoved(undefined)} />
                    )}
                </>
            )}
        </Reading>
    );
}
