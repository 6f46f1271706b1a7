package org.pombal.node.guardian;

/** Is told what becomes of the guardian, on the event loop of {@link GuardianControl}: must not wait. */
public interface GuardianListener {

    /** The guardian answers, for the first time or again; its status follows. */
    void onConnected();

    /** The state has changed, or this is the first since the connection stands. */
    void onStatus(GuardianStatus status);

    /** The guardian is away: it has ended, was killed or does not answer. The control connects again by itself. */
    void onLost(String reason);
}
