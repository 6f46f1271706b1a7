package org.pombal.bench.moves;

import java.util.List;
import org.pombal.dovecot.config.ServerAddress;

/** A site with a Dovecot proxy and backends, and something that leads users to backends. */
interface MovesPeer extends AutoCloseable {

    String PASSWORD = "secret";

    String name();

    /** Where clients connect. */
    ServerAddress imap();

    /** Makes a backend the one where these users belong who have not logged in yet. Ends {@link #settle}. */
    void home(List<String> users, int backend);

    /** To be called when those of {@link #home} have logged in. */
    void settle();

    /** Moves users to a backend; returns when the moves have begun. */
    void move(List<String> users, int backend);

    /** Lets a backend serve nobody any more; returns when that has begun. */
    void drain(int backend);

    /** Stops a backend as its operator would; returns when that has begun. */
    void stop(int backend);

    /** Kills everything on a backend's machine at once (SIGKILL). */
    void kill(int backend);

    /** How many IMAP processes a backend has. */
    int sessions(int backend);

    @Override
    void close();
}
