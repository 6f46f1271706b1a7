package org.pombal.acceptance;

import org.pombal.dovecot.config.DovecotVersion;

class BackendCareOn23Test extends BackendCareContract {

    BackendCareOn23Test() {
        super(DovecotVersion.V2_3, "127.0.91");
    }
}
