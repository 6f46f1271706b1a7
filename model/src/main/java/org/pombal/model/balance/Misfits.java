package org.pombal.model.balance;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.pombal.model.balance.Ledger.Piece;

/**
 * Moves groups that are heavier than their backend may be, but not than another of a higher load factor. That one may then carry too
 * much for a while, if it can give enough of its other groups away; the one that is left has room for these.
 */
final class Misfits {

    private Misfits() {}

    static void run(Ledger ledger) {
        for (int i = 0; i < ledger.load.length; i++) {
            int from = i;
            List<GroupLoad> heavy = ledger.free.get(i).stream()
                    .takeWhile(group -> group.load() > ledger.high[from])
                    .toList();
            for (GroupLoad group : heavy) {
                OptionalInt to = IntStream.range(0, ledger.load.length)
                        .filter(other -> other != from && ledger.room(other) + givable(ledger, other) >= group.load())
                        .reduce((one, other) -> ledger.room(other) > ledger.room(one) ? other : one);
                to.ifPresent(other -> ledger.move(new Piece(group, from), other));
            }
        }
    }

    /** What it could give away to make room. */
    private static double givable(Ledger ledger, int backend) {
        return ledger.free.get(backend).stream().mapToDouble(GroupLoad::load).sum();
    }
}
