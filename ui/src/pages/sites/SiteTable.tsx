import { useSites } from '../../api/queries';
import { Badge } from '../../components/Badge';
import { FactTable, RowAction } from '../../components/FactTable';
import { Reading } from '../../components/Reading';
import { useDialog } from '../../components/useDialog';
import { useSite } from '../../layout/site';
import { useMay } from '../../session/caller';
import { ForceMove } from '../forcedmoves/ForceMove';
import { ForcedMoveState } from '../forcedmoves/ForcedMoveState';
import { EditSite, RemoveSite } from './dialogs';
import { EvacuateSite } from './EvacuateSite';
import { useTakers } from './failoverDialogs';

/** All sites, and what can be done with each. */
export function SiteTable() {
    const { own } = useSite();
    const sites = useSites();
    const [open, dialog] = useDialog();
    const may = useMay('operator');
    return (
        <Reading query={sites} what="The list of sites">
            {(data) => (
                <>
                    <FactTable
                        label="Sites"
                        rows={data}
                        rowId={(site) => site.id}
                        columns={[
                            [
                                'Site',
                                (site) => (
                                    <>
                                        {site.name}{' '}
                                        {site.name === own ? <span className="quiet">this controller’s</span> : null}
                                    </>
                                ),
                            ],
                            ['Status', (site) => <Badge state={site.status} />],
                            ['Tag', (site) => site.tag ?? <span className="quiet">none</span>],
                            ['Load balancer', (site) => site.loadBalancer ?? <span className="quiet">none</span>],
                            ['Groups', (site) => site.groupCount ?? '–', { numeric: true }],
                            ['Moved when they log in', (site) => <ForcedMoveState kind="site" name={site.name} />],
                            ['ID', (site) => <code>{site.id}</code>],
                        ]}
                        actions={
                            may
                                ? (site) => {
                                      const of = `site ${site.name}`;
                                      return (
                                          <>
                                              <RowAction
                                                  verb="Edit"
                                                  of={of}
                                                  onPress={() =>
                                                      open((close) => <EditSite site={site} onClose={close} />)
                                                  }
                                              />
                                              <RowAction
                                                  verb="Force-move"
                                                  of={of}
                                                  onPress={() =>
                                                      open((close) => (
                                                          <ForceMoveSite name={site.name} onClose={close} />
                                                      ))
                                                  }
                                              />
                                              {site.status === 'evacuate' ? null : (
                                                  <RowAction
                                                      verb="Evacuate"
                                                      of={of}
                                                      onPress={() =>
                                                          open((close) => <EvacuateSite site={site} onClose={close} />)
                                                      }
                                                  />
                                              )}
                                              <RowAction
                                                  verb="Remove"
                                                  of={of}
                                                  onPress={() =>
                                                      open((close) => <RemoveSite site={site} onClose={close} />)
                                                  }
                                              />
                                          </>
                                      );
                                  }
                                : undefined
                        }
                    />
                    {dialog}
                </>
            )}
        </Reading>
    );
}

function ForceMoveSite({ name, onClose }: { name: string; onClose: () => void }) {
    const takers = useTakers(name).map((taker) => taker.site);
    return <ForceMove kind="site" name={name} destinations={takers} onClose={onClose} />;
}
