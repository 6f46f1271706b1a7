package org.pombal.acceptance;

import org.pombal.dovecot.config.DovecotVersion;

final class CheckOn24Test extends CheckContract {

    CheckOn24Test() {
        super(DovecotVersion.V2_4, "127.0.66");
    }

    @Override
    Mistake ofProxy() {
        return new Mistake("login_socket_path =\n", "error logins: logins by imap do not ask the node");
    }

    @Override
    Mistake ofBackend() {
        return new Mistake(
                "service lmtp {\n  restart_request_count = unlimited\n}\n",
                "error mail-processes: lmtp serves one client after the other, restart_request_count is unlimited");
    }

    @Override
    Mistake fewSessions() {
        return new Mistake(
                "service pop3-login {\n  restart_request_count = 1\n}\n",
                "warning sessions: this proxy serves 100 sessions of pop3 at most: pop3-login has 100 processes");
    }
}
