package org.pombal.demo.mail;

import org.pombal.dovecot.config.DovecotVersion;

class MailClientsDovecot23Test extends MailClientsContract {

    MailClientsDovecot23Test() {
        super(DovecotVersion.V2_3);
    }
}
