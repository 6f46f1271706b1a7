package org.pombal.acceptance;

import org.pombal.dovecot.config.DovecotVersion;

final class EvacuationOn23Test extends EvacuationContract {

    EvacuationOn23Test() {
        super(DovecotVersion.V2_3, "127.0.93");
    }
}
