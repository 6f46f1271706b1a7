package org.pombal.acceptance;

import org.pombal.dovecot.config.DovecotVersion;

class ProxyNodeOn23Test extends ProxyNodeContract {

    ProxyNodeOn23Test() {
        super(DovecotVersion.V2_3, "127.0.83");
    }
}
