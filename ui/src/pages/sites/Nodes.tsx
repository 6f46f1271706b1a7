import { useNodes } from '../../api/queries';
import { Badge } from '../../components/Badge';
import { FactTable, RowAction } from '../../components/FactTable';
import { Reading } from '../../components/Reading';
import { Ago, Time } from '../../components/Time';
import { duration } from '../../components/time';
import { useDialog } from '../../components/useDialog';
import { useMay } from '../../session/caller';
import { RemoveProxy } from './dialogs';

const LATE_MS = 30_000;

/** What runs beside the site's Dovecots. */
export function Nodes({ site }: { site: string }) {
    const nodes = useNodes(site);
    const [open, dialog] = useDialog();
    const may = useMay('operator');
    return (
        <Reading query={nodes} what="The list of nodes">
            {(data) => (
                <>
                    <FactTable
                        label="Nodes"
                        rows={data}
                        rowId={(node) => `${node.role} ${node.name}`}
                        columns={[
                            ['Node', (node) => node.name],
                            ['Role', (node) => node.role],
                            [
                                'State',
                                (node) => (node.stale ? <Badge state="stale">silent</Badge> : <Badge state="up" />),
                            ],
                            ['Seen', (node) => <Ago at={node.seenAt} late={LATE_MS} />, { numeric: true }],
                            [
                                'Behind GeoDB',
                                (node) => (node.lagMillis === undefined ? '–' : duration(node.lagMillis)),
                                { numeric: true },
                            ],
                            ['Started', (node) => <Time at={node.startedAt} />],
                            ['Pombal', (node) => node.version],
                            ['Dovecot', (node) => node.dovecot ?? '–'],
                            [
                                'Machine',
                                (node) => (
                                    <>
                                        {node.host} <span className="quiet">{node.dataCentre}</span>
                                    </>
                                ),
                            ],
                        ]}
                        actions={
                            may
                                ? (node) =>
                                      node.role === 'proxy' && node.stale ? (
                                          <RowAction
                                              verb="Forget"
                                              of={`proxy ${node.name}`}
                                              onPress={() =>
                                                  open((close) => (
                                                      <RemoveProxy site={site} proxy={node.name} onClose={close} />
                                                  ))
                                              }
                                          />
                                      ) : null
                                : undefined
                        }
                    />
                    {data.length === 0 ? <p className="quiet">No node has reported.</p> : null}
                    {dialog}
                </>
            )}
        </Reading>
    );
}
