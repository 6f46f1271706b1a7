package org.pombal.model.balance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.pombal.model.balance.Ledger.Piece;

/**
 * Brings backends that are above their band into it. First all of them say which groups they would give, then these are placed, the
 * heaviest first, each where there is most room: small groups fill what the large ones leave. What found no room is chosen anew.
 */
final class Relief {

    /** Almost all find room in the first; later ones only have smaller groups to give. */
    private static final int ROUNDS = 8;

    /** One move takes the heavy group away, one or two fill the gap that it leaves. */
    private static final int WORTH_A_HEAVY = 2;

    private Relief() {}

    static void run(Ledger ledger) {
        boolean placed = true;
        for (int round = 0; round < ROUNDS && placed; round++) {
            List<Piece> pieces = offered(ledger);
            placed = false;
            for (Piece piece : pieces) {
                OptionalInt to = ledger.roomFor(piece.load());
                if (to.isPresent() && ledger.room(piece.from()) < 0) {
                    ledger.move(piece, to.getAsInt());
                    placed = true;
                }
            }
        }
    }

    private static List<Piece> offered(Ledger ledger) {
        double room = ledger.mostRoom();
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < ledger.load.length; i++) {
            if (ledger.room(i) < 0) {
                int from = i;
                List<GroupLoad> groups = ledger.free.get(i);
                int first = Filling.firstNotAbove(groups, room);
                offered(ledger, from, groups.subList(first, groups.size()))
                        .forEach(group -> pieces.add(new Piece(group, from)));
            }
        }
        pieces.sort(Comparator.comparing(Piece::group, GroupLoad.HEAVIEST_FIRST));
        return pieces;
    }

    /** What one gives: a single heavy group, if many others would have to go in its place, though that makes room for some of others. */
    private static List<GroupLoad> offered(Ledger ledger, int from, List<GroupLoad> groups) {
        double most = ledger.load[from] - ledger.low[from];
        List<GroupLoad> chosen =
                Selection.of(groups, -ledger.room(from), ledger.load[from] - ledger.target[from], most);
        int heavy = Filling.firstNotAbove(groups, most) - 1;
        return heavy >= 0 && chosen.size() > WORTH_A_HEAVY ? List.of(groups.get(heavy)) : chosen;
    }
}
