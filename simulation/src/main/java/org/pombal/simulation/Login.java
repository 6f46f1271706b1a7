package org.pombal.simulation;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pombal.model.backend.BackendId;
import org.pombal.model.user.UserKey;

/** A user who wants in at one backend, or a mail that wants to be delivered there. */
final class Login {

    private final UserKey user;
    private final boolean delivery;
    private final long until;
    private final @Nullable MailProcess process;
    private final Consumer<BackendId> elsewhere;
    private final Runnable letIn;
    private boolean ended;

    /**
     * @param until when it fails, by the backend's boot clock
     * @param process of a login that was let in before and is to become a session
     */
    Login(
            UserKey user,
            boolean delivery,
            long until,
            @Nullable MailProcess process,
            Consumer<BackendId> elsewhere,
            Runnable letIn) {
        this.user = user;
        this.delivery = delivery;
        this.until = until;
        this.process = process;
        this.elsewhere = elsewhere;
        this.letIn = letIn;
    }

    UserKey user() {
        return user;
    }

    boolean isDelivery() {
        return delivery;
    }

    long until() {
        return until;
    }

    @Nullable
    MailProcess process() {
        return process;
    }

    boolean isBeginning() {
        return process != null;
    }

    boolean isEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }

    void goElsewhere(BackendId backend) {
        ended = true;
        elsewhere.accept(backend);
    }

    void isLetIn() {
        ended = true;
        letIn.run();
    }
}
