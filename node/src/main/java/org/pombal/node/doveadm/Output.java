package org.pombal.node.doveadm;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where a command puts its rows. May be used on any thread. */
public interface Output {

    /**
     * Sends rows.
     *
     * @return done when more may come; fails when nobody listens any more, and then the command should end
     */
    CompletionStage<Void> rows(List<Row> rows);

    /** Tells how far the command is. */
    void progress(String text);

    /** Who asks. */
    String operator();
}
