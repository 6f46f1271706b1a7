import { createColumnHelper } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import { Link } from 'react-router';
import { useGroupLoads } from '../../api/automation';
import type { Schemas } from '../../api/client';
import { useGroups, useSites, useUserCounts } from '../../api/queries';
import { Badge } from '../../components/Badge';
import { DataTable } from '../../components/DataTable';
import { Check, Choice, Filter } from '../../components/fields';
import { Page } from '../../components/Page';
import { Reading } from '../../components/Reading';
import { Tabs } from '../../components/Tabs';
import { naturally } from '../../components/order';
import { useAddress } from '../../components/useAddress';
import { useSite } from '../../layout/site';
import { useMay } from '../../session/caller';
import { CountedUsers } from '../CountedUsers';
import { MoveGroups } from './dialogs';
import { GroupMap } from './GroupMap';
import { GroupNumberProgress, NumberOfGroups } from './GroupNumber';

type Group = Schemas['Group'];

const column = createColumnHelper<Group>();

export function Groups() {
    const { own, site } = useSite();
    const groups = useGroups(site);
    const loads = useGroupLoads(site);
    const counts = useUserCounts(site);
    const sites = useSites();
    const may = useMay('operator');
    const [text, setText] = useAddress('q');
    const [backend, setBackend] = useAddress('backend');
    const [state, setState] = useAddress('state');
    const [tab, setTab] = useAddress('tab', 'list');
    const [by, setBy] = useAddress('by', 'load');
    const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
    const [dialog, setDialog] = useState<'move' | 'number'>();
    const backends = useMemo(
        () => [...new Set(groups.data?.map((group) => group.backend) ?? [])].sort(),
        [groups.data],
    );
    const sorted = useMemo(
        () => [...(groups.data ?? [])].sort((one, other) => naturally(one.name, other.name)),
        [groups.data],
    );
    const rows = useMemo(
        () =>
            sorted.filter(
                (group) =>
                    group.name.includes(text) &&
                    (backend === '' || group.backend === backend || group.move?.to === backend) &&
                    (state === '' ||
                        (state === 'moving' && group.move !== undefined) ||
                        (state === 'sticky' && (group.stickyBackend || group.stickyUsers)) ||
                        (state === 'unclaimed' && !group.claimed)),
            ),
        [sorted, text, backend, state],
    );
    const columns = useMemo(
        () => [
            ...(may
                ? [
                      column.display({
                          id: 'choose',
                          header: () => (
                              <Check
                                  bare
                                  label="Choose all that are listed"
                                  isChosen={chosen.size > 0 && chosen.size === rows.length}
                                  isPartly={chosen.size > 0 && chosen.size < rows.length}
                                  onChange={(all) =>
                                      setChosen(all ? new Set(rows.map((group) => group.name)) : new Set())
                                  }
                              />
                          ),
                          cell: ({ row }) => (
                              <Check
                                  bare
                                  label={`Choose ${row.original.name}`}
                                  isChosen={chosen.has(row.original.name)}
                                  onChange={(isChosen) =>
                                      setChosen((before) => {
                                          const next = new Set(before);
                                          if (isChosen) {
                                              next.add(row.original.name);
                                          } else {
                                              next.delete(row.original.name);
                                          }
                                          return next;
                                      })
                                  }
                              />
                          ),
                      }),
                  ]
                : []),
            column.accessor('name', {
                header: 'Group',
                cell: ({ getValue }) => <Link to={`/groups/${getValue()}`}>{getValue()}</Link>,
            }),
            column.accessor('backend', {
                header: 'Owner',
                cell: ({ getValue }) => <Link to={`/backends/${getValue()}`}>{getValue()}</Link>,
            }),
            column.accessor((group) => group.alternative ?? '', {
                id: 'alternative',
                header: 'Failover or destination',
                meta: { title: 'While it moves where it goes; else the backend that a failover would take' },
            }),
            column.accessor(
                (group) => (group.move === undefined ? (group.claimed ? 'served' : 'placed') : group.move.phase),
                {
                    id: 'state',
                    header: 'State',
                    cell: ({ getValue }) => (
                        <Badge state={getValue()} {...(getValue() === 'served' ? { tone: 'good' as const } : {})} />
                    ),
                },
            ),
            column.accessor((group) => (group.stickyBackend ? 1 : 0) + (group.stickyUsers ? 2 : 0), {
                id: 'sticky',
                header: 'Sticky',
                cell: ({ row }) =>
                    [row.original.stickyBackend ? 'backend' : '', row.original.stickyUsers ? 'users' : '']
                        .filter((each) => each !== '')
                        .join(', '),
            }),
            column.accessor((group) => loads.data?.get(group.name)?.load ?? -1, {
                id: 'load',
                header: 'Load',
                meta: {
                    numeric: true,
                    title: 'In sessions: a login or a delivery each second counts like some of them; a mean over a while',
                },
                cell: ({ getValue }) => (getValue() < 0 ? <span className="quiet">–</span> : getValue().toFixed(1)),
            }),
            column.accessor((group) => loads.data?.get(group.name)?.sessions ?? -1, {
                id: 'sessions',
                header: 'Sessions',
                meta: { numeric: true },
                cell: ({ getValue }) => (getValue() < 0 ? <span className="quiet">–</span> : getValue().toFixed(1)),
            }),
            column.accessor((group) => counts.data?.groups[group.name] ?? -1, {
                id: 'users',
                header: 'Users',
                meta: { numeric: true, title: 'When they were counted last' },
                cell: ({ getValue, row }) =>
                    getValue() < 0 ? (
                        <span className="quiet">–</span>
                    ) : (
                        <Link to={`/users?group=${row.original.name}`}>{getValue()}</Link>
                    ),
            }),
            column.accessor('leaving', { header: 'Users leaving', meta: { numeric: true } }),
            column.accessor('version', {
                header: 'Epoch',
                meta: { numeric: true, title: 'Grows with each change of who serves it' },
            }),
            column.accessor('why', {
                header: 'Why it is there',
                cell: ({ getValue }) => (
                    <span className="cut" title={getValue()}>
                        {getValue()}
                    </span>
                ),
            }),
        ],
        [may, chosen, rows, loads.data, counts.data],
    );
    const shownSite = sites.data?.find((each) => each.name === site);
    const moved = rows.filter((group) => chosen.has(group.name));
    return (
        <Page
            title="Groups"
            about={`of site ${site}${shownSite?.groupCount === undefined ? '' : `: ${shownSite.groupCount}, of which ${groups.data?.length ?? '…'} are in use`}`}
            actions={
                may ? (
                    <>
                        <Button isDisabled={moved.length === 0} onPress={() => setDialog('move')}>
                            {moved.length === 0 ? 'Move…' : `Move ${moved.length}…`}
                        </Button>
                        <Button isDisabled={shownSite === undefined} onPress={() => setDialog('number')}>
                            Number of groups…
                        </Button>
                    </>
                ) : null
            }
        >
            {site === own ? <GroupNumberProgress /> : null}
            <Tabs
                label="How groups are shown"
                value={tab}
                onChange={setTab}
                tabs={[
                    ['list', 'List'],
                    ['map', 'Map'],
                ]}
            />
            <div className="filters">
                <Filter label="Group" value={text} onChange={setText} />
                <Choice
                    inline
                    label="On"
                    value={backend}
                    onChange={setBackend}
                    options={[['', 'any backend'], ...backends.map((each) => [each, each] as const)]}
                />
                <Choice
                    inline
                    label="State"
                    value={state}
                    onChange={setState}
                    options={[
                        ['', 'any'],
                        ['moving', 'moving'],
                        ['sticky', 'sticky'],
                        ['unclaimed', 'not yet taken over'],
                    ]}
                />
                {tab === 'map' ? (
                    <Choice
                        inline
                        label="Coloured by"
                        value={by}
                        onChange={setBy}
                        options={[
                            ['load', 'load'],
                            ['state', 'state'],
                        ]}
                    />
                ) : null}
                <span className="quiet" role="status">
                    {rows.length} groups
                </span>
            </div>
            <Reading query={groups} what="The list of groups">
                {() =>
                    tab === 'map' ? (
                        <GroupMap groups={rows} loads={loads.data} by={by === 'state' ? 'state' : 'load'} />
                    ) : (
                        <DataTable
                            caption={`Groups of site ${site}`}
                            rows={rows}
                            columns={columns}
                            rowId={(group) => group.name}
                            empty="No group fits. Groups are created when the first of their users logs in."
                            tall
                        />
                    )
                }
            </Reading>
            <p className="footnote">
                Load and sessions are means that the nodes measured last; a dash means that nobody has.{' '}
                <CountedUsers site={site} />
            </p>
            {dialog === 'move' ? (
                <MoveGroups
                    groups={moved}
                    onClose={() => {
                        setDialog(undefined);
                        setChosen(new Set());
                    }}
                />
            ) : null}
            {dialog === 'number' && shownSite !== undefined ? (
                <NumberOfGroups site={shownSite} onClose={() => setDialog(undefined)} />
            ) : null}
        </Page>
    );
}
