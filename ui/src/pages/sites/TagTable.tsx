import type { Schemas } from '../../api/client';
import { useTags } from '../../api/queries';
import { FactTable, RowAction } from '../../components/FactTable';
import { Reading } from '../../components/Reading';
import { useDialog } from '../../components/useDialog';
import { useMay } from '../../session/caller';
import { DeleteTag, RenameTag } from './dialogs';

/** All tags, and the sites that have them. */
export function TagTable({ sites }: { sites: readonly Schemas['Site'][] }) {
    const tags = useTags();
    const [open, dialog] = useDialog();
    const may = useMay('operator');
    return (
        <Reading query={tags} what="The list of tags">
            {(data) =>
                data.length === 0 ? (
                    <p className="quiet">
                        There is no tag. A tag keeps the users of one customer, or of one country, on sites of their
                        own.
                    </p>
                ) : (
                    <>
                        <FactTable
                            label="Tags"
                            rows={data}
                            rowId={(tag) => tag.id}
                            columns={[
                                ['Tag', (tag) => tag.name],
                                [
                                    'Sites',
                                    (tag) =>
                                        sites
                                            .filter((site) => site.tag === tag.name)
                                            .map((site) => site.name)
                                            .join(', '),
                                ],
                                ['ID', (tag) => <code>{tag.id}</code>],
                            ]}
                            actions={
                                may
                                    ? (tag) => (
                                          <>
                                              <RowAction
                                                  verb="Rename"
                                                  of={`tag ${tag.name}`}
                                                  onPress={() =>
                                                      open((close) => <RenameTag tag={tag} onClose={close} />)
                                                  }
                                              />
                                              <RowAction
                                                  verb="Delete"
                                                  of={`tag ${tag.name}`}
                                                  onPress={() =>
                                                      open((close) => <DeleteTag tag={tag} onClose={close} />)
                                                  }
                                              />
                                          </>
                                      )
                                    : undefined
                            }
                        />
                        {dialog}
                    </>
                )
            }
        </Reading>
    );
}
