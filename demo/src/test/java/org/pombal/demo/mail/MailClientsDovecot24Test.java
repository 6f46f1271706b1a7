package org.pombal.demo.mail;

import org.pombal.dovecot.config.DovecotVersion;

class MailClientsDovecot24Test extends MailClientsContract {

    MailClientsDovecot24Test() {
        super(DovecotVersion.V2_4);
    }
}
