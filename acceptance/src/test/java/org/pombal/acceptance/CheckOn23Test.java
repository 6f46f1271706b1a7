package org.pombal.acceptance;

import org.pombal.dovecot.config.DovecotVersion;

final class CheckOn23Test extends CheckContract {

    CheckOn23Test() {
        super(DovecotVersion.V2_3, "127.0.65");
    }

    @Override
    Mistake ofProxy() {
        return new Mistake(
                "service imap-login {\n  executable = imap-login\n}\n",
                "error logins: imap-login does not ask the node");
    }

    @Override
    Mistake ofBackend() {
        return new Mistake(
                "service indexer-worker {\n  service_count = 0\n}\n",
                "error mail-processes: indexer-worker serves one client after the other, service_count is 0");
    }

    @Override
    Mistake fewSessions() {
        return new Mistake(
                "service pop3-login {\n  service_count = 1\n}\n",
                "warning sessions: this proxy serves 100 sessions of pop3 at most: pop3-login has 100 processes");
    }
}
