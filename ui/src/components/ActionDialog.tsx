import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, Dialog, Heading, Input, Label, Modal, ModalOverlay, TextField } from 'react-aria-components';
import { perform, type Change } from '../api/change';
import { Command } from './Command';
import { Note, ProblemNote } from './Note';

/** Nobody waits longer for what is slow to be read again. */
const PATIENCE_MS = 3_000;

interface ActionDialogProps<R> {
    title: string;
    /** What is asked for; absent as long as something has to be filled in or looked at first. */
    change: Change<R> | undefined;
    /** On the button. */
    verb: string;
    onClose: () => void;
    /** What it does and what it does not, and what has to be filled in. */
    children?: ReactNode;
    /** To be typed before it is done, as it cannot be undone. */
    typed?: string;
    dangerous?: boolean;
    /** What came of it, if a sentence is not enough. */
    done?: (result: R) => ReactNode;
    wide?: boolean;
}

function warningsOf(result: unknown): string[] {
    return typeof result === 'object' && result !== null && 'warnings' in result && Array.isArray(result.warnings)
        ? (result.warnings as string[])
        : [];
}

/** Asks before something is changed: shows what will be sent, takes the reason for the audit log, and says what came of it. */
export function ActionDialog<R>(props: ActionDialogProps<R>) {
    const { title, change, verb, onClose, children, typed, dangerous = false, done, wide = false } = props;
    const [reason, setReason] = useState('');
    const [name, setName] = useState('');
    const queries = useQueryClient();
    // What was just changed is read again first: else the next change would be made to what is not there any more.
    const readAgain = () =>
        Promise.race([queries.invalidateQueries(), new Promise<void>((enough) => setTimeout(enough, PATIENCE_MS))]);
    const action = useMutation({
        mutationFn: (wanted: Change<R>) => perform(wanted, reason),
        onError: readAgain,
        onSuccess: async (result) => {
            await readAgain();
            if (done === undefined && warningsOf(result).length === 0) {
                onClose();
            }
        },
    });
    const ready = change !== undefined && !action.isPending && (typed === undefined || name === typed);
    return (
        <ModalOverlay
            className="overlay"
            isOpen
            isDismissable={!action.isPending}
            onOpenChange={(open) => !open && onClose()}
        >
            <Modal className={wide ? 'modal wide' : 'modal'}>
                <Dialog>
                    <form
                        onSubmit={(event) => {
                            event.preventDefault();
                            if (ready) {
                                action.mutate(change);
                            }
                        }}
                    >
                        <Heading slot="title">{title}</Heading>
                        {action.isSuccess ? (
                            <>
                                {warningsOf(action.data).map((warning) => (
                                    <Note key={warning} tone="warn">
                                        {warning}
                                    </Note>
                                ))}
                                {done?.(action.data) ?? <Note tone="good">Done.</Note>}
                                <div className="buttons">
                                    <Button className="primary" onPress={onClose} autoFocus>
                                        Close
                                    </Button>
                                </div>
                            </>
                        ) : (
                            <>
                                {children}
                                {typed === undefined ? null : (
                                    <TextField value={name} onChange={setName} autoComplete="off">
                                        <Label>
                                            Type <b>{typed}</b> to go on
                                        </Label>
                                        <Input spellCheck={false} />
                                    </TextField>
                                )}
                                <TextField value={reason} onChange={setReason} maxLength={300}>
                                    <Label>Reason, for the audit log (optional)</Label>
                                    <Input />
                                </TextField>
                                {change === undefined ? null : <Command change={change} />}
                                {action.error === null ? null : (
                                    <ProblemNote failure={action.error} what="It was not done" />
                                )}
                                <div className="buttons">
                                    <Button onPress={onClose}>Cancel</Button>
                                    <Button
                                        type="submit"
                                        className={dangerous ? 'danger' : 'primary'}
                                        isDisabled={!ready}
                                    >
                                        {action.isPending ? 'Working…' : verb}
                                    </Button>
                                </div>
                            </>
                        )}
                    </form>
                </Dialog>
            </Modal>
        </ModalOverlay>
    );
}
