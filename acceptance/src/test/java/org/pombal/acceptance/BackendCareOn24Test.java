package org.pombal.acceptance;

import org.pombal.dovecot.config.DovecotVersion;

class BackendCareOn24Test extends BackendCareContract {

    BackendCareOn24Test() {
        super(DovecotVersion.V2_4, "127.0.92");
    }
}
