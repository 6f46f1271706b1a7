import { Button } from 'react-aria-components';
import { useSites } from '../../api/queries';
import { Page, Panel } from '../../components/Page';
import { Tabs } from '../../components/Tabs';
import { useAddress } from '../../components/useAddress';
import { useDialog } from '../../components/useDialog';
import { useSite } from '../../layout/site';
import { useMay } from '../../session/caller';
import { AddSite, AddTag } from './dialogs';
import { EvacuatingSite } from './EvacuateSite';
import { Failovers } from './Failovers';
import { Matrix } from './Matrix';
import { Nodes } from './Nodes';
import { Reachability } from './Reachability';
import { SiteTable } from './SiteTable';
import { TagTable } from './TagTable';

/** Sites, tags, and the nodes that the sites are made of. */
export function Sites() {
    const { site } = useSite();
    const sites = useSites();
    const [tab, setTab] = useAddress('tab', 'sites');
    const [open, dialog] = useDialog();
    const may = useMay('operator');
    return (
        <Page
            title="Sites & tags"
            actions={
                may ? (
                    <>
                        <Button onPress={() => open((close) => <AddTag onClose={close} />)}>Add a tag</Button>
                        <Button className="primary" onPress={() => open((close) => <AddSite onClose={close} />)}>
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
            {tab === 'sites' ? <SiteTable /> : null}
            {tab === 'tags' ? <TagTable sites={sites.data ?? []} /> : null}
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
            {dialog}
        </Page>
    );
}
