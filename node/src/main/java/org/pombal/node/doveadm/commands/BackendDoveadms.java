package org.pombal.node.doveadm.commands;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.dovecot.doveadm.DoveadmClient;
import org.pombal.dovecot.doveadm.DoveadmException;

/** The doveadm HTTP APIs of Dovecots. */
public interface BackendDoveadms {

    /** That of the Dovecot on this machine, if the settings say where it is. */
    Optional<DoveadmClient> local();

    /** That of a backend, if the settings have the key. Fails with a {@link DoveadmException} if the name does not resolve. */
    CompletionStage<Optional<DoveadmClient>> of(String host);
}
