import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { Schemas } from '../../api/client';
import { useSites, useTags } from '../../api/queries';
import { ScrollTable } from '../../components/ScrollTable';
import { Badge } from '../../components/Badge';
import { Page, Panel } from '../../components/Page';
import { Reading } from '../../components/Reading';
import { Tabs } from '../../components/Tabs';
import { useAddress } from '../../components/useAddress';
import { useSite } from '../../layout/site';
import { useMay } from '../../session/caller';
import { AddSite, AddTag, DeleteTag, EditSite, RemoveSite, RenameTag } from './dialogs';
import { EvacuateSite, EvacuatingSite } from './EvacuateSite';
import { Failovers } from './Failovers';
import { Matrix } from './Matrix';
import { Nodes } from './Nodes';
import { Reachability } from './Reachability';

type Dialog =
    | { what: 'add-site' | 'add-tag' }
    | { what: 'edit' | 'evacuate' | 'remove'; site: Schemas['Site'] }
    | { what: 'rename' | 'delete'; tag: Schemas['Tag'] };

/** Sites, tags, and the nodes that the sites are made of. */
export function Sites() {
    const { own, site } = useSite();
    const sites = useSites();
    const tags = useTags();
    const [tab, setTab] = useAddress('tab', 'sites');
    const [dialog, setDialog] = useState<Dialog>();
    const may = useMay('operator');
    const close = () => setDialog(undefined);
    return (
        <Page
            title="Sites & tags"
            actions={
                may ? (
                    <>
                        <Button onPress={() => setDialog({ what: 'add-tag' })}>Add a tag</Button>
                        <Button className="primary" onPress={() => setDialog({ what: 'add-site' })}>
                            Add a site
                        </Button>
                    </>
                ) : null
            }
        >
            <Tabs
                label="What is shown"
                value={tab}
                onChange={setTab}
                tabs={[
                    ['sites', 'Sites'],
                    ['tags', 'Tags'],
                    ['reachability', 'Reachability & failover'],
                    ['nodes', 'Nodes'],
                ]}
            />
            {sites.data
                ?.filter((each) => each.status === 'evacuate')
                .map((each) => (
                    <EvacuatingSite key={each.id} site={each} />
                ))}
            {tab === 'sites' ? (
                <Reading query={sites} what="The list of sites">
                    {(data) => (
                        <ScrollTable label="Sites">
                            <thead>
                                <tr>
                                    <th scope="col">Site</th>
                                    <th scope="col">Status</th>
                                    <th scope="col">Tag</th>
                                    <th scope="col">Load balancer</th>
                                    <th scope="col" className="numeric">
                                        Groups
                                    </th>
                                    <th scope="col">ID</th>
                                    <th scope="col">
                                        <span className="for-readers">Actions</span>
                                    </th>
                                </tr>
                            </thead>
                            <tbody>
                                {data.map((each) => (
                                    <tr key={each.id}>
                                        <td>
                                            {each.name}{' '}
                                            {each.name === own ? (
                                                <span className="quiet">this controller’s</span>
                                            ) : null}
                                        </td>
                                        <td>
                                            <Badge state={each.status} />
                                        </td>
                                        <td>{each.tag ?? <span className="quiet">none</span>}</td>
                                        <td>{each.loadBalancer ?? <span className="quiet">none</span>}</td>
                                        <td className="numeric">{each.groupCount ?? '–'}</td>
                                        <td>
                                            <code>{each.id}</code>
                                        </td>
                                        <td className="row-actions">
                                            {may ? (
                                                <>
                                                    <Button
                                                        className="plain small"
                                                        aria-label={`Edit site ${each.name}`}
                                                        onPress={() => setDialog({ what: 'edit', site: each })}
                                                    >
                                                        Edit…
                                                    </Button>
                                                    {each.status === 'evacuate' ? null : (
                                                        <Button
                                                            className="plain small"
                                                            aria-label={`Evacuate site ${each.name}`}
                                                            onPress={() => setDialog({ what: 'evacuate', site: each })}
                                                        >
                                                            Evacuate…
                                                        </Button>
                                                    )}
                                                    <Button
                                                        className="plain small"
                                                        aria-label={`Remove site ${each.name}`}
                                                        onPress={() => setDialog({ what: 'remove', site: each })}
                                                    >
                                                        Remove…
                                                    </Button>
                                                </>
                                            ) : null}
                                        </td>
                                    </tr>
                                ))}
                            </tbody>
                        </ScrollTable>
                    )}
                </Reading>
            ) : null}
            {tab === 'tags' ? (
                <Reading query={tags} what="The list of tags">
                    {(data) =>
                        data.length === 0 ? (
                            <p className="quiet">
                                There is no tag. A tag keeps the users of one customer, or of one country, on sites of
                                their own.
                            </p>
                        ) : (
                            <ScrollTable label="Tags">
                                <thead>
                                    <tr>
                                        <th scope="col">Tag</th>
                                        <th scope="col">Sites</th>
                                        <th scope="col">ID</th>
                                        <th scope="col">
                                            <span className="for-readers">Actions</span>
                                        </th>
                                    </tr>
                                </thead>
                                <tbody>
                                    {data.map((tag) => (
                                        <tr key={tag.id}>
                                            <td>{tag.name}</td>
                                            <td>
                                                {sites.data
                                                    ?.filter((each) => each.tag === tag.name)
                                                    .map((each) => each.name)
                                                    .join(', ') ?? ''}
                                            </td>
                                            <td>
                                                <code>{tag.id}</code>
                                            </td>
                                            <td className="row-actions">
                                                {may ? (
                                                    <>
                                                        <Button
                                                            className="plain small"
                                                            aria-label={`Rename tag ${tag.name}`}
                                                            onPress={() => setDialog({ what: 'rename', tag })}
                                                        >
                                                            Rename…
                                                        </Button>
                                                        <Button
                                                            className="plain small"
                                                            aria-label={`Delete tag ${tag.name}`}
                                                            onPress={() => setDialog({ what: 'delete', tag })}
                                                        >
                                                            Delete…
                                                        </Button>
                                                    </>
                                                ) : null}
                                            </td>
                                        </tr>
                                    ))}
                                </tbody>
                            </ScrollTable>
                        )
                    }
                </Reading>
            ) : null}
            {tab === 'reachability' ? (
                <>
                    <Panel title="Which site reaches which" aside="as its proxies find, by connecting">
                        <Matrix sites={sites.data ?? []} />
                    </Panel>
                    <Panel title={`Users whom the proxies of ${site} send to other sites`} aside="last window">
                        <Reachability site={site} sites={sites.data ?? []} />
                    </Panel>
                    <Panel title="Failovers" aside="each site’s nodes carry them out">
                        <Failovers />
                    </Panel>
                </>
            ) : null}
            {tab === 'nodes' ? <Nodes site={site} /> : null}
            {dialog?.what === 'add-site' ? <AddSite onClose={close} /> : null}
            {dialog?.what === 'add-tag' ? <AddTag onClose={close} /> : null}
            {dialog?.what === 'edit' ? <EditSite site={dialog.site} onClose={close} /> : null}
            {dialog?.what === 'evacuate' ? <EvacuateSite site={dialog.site} onClose={close} /> : null}
            {dialog?.what === 'remove' ? <RemoveSite site={dialog.site} onClose={close} /> : null}
            {dialog?.what === 'rename' ? <RenameTag tag={dialog.tag} onClose={close} /> : null}
            {dialog?.what === 'delete' ? <DeleteTag tag={dialog.tag} onClose={close} /> : null}
        </Page>
    );
}
