package org.pombal.bench.load;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps a fixed number of requests in flight on each connection, each connection on a thread of its own: what one read
 * answers, the next write asks anew.
 */
final class ManyInFlight {

    private final LoadCommand command;
    private final List<LoginConnection> connections;
    private final LongAdder answered = new LongAdder();
    private final LongAdder bad = new LongAdder();

    ManyInFlight(LoadCommand command, List<LoginConnection> connections) {
        this.command = command;
        this.connections = connections;
    }

    LoadResult run() throws IOException {
        long started = System.nanoTime();
        long end = command.kind() == LoadCommand.Kind.VISIT
                ? Long.MAX_VALUE
                : started + command.seconds() * 1_000_000_000L;
        LoadThreads threads = new LoadThreads();
        for (int i = 0; i < connections.size(); i++) {
            Lane lane = new Lane(connections.get(i), i, end);
            threads.start("flood-" + i, lane::run);
        }
        threads.join();
        return new LoadResult(answered.sum(), bad.sum(), System.nanoTime() - started, 0, 0);
    }

    /** One connection with its share of the users. */
    private final class Lane {

        private final LoginConnection connection;
        private final long end;
        private long nextId = 1;
        private int user;
        private int inFlight;
        private int good;
        private int wrong;

        Lane(LoginConnection connection, int number, long end) {
            this.connection = connection;
            this.user = number;
            this.end = end;
        }

        void run() throws IOException {
            while (true) {
                boolean more = System.nanoTime() < end;
                while (more && inFlight < command.amount() && askOne()) {
                    inFlight++;
                }
                connection.flush();
                if (inFlight == 0) {
                    break;
                }
                connection.read((id, isGood) -> {
                    inFlight--;
                    good++;
                    wrong += isGood ? 0 : 1;
                });
            }
            answered.add(good);
            bad.add(wrong);
        }

        private boolean askOne() {
            if (user >= command.users()) {
                if (command.kind() == LoadCommand.Kind.VISIT) {
                    return false;
                }
                user %= connections.size();
            }
            connection.request(nextId++, command.firstUser() + user);
            user += connections.size();
            return true;
        }
    }
}
