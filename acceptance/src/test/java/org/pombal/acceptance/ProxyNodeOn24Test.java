package org.pombal.acceptance;

import org.pombal.dovecot.config.DovecotVersion;

class ProxyNodeOn24Test extends ProxyNodeContract {

    ProxyNodeOn24Test() {
        super(DovecotVersion.V2_4, "127.0.84");
    }
}
