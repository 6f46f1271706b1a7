package org.pombal.acceptance;

import java.util.List;
import org.pombal.dovecot.config.DovecotVersion;

final class CheckOn23Test extends CheckContract {

    CheckOn23Test() {
        super(DovecotVersion.V2_3, "127.0.71");
    }

    @Override
    List<Mistake> ownMistakes() {
        return List.of(
                Mistake.of(
                        Role.PROXY,
                        "service imap-login {\n  executable = imap-login\n}\n",
                        "error logins: imap-login does not ask the node"),
                Mistake.of(
                        Role.BACKEND,
                        "service indexer-worker {\n  service_count = 0\n}\n",
                        "error mail-processes: indexer-worker serves one client after the other, service_count is 0"));
    }
}
