package org.pombal.acceptance;

import org.pombal.dovecot.config.DovecotVersion;

final class EvacuationOn24Test extends EvacuationContract {

    EvacuationOn24Test() {
        super(DovecotVersion.V2_4, "127.0.94");
    }
}
