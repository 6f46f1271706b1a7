package org.pombal.node.doveadm.commands;

import org.pombal.node.doveadm.Row;
import org.pombal.operations.StartedMove;

/** Moves of groups as rows. */
final class MoveRows {

    private MoveRows() {}

    static Row of(StartedMove move) {
        return Row.row()
                .with("site", move.siteName())
                .with("group", move.group().id().name())
                .with("from", move.from())
                .with("to", move.to())
                .with("move-id", move.id());
    }
}
