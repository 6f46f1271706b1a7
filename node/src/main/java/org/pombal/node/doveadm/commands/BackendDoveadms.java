package org.pombal.node.doveadm.commands;

import java.util.Optional;
import org.pombal.dovecot.doveadm.DoveadmClient;

/** The doveadm HTTP APIs of Dovecots. */
public interface BackendDoveadms {

    /** That of the Dovecot on this machine, if the settings say where it is. */
    Optional<DoveadmClient> local();

    /** That of a backend, if the settings have the key. */
    Optional<DoveadmClient> of(String host);
}
