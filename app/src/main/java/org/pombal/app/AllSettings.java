package org.pombal.app;

import java.util.List;
import org.pombal.app.log.LogSettings;
import org.pombal.controller.settings.AutoscalerSettings;
import org.pombal.controller.settings.BalanceSettings;
import org.pombal.controller.settings.ControllerSettings;
import org.pombal.controller.settings.MitigationSettings;
import org.pombal.controller.settings.OidcSettings;
import org.pombal.controller.settings.TaskSettings;
import org.pombal.controller.settings.UserBalanceSettings;
import org.pombal.geodb.settings.DictmapSettings;
import org.pombal.geodb.settings.GeoDbSettings;
import org.pombal.node.GroupOfDeathSettings;
import org.pombal.node.NodeSettings;
import org.pombal.node.OwnershipSettings;
import org.pombal.node.OwnershipTimingSettings;
import org.pombal.operations.BackendDoveadmSettings;
import org.pombal.operations.TakeoverSettings;
import org.pombal.settings.SettingsCatalog;
import org.pombal.settings.SiteSettings;

/** Every setting of every module, in the order of the reference page. */
public final class AllSettings {

    public static final SettingsCatalog CATALOG = new SettingsCatalog(List.of(
            SiteSettings.GROUP,
            NodeSettings.GROUP,
            BackendDoveadmSettings.GROUP,
            TakeoverSettings.GROUP,
            OwnershipSettings.GROUP,
            OwnershipTimingSettings.GROUP,
            GroupOfDeathSettings.GROUP,
            ControllerSettings.GROUP,
            OidcSettings.GROUP,
            TaskSettings.GROUP,
            MitigationSettings.GROUP,
            BalanceSettings.GROUP,
            UserBalanceSettings.GROUP,
            AutoscalerSettings.GROUP,
            GeoDbSettings.GROUP,
            DictmapSettings.GROUP,
            LogSettings.GROUP));

    private AllSettings() {}
}
