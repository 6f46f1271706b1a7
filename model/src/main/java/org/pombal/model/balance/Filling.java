package org.pombal.model.balance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.pombal.model.balance.Ledger.Piece;

/**
 * Brings backends that are below their band into it, such as one just added. Takes the heaviest group that fits, whoever has it and
 * can do without: that makes the fewest moves. The last one comes near to what is missing.
 */
final class Filling {

    private final Ledger ledger;
    private final List<Piece> pieces = new ArrayList<>();
    /** For each piece, itself or a later one, before which all are gone. */
    private final int[] next;

    private Filling(Ledger ledger) {
        this.ledger = ledger;
        for (int i = 0; i < ledger.load.length; i++) {
            int from = i;
            if (ledger.load[i] >= ledger.low[i]) {
                ledger.free.get(i).forEach(group -> pieces.add(new Piece(group, from)));
            }
        }
        pieces.sort((one, other) -> GroupLoad.HEAVIEST_FIRST.compare(one.group(), other.group()));
        next = new int[pieces.size() + 1];
        Arrays.setAll(next, i -> i);
    }

    static void run(Ledger ledger) {
        if (ledger.neediest().isPresent()) {
            new Filling(ledger).fill();
        }
    }

    private void fill() {
        OptionalInt needy = ledger.neediest();
        // Who has most room and finds nothing to fill it leaves nothing for those with less: what is too heavy stays
        // too heavy.
        while (needy.isPresent()) {
            int to = needy.getAsInt();
            int found = find(to);
            if (found == pieces.size()) {
                return;
            }
            next[found] = found + 1;
            ledger.move(pieces.get(found), to);
            needy = ledger.neediest();
        }
    }

    private int find(int to) {
        double need = ledger.low[to] - ledger.load[to];
        int heaviest = alive(firstPieceNotAbove(ledger.room(to)));
        if (heaviest == pieces.size() || pieces.get(heaviest).load() < need) {
            return heaviest;
        }
        int near = alive(firstPieceNotAbove(ledger.target[to] - ledger.load[to]));
        return near < pieces.size() && pieces.get(near).load() >= need ? near : heaviest;
    }

    /** The first from {@code at} on whose backend can do without it. Who cannot now will not later: it only gives. */
    private int alive(int at) {
        int found = root(at);
        while (found < pieces.size() && !isGiven(pieces.get(found))) {
            next[found] = found + 1;
            found = root(found);
        }
        return found;
    }

    private boolean isGiven(Piece piece) {
        return piece.load() > 0 && ledger.load[piece.from()] - piece.load() >= ledger.low[piece.from()];
    }

    private int root(int at) {
        int end = at;
        while (next[end] != end) {
            end = next[end];
        }
        int step = at;
        while (next[step] != end && step != end) {
            int following = next[step];
            next[step] = end;
            step = following;
        }
        return end;
    }

    private int firstPieceNotAbove(double weight) {
        int low = 0;
        int high = pieces.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pieces.get(middle).load() > weight) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    static int firstNotAbove(List<GroupLoad> groups, double weight) {
        int low = 0;
        int high = groups.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (groups.get(middle).load() > weight) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
