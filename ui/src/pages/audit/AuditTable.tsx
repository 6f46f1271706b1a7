import { createColumnHelper } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { Schemas } from '../../api/client';
import { useAudit } from '../../api/queries';
import { Badge } from '../../components/Badge';
import { DataTable } from '../../components/DataTable';
import { Reading } from '../../components/Reading';
import { Time } from '../../components/Time';
import { differences } from './differences';

type Entry = Schemas['AuditEntry'];

const column = createColumnHelper<Entry>();

const everything = () => true;

interface AuditTableProps {
    /** Of what, as entries name it; without it, of everything. */
    target?: string;
    filter?: (entry: Entry) => boolean;
    empty: string;
    tall?: boolean;
}

/** Entries of the audit log that fit, the newest first; goes further back as one scrolls. */
export function AuditTable({ target, filter = everything, empty, tall = false }: AuditTableProps) {
    const audit = useAudit(target);
    const [shown, setShown] = useState<Entry>();
    const rows = useMemo(
        () => audit.data?.pages.flatMap((page) => page.items).filter(filter) ?? [],
        [audit.data, filter],
    );
    const columns = useMemo(
        () => [
            column.accessor('at', { header: 'When', cell: ({ getValue }) => <Time at={getValue()} /> }),
            column.accessor('who', {
                header: 'Who',
                cell: ({ getValue, row }) => (
                    <>
                        {getValue()} <span className="quiet">{row.original.from}</span>
                    </>
                ),
            }),
            column.accessor('action', { header: 'Action' }),
            column.accessor('target', { header: 'Target' }),
            column.accessor('result', { header: 'Result', cell: ({ getValue }) => <Badge state={getValue()} /> }),
            column.accessor((entry) => entry.why ?? '', { id: 'why', header: 'Why' }),
            column.display({
                id: 'more',
                header: () => <span className="for-readers">Details</span>,
                meta: { pinned: true },
                cell: ({ row }) => (
                    <Button
                        className="plain small"
                        aria-label={`Details of ${row.original.action} of ${row.original.target}`}
                        onPress={() => setShown(row.original)}
                    >
                        Details
                    </Button>
                ),
            }),
        ],
        [],
    );
    return (
        <>
            <Reading query={audit} what="The audit log">
                {() => (
                    <DataTable
                        caption="Audit log"
                        rows={rows}
                        columns={columns}
                        rowId={(entry) => entry.id}
                        sortName="order"
                        empty={empty}
                        tall={tall}
                        onEnd={() => {
                            if (audit.hasNextPage && !audit.isFetchingNextPage) {
                                void audit.fetchNextPage();
                            }
                        }}
                    />
                )}
            </Reading>
            {audit.hasNextPage ? (
                <Button
                    className="plain small"
                    onPress={() => void audit.fetchNextPage()}
                    isDisabled={audit.isFetchingNextPage}
                >
                    {audit.isFetchingNextPage ? 'Reading…' : 'Look further back'}
                </Button>
            ) : null}
            {shown === undefined ? null : <Details entry={shown} onClose={() => setShown(undefined)} />}
        </>
    );
}

function Details({ entry, onClose }: { entry: Entry; onClose: () => void }) {
    return (
        <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={onClose}>
            <Modal className="modal wide">
                <Dialog>
                    <Heading slot="title">
                        {entry.action} <span className="quiet">{entry.target}</span>
                    </Heading>
                    <dl className="facts">
                        <dt>When</dt>
                        <dd>
                            <Time at={entry.at} />
                        </dd>
                        <dt>Who</dt>
                        <dd>
                            {entry.who}, from {entry.from}
                        </dd>
                        <dt>Result</dt>
                        <dd>
                            <Badge state={entry.result} />
                        </dd>
                        <dt>Why</dt>
                        <dd>{entry.why ?? <span className="quiet">no reason was given</span>}</dd>
                        <dt>Entry</dt>
                        <dd>
                            <code>{entry.id}</code>
                        </dd>
                    </dl>
                    <table>
                        <caption>What changed</caption>
                        <thead>
                            <tr>
                                <th scope="col">Field</th>
                                <th scope="col">Before</th>
                                <th scope="col">After</th>
                            </tr>
                        </thead>
                        <tbody>
                            {differences(entry.before, entry.after).map(({ field, before, after }) => (
                                <tr key={field} className={before === after ? 'quiet' : ''}>
                                    <td>{field}</td>
                                    <td>{before}</td>
                                    <td>{after}</td>
                                </tr>
                            ))}
                        </tbody>
                    </table>
                    <div className="buttons">
                        <Button className="primary" onPress={onClose} autoFocus>
                            Close
                        </Button>
                    </div>
                </Dialog>
            </Modal>
        </ModalOverlay>
    );
}
