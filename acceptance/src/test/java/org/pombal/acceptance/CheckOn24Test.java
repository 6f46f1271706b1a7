package org.pombal.acceptance;

import java.util.List;
import org.pombal.dovecot.config.DovecotVersion;

final class CheckOn24Test extends CheckContract {

    CheckOn24Test() {
        super(DovecotVersion.V2_4, "127.0.72");
    }

    @Override
    List<Mistake> ownMistakes() {
        return List.of(
                Mistake.of(Role.PROXY, "login_socket_path =\n", "error logins: logins by imap do not ask the node"),
                Mistake.of(
                        Role.BACKEND,
                        "service lmtp {\n  restart_request_count = unlimited\n}\n",
                        "error mail-processes: lmtp serves one client after the other, restart_request_count is unlimited"));
    }
}
